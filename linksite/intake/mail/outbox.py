"""Mail to applicants and staff: written into the outbox, sent from there.

A mail is a row saved in the same transaction as what caused it. A mail server that is down delays
it and loses nothing; a worker that dies in the middle leaves it to the next.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.utils import DNS_NAME
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext
from django_tasks import task

from ..models import UNSENT, Application, Mail, MailStatus, QueueSettings
from ..queue import mail_kinds, queues

logger = logging.getLogger(__name__)
#: How long to wait after each failed attempt; the last one repeats.
RETRY_AFTER = [timedelta(minutes=m) for m in (1, 5, 15, 60, 3 * 60, 12 * 60, 24 * 60)]
#: An older mail is given up at its next failure: the mail server is not down, it refuses.
GIVE_UP_AFTER = timedelta(days=30)
#: A mail claimed longer ago than this was left behind by a worker that died.
CLAIM = timedelta(minutes=10)
#: Mails looked up at a time, so that one which came meanwhile does not wait for all the others.
BATCH = 100


def queue(
    application: Application,
    kind: str,
    *,
    to: str = "",
    language: str = "",
    body: str = "",
    **values: str,
) -> Mail:
    """Return the new outbox row of the mail called `kind` (`linksite.intake.mail.kinds`).

    It goes to the applicant in their language unless `to` and `language` say otherwise; `values`
    fill its placeholders, and a `body` replaces its own. It is sent after the surrounding
    transaction commits. Subjects are neutral: a neighbour who sees one learns nothing.
    """
    subject, own_body = written(application, kind, language=language, **values)
    mail = application.mails.create(
        kind=kind,
        to=to or application.email,
        subject=" ".join(subject.split()),
        body=body or own_body,
    )
    transaction.on_commit(send_due_mails.enqueue, robust=True)
    return mail


def written(application: Application, kind: str, *, language: str = "", **values) -> tuple:
    """Return subject and body of a mail as it would be sent, without sending it."""
    mail, language = mail_kinds()[kind], language or application.language
    subject, body = mail.words(language)
    with translation.override(language):
        values = {**_common_values(application), **values}
        return mail.fill(subject, values), mail.fill(body, values)


def redirect(application: Application, email: str) -> None:
    """Redirect unsent mail for the applicant to `email`, or give it up if that is empty.

    The old address may be somebody else's.
    """
    # Includes what is being sent: should that fail, the next attempt goes to the right address.
    unsent = application.mails.filter(status__in=UNSENT, to=application.email)
    unsent.update(**({"to": email} if email else {"status": MailStatus.FAILED}))


def _common_values(application):
    centre = application.centre
    days = QueueSettings.current().answer_within_days
    within = ngettext("%(days)d working day", "%(days)d working days", days) % {"days": days}
    return {
        "reference": application.reference,
        "centre": centre.name,
        "contact": "\n".join(filter(None, [centre.phone, centre.email])),
        "answer_within": within,
        "queue": settings.WAGTAILADMIN_BASE_URL + reverse(application.queue.listing),
    }


def send_due() -> int:
    """Send what is due in every outbox; return how many were sent."""
    sent = 0
    for model in outboxes():
        while batch := _next(model):
            sent += sum(_send(model, pk) for pk in batch)
    return sent


def outboxes() -> list[type[Mail]]:
    """Return the mail model of each queue."""
    return [queue.model.mails.field.model for queue in queues()]


def _due(model):
    return model.objects.filter(status__in=UNSENT, due_at__lte=timezone.now())


def _next(model):
    """Return the keys of what to send now: the newest first, then what has been tried before."""
    due = _due(model).order_by("attempts", "-due_at", "-pk")
    return list(due.values_list("pk", flat=True)[:BATCH])


def _send(model, pk) -> bool:
    mail = _claim(model, pk)
    if mail is None:
        return False
    try:
        _message(mail).send()
    except Exception as error:  # One mail that cannot be sent must not stop the others.
        _give_up(mail, error) if _is_refused(error) else _postpone(mail, error)
        return False
    _finish(mail, status=MailStatus.SENT, sent_at=timezone.now(), to=mail.to)
    return True


def _message(mail):
    """Return the mail as it is sent; sent again, it says that it is the same one."""
    centre = mail.application.centre
    key = salted_hmac("intake.mail", f"{mail._meta.label}.{mail.pk}").hexdigest()
    headers = {"Message-ID": f"<{key}@{DNS_NAME}>"}
    kind = mail_kinds().get(mail.kind)
    if not (kind and kind.by_hand):
        # Absence replies and out-of-office notes leave such mail alone (RFC 3834).
        headers["Auto-Submitted"] = "auto-generated"
    answers = [centre.email] if centre.email else []
    return EmailMessage(mail.subject, mail.body, to=[mail.to], reply_to=answers, headers=headers)


def _is_refused(error):
    """Return whether the mail server will never take mail for this address (RFC 5321, 4.2.1)."""
    refused = getattr(error, "recipients", {}).values()
    return bool(refused) and all(500 <= code < 600 for code, _reason in refused)


def _claim(model, pk):
    """Return the mail if this worker got it, None if another one was quicker."""
    # The conditions are part of the update, so that a worker that waited for another one's
    # transaction checks them again.
    claim = {"status": MailStatus.SENDING, "due_at": timezone.now() + CLAIM}
    got = _due(model).filter(pk=pk).update(**claim, attempts=F("attempts") + 1)
    return model.objects.select_related("application__site").get(pk=pk) if got else None


def _postpone(mail, error):
    now = timezone.now()
    if now - mail.created_at > GIVE_UP_AFTER:
        _give_up(mail, error)
    else:
        logger.warning("Mail %s %s not sent yet: %s", *_named(mail, error))
        wait = RETRY_AFTER[min(mail.attempts, len(RETRY_AFTER)) - 1]
        _finish(mail, status=MailStatus.QUEUED, due_at=now + wait)


def _give_up(mail, error):
    """Try no more, and have somebody call instead."""
    logger.error("Mail %s %s given up: %s", *_named(mail, error))
    _finish(mail, status=MailStatus.REFUSED if _is_refused(error) else MailStatus.FAILED)
    applications = type(mail)._meta.get_field("application").related_model.objects
    applications.filter(pk=mail.application_id).call_today()


def _named(mail, error):
    # The error's text may hold the address, so only its kind is logged.
    return mail._meta.label, mail.pk, type(error).__name__


def _finish(mail, **fields):
    # Unless another worker has taken it over, or it was given up meanwhile.
    mine = type(mail).objects.filter(pk=mail.pk, status=MailStatus.SENDING, attempts=mail.attempts)
    mine.update(**fields)


#: Before search indexes, of which there may be hundreds.
@task(priority=50)
def send_due_mails() -> int:
    """Send what is due in every outbox. No arguments: a task's are stored in the clear."""
    return send_due()
