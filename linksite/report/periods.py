"""Periods a report can be about: any run of whole months."""

from datetime import date
from typing import NamedTuple

from django.utils.dateformat import format as format_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: In months. Municipalities ask for a third of a year ("tertial") as often as for a quarter.
YEAR, HALF, THIRD, QUARTER, MONTH = 12, 6, 4, 3, 1


def moved(month: date, by: int) -> date:
    """Return the first day of the month `by` months after `month`."""
    years, index = divmod(month.month - 1 + by, YEAR)
    return date(month.year + years, index + 1, 1)


class Period(NamedTuple):
    """From one month to another, both included; each is its first day."""

    first: date
    last: date

    @classmethod
    def year(cls, number: int) -> "Period":
        return cls(date(number, 1, 1), date(number, YEAR, 1))

    @classmethod
    def around(cls, day: date, length: int) -> "Period":
        """Return the part of the calendar year that `day` is in, when all have `length` months."""
        first = date(day.year, day.month - (day.month - 1) % length, 1)
        return cls(first, moved(first, length - 1))

    @property
    def length(self) -> int:
        """How many months it has."""
        return (self.last.year - self.first.year) * YEAR + self.last.month - self.first.month + 1

    @property
    def months(self) -> list["Period"]:
        starts = [moved(self.first, n) for n in range(self.length)]
        return [Period(start, start) for start in starts]

    @property
    def years(self) -> list["Period"]:
        """Each calendar year that it has a month in, cut to what of it is in the period."""
        years = [Period.year(number) for number in range(self.first.year, self.last.year + 1)]
        return [Period(max(self.first, one.first), min(self.last, one.last)) for one in years]

    @property
    def pieces(self) -> list["Period"]:
        """The calendar years, half-years, thirds, quarters and months that make it up, in order.

        From each month on the longest that fits.
        """
        pieces, first = [], self.first
        while first <= self.last:
            lengths = (YEAR, HALF, THIRD, QUARTER, MONTH)
            possible = (Period.around(first, length) for length in lengths)
            piece = next(one for one in possible if one.first == first and one.last <= self.last)
            pieces.append(piece)
            first = moved(piece.last, 1)
        return pieces

    def before(self) -> "Period":
        """Return the period of the same length that ends where this one begins."""
        return Period(moved(self.first, -self.length), moved(self.first, -1))

    def year_before(self) -> "Period":
        """Return the same months a year earlier."""
        return Period(moved(self.first, -YEAR), moved(self.last, -YEAR))

    def __str__(self):
        return self._in_words("F")

    @property
    def short(self) -> str:
        """The period with its months abbreviated, for the head of a column."""
        return self._in_words("N")

    def _in_words(self, month):
        if (self.first.month, self.last.month) == (1, YEAR):
            first, last = str(self.first.year), str(self.last.year)
        else:
            in_one_year = self.first.year == self.last.year and self.first != self.last
            first = format_date(self.first, month if in_one_year else f"{month} Y")
            last = format_date(self.last, f"{month} Y")
        return last if first == last else f"{first} – {last}"


#: What a period can be compared with.
COMPARISONS = {
    "before": (_("The same length of time just before"), Period.before),
    "year": (_("The same months a year earlier"), Period.year_before),
}


def presets(today: date) -> list[tuple[str | Promise, Period]]:
    """Return the periods most asked for, each with its name."""
    year, third, quarter = (Period.around(today, length) for length in (YEAR, THIRD, QUARTER))
    return [
        (_("This year"), year),
        (_("Last year"), year.before()),
        (_("This four-month period"), third),
        (_("Last four-month period"), third.before()),
        (_("This quarter"), quarter),
        (_("Last quarter"), quarter.before()),
    ]
