"""Makes things happen in the past."""

from contextlib import contextmanager
from datetime import datetime
from random import Random
from unittest import mock

from django.utils import timezone


@contextmanager
def at(moment: datetime):
    """Make the time `moment` inside the block.

    Everything a verb writes, from the log to the date in a mail, is then as it would have been. To
    change every date afterwards would mean knowing them all, and would miss the mails.
    """
    with mock.patch.object(timezone, "now", lambda: moment):
        yield


class OfficeHours:
    """Times at which staff do things, drawn with `random`; never later than now."""

    def __init__(self, random: Random):
        self.random = random
        self.now = timezone.now()

    def between(self, start: datetime, end: datetime, steps: int) -> list[datetime]:
        """Return a time for each of `steps`, in order, spread from `start` to `end`."""
        span = (end - start) / (steps + 1)
        early = self.random.uniform(0.4, 0.9)
        moments = []
        for step in range(steps):
            wanted = self.on_the_day_of(start + span * (step + early))
            moments.append(max(wanted, moments[-1] if moments else start))
        return moments

    def on_the_day_of(self, moment: datetime) -> datetime:
        """Return a time in office hours of the same day, or now if that is in the future."""
        hour, minute = self.random.randint(9, 14), self.random.randint(0, 59)
        return min(timezone.localtime(moment).replace(hour=hour, minute=minute), self.now)
