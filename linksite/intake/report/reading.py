"""What was counted in years and their parts, out of `Tally`, in a fixed number of queries.

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

from ..figures import Event
from ..models import Tally
from ..retention import queues
from .hiding import FEW, Balance, Told, protect
from .periods import QUARTER, Period

#: All queues of applications together.
ALL = ""
#: Told by nothing at all, or by a dimension of which nothing was said.
NOTHING = ""
#: Groups that have started and not ended, when the period was over. Worked out, not counted.
RUNNING = "running"


class Key(NamedTuple):
    """What one count is about; the words are those of `linksite.intake.figures`."""

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
    return tuple(model._meta.model_name for model in queues())


def days(period: Period, events: Iterable[str]) -> dict[tuple[str, str], Counter[int]]:
    """Give by queue and event how many waited how many days for it."""
    rows = _within([period]).filter(dimension="days", event__in=events)
    waited = defaultdict(Counter)
    for queue, event, value, count in rows.values_list("queue", "event", "value", Sum("count")):
        waited[queue, event][int(value)] += count
    return waited


def read(years: list[Period], groups: str, breakdowns: list[Breakdown]) -> list[Told]:
    """Give of each year what may be told: of itself, its quarters and its months.

    `groups` is the queue of the self-help groups. Counts of which nothing is said by a breakdown
    come in with the value `NOTHING`.
    """
    numbers = {year: Counter() for year in years}
    shown = {one[:3] for one in breakdowns}
    rows = _within(years).filter(_asked_for(breakdowns)).values_list("month", *_SAID)
    for month, queue, event, dimension, value, count in rows.annotate(Sum("count")).order_by():
        year = Period.year(month.year)
        spans = [year, Period.around(month, QUARTER), Period(month, month)]
        of = (queue, ALL) if queue in application_queues() and dimension else (queue,)
        for what in ((name, event, dimension) for name in of):
            if year in numbers and (dimension == NOTHING or what in shown):
                told = spans if _has_months(*what) else spans[:2]
                numbers[year].update({Key(span, *what, value): count for span in told})
    running = _running(years, groups)
    return [
        _told(year, number + Counter(running[year]), groups, breakdowns)
        for year, number in numbers.items()
    ]


_SAID = ["queue", "event", "dimension", "value"]


def _within(periods):
    first, last = min(one.first for one in periods), max(one.last for one in periods)
    return Tally.objects.filter(month__range=(first, last))


def _asked_for(breakdowns):
    either = {Q(event=one.event, dimension=one.dimension) for one in breakdowns}
    return reduce(or_, either, Q(dimension=NOTHING))


def _running(years, groups):
    """Count the groups that ran when each year, and each quarter of it, was over."""
    last = max(year.last for year in years)
    rows = Tally.objects.filter(queue=groups, dimension=NOTHING, month__lte=last)
    rows = rows.filter(event__in=[Event.GROUP_STARTED, Event.GROUP_ENDED])
    rows = list(rows.values_list("month", "event").annotate(Sum("count")).order_by())
    signs = {Event.GROUP_STARTED: 1, Event.GROUP_ENDED: -1}
    return {
        year: {
            Key(span, groups, RUNNING): sum(
                signs[event] * count for month, event, count in rows if month <= span.last
            )
            for span in (year, *year.quarters)
        }
        for year in years
    }


def _told(year, number, groups, breakdowns):
    _add_unsaid(number, year, breakdowns)
    balances = [
        *_of_breakdowns(number, year, breakdowns),
        *_of_parts(number, year),
        *_of_running(number, year, groups),
    ]
    return protect(number, balances, _vague(number))


def _add_unsaid(number, year, breakdowns):
    said = Counter()
    for key, count in number.items():
        if key.dimension:
            said[key._replace(value=NOTHING)] += count
    for span, one in _broken_down(year, breakdowns):
        key = Key(span, one.queue, one.event, one.dimension)
        unsaid = sum(number[whole] for whole in _wholes(span, one)) - said[key]
        if unsaid > 0:
            number[key] = unsaid


def _has_months(queue, event, dimension):
    """Say whether months of it are told: of each count as a whole, and of what lists them.

    Were all months told by everything, little else could be: most are of a few.
    """
    return dimension == NOTHING or (queue, event, dimension) == (ALL, Event.RECEIVED, "source")


def _vague(number):
    """Give the months that do not tell zero from a few: of all that no report lists by month."""
    return {
        key._replace(period=month)
        for key in number
        if key.period.length == QUARTER and key.event not in (RUNNING, Event.RECEIVED)
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
    """Everything but what runs is in a year as often as in its quarters, and those in months."""
    for key in [key for key in number if key.period == year and key.event != RUNNING]:
        quarters = [key._replace(period=quarter) for quarter in year.quarters]
        yield Balance((key,), tuple(quarters))
        for quarter in quarters if _has_months(*key[1:4]) else []:
            months = (key._replace(period=month) for month in quarter.period.months)
            yield Balance((quarter,), tuple(months))


def _of_running(number, year, groups):
    """What runs in the end ran before or was started, and has not ended."""
    first, *_rest, last = year.quarters
    for span in year.quarters:
        running, started, ended = (
            Key(span, groups, event) for event in (RUNNING, Event.GROUP_STARTED, Event.GROUP_ENDED)
        )
        before = (Key(span.before(), groups, RUNNING),)
        # What ran when the year began stands in the report on the year before.
        known = number[running] + number[ended] - number[started] if span == first else 0
        yield Balance((running, ended), (started, *(() if span == first else before)), known)
    yield Balance((Key(year, groups, RUNNING),), (Key(last, groups, RUNNING),))
