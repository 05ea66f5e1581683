"""What was counted in a year and its parts, out of `Tally`, in a fixed number of queries.

Always the whole year, also for a report on a quarter of it: so the same is hidden in every report,
and none gives away what another hides.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import Min, Sum
from django.db.models.functions import TruncQuarter

from ..figures import Event
from ..models import Tally
from ..retention import queues
from .hiding import Balance
from .periods import Period

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


class Told(NamedTuple):
    """A count broken down by something."""

    queue: str
    event: str
    dimension: str
    #: Whether one application can have several values, so that they do not add up to the whole.
    several: bool = False


class Counts(NamedTuple):
    """What happened, and how many waited how many days for it."""

    number: Counter[Key]
    days: dict[Key, Counter[int]]


def first_month() -> date | None:
    """Give the first month in which anything was counted; None if nothing ever was."""
    return Tally.objects.aggregate(first=Min("month"))["first"]


def read(year: Period, groups: str, told: Iterable[Told]) -> Counts:
    """Give the counts of a year and of its quarters, and the signups of each month.

    `groups` is the queue of the self-help groups. `told` names what is broken down: the counts of
    which nothing is said come in with the value `NOTHING`.
    """
    counts = Counts(Counter(), defaultdict(Counter))
    for first, *row in _by_quarter(year):
        _add(counts, (year, Period.quarter(first)), row)
    for month, *row in _received_by_month(year):
        _add(counts, [Period(month, month)], row)
    counts.number.update(_running(year, groups))
    _add_unsaid(counts.number, _shown(year, told))
    return counts


_SAID = ["queue", "event", "dimension", "value"]


@cache
def application_queues() -> tuple[str, ...]:
    """Give the names that figures know the queues of applications by."""
    return tuple(model._meta.model_name for model in queues())


def _by_quarter(year):
    quarter = TruncQuarter("month")
    return _within(year).values_list(quarter, *_SAID).annotate(Sum("count")).order_by()


def _received_by_month(year):
    received = _within(year).filter(event=Event.RECEIVED, dimension__in=["", "source"])
    return received.values_list("month", *_SAID, Sum("count")).order_by()


def _within(year):
    return Tally.objects.filter(month__range=(year.first, year.last))


def _add(counts, spans, row):
    queue, event, dimension, value, count = row
    for span in spans:
        if dimension == "days":
            counts.days[Key(span, queue, event)][int(value)] += count
            continue
        counts.number[Key(span, queue, event, dimension, value)] += count
        if queue in application_queues():
            counts.number[Key(span, ALL, event, dimension, value)] += count


def _running(year, groups):
    """Count the groups that ran when the year, and each quarter of it, was over."""
    rows = Tally.objects.filter(queue=groups, dimension="", month__lte=year.last)
    rows = rows.filter(event__in=[Event.GROUP_STARTED, Event.GROUP_ENDED])
    rows = list(rows.values_list("month", "event").annotate(Sum("count")).order_by())
    signs = {Event.GROUP_STARTED: 1, Event.GROUP_ENDED: -1}
    return {
        Key(span, groups, RUNNING): sum(
            signs[event] * count for month, event, count in rows if month <= span.last
        )
        for span in (year, *year.quarters)
    }


def _shown(year, told):
    """Give what a report breaks down: all of it, and signups by source each month as well."""
    spans = (year, *year.quarters)
    yield from ((span, one) for span in spans for one in told if not one.several)
    by_month = Told(ALL, Event.RECEIVED, "source")
    if by_month in told:
        yield from ((month, by_month) for month in year.months)


def _add_unsaid(number, shown):
    said = Counter()
    for key, count in number.items():
        if key.dimension:
            said[key._replace(value=NOTHING)] += count
    for span, one in shown:
        whole = Key(span, one.queue, one.event)
        key = whole._replace(dimension=one.dimension)
        number[key] = max(0, number[whole] - said[key])


def balances(number: Counter[Key], year: Period, groups: str, told: Iterable[Told]) -> list:
    """Give everything that adds up among the counts that reports on the year show."""
    return [
        *_of_breakdowns(number, _shown(year, told)),
        *_of_quarters(number, year, told),
        *_of_months(number, year),
        *_of_running(number, year, groups),
    ]


def _of_breakdowns(number, shown):
    parts = defaultdict(list)
    for key in number:
        parts[key._replace(value=NOTHING)].append(key)
    for span, one in shown:
        key = Key(span, one.queue, one.event, one.dimension)
        yield Balance(_wholes(span, one), tuple(parts[key]))


def _wholes(span, one):
    queues = application_queues() if one.queue == ALL else [one.queue]
    return tuple(Key(span, queue, one.event) for queue in queues)


def _of_quarters(number, year, told):
    """Everything but what runs is in a year as often as in its quarters."""
    shown = {(one.queue, one.event, one.dimension) for one in told}
    for key in number:
        is_shown = key[1:4] in shown or (key.dimension == NOTHING and key.event != RUNNING)
        if key.period == year and is_shown:
            yield Balance((key,), tuple(key._replace(period=one) for one in year.quarters))


def _of_months(number, year):
    """Signups of a year or a quarter are those of its months, of each queue and by each source."""
    shown = {(ALL, "source"), *((queue, NOTHING) for queue in application_queues())}
    for key in number:
        told = (key.queue, key.dimension) in shown and key.event == Event.RECEIVED
        if told and key.period.length > 1:
            months = key.period.months
            yield Balance((key,), tuple(key._replace(period=month) for month in months))


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
