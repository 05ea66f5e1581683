"""Periods a report can be about: any run of whole months.

A period that is no calendar year, quarter or month is told out of those it is made of (`answers`):
of two that overlap, what one has more than the other could else be worked out, and that may be a
single person.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext_lazy as _

#: In months. Municipalities ask for a third of a year ("tertial") as often as for a quarter.
YEAR, THIRD, QUARTER, MONTH = 12, 4, 3, 1


def moved(month: date, by: int) -> date:
    """Give the first day of the month `by` months after `month`."""
    years, index = divmod(month.month - 1 + by, YEAR)
    return date(month.year + years, index + 1, 1)


class Period(NamedTuple):
    """From one month to another, both included; each is its first day."""

    first: date
    last: date

    @classmethod
    def year(cls, number: int) -> "Period":
        """Give a calendar year."""
        return cls(date(number, 1, 1), date(number, YEAR, 1))

    @classmethod
    def around(cls, day: date, length: int) -> "Period":
        """Give the part of the calendar year that `day` is in, when all have `length` months."""
        first = date(day.year, day.month - (day.month - 1) % length, 1)
        return cls(first, moved(first, length - 1))

    @property
    def length(self) -> int:
        """How many months it has."""
        return (self.last.year - self.first.year) * YEAR + self.last.month - self.first.month + 1

    @property
    def months(self) -> list["Period"]:
        """Each of its months."""
        starts = [moved(self.first, n) for n in range(self.length)]
        return [Period(start, start) for start in starts]

    @property
    def quarters(self) -> list["Period"]:
        """Each quarter of a year."""
        return [Period.around(moved(self.first, n), QUARTER) for n in range(0, YEAR, QUARTER)]

    @property
    def years(self) -> list["Period"]:
        """Each calendar year that it has a month in, cut to what of it is in the period."""
        years = [Period.year(number) for number in range(self.first.year, self.last.year + 1)]
        return [Period(max(self.first, one.first), min(self.last, one.last)) for one in years]

    @property
    def pieces(self) -> list["Period"]:
        """The fewest calendar years, quarters and months that make it up, in order."""
        return list(self._pieces())

    def _pieces(self) -> Iterator["Period"]:
        first = self.first
        while first <= self.last:
            possible = (Period.around(first, length) for length in (YEAR, QUARTER, MONTH))
            piece = next(one for one in possible if one.first == first and one.last <= self.last)
            yield piece
            first = moved(piece.last, 1)

    def before(self) -> "Period":
        """Give the period of the same length that ends where this one begins."""
        return Period(moved(self.first, -self.length), moved(self.first, -1))

    def year_before(self) -> "Period":
        """Give the same months a year earlier."""
        return Period(moved(self.first, -YEAR), moved(self.last, -YEAR))

    def __str__(self):
        """Say it as people do, in the active language."""
        return self._said("F")

    @property
    def short(self) -> str:
        """The same with the months cut short, for the head of a column."""
        return self._said("N")

    def _said(self, month):
        if (self.first.month, self.last.month) == (1, YEAR):
            first, last = str(self.first.year), str(self.last.year)
        else:
            in_one_year = self.first.year == self.last.year and self.first != self.last
            first = format_date(self.first, month if in_one_year else f"{month} Y")
            last = format_date(self.last, f"{month} Y")
        return last if first == last else f"{first} – {last}"


#: What a period can be compared with.
COMPARISONS = {
    "before": (_("The same length just before"), Period.before),
    "year": (_("The same months a year earlier"), Period.year_before),
}


def presets(today: date) -> list[tuple[str, Period]]:
    """Give the periods most asked for, each with its name."""
    year, third, quarter = (Period.around(today, length) for length in (YEAR, THIRD, QUARTER))
    return [
        (_("This year"), year),
        (_("Last year"), year.before()),
        (_("This four-month period"), third),
        (_("Last four-month period"), third.before()),
        (_("This quarter"), quarter),
        (_("Last quarter"), quarter.before()),
    ]
