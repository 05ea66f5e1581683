"""What is due by time alone, as cron does it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from groups import eligibility
from groups.actions import places, proposals
from groups.models import GroupApplication, GroupStatus, PlacementStatus
from linksite.intake import tally
from linksite.intake.models import Tally
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make


@pytest.fixture
def group(centre):
    return make.SelfHelpGroupFactory(most=1, least=1)


@pytest.fixture
def tend(capsys):
    """Return a function that runs the command and returns its output, line by line."""

    def run():
        call_command("tend")
        return capsys.readouterr().out.splitlines()

    return run


def test_with_nothing_to_do_it_says_so(centre, tend):
    assert tend() == [
        "Proposed places that ran out: 0",
        "People asked who waited for a place: 0",
        "Groups whose names were deleted: 0",
        "Figures added to others: 0",
    ]


def test_a_place_that_ran_out_goes_to_the_next_and_again_changes_nothing(group, tend, mail_leaves):
    people = [make.GroupApplicationFactory(waiting=True) for _ in range(2)]
    for person in people:
        proposals.propose(group, person)
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert "Proposed places that ran out: 1" in tend()
        assert "Proposed places that ran out: 0" in tend()
    found = group.placements.order_by("application_id").values_list("status", flat=True)
    assert list(found) == [PlacementStatus.EXPIRED, PlacementStatus.PROPOSED]


def test_somebody_has_the_whole_of_the_last_day(group, tend, mail_leaves):
    placement = proposals.propose(group, make.GroupApplicationFactory(waiting=True))
    with time_machine.travel(placement.reply_by - timedelta(seconds=1)):
        assert "Proposed places that ran out: 0" in tend()
    with time_machine.travel(placement.reply_by + timedelta(seconds=1)):
        assert "Proposed places that ran out: 1" in tend()


def test_one_that_fails_does_not_keep_the_others_waiting(
    group, tend, monkeypatch, caplog, mail_leaves
):
    other = make.SelfHelpGroupFactory(most=1, least=1)
    failing = proposals.propose(group, make.GroupApplicationFactory(waiting=True))
    proposals.propose(other, make.GroupApplicationFactory(waiting=True))
    expire = places._expire

    def fail(placement):
        if placement.pk == failing.pk:
            raise RuntimeError("Deltaker 1, en@example.org")
        return expire(placement)

    monkeypatch.setattr(places, "_expire", fail)
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert "Proposed places that ran out: 1" in tend()
    assert f"Placement {failing.pk} could not run out" in caplog.text


def test_who_could_not_be_asked_when_a_place_was_free_is_asked_later(group, tend):
    first, busy, kept = (make.GroupApplicationFactory(waiting=True) for _ in range(3))
    taken, *_waiting = [proposals.propose(group, person) for person in (first, busy, kept)]
    other = proposals.propose(make.SelfHelpGroupFactory(), busy)
    eligibility.keep_apart(first, kept)
    places.decline(taken)
    # The one who was not busy, although last in turn.
    assert group.placements.get(application=kept).status == PlacementStatus.PROPOSED
    places.decline(group.placements.get(application=kept))
    places.decline(other)
    assert "People asked who waited for a place: 1" in tend()
    assert "People asked who waited for a place: 0" in tend()
    group.refresh_from_db()
    assert group.places_taken == 1
    assert group.placements.get(application=busy).status == PlacementStatus.PROPOSED


def test_each_free_place_is_asked_about_and_nobody_beyond_them(group, tend):
    group.most = 2
    group.save()
    for _ in range(3):
        waits(group)
    assert "People asked who waited for a place: 2" in tend()
    statuses = group.placements.order_by("created_at").values_list("status", flat=True)
    assert list(statuses) == ["proposed", "proposed", "waiting"]


def test_whoever_is_kept_apart_from_a_member_goes_on_waiting(group, tend):
    group.most = 2
    group.save()
    member = make.GroupApplicationFactory(waiting=True)
    proposals.propose(group, member)
    eligibility.keep_apart(member, waits(group).application)
    assert "People asked who waited for a place: 0" in tend()


def test_the_pool_of_its_offer_is_not_asked(centre, group, tend):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    group.offer, group.most = offer, 2
    group.save()
    waits(group)
    make.GroupApplicationFactory(waiting=True, offer=offer)
    assert "People asked who waited for a place: 1" in tend()


def test_a_group_that_takes_nobody_in_asks_nobody(group, tend):
    waits(group)
    group.status = GroupStatus.STARTED
    group.save()
    assert "People asked who waited for a place: 0" in tend()


def test_a_group_that_fails_does_not_keep_the_others_from_asking(group, tend, monkeypatch, caplog):
    waits(group)
    waits(make.SelfHelpGroupFactory())
    ask = proposals.ask_reserve

    def fail(asked):
        if asked.pk == group.pk:
            raise RuntimeError("Deltaker 1, en@example.org")
        return ask(asked)

    monkeypatch.setattr(proposals, "ask_reserve", fail)
    assert "People asked who waited for a place: 1" in tend()
    assert f"The places of group {group.pk} could not be filled" in caplog.text


def waits(group):
    """Put somebody on the group's own waiting list."""
    application = make.GroupApplicationFactory(waiting=True)
    return group.placements.create(application=application)


def on_its_own(group, since, **person):
    """Return a member of a group that has been on its own since then."""
    application = make.GroupApplicationFactory(
        closed=True, closing_reason=ClosingReason.STARTED, handed_over_at=since, **person
    )
    group.placements.create(application=application, status=PlacementStatus.STARTED)
    group.places_taken, group.status = 1, GroupStatus.ON_ITS_OWN
    group.started_at = group.on_its_own_at = since
    group.save()
    return application


def test_names_go_when_a_group_has_been_on_its_own_for_the_time_set(group, tend):
    on_its_own(group, timezone.now() - timedelta(days=31))
    assert "Groups whose names were deleted: 1" in tend()
    assert "Groups whose names were deleted: 0" in tend()
    assert not GroupApplication.objects.exists()
    group.refresh_from_db()
    assert group.places_taken == 1


def test_names_stay_until_then(group, tend):
    on_its_own(group, timezone.now() - timedelta(days=29))
    assert "Groups whose names were deleted: 0" in tend()
    assert GroupApplication.objects.exists()


def test_whoever_asks_for_another_group_by_now_is_not_deleted_with_the_first(group, tend):
    member = on_its_own(group, timezone.now() - timedelta(days=31))
    GroupApplication.objects.update(status=Status.WAITING, handed_over_at=None, closed_at=None)
    other = make.SelfHelpGroupFactory()
    proposals.propose(other, member)
    assert "Groups whose names were deleted: 1" in tend()
    assert other.placements.get().application == member
    assert not group.placements.exists()


def test_figures_that_say_the_same_become_one(centre, tend):
    for _ in range(3):
        tally.tally("groupapplication", tally.Event.RECEIVED, {})
    assert "Figures added to others: 2" in tend()
    assert Tally.objects.get().count == 3
