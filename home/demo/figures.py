"""The centre's two years before the demo: counts of people who are long gone."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from groups.models import GroupApplication, SelfHelpGroup
from linksite.intake import tally
from linksite.intake.tally import Event

from .data import read

#: The queues by which the figures know groups and those who ask for one.
GROUPS, GROUP_QUEUE = SelfHelpGroup._meta.model_name, GroupApplication._meta.model_name


def load_years(random: Random) -> None:
    """Count two years of applications and groups, each in the month it happened."""
    years = Years(random)
    for queue, received in read("figures")["received"].items():
        for month, number in zip(months(len(received)), received, strict=True):
            for _ in range(number):
                years.application(queue, month)
    for event, happened in read("figures")["groups"].items():
        for month, number in zip(months(len(happened)), happened, strict=True):
            for _ in range(number):
                tally.tally(GROUPS, event, years.dimensions(GROUP_QUEUE), on=month)
    tally.add_up()


def months(number: int) -> list[date]:
    """Return the first days of `number` months, the last of them this month's."""
    today = timezone.localdate()
    last = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - number + 1, last + 1)]


class Years:
    """Draws with `random` the dimensions of people who came, and how far they got."""

    def __init__(self, random: Random):
        self.random = random
        self.data = read("figures")
        self.today = timezone.localdate()

    def application(self, queue: str, month: date) -> None:
        """Count somebody who signed up that month, as far as they had come by now."""
        came = month + timedelta(days=self.random.randint(0, 27))
        told = self.dimensions(queue)
        if came <= self.today:
            tally.tally(queue, Event.RECEIVED, told, on=came)
            self._go_on(queue, came, told)

    def dimensions(self, queue: str) -> dict[str, list[str]]:
        """Return the dimensions of somebody in `queue`."""
        words = {**self.data["told_by"], **self.data["told_by_more"][queue]}
        return {dimension: [self.random.choice(values)] for dimension, values in words.items()}

    def _go_on(self, queue, came, told):
        before = "new"
        for event, step in self.data["further"][queue].items():
            days = self.random.randint(*step["days"])
            at = came + timedelta(days=days)
            if at > self.today:
                return
            if self.random.randint(1, 100) > step["of"]:
                return self._leave(queue, at, told, before)
            tally.tally(queue, event, {**told, "days": [str(days)]}, on=at)
            before = event

    def _leave(self, queue, at, told, before):
        reasons = self.data["reason"].get(before, ["not_reached"])
        told = {**told, "reason": [self.random.choice(reasons)], "from": [before]}
        tally.tally(queue, Event.CLOSED, told, on=at)
