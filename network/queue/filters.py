"""The filters of the network queue."""

import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from linksite.content.translations import once_each
from linksite.intake.listing.filters import ApplicationFilters

from ..models import NetworkApplication, NetworkMeetingPage

applied_for = NetworkApplication.objects.filter(
    meeting__translation_key=OuterRef("translation_key")
)

NO_MEETING = "none"


class NetworkApplicationFilters(ApplicationFilters):
    meeting = django_filters.ModelChoiceFilter(
        method="filter_meeting",
        label=_("Network meeting"),
        queryset=(
            once_each(NetworkMeetingPage.objects.filter(Exists(applied_for)))
            .defer_streamfields()
            .order_by("-starts_at", "pk")
        ),
        empty_label=_("All"),
        null_label=_("No meeting"),
        null_value=NO_MEETING,
    )

    class Meta:
        model = NetworkApplication
        fields = [
            *ApplicationFilters.first,
            "meeting",
            "organisation_kind",
            *ApplicationFilters.last,
        ]

    def filter_meeting(self, applications, name, value):
        """Return those who signed up for a meeting, whatever the language of its page."""
        if value == NO_MEETING:
            return applications.filter(meeting=None)
        return applications.filter(meeting__translation_key=value.translation_key)
