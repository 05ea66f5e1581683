"""What was counted in a period, out of `Tally`, in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Min, Sum

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


def read(period: Period, before: Period, groups: str, told: Iterable[Told]) -> Counts:
    """Give the counts of both periods, and for `period` the signups of each month.

    `groups` is the queue of the self-help groups. `told` names what is broken down: the counts of
    which nothing is said come in with the value `NOTHING`.
    """
    counts = Counts(Counter(), defaultdict(Counter))
    for span in {period, before}:
        _add(counts, span, _within(span).values_list(*_SAID, Sum("count")).order_by())
    for month, *row in _received_by_month(period):
        _add(counts, Period(month, month), [row])
    counts.number.update(_running(period, before, groups))
    _add_unsaid(counts.number, _shown(period, before, told))
    return counts


_SAID = ["queue", "event", "dimension", "value"]


def application_queues() -> list[str]:
    """Give the names that figures know the queues of applications by."""
    return [model._meta.model_name for model in queues()]


def _within(span):
    return Tally.objects.filter(month__range=(span.first, span.last))


def _received_by_month(period):
    if period.length == 1:
        return []
    received = _within(period).filter(event=Event.RECEIVED, dimension__in=["", "source"])
    return received.values_list("month", *_SAID, Sum("count")).order_by()


def _add(counts, span, rows):
    together = application_queues()
    for queue, event, dimension, value, count in rows:
        if dimension == "days":
            counts.days[Key(span, queue, event)][int(value)] += count
            continue
        counts.number[Key(span, queue, event, dimension, value)] += count
        if queue in together:
            counts.number[Key(span, ALL, event, dimension, value)] += count


def _running(period, before, groups):
    """Count the groups that ran when each period ended."""
    rows = Tally.objects.filter(queue=groups, dimension="", month__lte=period.last)
    rows = rows.filter(event__in=[Event.GROUP_STARTED, Event.GROUP_ENDED])
    rows = list(rows.values_list("month", "event").annotate(Sum("count")).order_by())
    signs = {Event.GROUP_STARTED: 1, Event.GROUP_ENDED: -1}
    return {
        Key(span, groups, RUNNING): sum(
            signs[event] * count for month, event, count in rows if month <= span.last
        )
        for span in {period, before}
    }


def _shown(period, before, told):
    """Give what a report breaks down: all of it for both periods, signups by source each month."""
    by_month = Told(ALL, Event.RECEIVED, "source")
    yield from ((span, one) for span in {period, before} for one in told if not one.several)
    if by_month in told and period.length > 1:
        yield from ((month, by_month) for month in period.months)


def _add_unsaid(number, shown):
    said = Counter()
    for key, count in number.items():
        if key.dimension:
            said[key._replace(value=NOTHING)] += count
    for span, one in shown:
        whole = Key(span, one.queue, one.event)
        key = whole._replace(dimension=one.dimension)
        number[key] = max(0, number[whole] - said[key])


def balances(number: Counter[Key], period: Period, before: Period, groups: str, told) -> list:
    """Give everything that adds up among the counts a report shows."""
    return [
        *_of_breakdowns(number, _shown(period, before, told)),
        *_of_months(number, period),
        *_of_running(period, before, groups),
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


def _of_months(number, period):
    """Signups of a period are those of its months, of each queue and by each source."""
    if period.length == 1:
        return
    shown = {(ALL, "source"), *((queue, NOTHING) for queue in application_queues())}
    for key in number:
        told = (key.queue, key.dimension) in shown
        if told and key.period == period and key.event == Event.RECEIVED:
            yield Balance((key,), tuple(key._replace(period=month) for month in period.months))


def _of_running(period, before, groups):
    """What runs in the end ran before or was started, and has not ended."""
    if before != period.before():
        return []
    now, then = (Key(span, groups, RUNNING) for span in (period, before))
    started, ended = (
        Key(period, groups, Event.GROUP_STARTED),
        Key(period, groups, Event.GROUP_ENDED),
    )
    return [Balance((now, ended), (then, started))]
