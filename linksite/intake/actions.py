"""What can be done with an application. Each verb acts and logs, in one transaction.

A verb that changes an application is told which `version` the person saw. Two people at the same
one never overwrite each other: the second gets `StaleApplication` and decides anew.
"""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from . import mail
from .models import Application, Note
from .permissions import may
from .references import new_reference
from .statuses import Status


class ChangeNotAllowed(Exception):
    """The table of allowed changes, or a permission, says no; `str()` says why."""


class StaleApplication(Exception):
    """Somebody changed the application after the version that the person saw."""


def receive(
    application: Application,
    *,
    centre: dict,
    notify: str = "",
    save_related: Callable[[Application], None] | None = None,
) -> Application:
    """Save a new application with its receipt and the notice to staff; give it as saved.

    The same submission sent twice (`submission_key`) gives the application that was saved first.
    `save_related(application)` saves what hangs on it. `centre` goes into the mails: `name`,
    `phone`, `email`, `answer_within_days`, and `queue`, the address of its list. `notify` is the
    address of the staff, if any.
    """
    while True:
        try:
            with transaction.atomic():
                application.save(force_insert=True)
                _welcome(application, centre=centre, notify=notify, save_related=save_related)
                return application
        except IntegrityError:
            earlier = _sent_before(application)
            if earlier is not None:
                return earlier
            if not _reference_taken(application):
                raise
            application.pk, application.reference = None, new_reference()


def _sent_before(application):
    key = application.submission_key
    return type(application).objects.filter(submission_key=key).first() if key else None


def _reference_taken(application):
    return type(application).objects.filter(reference=application.reference).exists()


def _welcome(application, *, centre, notify, save_related):
    if save_related:
        save_related(application)
    context = {"centre": centre}
    if application.email:
        language = application.language
        mail.queue(application, "receipt", to=application.email, language=language, context=context)
    if notify:
        mail.queue(application, "notice", to=notify, language="nb", context=context)
    log(application, "intake.receive")


def opened(application: Application, *, user) -> None:
    """Note in the log that `user` has read the application."""
    log(application, "intake.view", user=user)


def add_note(application: Application, text: str, *, user) -> Note:
    """Give the new note. It changes nothing else, so it needs no version."""
    with transaction.atomic():
        note = application.notes.create(author=user, text=text)
        log(application, "intake.note", user=user, data={"note": note.pk})
        return note


def change_status(
    application: Application, status: str, *, user, version: int, reason: str = ""
) -> Application:
    """Give the application with its new status; closing needs a `reason`, and only closing has one.

    Raises `ChangeNotAllowed` or `StaleApplication`.
    """
    with _changing(application, version) as current:
        _check_change(current, status, reason)
        data = {"from": current.status, "to": str(status), "reason": str(reason)}
        closing = status == Status.CLOSED
        current.status, current.closing_reason = status, reason
        current.closed_at = timezone.now() if closing else None
        current.follow_up_on = None if closing else current.follow_up_on
        return _save(current, "intake.status", data, user)


def assign(application: Application, to, *, user, version: int) -> Application:
    """Give the application, assigned to the user `to`, or to nobody when that is None.

    Raises `ChangeNotAllowed` if `to` may not work this queue, or `StaleApplication`.
    """
    if to is not None and not may(to, "change", type(application)):
        raise ChangeNotAllowed(_("That person does not work with this queue."))
    with _changing(application, version) as current:
        current.assigned_to = to
        return _save(current, "intake.assign", {"to": to and to.pk}, user)


def set_follow_up(application: Application, on: date | None, *, user, version: int) -> Application:
    """Give the application with its follow-up date, or without one when `on` is None.

    Raises `ChangeNotAllowed` for a closed application, or `StaleApplication`.
    """
    with _changing(application, version) as current:
        if not current.is_open:
            raise ChangeNotAllowed(_("The application is closed."))
        current.follow_up_on = on
        return _save(current, "intake.follow_up", {"on": on and on.isoformat()}, user)


@contextmanager
def _changing(application, version):
    """Give the application as it stands, locked until the change is saved."""
    with transaction.atomic():
        current = type(application).objects.select_for_update().get(pk=application.pk)
        if current.version != version:
            raise StaleApplication
        yield current


def _check_change(application, status, reason):
    if status not in application.allowed_changes:
        raise ChangeNotAllowed(_("The status cannot change to that from where it is."))
    if status == Status.CLOSED and reason not in application.closing_reasons:
        raise ChangeNotAllowed(_("Say why the application is closed."))
    if status != Status.CLOSED and reason:
        raise ChangeNotAllowed(_("Only a closed application has a closing reason."))


def _save(application, action, data, user):
    application.version += 1
    application.save()
    log(application, action, user=user, data={**data, "version": application.version})
    return application
