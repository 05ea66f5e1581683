"""Periods: what they are compared with and made of, and what they are called."""

from datetime import date

import pytest
from django.utils import translation

from linksite.report.periods import Period, presets


def test_a_period_is_compared_with_as_many_months_just_before_or_a_year_earlier():
    quarter = Period.around(date(2026, 2, 14), 3)
    assert quarter == Period(date(2026, 1, 1), date(2026, 3, 1))
    assert quarter.before() == Period(date(2025, 10, 1), date(2025, 12, 1))
    assert quarter.year_before() == Period(date(2025, 1, 1), date(2025, 3, 1))
    assert [month.first.month for month in quarter.months] == [1, 2, 3]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2026, 1), (2026, 12), "2026"),
        ((2026, 2), (2026, 2), "February 2026"),
        ((2026, 2), (2026, 4), "February – April 2026"),
        ((2025, 11), (2026, 1), "November 2025 – January 2026"),
        ((2024, 1), (2026, 12), "2024 – 2026"),
    ],
)
def test_a_period_is_said_as_people_do(first, last, said):
    with translation.override("en"):
        assert str(Period(date(*first, 1), date(*last, 1))) == said


def test_presets_are_this_year_third_and_quarter_and_those_before():
    with translation.override("en"):
        periods = [period.short for _name, period in presets(date(2026, 2, 28))]
    assert periods == [
        *("2026", "2025"),
        *("Jan. – April 2026", "Sept. – Dec. 2025"),
        *("Jan. – March 2026", "Oct. – Dec. 2025"),
    ]


def test_a_period_is_made_up_of_parts_of_the_calendar():
    assert [piece.length for piece in Period(date(2024, 11, 1), date(2026, 5, 1)).pieces] == [
        *(1, 1),
        12,
        *(4, 1),
    ]
    assert [piece.length for piece in Period(date(2025, 4, 1), date(2026, 3, 1)).pieces] == [
        *(3, 6),
        3,
    ]
    half = Period(date(2026, 1, 1), date(2026, 6, 1))
    assert half.pieces == [half]


def test_a_period_of_several_years_is_cut_at_new_year():
    years = Period(date(2024, 11, 1), date(2026, 2, 1)).years
    assert [(one.first.month, one.last.month) for one in years] == [(11, 12), (1, 12), (1, 2)]
