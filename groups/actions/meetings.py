"""The meetings that initiators come to: planned, moved, held or not."""

from datetime import datetime, timedelta
from typing import Any, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed

from ..models import GroupMeeting, GroupStatus, MeetingKind, SelfHelpGroup
from .records import save_group, unchanged

#: Initiators come to one to five meetings, the first included; then the group is on its own.
SUPPORTED_MEETINGS = range(1, 6)
WEEK = timedelta(weeks=1)
#: Initiators visit the group again about six weeks after its start.
FOLLOW_UP_AFTER = 6 * WEEK


def plan_supported(group: SelfHelpGroup, supported: int) -> None:
    """Plan the other supported meetings, a week apart, and the visit after about six weeks."""
    # In local time, so that the hour stays the same when the clocks change.
    start = timezone.make_naive(cast(datetime, group.start_up_at))
    later = [(MeetingKind.SUPPORTED, start + week * WEEK) for week in range(1, supported)]
    visit = (MeetingKind.FOLLOW_UP, start + FOLLOW_UP_AFTER)
    GroupMeeting.objects.bulk_create(
        GroupMeeting(group=group, kind=kind, at=timezone.make_aware(at))
        for kind, at in [*later, visit]
    )
    group.meetings.filter(kind=MeetingKind.START_UP, held=None).update(held=True)


def supported_ahead(group: SelfHelpGroup):
    ahead = group.meetings.filter(held=None, at__gt=timezone.now())
    return ahead.filter(kind=MeetingKind.SUPPORTED)


@transaction.atomic
def add(group: SelfHelpGroup, kind: str, at: datetime, *, user: Any, version: int) -> GroupMeeting:
    """Return a new supported meeting or follow-up visit of a group that has started.

    Raise `ChangeNotAllowed` for a group that has not started or has ended, and for a sixth
    supported meeting; or `StaleApplication`.
    """
    group = unchanged(group, version)
    if group.status not in (GroupStatus.STARTED, GroupStatus.ON_ITS_OWN):
        raise ChangeNotAllowed(
            _("The group has not got that far yet, or is already past that point.")
        )
    if kind == MeetingKind.SUPPORTED and _supported(group) >= SUPPORTED_MEETINGS[-1]:
        raise ChangeNotAllowed(
            _("A group can have five supported meetings at most. After that it is on its own.")
        )
    meeting = group.meetings.create(kind=kind, at=at)
    _noted(meeting, group, "add", user)
    return meeting


def _supported(group):
    kinds = [MeetingKind.START_UP, MeetingKind.SUPPORTED]
    return group.meetings.filter(kind__in=kinds).exclude(held=False).count()


@transaction.atomic
def move(meeting: GroupMeeting, at: datetime, *, user: Any, version: int) -> GroupMeeting:
    """Return the meeting at another time.

    Raise `ChangeNotAllowed` for a start-up meeting or one noted already, or `StaleApplication`.
    """
    meeting, group = _open_meeting(meeting, version)
    meeting.at = at
    meeting.save(update_fields=["at"])
    _noted(meeting, group, "move", user)
    return meeting


@transaction.atomic
def remove(meeting: GroupMeeting, *, user: Any, version: int) -> None:
    """Take a meeting off the plan. Raises what `move_meeting` raises."""
    meeting, group = _open_meeting(meeting, version)
    _noted(meeting, group, "remove", user)
    meeting.delete()


@transaction.atomic
def note(meeting: GroupMeeting, held: bool | None, *, user: Any, version: int) -> GroupMeeting:
    """Return the meeting, held or not, or None to take back what was noted.

    Raise `ChangeNotAllowed` before its day, or `StaleApplication`.
    """
    meeting, group = _meeting(meeting, version)
    if not meeting.has_come:
        raise ChangeNotAllowed(_("The meeting has not taken place yet."))
    if held is None and _is_planned_anew(meeting):
        raise ChangeNotAllowed(_("The meeting has been moved to another time."))
    meeting.held = held
    meeting.save(update_fields=["held"])
    _noted(meeting, group, {True: "held", False: "not_held", None: "open"}[held], user)
    return meeting


def _is_planned_anew(meeting):
    ahead = meeting.group.meetings.filter(kind=MeetingKind.START_UP, held=None)
    return meeting.kind == MeetingKind.START_UP and ahead.exclude(pk=meeting.pk).exists()


def _meeting(meeting, version):
    """Return the meeting as it is now, and its group, locked."""
    group = unchanged(meeting.group, version)
    if group.status == GroupStatus.ENDED:
        raise ChangeNotAllowed(_("The group has ended."))
    return group.meetings.get(pk=meeting.pk), group


def _open_meeting(meeting, version):
    meeting, group = _meeting(meeting, version)
    if meeting.kind == MeetingKind.START_UP:
        raise ChangeNotAllowed(_("Propose another start-up time, so that everyone is asked."))
    if meeting.held is not None:
        raise ChangeNotAllowed(_("This meeting has already been recorded."))
    return meeting, group


def _noted(meeting, group, what, user):
    data = {"what": what, "at": meeting.at.isoformat()}
    save_group(group, "groups.meeting", user, data)
