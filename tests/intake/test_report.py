"""Reading the figures: periods, percentiles, and what must not be told or worked out."""

from collections import Counter
from datetime import date

import pytest
from django.utils import translation

from linksite.intake.report.hiding import Balance, Hidden, change, protect
from linksite.intake.report.periods import Period, periods_since, presets
from linksite.intake.report.spread import percentile
from linksite.intake.report.tables import Row, as_text, ranked

FEW, WITHHELD = Hidden.FEW, Hidden.WITHHELD


def told(parts):
    """Give what is told of `parts` and of their sum."""
    counts = {"total": sum(parts), **dict(enumerate(parts))}
    result = protect(counts, [Balance(("total",), tuple(range(len(parts))))])
    return [result[key] for key in (*range(len(parts)), "total")]


def test_a_period_is_compared_with_as_many_months_just_before_or_a_year_earlier():
    quarter = Period.quarter(date(2026, 2, 14))
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
    ],
)
def test_a_period_is_said_as_people_do(first, last, said):
    with translation.override("en"):
        assert str(Period(date(*first, 1), date(*last, 1))) == said


def test_presets_are_this_year_and_quarter_and_those_before():
    periods = [period.code for _name, period in presets(date(2026, 2, 28))]
    assert periods == ["2026", "2025", "2026-1", "2025-4"]


def test_years_and_their_quarters_can_be_chosen_up_to_now():
    years = periods_since(date(2025, 11, 1), date(2026, 5, 31))
    assert [[period.code for period in year] for year in years] == [
        ["2026", "2026-1", "2026-2"],
        ["2025", "2025-1", "2025-2", "2025-3", "2025-4"],
    ]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # Zero is zero, five is told, and so is a sum of which nothing is hidden.
        ([0, 5, 9], [0, 5, 9, 14]),
        # One alone could be subtracted, so the next smallest goes with it.
        ([3, 7, 20], [FEW, WITHHELD, 20, 30]),
        # Two hide each other …
        ([2, 3, 20], [FEW, FEW, 20, 25]),
        # … unless what is left is as small or as large as it can be.
        ([1, 1, 20], [FEW, FEW, WITHHELD, 22]),
        ([4, 4, 20], [FEW, FEW, WITHHELD, 28]),
        # Where nothing else is left, the sum goes, and a zero only after that.
        ([1, 1, 1, 1, 1], [FEW, FEW, FEW, FEW, FEW, WITHHELD]),
        ([0, 3], [0, FEW, FEW]),
        ([0, 0], [0, 0, 0]),
    ],
)
def test_what_is_hidden_cannot_be_worked_out_from_the_sum(parts, expected):
    assert told(parts) == expected


def test_hiding_for_one_sum_never_lays_another_open():
    counts = {"a1": 3, "a2": 8, "b1": 30, "b2": 40, "a": 11, "b": 70, "1": 33, "2": 48}
    sums = {"a": ("a1", "a2"), "b": ("b1", "b2"), "1": ("a1", "b1"), "2": ("a2", "b2")}
    result = protect(counts, [Balance((whole,), parts) for whole, parts in sums.items()])
    hidden = {key for key, value in result.items() if isinstance(value, Hidden)}
    for whole, parts in sums.items():
        assert len(hidden & {whole, *parts}) != 1
    assert result["a1"] == FEW


def test_a_change_is_told_only_where_both_numbers_are():
    assert (change(7, 9), change(FEW, 9), change(9, WITHHELD)) == (-2, WITHHELD, WITHHELD)


def test_what_is_told_elsewhere_counts_as_known():
    counts = {"now": 8, "started": 2, "ended": 0}
    balance = Balance(("now", "ended"), ("started",), known=6)
    assert protect(counts, [balance])["now"] == WITHHELD
    assert protect({"now": 12, "started": 6, "ended": 0}, [balance])["now"] == 12


@pytest.mark.parametrize(("percent", "people"), [(50, 10), (90, 20)])
def test_a_percentile_is_of_so_many_that_it_is_nobody_in_particular(percent, people):
    assert percentile(Counter({1: people - 1}), percent) is None
    assert percentile(Counter({1: people}), percent) == 1


def test_a_percentile_is_the_day_by_which_so_many_had_got_there():
    days = Counter({1: 10, 3: 7, 10: 1, 12: 2})
    assert (percentile(days, 50), percentile(days, 90)) == (1, 10)


def test_the_order_of_a_table_tells_nothing_of_what_is_hidden():
    rows = [Row("b", [FEW]), Row("zero", [0]), Row("a", [FEW]), Row("ten", [10]), Row("c", [50])]
    assert [row.label for row in ranked(rows)] == ["c", "ten", "a", "b", "zero"]


def test_a_change_has_its_sign_and_a_missing_number_a_dash():
    assert [as_text(cell, is_change=True) for cell in (3, -3, 0)] == ["+3", "−3", "0"]
    assert (as_text(None), as_text(FEW), as_text(3)) == ("–", "<5", "3")
