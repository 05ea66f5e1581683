"""How counts of people are published: rounded, or withheld where they are too few.

What people are broken down by (topic, area, reason …) is rounded to the nearest five, as the
British agency for higher-education statistics (HESA) rounds. How many reached a stage is one number
for everybody, and exact; under a dozen it can give a rounded one away (3 in all, 5 from one area).

Where each of many overlapping periods is rounded by itself, the exact count of every month can be
worked out from where the rounded numbers jump. So only the parts of the calendar (`Period.pieces`)
are rounded from exact counts, and any other period is the sum of its parts: it tells nothing that
they do not. A month is broken down once it is over, so that comparing today with yesterday tells
nothing about whoever signed up in between.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from math import ceil

from .periods import Period

#: What counts are rounded to.
BASE = 5
#: The sign that official statistics print for a number they do not give.
WITHHELD = ":"
Published = int | str
#: A change is given between numbers that are both at least this.
ENOUGH_FOR_CHANGE = 10

#: For a percentile, of how many people at least it is given: of fewer it would be one of them.
ENOUGH_FOR_PERCENTILE = {50: 10, 90: 20}


def rounded(count: int) -> int:
    """Return the multiple of five nearest to `count`: 0 for 1 and 2, 5 for 3 to 7."""
    return (count + BASE // 2) // BASE * BASE


def total(months: Mapping[date, int], period: Period) -> int:
    """Return the exact count in `period`; `months` has the count of each month."""
    return sum(count for month, count in months.items() if period.first <= month <= period.last)


def rounded_total(months: Mapping[date, int], period: Period, until: date) -> Published:
    """Return the count in `period` as it may be published when `until` is the last full month."""
    full = period._replace(last=min(period.last, until))
    if full.first > full.last:
        return WITHHELD
    return sum(rounded(total(months, piece)) for piece in full.pieces)


def change(now: Published, before: Published) -> Published:
    """Return the difference between two published counts of people."""
    if isinstance(now, str) or isinstance(before, str) or min(now, before) < ENOUGH_FOR_CHANGE:
        return WITHHELD
    return now - before


def percentile(days: Counter[int], percent: int) -> Published:
    """Return the days within which so many percent had got there."""
    people = days.total()
    if people < ENOUGH_FOR_PERCENTILE[percent]:
        return WITHHELD
    return sorted(days.elements())[ceil(people * percent / 100) - 1]
