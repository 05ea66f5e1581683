"""Reading the figures: periods, percentiles, and how they are written."""

from collections import Counter
from datetime import date

import pytest
from django.utils import translation

from linksite.intake.report.hiding import Between, Hidden, change
from linksite.intake.report.periods import Period, presets
from linksite.intake.report.spread import percentile
from linksite.intake.report.tables import Row, as_text, ranked

FEW, WITHHELD = Hidden.FEW, Hidden.WITHHELD


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


def test_a_change_is_told_only_where_both_numbers_are():
    assert (change(7, 9), change(FEW, 9), change(9, WITHHELD)) == (-2, WITHHELD, WITHHELD)
    assert change(9, Between(5, 8)) == WITHHELD


def test_a_period_is_made_up_of_as_few_years_quarters_and_months_as_can_be():
    assert [piece.length for piece in Period(date(2024, 11, 1), date(2026, 5, 1)).pieces] == [
        *(1, 1),
        12,
        *(3, 1, 1),
    ]
    assert Period(date(2025, 4, 1), date(2026, 3, 1)).pieces != [Period.year(2025)]


def test_a_period_of_several_years_is_cut_at_new_year():
    years = Period(date(2024, 11, 1), date(2026, 2, 1)).years
    assert [(one.first.month, one.last.month) for one in years] == [(11, 12), (1, 12), (1, 2)]


def test_a_percentile_is_the_day_by_which_so_many_had_got_there():
    days = Counter({1: 10, 3: 7, 10: 1, 12: 2})
    assert (percentile(days, 50), percentile(days, 90)) == (1, 10)
    assert percentile(Counter(), 50) is None


def test_the_order_of_a_table_tells_nothing_of_what_is_hidden():
    rows = [Row("b", [FEW]), Row("zero", [0]), Row("a", [FEW]), Row("ten", [10]), Row("c", [50])]
    rows.append(Row("at least 20", [Between(20, None)]))
    assert [row.label for row in ranked(rows)] == ["c", "at least 20", "ten", "a", "b", "zero"]


def test_a_change_has_its_sign_and_a_missing_number_a_dash():
    assert [as_text(cell, is_change=True) for cell in (3, -3, 0)] == ["+3", "−3", "0"]
    assert (as_text(None), as_text(FEW), as_text(3)) == ("–", "<5", "3")
    assert (as_text(Between(6, 9)), as_text(Between(6, None))) == ("6–9", "≥ 6")
