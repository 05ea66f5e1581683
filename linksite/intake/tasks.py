"""Slow work of the intake, done by `manage.py db_worker` in production and inline elsewhere."""

from django_tasks import task

from . import mail


@task()
def send_due_mails() -> int:
    """Send what is due in every outbox. Takes no arguments: a task's are stored in the clear."""
    return mail.send_due()
