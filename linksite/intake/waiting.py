"""How long somebody may wait: the one rule for what counts as overdue."""

from datetime import datetime, timedelta

from django.utils import timezone

#: Somebody new should hear from the centre within this many working days.
ANSWER_WITHIN_WORKING_DAYS = 2

SATURDAY = 5


def answer_limit(now: datetime | None = None) -> datetime:
    """Give the moment before which nobody new may have been received and still be unanswered."""
    return working_days_before(now or timezone.now(), ANSWER_WITHIN_WORKING_DAYS)


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


def _start_of_saturday(moment):
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=moment.weekday() - SATURDAY)
