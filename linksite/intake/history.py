"""What happened to an application: the audit log's messages, and the timeline made from it.

The log is the history; there is no second table. Its entries carry ids and status names only, never
a name, an address or what somebody wrote.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import LogFormatter
from wagtail.log_actions import registry as log_registry

from .models import Mail
from .statuses import ClosingReason, Status

#: Read, or shown as the note itself: not part of the timeline.
NOT_IN_TIMELINE = ["intake.view", "intake.note"]
#: How many of the latest openings a page lists.
OPENINGS = 50


class StatusFormatter(LogFormatter):
    """`New → Contacted`; when closed, with the reason."""

    label = gettext_lazy("Change status")

    def format_message(self, log_entry):
        """Give the change in the words staff use."""
        old, new, reason = (log_entry.data.get(key, "") for key in ("from", "to", "reason"))
        change = f"{_label(Status, old)} → {_label(Status, new)}"
        return f"{change} ({_label(ClosingReason, reason)})" if reason else change


class AssignFormatter(LogFormatter):
    """Who it was given to."""

    label = gettext_lazy("Assign")

    def format_message(self, log_entry):
        """Give the name of the one it was assigned to, if they still have an account."""
        pk = log_entry.data.get("to")
        if pk is None:
            return _("Assigned to nobody")
        user = get_user_model().objects.filter(pk=pk).first()
        return _("Assigned to %(name)s") % {"name": get_user_display_name(user) or pk}


class FollowUpFormatter(LogFormatter):
    """Which day was chosen for the next step."""

    label = gettext_lazy("Set follow-up")

    def format_message(self, log_entry):
        """Give the date as people write it."""
        day = log_entry.data.get("on")
        if not day:
            return _("Follow-up removed")
        day = date_format(date.fromisoformat(day), "DATE_FORMAT")
        return _("Follow up on %(date)s") % {"date": day}


class CallFormatter(LogFormatter):
    """Whether somebody was reached, and the day chosen for the next step."""

    label = gettext_lazy("Log a call")

    def format_message(self, log_entry):
        """Give both in one line."""
        reached = _("Called: reached") if log_entry.data.get("reached") else _("Called: no answer")
        day = date_format(date.fromisoformat(log_entry.data["on"]), "DATE_FORMAT")
        return _("%(call)s. Follow up on %(date)s") % {"call": reached, "date": day}


class ExportFormatter(LogFormatter):
    """How many were taken out, and in which format."""

    label = gettext_lazy("Export applications")

    def format_message(self, log_entry):
        """Give the number of rows and the names, never the values, of the filters."""
        filters = ", ".join(log_entry.data.get("filters", []))
        values = {"count": log_entry.data.get("count"), "filters": filters or _("none")}
        return _("Exported: %(count)s (filters: %(filters)s)") % values


PLAIN = {
    "intake.receive": (gettext_lazy("Receive"), gettext_lazy("Received")),
    "intake.view": (gettext_lazy("Open application"), gettext_lazy("Opened")),
    "intake.note": (gettext_lazy("Add note"), gettext_lazy("Note added")),
    "intake.erase": (gettext_lazy("Erase"), gettext_lazy("Erased")),
}
WITH_DATA = {
    "intake.status": StatusFormatter,
    "intake.call": CallFormatter,
    "intake.assign": AssignFormatter,
    "intake.follow_up": FollowUpFormatter,
    "intake.export": ExportFormatter,
}


def register(registry):
    """Tell Wagtail's audit log what can happen to an application."""
    for action, (label, message) in PLAIN.items():
        registry.register_action(action, label, message)
    for action, formatter in WITH_DATA.items():
        registry.register_action(action)(formatter)


def _label(choices, value):
    return dict(choices.choices).get(value, value)


@dataclass(frozen=True)
class Event:
    """One line of the timeline: when, who (nobody, if it came from outside), what.

    A mail comes with its state; it stands where it was written.
    """

    at: datetime
    who: str
    text: str
    is_note: bool = False
    mail: Mail | None = None


def timeline(application) -> list[Event]:
    """Give what happened to `application`, the notes on it and its mails, newest first."""
    logged = [
        Event(entry.timestamp, entry.user_display_name if entry.user_id else "", entry.message)
        for entry in _entries(application).exclude(action__in=NOT_IN_TIMELINE)
    ]
    notes = [
        Event(note.created_at, _author(note), note.text, is_note=True)
        for note in application.notes.select_related("author")
    ]
    mails = [
        Event(mail.created_at, "", mail.subject, mail=mail) for mail in application.mails.all()
    ]
    return sorted([*logged, *notes, *mails], key=lambda event: event.at, reverse=True)


def _author(note):
    return get_user_display_name(note.author) or _("Somebody who has left")


def openings(application):
    """Give the latest log entries of who has opened `application`, newest first."""
    return _entries(application).filter(action="intake.view")[:OPENINGS]


def changes_since(application, version: int) -> list:
    """Give the log entries of the changes made after `version` of `application`, newest first."""
    entries = _entries(application).exclude(action__in=NOT_IN_TIMELINE)
    return [entry for entry in entries if entry.data.get("version", 0) > version]


def _entries(application):
    return log_registry.get_logs_for_instance(application).select_related("user")
