"""What can be done with an application. Each verb acts and logs, in one transaction.

A verb that changes an application takes the `version` that the person saw. Two people at the same
one never overwrite each other: the second gets `StaleApplication` and decides again.
"""

from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from . import tally
from .mail import outbox
from .models import Application, Note, QueueSettings
from .permissions import may
from .queue import queues
from .references import new_reference
from .statuses import Status
from .working_days import working_day

SomeApplication = TypeVar("SomeApplication", bound=Application)

#: Besides a note, what counts as contact with the person. Assigning and setting a date do not.
STEPS = {"intake.call", "intake.status", "intake.conversation", "intake.mail", "groups.propose"}


class ChangeNotAllowed(Exception):
    """The table of allowed changes, or a permission, forbids it; `str()` says why."""


class StaleApplication(Exception):
    """Somebody has changed the application since the version that the person saw."""


def receive(
    application: Application,
    *,
    notify: str = "",
    user=None,
    save_related: Callable[[Application], None] | None = None,
) -> Application:
    """Save a new application, queue its receipt and the notice to staff, and return it.

    The same submission sent twice (`submission_key`) returns the application saved first.
    `save_related(application)` saves related rows. `notify` is the staff's address, if any; `user`
    entered it, if it did not come from the form.
    """
    while True:
        try:
            with transaction.atomic():
                application.save(force_insert=True)
                _welcome(application, notify=notify, user=user, save_related=save_related)
                return application
        except IntegrityError:
            saved, key = type(application).objects, application.submission_key
            if key and (earlier := saved.filter(submission_key=key).first()):
                return earlier
            if not saved.filter(reference=application.reference).exists():
                raise
            application.pk, application.reference = None, new_reference()


def _welcome(application, *, notify, user, save_related):
    if save_related:
        save_related(application)
    if application.email and not _has_enough_receipts(application):
        outbox.queue(application, "receipt")
    if notify:
        outbox.queue(application, "notice", to=notify, language="nb")
    log(application, "intake.receive", user=user)
    tally.count(application, tally.Event.RECEIVED)
    application.save(update_fields=["counted"])


#: Receipts that one mailbox gets in a day: whoever types an address may not own it.
RECEIPTS_A_DAY = 3


def _has_enough_receipts(application):
    """Return whether a receipt to this address would be one too many; its page stands for it."""
    lately = {"kind": "receipt", "created_at__gt": timezone.now() - timedelta(days=1)}
    sent = [
        queue.model.mails.field.model.objects.alias(address=Lower("application__email"))
        .filter(**lately, address=Lower(Value(application.email)))
        .order_by()
        .values("pk")
        for queue in queues()
    ]
    return sent[0].union(*sent[1:], all=True).count() >= RECEIPTS_A_DAY


def opened(application: Application, *, user) -> None:
    """Log that `user` has read the application."""
    log(application, "intake.view", user=user)


def add_note(application: Application, text: str, *, user) -> Note:
    """Return the new note. It changes nothing else, so it needs no version."""
    with transaction.atomic():
        note = application.notes.create(author=user, text=text)
        type(application).objects.filter(pk=application.pk).update(last_step_at=timezone.now())
        log(application, "intake.note", user=user, data={"note": note.pk})
        return note


def log_call(application: Application, *, reached: bool, user, version: int) -> Application:
    """Return the application after a call, with the day of the next one: a working day.

    If `reached`, a new application becomes contacted; if nobody answered, it stays new.
    `QueueSettings` says how many days later the next call is. Raise `ChangeNotAllowed` if it is
    closed, or `StaleApplication`.
    """
    settings = QueueSettings.current()
    days = settings.follow_up_after_days if reached else settings.call_again_after_days
    with changing(application, version) as current:
        check_open(current)
        current.follow_up_on = working_day(timezone.localdate() + timedelta(days=days))
        data = {"reached": reached, "on": current.follow_up_on.isoformat()}
        save(current, "intake.call", data, user)
        if reached and current.status == Status.NEW:
            move(current, Status.CONTACTED, user=user)
        return current


def change_status(
    application: Application, status: str, *, user, version: int, reason: str = ""
) -> Application:
    """Return the application in its new status; closing, and only that, needs a `reason`.

    Raise `ChangeNotAllowed` or `StaleApplication`.
    """
    with changing(application, version) as current:
        if status in current.queue.set_by_actions:
            raise ChangeNotAllowed(_("This status is set automatically and cannot be chosen."))
        if reason in current.queue.reasons_set_by_actions:
            raise ChangeNotAllowed(_("This reason is set automatically and cannot be chosen."))
        if refusals := current.queue.refusals([current], status):
            raise ChangeNotAllowed(refusals[current.pk])
        return move(current, status, user=user, reason=reason)


