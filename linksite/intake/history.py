"""What happened to an application, from the log, its notes and its mails.

The log is the history; there is no second table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import LogFormatter
from wagtail.log_actions import registry as log_registry

from . import duplicates
from .models import Application, Mail
from .queue import mail_kinds
from .statuses import ClosingReason, Status


class ActionFormatter(LogFormatter):
    """An action's label, and the text of its entries, or a function that returns it.

    `values` is a function that returns what an entry fills into the text.
    """

    def __init__(self, label, message, values=None):
        self.label, self.message, self.values = label, message, values

    def format_message(self, log_entry):
        message = self.message(log_entry) if callable(self.message) else self.message
        return message % self.values(log_entry) if self.values else message


def register_actions(registry, actions: dict) -> None:
    """Register a table of `action: (label, text or function, values)`."""
    for action, words in actions.items():
        registry.register_action(action)(partial(ActionFormatter, *words))


def field_names(entry, model) -> str:
    """Return which fields of `model` an entry is about, never their values."""
    fields = map(model._meta.get_field, entry.data.get("fields", []))
    return ", ".join(str(field.verbose_name) for field in fields)


def day_of(entry) -> str:
    return date_format(date.fromisoformat(entry.data["on"]), "DATE_FORMAT")


def _status(entry):
    old, new, reason = (entry.data.get(key, "") for key in ("from", "to", "reason"))
    change = f"{_label(Status, old)} → {_label(Status, new)}"
    return f"{change} ({_label(ClosingReason, reason)})" if reason else change


def _label(choices, value):
    return dict(choices.choices).get(value, value)


def _assign(entry):
    pk = entry.data.get("to")
    if pk is None:
        return _("Assigned to nobody")
    return _("Assigned to %(name)s") % {"name": get_user_display_name(_assignee(entry)) or pk}


def _follow_up(entry):
    if not entry.data.get("on"):
        return _("Follow-up removed")
    return _("Follow up on %(date)s") % {"date": day_of(entry)}


def _call(entry):
    reached = _("Called: reached") if entry.data.get("reached") else _("Called: no answer")
    return _("%(call)s. Follow up on %(date)s") % {"call": reached, "date": day_of(entry)}


def _fields(entry):
    return {"fields": field_names(entry, Application)}


def _mail(entry):
    kind = entry.data.get("kind", "")
    return {"mail": mail_kinds()[kind].label if kind in mail_kinds() else kind}


def _merge(text, entry):
    merged = text % {"reference": entry.data.get("reference", "")}
    taken = _("Taken over: %(fields)s") % _fields(entry)
    return f"{merged}. {taken}" if entry.data.get("fields") else merged


def _export(entry):
    """Return the number of rows and the names, never the values, of the filters."""
    filters = ", ".join(entry.data.get("filters", [])) or _("none")
    return {"count": entry.data.get("count"), "filters": filters}


ACTIONS = {
    "intake.receive": (_("Receive"), _("Received")),
    "intake.view": (_("Open application"), _("Opened")),
    "intake.note": (_("Add note"), _("Note added")),
    "intake.erase": (_("Erase"), _("Erased")),
    "intake.status": (_("Change status"), _status),
    "intake.call": (_("Log a call"), _call),
    "intake.assign": (_("Assign"), _assign),
    "intake.follow_up": (_("Set follow-up"), _follow_up),
    "intake.correct": (_("Correct contact details"), _("Corrected: %(fields)s"), _fields),
    "intake.mail": (_("Write an email"), _("Email written: %(mail)s"), _mail),
    "intake.mail_text": (_("Change email template"), _("Changed: %(mail)s"), _mail),
    "intake.mail_text_reset": (
        _("Reset email template"),
        _("Original text restored: %(mail)s"),
        _mail,
    ),
    "intake.merge": (_("Merge a duplicate"), partial(_merge, _("Merged with %(reference)s"))),
    "intake.merged": (_("Merge as a duplicate"), partial(_merge, _("Merged into %(reference)s"))),
    "intake.export": (
        _("Export applications"),
        _("Exported: %(count)s (filters: %(filters)s)"),
        _export,
    ),
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
    keys = [one.pk for one in duplicates.with_merged(application)]
    for one in type(application).objects.visible_to(user).filter(pk__in=keys):
        reference = "" if one == application else one.reference
        events += _events(one, reference)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _events(application, reference):
    entries = with_assignees(entries_of(application).exclude(action="intake.view"))
    wrote = {entry.data.get("mail"): _who(entry) for entry in entries}
    for entry in entries:
        if entry.action not in NOT_IN_TIMELINE:
            yield event(entry, reference)
    for note in application.notes.select_related("author"):
        author = get_user_display_name(note.author) or _("Someone who has left")
        yield Event(note.created_at, author, note.text, is_note=True, reference=reference)
    for mail in application.mails.all():
        who = wrote.get(mail.pk, "")
        yield Event(mail.created_at, who, mail.subject, mail=mail, reference=reference)


def event(entry, reference="") -> Event:
    """Return a log entry as a line of the timeline."""
    return Event(entry.timestamp, _who(entry), entry.message, reference=reference)


def _who(entry):
    return entry.user_display_name if entry.user_id else ""


def openings(application):
    """Return the latest log entries of who opened `application`, newest first."""
    return entries_of(application).filter(action="intake.view")[:OPENINGS]


def changes_since(application, version: int) -> list:
    """Return the log entries of changes after `version` of `application`, newest first."""
    entries = entries_of(application).exclude(action__in=["intake.view", "intake.note"])
    return [entry for entry in entries if entry.data.get("version", 0) > version]


def entries_of(instance):
    """Return the log entries of an application or a group, newest first."""
    return log_registry.get_logs_for_instance(instance).select_related("user")
