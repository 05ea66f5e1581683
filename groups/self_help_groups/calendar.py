"""Calendar files. Others who see somebody's calendar learn when and where, and nothing else."""

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from django.utils import timezone
from django.utils.translation import override, pgettext
from icalendar import Calendar, Event

from ..models import GroupMeeting, MeetingKind, SelfHelpGroup

CONTENT_TYPE = "text/calendar; charset=utf-8"
#: Reveals nothing about groups; neither does the file name.
MAKER = "-//Calendar//EN"
FILENAME = "calendar.ics"
#: Groups meet for about two hours.
LENGTH = timedelta(hours=2)


def start_up(group: SelfHelpGroup, language: str) -> bytes:
    """Return the start-up meeting of `group` as an iCalendar file for its members.

    A newer file moves the meeting in their calendars. Without a start-up time it is empty.
    """
    times = [(MeetingKind.START_UP, group.start_up_at)] if group.start_up_at else []
    return _calendar(group, times, language)


def meetings(group: SelfHelpGroup, language: str) -> bytes:
    """Return the meetings of `group`, except any not held, as an iCalendar file for initiators."""
    going = group.meetings.exclude(held=False)
    return _calendar(group, [(_name(meeting), meeting.at) for meeting in going], language)


def _name(meeting: GroupMeeting):
    """Return what stays the same when a meeting moves; there is one start-up meeting."""
    return meeting.kind if meeting.kind == MeetingKind.START_UP else meeting.pk


def _calendar(group, times, language):
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    with override(language):
        title = pgettext("calendar", "Appointment")
    for name, at in times:
        calendar.add_component(_event(group, name, at, title))
    return calendar.to_ical()


def _event(group, name, at: datetime, title):
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_OID, f"{group.reference}/{name}")))
    event.add("dtstamp", timezone.now().astimezone(UTC))
    # Grows with every change of the group, so that the newest file is the one that counts.
    event.add("sequence", group.version)
    event.add("dtstart", at.astimezone(UTC))
    event.add("dtend", (at + LENGTH).astimezone(UTC))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    if group.venue:
        event.add("location", group.venue)
    return event
