"""The network's meetings for staff: when, where, and who has signed up."""

import django_filters
from django.db.models import TextChoices
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from linksite.content.translations import once_each
from linksite.intake.listing.columns import QueueColumn

from ..models import NetworkApplication, NetworkMeetingPage


class When(TextChoices):
    WEEK = "week", _("This week")
    UPCOMING = "upcoming", _("Upcoming")
    PAST = "past", _("Past")


class MeetingFilters(WagtailFilterSet):
    when = django_filters.ChoiceFilter(
        method="filter_when", choices=When, label=_("When"), empty_label=_("All")
    )

    class Meta:
        model = NetworkMeetingPage
        fields = ["when"]

    def filter_when(self, meetings, name, value):
        verbs = {
            When.WEEK: meetings.this_week,
            When.UPCOMING: meetings.upcoming,
            When.PAST: meetings.past,
        }
        return verbs[value]()


def who_signed_up(meeting) -> str:
    """Return the address of the queue with those who signed up for the meeting."""
    return f"{reverse(NetworkApplication.queue.listing)}?{urlencode({'meeting': meeting.pk})}"


class NetworkMeetingIndexView(generic.IndexView):
    """The published meetings, each with a link to who has signed up."""

    any_permission_required = ["view"]
    model = NetworkMeetingPage
    filterset_class = MeetingFilters
    template_name = "intake/listing/base.html"
    results_template_name = "intake/listing/base_results.html"
    paginate_by = 50
    page_title = _("Network meetings")
    is_searchable = False
    columns = [
        TitleColumn(
            "title",
            label=_("Meeting"),
            get_url=who_signed_up,
            classname="queue-name",
        ),
        QueueColumn("starts_at", label=_("Time")),
        QueueColumn("venue", label=_("Where")),
        QueueColumn("people_signed_up", label=_("Signed up")),
    ]

    @cached_property
    def permission_policy(self):
        """The queue's policy, since the list links to the people signed up."""
        return policy_registry.get_by_type(NetworkApplication)

    def get_base_queryset(self):
        """Count each published meeting once, whatever its languages."""
        meetings = once_each(NetworkMeetingPage.objects.live()).with_places()
        return meetings.defer_streamfields().order_by("-starts_at", "-pk")


class NetworkMeetingsViewSet(ViewSet):
    """The list of network meetings; their pages are edited in the page tree."""

    name = "network_meetings"
    url_prefix = "network/meetings"
    icon = "date"

    def get_urlpatterns(self):
        names = {"index_url_name": self.get_url_name("index"), "header_icon": self.icon}
        names["index_results_url_name"] = self.get_url_name("index_results")
        view = self.construct_view(NetworkMeetingIndexView, **names)
        results = self.construct_view(NetworkMeetingIndexView, results_only=True, **names)
        return [path("", view, name="index"), path("results/", results, name="index_results")]
