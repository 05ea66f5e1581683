"""Ages of people, and how far apart they are, as far as age bands show."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import AgeBand

#: Recommended, not required: about this many years between the youngest and the oldest.
SPAN = 15


@dataclass(frozen=True)
class AgeSpan:
    """From the youngest to the oldest band of some people, and how many gave none."""

    youngest: AgeBand | None = None
    oldest: AgeBand | None = None
    unknown: int = 0

    @classmethod
    def of(cls, bands: Iterable[str]) -> "AgeSpan":
        """Return the span of `bands`; an empty band is unknown."""
        bands = list(bands)
        known = sorted((AgeBand(band) for band in bands if band), key=lambda band: band.youngest)
        unknown = len(bands) - len(known)
        return cls(known[0], known[-1], unknown) if known else cls(unknown=unknown)

    @property
    def is_wide(self) -> bool:
        """Whether it is probably wider than recommended.

        The two bands begin more than fifteen years apart. Neighbouring bands pass: they could be
        nineteen years apart and seldom are, and a warning that always comes is not read.
        """
        if self.youngest is None or self.oldest is None:
            return False
        return self.oldest.youngest - self.youngest.youngest > SPAN

    @property
    def years(self) -> str:
        """From the lowest to the highest age, in words; empty when nobody gave an age."""
        if self.youngest is None or self.oldest is None:
            return ""
        if self.oldest == AgeBand.FROM_65:
            return _("%(age)d or over") % {"age": self.youngest.youngest}
        if self.youngest == AgeBand.UNDER_13:
            return _("under %(age)d") % {"age": self.oldest.oldest + 1}
        return f"{self.youngest.youngest}–{self.oldest.oldest}"

    def __str__(self):
        if not self.unknown:
            return self.years
        unknown = ngettext("%(count)d unknown", "%(count)d unknown", self.unknown)
        return ", ".join(filter(None, [self.years, unknown % {"count": self.unknown}]))
