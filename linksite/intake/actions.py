"""What can be done with an application. Each verb acts and logs, in one transaction."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from . import mail
from .models import Application
from .references import new_reference


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
    `phone`, `email`, `answer_within_days`. `notify` is the staff's address, if any.
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
