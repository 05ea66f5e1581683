"""Periods a report can be about: a calendar year, or a quarter of one.

Nothing between: of two periods that overlap, what one has more than the other could be worked out,
and that may be a single person. A year and its quarters are hidden together (`reading`).
"""

from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext_lazy as _

YEAR, QUARTER = 12, 3


def moved(month: date, by: int) -> date:
    """Give the first day of the month `by` months after `month`."""
    years, index = divmod(month.month - 1 + by, YEAR)
    return date(month.year + years, index + 1, 1)


@dataclass(frozen=True, order=True)
class Period:
    """From one month to another, both included; each is its first day."""

    first: date
    last: date

    @classmethod
    def year(cls, number: int) -> "Period":
        """Give a calendar year."""
        return cls(date(number, 1, 1), date(number, YEAR, 1))

    @classmethod
    def quarter(cls, day: date) -> "Period":
        """Give the quarter that `day` is in."""
        first = date(day.year, day.month - (day.month - 1) % QUARTER, 1)
        return cls(first, moved(first, QUARTER - 1))

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
        return [Period.quarter(moved(self.first, n)) for n in range(0, YEAR, QUARTER)]

    @property
    def code(self) -> str:
        """Say it in an address: `2026`, or `2026-3` for the third quarter."""
        number = f"-{self.last.month // QUARTER}" if self.length == QUARTER else ""
        return f"{self.first.year}{number}"

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
        if self.length == YEAR:
            return str(self.first.year)
        first, last = format_date(self.first, month), format_date(self.last, f"{month} Y")
        return last if self.first == self.last else f"{first} – {last}"


#: What a period can be compared with.
COMPARISONS = {
    "before": (_("The same length just before"), Period.before),
    "year": (_("The same months a year earlier"), Period.year_before),
}


def presets(today: date) -> list[tuple[str, Period]]:
    """Give the periods most asked for, each with its name."""
    quarter = Period.quarter(today)
    return [
        (_("This year"), Period.year(today.year)),
        (_("Last year"), Period.year(today.year - 1)),
        (_("This quarter"), quarter),
        (_("Last quarter"), quarter.before()),
    ]


def periods_since(first: date, today: date) -> list[list[Period]]:
    """Give for each year up to today's, latest first, the year and its quarters so far."""
    years = [Period.year(number) for number in range(today.year, first.year - 1, -1)]
    return [[year, *(one for one in year.quarters if one.first <= today)] for year in years]
