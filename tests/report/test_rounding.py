"""Counts of people are rounded, or withheld where they are too few, in any period."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linksite.report.periods import Period, moved
from linksite.report.rounding import (
    BASE,
    ENOUGH_FOR_PERCENTILE,
    WITHHELD,
    change,
    percentile,
    rounded,
    rounded_total,
    total,
)

FIRST, LENGTH = date(2024, 1, 1), 36
MONTHS = [moved(FIRST, number) for number in range(LENGTH)]
COUNTS = st.lists(st.integers(0, 12), min_size=LENGTH, max_size=LENGTH)
#: Any run of these months.
PERIODS = st.lists(st.sampled_from(MONTHS), min_size=2, max_size=2).map(
    lambda ends: Period(*sorted(ends))
)
CALENDAR = {Period.around(month, length) for month in MONTHS for length in (12, 6, 4, 3, 1)}


def by_month(counts):
    return dict(zip(MONTHS, counts, strict=True))


@pytest.mark.parametrize(
    ("count", "published"),
    [(0, 0), (1, 0), (2, 0), (3, 5), (4, 5), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)],
)
def test_none_one_and_two_become_nought_and_the_rest_the_nearest_five(count, published):
    assert rounded(count) == published


@given(st.integers(0, 10**6))
def test_a_rounded_count_is_a_multiple_of_five_at_most_two_away(count):
    assert rounded(count) % BASE == 0
    assert abs(rounded(count) - count) <= 2
    assert rounded(count) == 0 or count > 2


@given(COUNTS, st.sampled_from(sorted(CALENDAR)))
def test_a_part_of_the_calendar_is_rounded_from_its_exact_count(counts, period):
    months = by_month(counts)
    assert rounded_total(months, period, until=MONTHS[-1]) == rounded(total(months, period))


@given(COUNTS, PERIODS)
def test_any_period_is_a_multiple_of_five_near_its_exact_count(counts, period):
    months = by_month(counts)
    published = rounded_total(months, period, until=MONTHS[-1])
    assert published % BASE == 0
    assert abs(published - total(months, period)) <= 2 * len(period.pieces)


@given(COUNTS, PERIODS)
def test_any_period_is_the_sum_of_parts_of_the_calendar(counts, period):
    months = by_month(counts)
    parts = [rounded_total(months, part, until=MONTHS[-1]) for part in period.pieces]
    assert {*period.pieces} <= CALENDAR
    assert rounded_total(months, period, until=MONTHS[-1]) == sum(parts)


@given(COUNTS, st.integers(0, LENGTH - 1), st.integers(-2, 2), PERIODS)
# One or two in July: no part of the calendar shows which. May to July, rounded by itself, would.
@example([0, 0, 0, 0, 5, 6, 1, 1, 2, *[0] * 27], 6, 1, Period(date(2024, 5, 1), date(2024, 7, 1)))
def test_overlapping_periods_tell_no_more_than_the_parts_of_the_calendar(
    counts, place, more, period
):
    """Whatever else is counted in a month, no period shows it that the calendar does not."""
    months = by_month(counts)
    others = {**months, MONTHS[place]: max(0, counts[place] + more)}
    calendars = [
        [rounded_total(one, part, until=MONTHS[-1]) for part in sorted(CALENDAR)]
        for one in (months, others)
    ]
    shown = [rounded_total(one, period, until=MONTHS[-1]) for one in (months, others)]
    assert calendars[0] != calendars[1] or shown[0] == shown[1]


@given(COUNTS, PERIODS, st.sampled_from(MONTHS))
def test_a_month_that_is_not_over_is_in_no_rounded_count(counts, period, until):
    months = by_month(counts)
    over = {month: count for month, count in months.items() if month <= until}
    published = rounded_total(months, period, until)
    assert published == rounded_total(over, period, until)
    assert (published == WITHHELD) == (period.first > until)


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_change_is_given_only_between_numbers_of_ten_or_more(now, before):
    expected = WITHHELD if now < 10 or before < 10 else now - before
    assert change(now, before) == expected


def test_a_change_from_what_is_withheld_is_withheld():
    assert change(WITHHELD, 20) == change(20, WITHHELD) == change(WITHHELD, WITHHELD) == WITHHELD


@given(st.lists(st.integers(0, 90)), st.sampled_from([50, 90]))
def test_a_percentile_is_of_enough_people_or_withheld(waited, percent):
    result = percentile(Counter(waited), percent)
    if len(waited) < ENOUGH_FOR_PERCENTILE[percent]:
        assert result == WITHHELD
    else:
        assert sum(days <= result for days in waited) * 100 >= percent * len(waited)
        assert sum(days < result for days in waited) * 100 < percent * len(waited)


def test_a_median_needs_ten_people_and_the_ninetieth_percentile_twenty():
    assert ENOUGH_FOR_PERCENTILE == {50: 10, 90: 20}
    days = Counter({1: 10, 3: 7, 10: 1, 12: 2})
    assert (percentile(days, 50), percentile(days, 90)) == (1, 10)
    assert percentile(Counter(), 50) == WITHHELD
