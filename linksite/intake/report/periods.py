"""Periods of whole months, and what each is compared with."""

from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

YEAR = 12


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
    def up_to(cls, last: date, length: int) -> "Period":
        """Give the period of `length` months that ends with `last`."""
        return cls(moved(last, 1 - length), last)

    @property
    def length(self) -> int:
        """How many months it has."""
        return (self.last.year - self.first.year) * YEAR + self.last.month - self.first.month + 1

    @property
    def months(self) -> list["Period"]:
        """Each of its months."""
        starts = [moved(self.first, n) for n in range(self.length)]
        return [Period(start, start) for start in starts]

    def before(self) -> "Period":
        """Give the period of the same length that ends where this one begins."""
        return Period.up_to(moved(self.first, -1), self.length)

    def year_before(self) -> "Period":
        """Give the same months a year earlier."""
        return Period(moved(self.first, -YEAR), moved(self.last, -YEAR))

    def __str__(self):
        """Say it as people do, in the active language."""
        return self._said("F")

    @property
    def short(self) -> str:
        """The same with the months cut short, for the head of a column."""
        return self._said("M")

    def _said(self, month):
        one_year = self.first.year == self.last.year
        if one_year and self.length == YEAR:
            return str(self.first.year)
        last = format_date(self.last, f"{month} Y")
        if self.first == self.last:
            return capfirst(last)
        first = format_date(self.first, month if one_year else f"{month} Y")
        return f"{capfirst(first)} – {last}"


#: What a period can be compared with.
COMPARISONS = {
    "before": (_("The same length just before"), Period.before),
    "year": (_("The same months a year earlier"), Period.year_before),
}


def presets(today: date) -> list[tuple[str, Period]]:
    """Give the periods most asked for, each with its name."""
    month = today.replace(day=1)
    last_year = date(today.year - 1, 1, 1)
    quarter = moved(month, -((month.month - 1) % 3))
    return [
        (_("Last 12 months"), Period.up_to(month, YEAR)),
        (_("This year"), Period(date(today.year, 1, 1), month)),
        (_("Last year"), Period(last_year, moved(last_year, YEAR - 1))),
        (_("This quarter"), Period(quarter, month)),
    ]
