"""The filters of the group queue."""

from datetime import timedelta

import django_filters
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from linksite.intake.listing.filters import ApplicationFilters

from ..models import Area, GroupApplication, GroupOfferPage, Placement, Topic

#: A proposed place is about to expire when this is left to answer, or less.
SOON = timedelta(days=1)


class PlaceState(TextChoices):
    RUNNING_OUT = "running_out", _("About to expire, or expired")


class GroupApplicationFilters(ApplicationFilters):
    offer = django_filters.ModelChoiceFilter(
        label=_("Group offer"),
        queryset=GroupOfferPage.objects.chosen_in(GroupApplication.objects),
        empty_label=_("All"),
        null_label=_("Any group"),
        null_value="any",
    )
    topics = django_filters.ModelChoiceFilter(
        label=_("Topic"), queryset=Topic.objects.all(), empty_label=_("All")
    )
    area = django_filters.ModelChoiceFilter(
        label=_("Area"), queryset=Area.objects.all(), empty_label=_("All")
    )
    place = django_filters.ChoiceFilter(
        method="filter_place",
        choices=PlaceState,
        label=_("Proposed place"),
        empty_label=_("All"),
    )

    class Meta:
        model = GroupApplication
        fields = [
            *ApplicationFilters.first,
            "offer",
            "on_waiting_list",
            "topics",
            "area",
            "place",
            *ApplicationFilters.last,
        ]

    def filter_place(self, applications, name, value):
        running_out = Placement.objects.running_out(SOON)
        return applications.filter(pk__in=running_out.values("application"))
