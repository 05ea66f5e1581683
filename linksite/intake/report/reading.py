"""What was counted of applications in years and their parts, in a fixed number of queries.

Always whole years, also for a report on a part of one: so the same is hidden in every report, and
none gives away what another hides.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Min, Q, Sum

from ..models import Tally
from ..queue import queues
from ..tally import Event
from .hiding import FEW, Balance, Told, protect
from .periods import MONTH, QUARTER, Period

#: All queues of applications together.
ALL = ""
#: Told by nothing at all, or by a dimension of which nothing was said.
NOTHING = ""
#: Too new to be told by anything. No name has this sign.
NOT_YET = "\x1f"


class Key(NamedTuple):
    """What one count is about; the words are those of `linksite.intake.tally`."""

    period: Period
    queue: str
    event: str
    dimension: str = NOTHING
    value: str = NOTHING


class Breakdown(NamedTuple):
    """By what a report tells a count."""

    queue: str
    event: str
    dimension: str
    #: Whether one application can have several values, so that they do not add up to the whole.
    several: bool = False


def first_month() -> date | None:
    """Give the first month in which anything was counted; None if nothing ever was."""
    return Tally.objects.aggregate(first=Min("month"))["first"]


@cache
def application_queues() -> tuple[str, ...]:
    """Give the names that figures know the queues of applications by."""
    return tuple(queue.model._meta.model_name for queue in queues())


def days(period: Period, events: Iterable[str]) -> dict[tuple[str, str], Counter[int]]:
    """Give by queue and event how many waited how many days for it."""
    rows = _within([period]).filter(dimension="days", event__in=events)
    rows = rows.values_list("queue", "event", "value").annotate(Sum("count")).order_by()
    waited = defaultdict(Counter)
    for queue, event, value, count in rows:
        waited[queue, event][int(value)] += count
    return waited


def read(years: list[Period], breakdowns: list[Breakdown], today: date) -> list[Told]:
    """Give of each year what may be told of applications: of itself, its quarters and months.

    What a breakdown does not say has the value `NOTHING`, what it does not tell yet `NOT_YET`.
    """
    numbers = {year: Counter() for year in years}
    shown = {one[:3] for one in breakdowns}
    rows = _within(years).filter(queue__in=application_queues()).filter(_asked_for(breakdowns))
    rows = rows.values_list("month", *_SAID).annotate(Sum("count")).order_by()
    for month, queue, event, dimension, value, count in rows:
        year = Period.year(month.year)
        for what in ((name, event, dimension) for name in ({queue, ALL} if dimension else [queue])):
            if year in numbers and (
                dimension == NOTHING or what in shown and _is_told(*what, month, today)
            ):
                spans = [year, Period.around(month, QUARTER), Period(month, month)]
                told = spans if _has_months(*what) else spans[:2]
                numbers[year].update({Key(span, *what, value): count for span in told})
    return [_told(year, number, breakdowns, today) for year, number in numbers.items()]


_SAID = ["queue", "event", "dimension", "value"]


def _within(periods):
    first, last = min(one.first for one in periods), max(one.last for one in periods)
    return Tally.objects.filter(month__range=(first, last))


def _asked_for(breakdowns):
    either = {Q(event=one.event, dimension=one.dimension) for one in breakdowns}
    return reduce(or_, either, Q(dimension=NOTHING))


def _has_months(queue, event, dimension):
    """Say whether months of it are told: of each count as a whole, and of what lists them.

    Were all months told by everything, little else could be: most are of a few.
    """
    return dimension == NOTHING or (queue, event, dimension) == (ALL, Event.RECEIVED, "source")


def _is_told(queue, event, dimension, month, today):
    """Say whether what is broken down is told: only when its quarter, or its month, is over.

    Else two reports, one before and one after somebody signs up, would tell all about one person.
    """
    length = MONTH if _has_months(queue, event, dimension) else QUARTER
    return Period.around(month, length).last < today.replace(day=1)


def _told(year, number, breakdowns, today):
    for span, one in _broken_down(year, breakdowns):
        wholes = _wholes(span, one)
        number[Key(span, *one[:3], NOT_YET)] = sum(
            number[whole._replace(period=month)]
            for whole in wholes
            for month in span.months
            if not _is_told(*one[:3], month.first, today)
        )
    said = Counter()
    for key, count in number.items():
        if key.dimension:
            said[key._replace(value=NOTHING)] += count
    for span, one in _broken_down(year, breakdowns):
        key = Key(span, *one[:3])
        number[key] = max(0, sum(number[whole] for whole in _wholes(span, one)) - said[key])
    number = +number
    balances = [*_of_breakdowns(number, year, breakdowns), *_of_parts(number, year)]
    return protect(number, balances, _vague(number))


def _vague(number):
    """Give the months that do not tell zero from a few: of all that no report lists by month."""
    return {
        key._replace(period=month)
        for key in number
        if key.period.length == QUARTER and key.event != Event.RECEIVED
        if _has_months(*key[1:4])
        for month in key.period.months
        if number[key] and number[key._replace(period=month)] < FEW
    }


def _broken_down(year, breakdowns):
    for one in (one for one in breakdowns if not one.several):
        yield from ((span, one) for span in (year, *year.quarters))
        if _has_months(*one[:3]):
            yield from ((span, one) for span in year.months)


def _wholes(span, one):
    queues = application_queues() if one.queue == ALL else [one.queue]
    return tuple(Key(span, queue, one.event) for queue in queues)


def _of_breakdowns(number, year, breakdowns):
    values = defaultdict(list)
    for key in number:
        if key.period == year:
            values[key[1:4]].append(key)
    for span, one in _broken_down(year, breakdowns):
        parts = (key._replace(period=span) for key in values[one[:3]])
        yield Balance(_wholes(span, one), tuple(parts))


def _of_parts(number, year):
    """Everything is in a year as often as in its quarters, and in those as often as in months."""
    for key in [key for key in number if key.period == year]:
        quarters = [key._replace(period=quarter) for quarter in year.quarters]
        yield Balance((key,), tuple(quarters))
        for quarter in quarters if _has_months(*key[1:4]) else []:
            months = (key._replace(period=month) for month in quarter.period.months)
            yield Balance((quarter,), tuple(months))
