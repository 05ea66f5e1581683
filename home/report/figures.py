"""What the report counts, by the names of both queues and of the groups."""

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import GroupApplication, SelfHelpGroup
from linksite.intake.report import reading
from linksite.intake.report.answers import Answers, Said
from linksite.intake.report.hiding import at_least
from linksite.intake.report.periods import Period
from linksite.intake.report.reading import ALL, NOTHING, Breakdown, Key
from linksite.intake.report.spread import ENOUGH, percentile
from linksite.intake.tally import Event
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
#: What people wait for, counted in days.
WAITED_FOR = [Event.CONTACTED, Event.PLACED, Event.STARTED]
#: Everything that is broken down.
BREAKDOWNS = [
    *(
        Breakdown(queue, event, dimension, several)
        for dimension, (queue, several) in BY.items()
        for event in (Event.RECEIVED, Event.STARTED)
    ),
    *(Breakdown(GROUPS, Event.GROUP_STARTED, dimension) for dimension in GROUPS_BY),
    *(
        Breakdown(queue, Event.CLOSED, dimension)
        for queue in (GROUP_QUEUE, NETWORK_QUEUE)
        for dimension in ("reason", "from")
    ),
]


class Figures:
    """The figures of a period and of the one it is compared with, as they may be told."""

    def __init__(self, period: Period, before: Period):
        self.period, self.before = period, before
        self._answers = Answers((period, before), GROUPS, BREAKDOWNS)
        self._days = {one: reading.days(one, WAITED_FOR) for one in (period, before)}

    @property
    def is_over(self) -> bool:
        """Whether the period has ended."""
        return self.period.last < timezone.localdate().replace(day=1)

    @property
    def said(self) -> str:
        """The period as people say it, in the active language."""
        if self.is_over:
            return str(self.period)
        return _("%(period)s so far") % {"period": self.period}

    def count(
        self,
        queue: str,
        event: str,
        dimension: str = NOTHING,
        value: str = NOTHING,
        period: Period | None = None,
    ) -> Said:
        """Give how often it happened, in `period` unless another is given."""
        return self._answers.count(Key(period or self.period, queue, event, dimension, value))

    def values(self, queue, event, dimension) -> set[str]:
        """Give the values that were said in either period, `NOTHING` for none at all."""
        return self._answers.values((self.period, self.before), queue, event, dimension)

    def days(self, queue, event, percent: int, period: Period) -> int | None:
        """Give within how many days so many percent got there; None where too few did.

        Or where it is not told that there were enough: whether there is a number told it.
        """
        if at_least(self.count(queue, event, period=period)) < ENOUGH[percent]:
            return None
        return percentile(self._days[period].get((queue, event), Counter()), percent)
