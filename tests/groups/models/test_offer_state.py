"""What an offer says of its places comes from the groups formed for it."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.models import GroupApplication, GroupOfferPage, GroupSettings, GroupStatus, OfferState
from groups.models.waiting_list import waiting_list_position
from linksite.intake.statuses import Status
from tests import factories as make
from tests.html import soup


@pytest.fixture
def offer(centre):
    return make.GroupOfferPageFactory(parent=centre.en.groups)


def waiting(offer, **fields):
    return make.GroupApplicationFactory(offer=offer, on_waiting_list=True, **fields)


def state_of(offer):
    return GroupOfferPage.objects.get(pk=offer.pk).state


def test_a_group_that_has_started_is_closed_until_another_one_forms(offer):
    started = {"status": GroupStatus.STARTED, "started_at": timezone.now()}
    make.SelfHelpGroupFactory(offer=offer, places_taken=6, **started)
    assert state_of(offer) == OfferState.CLOSED
    make.SelfHelpGroupFactory(offer=offer, places_taken=2)
    assert state_of(offer) == OfferState.OPEN
    assert GroupOfferPage.objects.get(pk=offer.pk).places_left == 6


@pytest.mark.parametrize("shown", [True, False])
def test_the_page_says_how_many_wait_only_if_that_is_kind(client, centre, offer, shown):
    GroupSettings.objects.create(site=centre.site, show_waiting_list=shown)
    make.SelfHelpGroupFactory(offer=offer, places_taken=8)
    for status in (Status.NEW, Status.WAITING, Status.PROPOSED):
        waiting(offer, status=status)
    for page in (offer, centre.en.groups):
        assert ("2 on the waiting list" in soup(client.get(page.url)).main.text) == shown


def test_a_place_on_the_waiting_list_is_by_when_somebody_signed_up(offer):
    second, first = [waiting(offer, submitted_at=make.moment(-days)) for days in (1, 2)]
    placed = waiting(offer, placed=True)
    elsewhere = make.GroupApplicationFactory(offer=offer)
    found = [waiting_list_position(one) for one in (first, second, placed, elsewhere)]
    assert found == [1, 2, None, None]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    beforehand=st.integers(0, 8),
    groups=st.lists(st.tuples(st.sampled_from(GroupStatus), st.integers(0, 8)), max_size=3),
    last_day=st.sampled_from([None, -1, 0, 1]),
)
def test_the_filter_agrees_with_the_page(offer, beforehand, groups, last_day):
    offer.self_help_groups.all().delete()
    day = None if last_day is None else make.days(last_day)
    GroupOfferPage.objects.filter(pk=offer.pk).update(
        taken_beforehand=beforehand, starts_on=day, apply_by=None
    )
    for status, taken in groups:
        has_started = status not in (GroupStatus.FORMING, GroupStatus.READY)
        started_at = timezone.now() if has_started else None
        make.SelfHelpGroupFactory(
            offer=offer, status=status, places_taken=taken, started_at=started_at
        )
    found = GroupOfferPage.objects.with_places()
    state = state_of(offer)
    assert found.get(pk=offer.pk).state == state
    assert found.has_places().filter(pk=offer.pk).exists() == (state == OfferState.OPEN)
    assert found.not_closed().filter(pk=offer.pk).exists() == (state != OfferState.CLOSED)
    assert not GroupApplication.objects.exists()
