"""Pages of a long queue: a count that stops, and pages that go on."""

import pytest
from django.contrib.auth.models import Group

from linksite.intake.listing.pagination import CappedPaginator, FoundPaginator


@pytest.fixture
def groups(db):
    """Rows of any small model will do."""
    Group.objects.all().delete()
    return lambda count: Group.objects.bulk_create(Group(name=f"{n:05}") for n in range(count))


def page(number, per_page=50):
    return CappedPaginator(Group.objects.order_by("name"), per_page).get_page(number)


def found(number):
    return FoundPaginator(
        Group.objects.order_by("name").values_list("name", flat=True), 50
    ).get_page(number)


def test_a_short_list_is_counted(groups):
    groups(120)
    first, last = page(1), page(3)
    assert (first.paginator.count, last.paginator.count) == (120, 120)
    assert (first.has_next(), last.has_next(), len(last)) == (True, False, 20)
    assert first.paginator.items_count_label.startswith("120 ")


def test_few_rows_are_counted_without_asking_again(groups, django_assert_num_queries):
    groups(50)
    with django_assert_num_queries(1):
        only = page(1)
        assert (only.paginator.count, only.has_next(), len(only)) == (50, False, 50)


def test_the_count_stops_at_a_thousand(groups):
    groups(1200)
    paginator = page(1).paginator
    assert (paginator.count, paginator.is_capped) == (1001, True)
    assert "1" in paginator.items_count_label and "1200" not in paginator.items_count_label


def test_exactly_a_thousand_are_not_more_than_a_thousand(groups):
    groups(1000)
    assert not page(1).paginator.is_capped


def test_pages_go_on_beyond_what_is_counted(groups):
    groups(1130)
    seen, number, more = [], 1, True
    while more:
        current = page(number)
        seen += [group.name for group in current.object_list]
        number, more = number + 1, current.has_next()
    assert seen == [f"{n:05}" for n in range(1130)]


@pytest.mark.parametrize("number", [None, "", "abc", "-1", "0", "1.5", "²", "9" * 30])
def test_nonsense_shows_the_first_page(groups, number):
    groups(60)
    assert page(number).number == 1


def test_a_page_too_far_shows_the_last_one(groups):
    groups(60)
    assert page("99999").number == 2


def test_a_search_goes_through_the_rows_once(groups, django_assert_num_queries):
    groups(120)
    for number, more in ((1, True), (3, False), (9, False)):
        with django_assert_num_queries(1):
            shown = found(number)
            assert (shown.paginator.count, shown.has_next()) == (120, more)
    assert list(shown) == [f"{n:05}" for n in range(100, 120)]
    assert found(1).paginator.items_count_label == "120 grupper"


def test_what_is_found_is_counted_no_further_than_anybody_reads(groups):
    groups(300)
    paginator = found(1).paginator
    assert (paginator.count, paginator.is_capped) == (251, True)
    assert "250" in paginator.items_count_label


def test_pages_of_what_is_found_go_on_beyond_what_is_counted(groups):
    groups(330)
    assert [len(found(number)) for number in range(1, 8)] == [50] * 6 + [30]
    assert found(5).has_next() and found(6).has_next() and not found(7).has_next()


def test_nothing_found_is_one_empty_page(groups):
    groups(0)
    assert (list(found(1)), list(found(2)), found("x").number) == ([], [], 1)
