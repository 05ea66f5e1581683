"""What may be said of any period, out of what may be told of years, quarters and months.

A period that is none of these is put together from them. So it tells nothing that could not be
worked out from their reports, however many periods somebody asks for: where a piece is hidden, the
sum is told as far as it is known.

Groups are added up as they are. Under five they are hidden like everything, but nothing is hidden
for their sake: how many groups there are points at nobody.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Sum
from django.utils import timezone

from ..models import Tally
from ..tally import Event
from .hiding import Between, Hidden, said_of
from .periods import QUARTER, Period
from .reading import Breakdown, Key, read

#: A count as it may be said.
Said = int | Hidden | Between
#: Groups that have started and not ended, when the period was over. Worked out, not counted.
RUNNING = "running"


class Answers:
    """Says how often things happened in `periods`, or in any part of their years.

    `groups` is the queue of the self-help groups.
    """

    def __init__(self, periods: Iterable[Period], groups: str, breakdowns: list[Breakdown]):
        numbers = {one.first.year for period in periods for one in period.years}
        years = [Period.year(number) for number in sorted(numbers)]
        self._counts, self._limits = {}, {}
        for told in read(years, breakdowns, timezone.localdate()):
            self._counts |= told.counts
            self._limits |= told.limits
        self._groups = _Groups(groups)

    def count(self, key: Key) -> Said:
        """Give how often it happened."""
        if key.queue == self._groups.queue:
            number = self._groups.count(key)
            return said_of(number, number)
        if key in self._counts:
            return self._counts[key]
        return said_of(*self._sum(key))

    def values(self, periods: Iterable[Period], *what: str) -> set[str]:
        """Give the values by which this may be told: queue, event and dimension.

        Only those of which it is known that somebody is counted in one of the periods; `NOTHING`
        for those of whom nothing was said.
        """
        values = {key.value for key in self._counts if key[1:4] == what}
        values |= self._groups.values(*what)
        return {
            value
            for value in values
            if any(_is_of_somebody(self.count(Key(one, *what, value))) for one in periods)
        }

    def _sum(self, key):
        limits = [self._limits_of(key._replace(period=one)) for one in key.period.pieces]
        return (sum(bounds) for bounds in zip(*limits, strict=True))

    def _limits_of(self, key):
        if key in self._limits:
            return self._limits[key]
        # A month that is not told by this: no more than in its quarter.
        quarter = key._replace(period=Period.around(key.period.first, QUARTER))
        return 0, self._limits.get(quarter, (0, 0))[1]


class _Groups:
    """How often things happened to groups, in which months."""

    def __init__(self, queue):
        self.queue, self._months = queue, defaultdict(dict)
        rows = Tally.objects.filter(queue=queue)
        rows = rows.values_list("event", "dimension", "value", "month").annotate(Sum("count"))
        for event, dimension, value, month, count in rows.order_by():
            self._months[event, dimension, value][month] = count

    def count(self, key):
        if key.event == RUNNING:
            started, ended = (
                self._between(date.min, key.period.last, event, *key[3:])
                for event in (Event.GROUP_STARTED, Event.GROUP_ENDED)
            )
            return max(0, started - ended)
        return self._between(*key.period, *key[2:])

    def values(self, queue, event, dimension):
        return {
            said[2] for said in self._months if (self.queue, *said[:2]) == (queue, event, dimension)
        }

    def _between(self, first, last, *said):
        months = self._months.get(said, {})
        return sum(count for month, count in months.items() if first <= month <= last)


def _is_of_somebody(said):
    least = said.low if isinstance(said, Between) else said
    return least not in (0, Hidden.NONE_OR_FEW)
