"""How long people waited: middle and slow end, without anybody in particular."""

from collections import Counter
from math import ceil

#: For a percentile, of how many people at least it is given: of fewer it would be one of them.
ENOUGH = {50: 10, 90: 20}


def percentile(days: Counter[int], percent: int) -> int | None:
    """Give the days within which so many percent had got there; None for nobody."""
    left = ceil(sum(days.values()) * percent / 100)
    for day in sorted(days):
        left -= days[day]
        if left <= 0:
            return day
    return max(days, default=None)
