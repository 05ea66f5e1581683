"""What the report counts, by the names of both queues and of the groups."""

from collections import Counter

from groups.models import GroupApplication, SelfHelpGroup
from linksite.intake.figures import Event
from linksite.intake.report import reading
from linksite.intake.report.hiding import Hidden, protect
from linksite.intake.report.periods import Period
from linksite.intake.report.reading import ALL, NOTHING, Key, Told
from linksite.intake.report.spread import percentile
from network.models import NetworkApplication

GROUP_QUEUE = GroupApplication._meta.model_name
NETWORK_QUEUE = NetworkApplication._meta.model_name
GROUPS = SelfHelpGroup._meta.model_name

#: By what applications are told, and of which queue; people may name several topics.
BY = {
    "topic": (GROUP_QUEUE, True),
    "area": (GROUP_QUEUE, False),
    "partner": (ALL, False),
    "language": (ALL, False),
    "source": (ALL, False),
}
#: By what groups are told.
GROUPS_BY = ["topic", "area", "partner"]
#: Everything that is broken down.
TOLD = [
    *(
        Told(queue, event, dimension, several)
        for dimension, (queue, several) in BY.items()
        for event in (Event.RECEIVED, Event.STARTED)
    ),
    *(Told(GROUPS, Event.GROUP_STARTED, dimension) for dimension in GROUPS_BY),
    *(
        Told(queue, Event.CLOSED, dimension)
        for queue in (GROUP_QUEUE, NETWORK_QUEUE)
        for dimension in ("reason", "from")
    ),
]


class Figures:
    """The figures of a period and of the one it is compared with, as they may be told."""

    def __init__(self, period: Period, before: Period):
        self.period, self.before = period, before
        self._told, self._days = {}, {}
        for number in {period.first.year, before.first.year}:
            self._read(Period.year(number))

    def _read(self, year):
        # Each year by itself, so that every report on it hides the same.
        counts = reading.read(year, GROUPS, TOLD)
        balances = reading.balances(counts.number, year, GROUPS, TOLD)
        self._told |= protect(counts.number, balances)
        self._days |= counts.days

    def count(
        self,
        queue: str,
        event: str,
        dimension: str = NOTHING,
        value: str = NOTHING,
        period: Period | None = None,
    ) -> int | Hidden:
        """Give how often it happened, in `period` unless another is given."""
        return self._told.get(Key(period or self.period, queue, event, dimension, value), 0)

    def values(self, queue, event, dimension) -> set[str]:
        """Give the values that were said in either period, `NOTHING` for none at all."""
        shown = (self.period, self.before)
        return {
            key.value
            for key, count in self._told.items()
            if key.period in shown and key[1:4] == (queue, event, dimension) and count != 0
        }

    def days(self, queue, event, percent: int, period: Period) -> int | None:
        """Give within how many days so many percent got there; None where too few did."""
        return percentile(self._days.get(Key(period, queue, event), Counter()), percent)
