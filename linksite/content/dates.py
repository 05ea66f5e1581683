"""Dates as people write them in each language."""

from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.formats import get_format


def date_span(first: date, last: date) -> str:
    """Return one or two days in the active language: 3.–6. juni 2014, 30. mai – 2. juni 2014."""
    full = get_format("DATE_FORMAT")
    day, year = full.split("F")[0].strip(), full.split("F")[1]
    if first == last:
        return format_date(first, full)
    if first.year != last.year:
        return f"{format_date(first, full)} – {format_date(last, full)}"
    if first.month != last.month:
        return f"{format_date(first, full.removesuffix(year))} – {format_date(last, full)}"
    return f"{format_date(first, day)}–{format_date(last, full)}"
