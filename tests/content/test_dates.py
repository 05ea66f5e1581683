"""Dates as people write them."""

from datetime import date, time

import pytest
from django.utils import translation
from django.utils.formats import date_format, time_format

from linksite.content.dates import date_span


@pytest.mark.parametrize(
    ("language", "last", "written"),
    [
        ("nb", date(2014, 6, 3), "3. juni 2014"),
        ("nb", date(2014, 6, 6), "3.–6. juni 2014"),
        ("nb", date(2014, 7, 2), "3. juni – 2. juli 2014"),
        ("nb", date(2015, 1, 2), "3. juni 2014 – 2. januar 2015"),
        ("nn", date(2014, 6, 6), "3.–6. juni 2014"),
        ("en", date(2014, 6, 3), "3 June 2014"),
        ("en", date(2014, 6, 6), "3–6 June 2014"),
        ("en", date(2014, 7, 2), "3 June – 2 July 2014"),
    ],
)
def test_span(language, last, written):
    with translation.override(language):
        assert date_span(date(2014, 6, 3), last) == written


@pytest.mark.parametrize(
    ("language", "written"), [("nb", "13.00"), ("nn", "13.00"), ("en", "13:00")]
)
def test_time_of_day(language, written):
    with translation.override(language):
        assert time_format(time(13)) == written


def test_english_dates_begin_with_the_day():
    with translation.override("en"):
        assert date_format(date(2014, 6, 5)) == "5 June 2014"
