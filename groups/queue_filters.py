"""The filters of the group queue."""

import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from linksite.intake.filters import ApplicationFilters

from .models import Area, GroupApplication, GroupOfferPage, Topic

applied_for = GroupApplication.objects.filter(offer=OuterRef("pk"))


class GroupApplicationFilters(ApplicationFilters):
    """What the group queue can be filtered by."""

    offer = django_filters.ModelChoiceFilter(
        label=_("Group offer"),
        queryset=GroupOfferPage.objects.filter(Exists(applied_for))
        .defer_streamfields()
        .next_first(),
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

    class Meta:
        model = GroupApplication
        fields = [
            *ApplicationFilters.first,
            "offer",
            "on_waiting_list",
            "topics",
            "area",
            *ApplicationFilters.last,
        ]
