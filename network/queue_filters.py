"""The filters of the network queue."""

import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from linksite.intake.filters import ApplicationFilters

from .models import NetworkApplication, NetworkMeetingPage

applied_for = NetworkApplication.objects.filter(meeting=OuterRef("pk"))


class NetworkApplicationFilters(ApplicationFilters):
    """What the network queue can be filtered by."""

    meeting = django_filters.ModelChoiceFilter(
        label=_("Network meeting"),
        queryset=(
            NetworkMeetingPage.objects.filter(Exists(applied_for))
            .defer_streamfields()
            .order_by("-starts_at", "pk")
        ),
        empty_label=_("All"),
        null_label=_("No meeting"),
        null_value="none",
    )

    class Meta:
        model = NetworkApplication
        fields = [
            *ApplicationFilters.first,
            "meeting",
            "organisation_kind",
            *ApplicationFilters.last,
        ]
