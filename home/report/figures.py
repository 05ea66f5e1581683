"""What the report counts, by the names of both queues and of the groups."""

from collections import Counter

from django.utils.translation import gettext as _

from groups.models import SelfHelpGroup
from linksite.intake.tally import Event
from linksite.report.periods import Period
from linksite.report.reading import NOTHING, Counts, days, last_full_month
from linksite.report.rounding import Published, percentile
from linksite.report.tables import size
from network.models import NetworkApplication

from .dimensions import DIMENSIONS

NETWORK_QUEUE = NetworkApplication._meta.model_name
GROUPS = SelfHelpGroup._meta.model_name
#: What people wait for, counted in days.
WAITED_FOR = [Event.CONTACTED, Event.PLACED, Event.STARTED]


class Figures:
    """The figures of a period and of the one it is compared with, as they may be published."""

    def __init__(self, period: Period, before: Period):
        self.period, self.before = period, before
        self._counts = Counts((period, before), GROUPS)
        self._days = {one: days(one, WAITED_FOR) for one in (period, before)}

    @property
    def is_over(self) -> bool:
        return self.period.last <= last_full_month()

    @property
    def period_in_words(self) -> str:
        """The period as people call it, in the active language."""
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
    ) -> Published:
        """Return how often it happened, in `period` unless another is given."""
        return self._counts.count(period or self.period, queue, event, dimension, value)

    def values(self, queue: str, event: str, dimension: str) -> set[str]:
        """Return the values with a number in either period; `NOTHING` for none stated."""
        values = self._counts.values(queue, event, dimension)
        several = dimension in DIMENSIONS and DIMENSIONS[dimension].several
        if queue == GROUPS or several:
            values.discard(NOTHING)
        return {
            value
            for value in values
            for period in (self.period, self.before)
            if size(self.count(queue, event, dimension, value, period))
        }

    def days(self, queue: str, event: str, percent: int, period: Period) -> Published:
        """Return within how many days so many percent got there."""
        return percentile(self._days[period].get((queue, event), Counter()), percent)
