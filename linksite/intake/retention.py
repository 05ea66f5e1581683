"""Erasing applications: because somebody asked for it, or because their time is up."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from . import duplicates
from .models import Application
from .queue import queues
from .references import normalise


def by_reference(reference: str) -> list[Application]:
    """Return the applications with this reference, however it is typed: one, or none."""
    wanted = normalise(reference)
    return [one for queue in queues() for one in queue.model.objects.filter(reference=wanted)]


def closed_for(days: int) -> list[Application]:
    """Return the applications that were closed at least this many days ago."""
    limit = timezone.now() - timedelta(days=days)
    return [one for queue in queues() for one in queue.model.objects.filter(closed_at__lte=limit)]


@transaction.atomic
def erase(application: Application, *, even_if_open: bool = True) -> bool:
    """Delete an application with its notes, mails and people, and what was merged into it.

    Return whether it did: without `even_if_open` it leaves one that has been reopened meanwhile.
    The log keeps their references only.
    """
    # Locked together, so that two runs never deadlock.
    together = [one.pk for one in duplicates.with_merged(application)]
    locked = type(application).objects.lock_all(together)
    current = locked.get(application.pk)
    if current is None or (current.is_open and not even_if_open):
        return False
    for one in locked.values():
        log(one, "intake.erase", deleted=True)
        one.delete()
    return True
