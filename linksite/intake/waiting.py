"""How long somebody may wait: the one rule for what is overdue, and which days are worked."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from .statuses import Status

SATURDAY = 5
WEEK = 7


def too_long() -> Q:
    """Give the condition that somebody open has waited too long, by the centre's settings.

    Nobody has answered them and no day is chosen for the next step, that day has passed, or none
    was chosen and nothing has happened for weeks: people drop out where nobody calls (seed 0).
    Somebody new who was called without an answer has such a day.
    """
    from .models import QueueSettings

    settings, now = QueueSettings.current(), timezone.now()
    unanswered = working_days_before(now, settings.answer_within_days)
    idle = now - timedelta(days=settings.step_within_days)
    return (
        Q(status=Status.NEW, follow_up_on=None, submitted_at__lt=unanswered)
        | Q(follow_up_on__lt=timezone.localdate())
        | Q(follow_up_on=None, last_step_at__lt=idle)
    )


def working_days_before(moment: datetime, days: int) -> datetime:
    """Give the local time `days` working days before `moment`.

    Saturdays and Sundays do not count. Public holidays do: on the day after one, the queue asks for
    somebody a little early, which is the kinder mistake.
    """
    moment = timezone.localtime(moment)
    if moment.weekday() >= SATURDAY:
        moment = _start_of_saturday(moment)
    while days:
        moment -= timedelta(days=1)
        days -= moment.weekday() < SATURDAY
    return moment


def working_day(day: date) -> date:
    """Give the day, or the Monday after it when it is a Saturday or Sunday."""
    return day + timedelta(days=WEEK - day.weekday()) if day.weekday() >= SATURDAY else day


def last_working_day() -> date:
    """Give the working day before today: on a Monday it is Friday, and so all weekend."""
    return working_days_before(timezone.now(), 1).date()


def end_of_week() -> datetime:
    """Give the local midnight with which Sunday ends."""
    today = _midnight(timezone.localtime())
    return today + timedelta(days=WEEK - today.weekday())


def _start_of_saturday(moment):
    return _midnight(moment) - timedelta(days=moment.weekday() - SATURDAY)


def _midnight(moment):
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
