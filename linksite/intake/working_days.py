"""How long somebody may wait: the one rule for what is overdue, and which days are worked."""

from datetime import date, datetime, timedelta

from django.utils import timezone

SATURDAY = 5
WEEK = 7


def working_days_before(moment: datetime, days: int) -> datetime:
    """Return the local time `days` working days before `moment`.

    Saturdays and Sundays do not count. Public holidays do: on the day after one, an application is
    overdue a little early, which is the kinder mistake.
    """
    moment = timezone.localtime(moment)
    if moment.weekday() >= SATURDAY:
        # As if it were the midnight before Saturday.
        moment = _midnight(moment) - timedelta(days=moment.weekday() - SATURDAY)
    while days:
        moment -= timedelta(days=1)
        if moment.weekday() < SATURDAY:
            days -= 1
    return moment


def working_day(day: date) -> date:
    """Return the day, or the following Monday if it is a Saturday or Sunday."""
    return day + timedelta(days=WEEK - day.weekday()) if day.weekday() >= SATURDAY else day


def last_working_day() -> date:
    """Return the working day before today: Friday on a Monday, and all weekend."""
    return working_days_before(timezone.now(), 1).date()


def end_of_week() -> datetime:
    """Return the local midnight at which Sunday ends."""
    today = _midnight(timezone.localtime())
    return today + timedelta(days=WEEK - today.weekday())


def _midnight(moment):
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
