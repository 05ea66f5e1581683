"""What may be said of any period, out of what may be told of years, quarters and months.

A period that is none of these is put together from them. So it tells nothing that could not be
worked out from their reports, however many periods somebody asks for: where a piece is hidden, the
sum is told as far as it is known.
"""

from collections.abc import Iterable

from ..figures import Event
from .hiding import Between, Hidden, said_of
from .periods import QUARTER, Period
from .reading import NOTHING, RUNNING, Breakdown, Key, read

#: A count as it may be said.
Said = int | Hidden | Between


class Answers:
    """Says how often things happened in `periods`, or in any part of their years."""

    def __init__(self, periods: Iterable[Period], groups: str, breakdowns: list[Breakdown]):
        numbers = {one.first.year for period in periods for one in period.years}
        years = [Period.year(number) for number in sorted(numbers)]
        self._counts, self._limits, self._groups = {}, {}, groups
        for told in read(years, groups, breakdowns):
            self._counts |= told.counts
            self._limits |= told.limits

    def count(self, key: Key) -> Said:
        """Give how often it happened."""
        if key.event == RUNNING:
            return self._running(key)
        if key in self._counts:
            return self._counts[key]
        return said_of(*self._sum(key, key.period.pieces))

    def values(self, periods: Iterable[Period], *what: str) -> set[str]:
        """Give the values by which this may be told: queue, event and dimension.

        Only those of which it is known that somebody is counted in one of the periods; `NOTHING`
        for those of whom nothing was said.
        """
        values = {key.value for key in self._counts if key[1:4] == what}
        return {
            value
            for value in values
            if any(_is_of_somebody(self.count(Key(one, *what, value))) for one in periods)
        }

    def _sum(self, key, pieces):
        limits = [self._limits_of(key._replace(period=one)) for one in pieces]
        return (sum(bounds) for bounds in zip(*limits, strict=True))

    def _limits_of(self, key):
        if key in self._limits:
            return self._limits[key]
        # A month that is not told by this: no more than in its quarter.
        quarter = key._replace(period=Period.around(key.period.first, QUARTER))
        return 0, self._limits.get(quarter, (0, 0))[1]

    def _running(self, key):
        quarter = Period.around(key.period.last, QUARTER)
        at_end = key._replace(period=quarter)
        if quarter.last == key.period.last:
            return self._counts.get(at_end, 0)
        # Back from the quarter's end: less what started after the period, and what ended then.
        later = [one for one in quarter.months if one.first > key.period.last]
        low, high = self._limits.get(at_end, (0, 0))
        for event, sign in ((Event.GROUP_STARTED, -1), (Event.GROUP_ENDED, 1)):
            after = Key(quarter, self._groups, event, NOTHING)
            least, most = sorted(sign * number for number in self._sum(after, later))
            low, high = low + least, high + most
        return said_of(max(0, low), max(0, high))


def _is_of_somebody(said):
    least = said.low if isinstance(said, Between) else said
    return least not in (0, Hidden.NONE_OR_FEW)
