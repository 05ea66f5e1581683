"""What happened to an application, from the log, its notes and its mails.

The log is the history; there is no second table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import LogFormatter
from wagtail.log_actions import registry as log_registry

from . import duplicates
from .models import Application, Mail
from .queue import mail_kinds
from .statuses import ClosingReason, Status


class StatusFormatter(LogFormatter):
    """`New → Contacted`; when closed, with the reason."""

    label = gettext_lazy("Change status")

    def format_message(self, log_entry):
        old, new, reason = (log_entry.data.get(key, "") for key in ("from", "to", "reason"))
        change = f"{_label(Status, old)} → {_label(Status, new)}"
        return f"{change} ({_label(ClosingReason, reason)})" if reason else change


class AssignFormatter(LogFormatter):
    label = gettext_lazy("Assign")

    def format_message(self, log_entry):
        pk = log_entry.data.get("to")
        if pk is None:
            return _("Assigned to nobody")
        return _("Assigned to %(name)s") % {
            "name": get_user_display_name(_assignee(log_entry)) or pk
        }


class FollowUpFormatter(LogFormatter):
    label = gettext_lazy("Set follow-up")

    def format_message(self, log_entry):
        day = log_entry.data.get("on")
        if not day:
            return _("Follow-up removed")
        day = date_format(date.fromisoformat(day), "DATE_FORMAT")
        return _("Follow up on %(date)s") % {"date": day}


class CallFormatter(LogFormatter):
    label = gettext_lazy("Log a call")

    def format_message(self, log_entry):
        reached = _("Called: reached") if log_entry.data.get("reached") else _("Called: no answer")
        day = date_format(date.fromisoformat(log_entry.data["on"]), "DATE_FORMAT")
        return _("%(call)s. Follow up on %(date)s") % {"call": reached, "date": day}


class CorrectFormatter(LogFormatter):
    """Which details were corrected, never what they were or are."""

    label = gettext_lazy("Correct contact details")

    def format_message(self, log_entry):
        return _("Corrected: %(fields)s") % {"fields": _names(log_entry)}


class MailFormatter(LogFormatter):
    label, message = gettext_lazy("Write an email"), gettext_lazy("Email written: %(mail)s")

    def format_message(self, log_entry):
        kind = log_entry.data.get("kind", "")
        label = mail_kinds()[kind].label if kind in mail_kinds() else kind
        return self.message % {"mail": label}


class MailTextFormatter(MailFormatter):
    label, message = gettext_lazy("Change email template"), gettext_lazy("Changed: %(mail)s")


class MailTextResetFormatter(MailFormatter):
    label = gettext_lazy("Reset email template")
    message = gettext_lazy("Original text restored: %(mail)s")


class MergeFormatter(LogFormatter):
    label, message = gettext_lazy("Merge a duplicate"), gettext_lazy("Merged with %(reference)s")

    def format_message(self, log_entry):
        merged = self.message % {"reference": log_entry.data.get("reference", "")}
        taken = _("Taken over: %(fields)s") % {"fields": _names(log_entry)}
        return f"{merged}. {taken}" if log_entry.data.get("fields") else merged


class MergedFormatter(MergeFormatter):
    label, message = gettext_lazy("Merge as a duplicate"), gettext_lazy("Merged into %(reference)s")


class ExportFormatter(LogFormatter):
    """The number of rows and the names, never the values, of the filters."""

    label = gettext_lazy("Export applications")

    def format_message(self, log_entry):
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
    "intake.correct": CorrectFormatter,
    "intake.mail": MailFormatter,
    "intake.mail_text": MailTextFormatter,
    "intake.mail_text_reset": MailTextResetFormatter,
    "intake.merge": MergeFormatter,
    "intake.merged": MergedFormatter,
    "intake.follow_up": FollowUpFormatter,
    "intake.export": ExportFormatter,
}


def with_assignees(entries: Iterable) -> list:
    """Return the log entries with their assignees, looked up once for all of them."""
    entries = list(entries)
    assigned = [entry for entry in entries if entry.action == "intake.assign"]
    users = get_user_model().objects.in_bulk({entry.data.get("to") for entry in assigned} - {None})
    for entry in assigned:
        entry.assignee = users.get(entry.data.get("to"))
    return entries


def _assignee(log_entry):
    if hasattr(log_entry, "assignee"):
        return log_entry.assignee
    return get_user_model().objects.filter(pk=log_entry.data["to"]).first()


def register(registry):
    for action, (label, message) in PLAIN.items():
        registry.register_action(action, label, message)
    for action, formatter in WITH_DATA.items():
        registry.register_action(action)(formatter)


def _names(log_entry):
    fields = map(Application._meta.get_field, log_entry.data.get("fields", []))
    return ", ".join(str(field.verbose_name) for field in fields)


def _label(choices, value):
    return dict(choices.choices).get(value, value)


#: Only read, or shown as the note or mail itself.
NOT_IN_TIMELINE = ["intake.view", "intake.note", "intake.mail"]
#: How many of the latest openings a page lists.
OPENINGS = 50


@dataclass(frozen=True)
class Event:
    """One line of the timeline: when, who (nobody, if it came from outside), what.

    A mail is placed when it was written, and has its state. What happened to a merged duplicate has
    that one's `reference`.
    """

    at: datetime
    who: str
    text: str
    is_note: bool = False
    mail: Mail | None = None
    reference: str = ""


def timeline(application, user) -> list[Event]:
    """Return what happened to `application`, its notes and its mails, newest first.

    The events of merged duplicates that `user` may see are included.
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
        author = get_user_display_name(note.author) or _("Someone who has left")
        yield Event(note.created_at, author, note.text, is_note=True, reference=reference)
    for mail in application.mails.all():
        who = wrote.get(mail.pk, "")
        yield Event(mail.created_at, who, mail.subject, mail=mail, reference=reference)


def _who(entry):
    return entry.user_display_name if entry.user_id else ""


def openings(application):
    """Return the latest log entries of who opened `application`, newest first."""
    return _entries(application).filter(action="intake.view")[:OPENINGS]


def changes_since(application, version: int) -> list:
    """Return the log entries of changes after `version` of `application`, newest first."""
    entries = _entries(application).exclude(action__in=["intake.view", "intake.note"])
    return [entry for entry in entries if entry.data.get("version", 0) > version]


def _entries(application):
    return log_registry.get_logs_for_instance(application).select_related("user")
