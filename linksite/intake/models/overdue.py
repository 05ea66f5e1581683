"""The one rule for who is overdue: who has waited too long."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from ..statuses import Status
from ..working_days import working_days_before
from .settings import QueueSettings


def waited_too_long() -> Q:
    """Return the condition that somebody open has waited too long, by the centre's settings.

    Nobody has answered them and no day is chosen for the next step, that day has passed, or none
    was chosen and nothing has happened for weeks: people drop out where nobody calls. Somebody new
    who was called without an answer has such a day.
    """
    settings, now = QueueSettings.current(), timezone.now()
    unanswered = working_days_before(now, settings.answer_within_days)
    idle = now - timedelta(days=settings.step_within_days)
    return (
        Q(status=Status.NEW, follow_up_on=None, submitted_at__lt=unanswered)
        | Q(follow_up_on__lt=timezone.localdate())
        | Q(follow_up_on=None, last_step_at__lt=idle)
    )
