"""What happened to an application, put together from the log, its notes and its mails.

The log is the history; there is no second table.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import registry as log_registry

from . import duplicates
from .log_messages import with_assignees
from .models import Mail

#: Only read, or shown as the note or mail itself.
NOT_IN_TIMELINE = ["intake.view", "intake.note", "intake.mail"]
#: How many of the latest openings a page lists.
OPENINGS = 50


@dataclass(frozen=True)
class Event:
    """One line of the timeline: when, who (nobody, if it came from outside), what.

    A mail comes with its state; it stands where it was written. What happened to a duplicate that
    was merged has that one's `reference`.
    """

    at: datetime
    who: str
    text: str
    is_note: bool = False
    mail: Mail | None = None
    reference: str = ""


def timeline(application, user) -> list[Event]:
    """Give what happened to `application`, its notes and its mails, newest first.

    What happened to the duplicates that were merged into it, and that `user` may see, stands
    between.
    """
    events = []
    for one in _visible(duplicates.with_merged(application), user):
        reference = "" if one == application else one.reference
        events += _events(one, reference)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _visible(applications, user):
    visible = type(applications[0]).objects.visible_to(user)
    keys = set(visible.filter(pk__in=[one.pk for one in applications]).values_list("pk", flat=True))
    return [one for one in applications if one.pk in keys]


def _events(application, reference):
    entries = with_assignees(_entries(application).exclude(action="intake.view"))
    wrote = {entry.data.get("mail"): _who(entry) for entry in entries}
    for entry in entries:
        if entry.action not in NOT_IN_TIMELINE:
            yield Event(entry.timestamp, _who(entry), entry.message, reference=reference)
    for note in application.notes.select_related("author"):
        author = get_user_display_name(note.author) or _("Somebody who has left")
        yield Event(note.created_at, author, note.text, is_note=True, reference=reference)
    for mail in application.mails.all():
        who = wrote.get(mail.pk, "")
        yield Event(mail.created_at, who, mail.subject, mail=mail, reference=reference)


def _who(entry):
    return entry.user_display_name if entry.user_id else ""


def openings(application):
    """Give the latest log entries of who has opened `application`, newest first."""
    return _entries(application).filter(action="intake.view")[:OPENINGS]


def changes_since(application, version: int) -> list:
    """Give the log entries of the changes made after `version` of `application`, newest first."""
    entries = _entries(application).exclude(action__in=["intake.view", "intake.note"])
    return [entry for entry in entries if entry.data.get("version", 0) > version]


def _entries(application):
    return log_registry.get_logs_for_instance(application).select_related("user")
