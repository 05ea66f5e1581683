"""What was counted, read from the database in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Min, Q, Sum
from django.utils import timezone

from linksite.intake.models import Tally
from linksite.intake.tally import Event

from .periods import Period, moved
from .rounding import Published, rounded_total, total

#: All queues of applications together.
ALL = ""
#: No dimension, or a value that was not stated.
NOTHING = ""
#: Groups that have started and not ended when the period is over. Worked out, not counted.
RUNNING = "running"


def first_month() -> date | None:
    """Return the first month in which anything was counted; None if nothing ever was."""
    return Tally.objects.aggregate(first=Min("month"))["first"]


def last_full_month() -> date:
    """Return the last month that is over."""
    return moved(timezone.localdate().replace(day=1), -1)


def days(period: Period, events: Iterable[str]) -> dict[tuple[str, str], Counter[int]]:
    """Return by queue and event how many waited how many days for it."""
    rows = Tally.objects.filter(month__range=period, dimension="days", event__in=events)
    columns = rows.order_by().values_list("queue", "event", "value")
    waited: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for queue, event, value, count in columns.annotate(Sum("count")):
        waited[queue, event][int(value)] += count
    return waited


class Counts:
    """How often things happened in `periods`, as it may be published.

    `groups` is the queue of the self-help groups. They are not people: their counts are exact.
    """

    def __init__(self, periods: Iterable[Period], groups: str):
        self._groups, self._last = groups, last_full_month()
        within = Q(
            month__range=(min(one.first for one in periods), max(one.last for one in periods))
        )
        # What runs now may have started long before.
        ever = Q(queue=groups, dimension=NOTHING)
        rows = Tally.objects.filter(within | ever).exclude(dimension="days").order_by()
        columns = rows.values_list("queue", "event", "dimension", "value", "month")
        self._counted: dict = defaultdict(lambda: defaultdict(Counter))
        for queue, event, dimension, value, month, count in columns.annotate(Sum("count")):
            for name in (queue, ALL):
                self._counted[name, event, dimension][value][month] += count

    def count(
        self, period: Period, queue: str, event: str, dimension: str = NOTHING, value: str = NOTHING
    ) -> Published:
        """Return how often it happened; with a dimension but no value, where none was stated."""
        if event == RUNNING:
            until = Period(date.min, period.last)
            started, ended = (
                total(self._months(queue, one, NOTHING, NOTHING), until)
                for one in (Event.GROUP_STARTED, Event.GROUP_ENDED)
            )
            return max(0, started - ended)
        months = self._months(queue, event, dimension, value)
        if dimension == NOTHING or queue == self._groups:
            return total(months, period)
        return rounded_total(months, period, self._last)

    def values(self, queue: str, event: str, dimension: str) -> set[str]:
        """Return the values by which it was counted, and `NOTHING`."""
        return {NOTHING, *self._counted[queue, event, dimension]}

    def _months(self, queue, event, dimension, value):
        counted = self._counted[queue, event, dimension]
        if dimension and value == NOTHING:
            whole = self._counted[queue, event, NOTHING][NOTHING]
            return whole - sum(counted.values(), Counter())
        return counted[value]
