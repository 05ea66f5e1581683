"""How long people waited: middle and slow end, without anybody in particular."""

from collections import Counter
from math import ceil

from .hiding import FEW


def percentile(days: Counter[int], percent: int) -> int | None:
    """Give the days within which so many percent had got there; None for fewer than five people."""
    people = sum(days.values())
    if people < FEW:
        return None
    left = ceil(people * percent / 100)
    for day in sorted(days):
        left -= days[day]
        if left <= 0:
            return day
    return max(days)