def move(current: Application, status: str, *, user=None, reason: str = "") -> Application:
    """Return the locked application in `status`; for verbs that change more than that.

    Raise `ChangeNotAllowed` when the table of allowed changes forbids it.
    """
    _check_change(current, status, reason)
    old = current.status
    closing = status == Status.CLOSED
    current.status, current.closing_reason = status, reason
    current.closed_at = timezone.now() if closing else None
    if not closing:
        # Reopened: it is an application of its own again.
        current.duplicate_of = None
    current.follow_up_on = None if closing else current.follow_up_on
    tally.count_status(current)
    if old == Status.CLOSED:
        current.call_today()
        tally.count_coming_back(current)
    if closing:
        tally.count_closing(current, old, reason)
    save(current, "intake.status", {"from": old, "to": str(status), "reason": str(reason)}, user)
    current.queue.status_changed(current, old, user)
    return current


def assign(application: Application, to, *, user, version: int) -> Application:
    """Return the application, assigned to the user `to`, or to nobody when that is None.

    Raise `ChangeNotAllowed` if `to` may not work in this queue, or `StaleApplication`.
    """
    if to is not None and not may(to, "change", type(application)):
        raise ChangeNotAllowed(_("This person does not work with this queue."))
    with changing(application, version) as current:
        current.assigned_to = to
        return save(current, "intake.assign", {"to": to and to.pk}, user)


def hand_over(user) -> None:
    """Assign to nobody what an account that has been switched off was responsible for."""
    for queue in queues():
        for application in queue.model.objects.open().filter(assigned_to=user):
            with suppress(StaleApplication):
                assign(application, None, user=None, version=application.version)


def set_follow_up(application: Application, on: date | None, *, user, version: int) -> Application:
    """Return the application with its follow-up date, or without one when `on` is None.

    Raise `ChangeNotAllowed` for a closed application, or `StaleApplication`.
    """
    with changing(application, version) as current:
        check_open(current)
        current.follow_up_on = on
        return save(current, "intake.follow_up", {"on": on and on.isoformat()}, user)


def correct(application: Application, details: dict, *, user, version: int) -> Application:
    """Return the application with the contact `details` corrected; the log has field names only.

    What still waits to be sent to an address that was wrong goes to the right one, or nowhere; and
    its queue does what follows (`Queue.address_changed`).
    Raise `StaleApplication`.
    """
    with changing(application, version) as current:
        changed = [name for name, value in details.items() if getattr(current, name) != value]
        if not changed:
            return current
        if "email" in changed:
            outbox.redirect(current, details["email"])
        for name in changed:
            setattr(current, name, details[name])
        save(current, "intake.correct", {"fields": changed}, user)
        if "email" in changed:
            current.queue.address_changed(current)
        return current


def write(application: Application, kind: str, body: str, *, user, version: int) -> Application:
    """Return the application after queuing a mail of `kind` with the text `body`.

    Raise `ChangeNotAllowed` where nothing can be written, or `StaleApplication`.
    """
    with changing(application, version) as current:
        check_open(current)
        if not current.email:
            raise ChangeNotAllowed(_("There is no email address to write to."))
        row = outbox.queue(current, kind, body=body)
        return save(current, "intake.mail", {"kind": kind, "mail": row.pk}, user)


@contextmanager
def changing(application: Application, version: int | None = None):
    """Yield the application as it is now, locked until the change is saved.

    Raise `StaleApplication` if somebody has changed it since `version`.
    """
    with transaction.atomic():
        current = type(application).objects.lock(application.pk)
        if version is not None and current.version != version:
            raise StaleApplication
        yield current


def check_seen(
    locked: dict[int, SomeApplication], application: SomeApplication, version: int
) -> SomeApplication:
    """Return what is locked of `application`, among others locked with it.

    Raise `StaleApplication` if somebody changed or erased it after `version`.
    """
    current = locked.get(application.pk)
    if current is None or current.version != version:
        raise StaleApplication
    return current


def save(
    application: SomeApplication, action: str, data: dict, user: Any = None
) -> SomeApplication:
    """Save a locked application as its next version, log `action`, and return it."""
    application.version += 1
    if action in STEPS:
        application.last_step_at = timezone.now()
    application.save()
    log(application, action, user=user, data={**data, "version": application.version})
    return application


def check_open(application: Application) -> None:
    """Raise `ChangeNotAllowed` for a closed application."""
    if not application.is_open:
        raise ChangeNotAllowed(_("The application is closed."))


def _check_change(application, status, reason):
    if status not in application.allowed_changes:
        raise ChangeNotAllowed(_("The application cannot change to that status now."))
    if status == Status.CLOSED and reason not in application.queue.closing_reasons:
        raise ChangeNotAllowed(_("Choose why the application is being closed."))
    if status != Status.CLOSED and reason:
        raise ChangeNotAllowed(_("Only a closed application has a closing reason."))
