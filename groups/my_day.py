"""What My day shows of the group queue, and of the groups themselves."""

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linksite.intake.listing.neighbours import waited_longest
from linksite.intake.my_day import TASKS, Figure, Link, QueueFigures, Section, Task, counted
from linksite.intake.permissions import may
from linksite.intake.statuses import Status

from .matching.board_page import may_see_board
from .models import GroupApplication, GroupMeeting, GroupStatus, SelfHelpGroup
from .queue.filters import GroupApplicationFilters, PlaceState
from .self_help_groups.list import GroupFilters, PlacesHeld


def queue_section(user) -> Section | None:
    """Return the section on people who want to join a group, None if `user` may not see them."""
    if not may(user, "view", GroupApplication):
        return None
    queue = QueueFigures(GroupApplicationFilters, user)
    places = {"place": PlaceState.RUNNING_OUT.value}
    in_pool = waited_longest(status=Status.WAITING.value)
    figures = [
        *queue.common(),
        queue.figure(_("Places about to expire"), **places, is_late=True),
        queue.figure(_("Waiting for a group"), **in_pool, asks=False),
    ]
    return Section(_("People who want to join a group"), queue.url, "list-ul", figures)


def groups_section(user) -> Section | None:
    """Return the section on the groups, None if `user` may not see them."""
    if not may(user, "view", SelfHelpGroup):
        return None
    url, meetings = reverse("self_help_groups:index"), reverse("self_help_groups:meetings")
    due = GroupMeeting.objects.due_this_week()
    figures = [
        group_figure(_("Groups short of people"), url, places=PlacesHeld.TOO_FEW.value),
        group_figure(_("Ready to start"), url, status=GroupStatus.READY.value),
        Figure(_("Meetings this week"), counted(due), meetings),
    ]
    tasks = [task(one) for one in due.select_related("group").order_by("at", "pk")[:TASKS]]
    board = Link(_("What could start now"), reverse("groups_board:index"), "calendar-check")
    links = [board] if may_see_board(user) else []
    return Section(_("Self-help groups"), url, "group", figures, tasks, links)


def group_figure(label: str, url: str, **filters) -> Figure:
    """Return the figure for groups that match `filters` of the list at `url`."""
    found = GroupFilters(filters, queryset=SelfHelpGroup.objects.all()).qs
    return Figure(label, counted(found), f"{url}?{urlencode(filters)}")


def task(meeting: GroupMeeting) -> Task:
    """Return what a meeting asks for: to be held, or to be noted when its time has passed."""
    url = reverse("self_help_groups:inspect", args=[meeting.group_id])
    to_note = meeting.at < timezone.now()
    return Task(meeting.at, meeting.get_kind_display(), meeting.group.name, url, to_note)
