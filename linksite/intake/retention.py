"""Erasing applications: because somebody asked for it, or because the time is over."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from . import duplicates
from .models import Application
from .queue import queues
from .references import normalise


def called(reference: str) -> list[Application]:
    """Give the applications with this reference, however it is typed: one, or none."""
    wanted = normalise(reference)
    return [one for queue in queues() for one in queue.model.objects.filter(reference=wanted)]


def closed_for(days: int) -> list[Application]:
    """Give the applications that were closed at least so many days ago."""
    limit = timezone.now() - timedelta(days=days)
    return [one for queue in queues() for one in queue.model.objects.filter(closed_at__lte=limit)]


@transaction.atomic
def erase(application: Application, *, even_if_open: bool = True) -> bool:
    """Delete an application with its notes, mails and people, and what was merged into it.

    Says whether it did: without `even_if_open` it leaves what has been taken up again meanwhile.
    The log keeps their references only.
    """
    # Locked together, so that two who erase never wait for each other.
    together = [one.pk for one in duplicates.with_merged(application)]
    locked = type(application).objects.lock_all(together)
    current = locked.get(application.pk)
    if current is None or (current.is_open and not even_if_open):
        return False
    for one in locked.values():
        log(one, "intake.erase", deleted=True)
        one.delete()
    return True
