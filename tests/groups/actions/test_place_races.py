"""Several people want the same places at the same moment: one gets each, and nobody waits for ever.

`RACES=100` runs each race a hundred times instead of three.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial, wraps
from threading import Barrier

import pytest
import time_machine
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from groups import retention
from groups.actions import lifecycle, places, preparation, proposals
from groups.models import (
    HOLDING,
    GroupApplication,
    GroupStatus,
    Placement,
    PlacementStatus,
    SelfHelpGroup,
)
from linksite.intake import tally
from linksite.intake.actions import ChangeNotAllowed, StaleApplication, change_status
from linksite.intake.models import ApplicationQuerySet
from linksite.intake.retention import erase
from linksite.intake.statuses import HOLDING_STATUSES, ClosingReason, Status
from tests import factories as make

TIMES = int(os.environ.get("RACES", "3"))
ACCEPTED, DECLINED, EXPIRED, PROPOSED, RELEASED, STARTED, WAITING = (
    PlacementStatus.ACCEPTED,
    PlacementStatus.DECLINED,
    PlacementStatus.EXPIRED,
    PlacementStatus.PROPOSED,
    PlacementStatus.RELEASED,
    PlacementStatus.STARTED,
    PlacementStatus.WAITING,
)
REFUSED = "refused"
pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def again(race):
    """Run a race many times in a row; after each, everything has to fit together."""

    @wraps(race)
    def run(**fixtures):
        for _ in range(TIMES):
            race(**fixtures)
            fits_together()
            # So that each race is as quick as the first.
            SelfHelpGroup.objects.all().delete()
            GroupApplication.objects.all().delete()

    return run


def fits_together():
    """The places taken are the places held, never too many, and statuses match them."""
    for group in SelfHelpGroup.objects.all():
        assert group.places_taken == group.placements.filter(status__in=HOLDING).count()
        assert group.places_taken <= group.most
    for application in GroupApplication.objects.all():
        has = application.placements.filter(status__in=[PROPOSED, ACCEPTED]).count()
        assert has == (application.status in HOLDING_STATUSES)
        waits = application.placements.filter(status=WAITING).exists()
        assert application.is_open or not waits


def at_once(*verbs):
    """Run all `verbs` in threads at the same moment. Return the result of each."""
    barrier = Barrier(len(verbs))

    def do(verb):
        barrier.wait()
        try:
            return getattr(verb(), "status", None)
        except (ChangeNotAllowed, StaleApplication):
            return REFUSED
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(do, verbs))


def people(number):
    return [make.GroupApplicationFactory(waiting=True) for _ in range(number)]


def group_of(members, **facts):
    """Return a group that `members` have been asked to join."""
    group = make.SelfHelpGroupFactory(**{"least": 1, "most": len(members), **facts})
    for member in members:
        proposals.propose(group, member)
    group.refresh_from_db()
    return group


def placements(group):
    return list(group.placements.select_related("group", "application").order_by("application_id"))


def found(group):
    return [placement.status for placement in placements(group)]


def accepted(number, **facts):
    group = group_of(people(number), **facts)
    for placement in placements(group):
        places.accept(placement)
    group.refresh_from_db()
    return group


def asked(number, **facts):
    """Return a group whose members have been asked about a start-up time."""
    group = accepted(number, **facts)
    at = timezone.now() + timedelta(days=3)
    return preparation.propose_start_up(group, at, user=None, version=group.version)


@again
def test_the_last_place_goes_to_one_and_the_others_wait_and_are_told(centre):
    group = group_of(people(4))
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        places.expire_lapsed()
    SelfHelpGroup.objects.filter(pk=group.pk).update(most=1)
    came_to = at_once(*[partial(places.accept, placement) for placement in placements(group)])
    assert sorted(came_to) == sorted([ACCEPTED, WAITING, WAITING, WAITING])
    for placement in placements(group):
        told = placement.application.mails.filter(kind="place_gone").exists()
        assert told == (placement.status == WAITING)


@again
def test_four_are_proposed_for_the_last_place_at_once(centre):
    group = make.SelfHelpGroupFactory(most=1, least=1)
    came_to = at_once(*[partial(proposals.propose, group, person) for person in people(4)])
    assert sorted(came_to) == sorted([PROPOSED, WAITING, WAITING, WAITING])


@again
def test_two_yes_by_the_same_person_are_one(centre):
    [placement] = placements(group_of(people(1)))
    came_to = at_once(*[partial(places.accept, placement)] * 3)
    assert sorted(came_to) == sorted([ACCEPTED, REFUSED, REFUSED])
    assert placement.application.mails.filter(kind="place_confirmed").count() == 1


@again
def test_yes_at_the_moment_a_place_runs_out(centre):
    group = group_of(people(3), most=1)
    first = placements(group)[0]
    Placement.objects.filter(pk=first.pk).update(reply_by=timezone.now() - timedelta(seconds=1))
    at_once(partial(places.accept, first), places.expire_lapsed, places.expire_lapsed)
    assert found(group) in (
        [ACCEPTED, WAITING, WAITING],
        # It expired first: the place went to the second, and the first is last on the list.
        [WAITING, PROPOSED, WAITING],
    )


@again
def test_yes_and_no_at_once_end_in_no(centre):
    group = group_of(people(2), most=1)
    first = placements(group)[0]
    at_once(partial(places.accept, first), partial(places.decline, first))
    assert found(group) == [DECLINED, PROPOSED]


@again
def test_everybody_says_no_at_once(centre):
    group = group_of(people(6), most=3)
    at_once(*[partial(places.decline, placement) for placement in placements(group)[:3]])
    assert found(group) == [DECLINED] * 3 + [PROPOSED] * 3


@again
def test_one_person_is_proposed_for_two_groups_at_once(centre):
    [person] = people(1)
    groups = [make.SelfHelpGroupFactory() for _ in range(2)]
    came_to = at_once(*[partial(proposals.propose, group, person) for group in groups])
    assert sorted(came_to) == sorted([PROPOSED, REFUSED])


@again
def test_two_coordinators_form_groups_of_the_same_people_in_different_order(centre):
    several = people(4)
    user = make.UserFactory(is_superuser=True)

    def form(members):
        new = SelfHelpGroup(site=centre.site, name="G")
        return lifecycle.form(new, members, user=user)

    came_to = at_once(partial(form, several), partial(form, several[::-1]))
    assert sorted(came_to) == sorted([GroupStatus.FORMING, REFUSED])


@again
def test_people_are_added_to_a_group_while_another_is_formed_of_them(centre):
    several, group = people(4), make.SelfHelpGroupFactory()
    user, new = make.UserFactory(is_superuser=True), SelfHelpGroup(site=centre.site, name="G")
    add = partial(proposals.add, group, several[::-1], user=user)
    came_to = at_once(add, partial(lifecycle.form, new, several, user=user))
    assert sorted(came_to) == sorted([GroupStatus.FORMING, REFUSED])


@again
def test_a_waiting_list_gets_more_places_while_another_group_is_formed_of_it(centre):
    group, line = group_of(people(1)), people(4)
    for person in line[::-1]:
        proposals.propose(group, person)
    group.refresh_from_db()
    user, new = make.UserFactory(is_superuser=True), SelfHelpGroup(site=centre.site, name="G")
    more = partial(preparation.change, group, {"most": 5}, user=user, version=group.version)
    grown, _formed = at_once(more, partial(lifecycle.form, new, line, user=user))
    assert grown == GroupStatus.FORMING
    assert Placement.objects.filter(status=PROPOSED).count() == 5


@again
def test_staff_close_an_application_while_the_person_says_yes(centre):
    group = group_of(people(2), most=1)
    first = placements(group)[0]
    user = make.UserFactory(is_superuser=True)
    seen = {"user": user, "version": first.application.version}
    close = partial(
        change_status,
        first.application,
        Status.CLOSED,
        reason=ClosingReason.NOT_REACHED,
        **seen,
    )
    said, closed = at_once(partial(places.accept, first), close)
    assert REFUSED in (said, closed)
    assert found(group) == ([RELEASED, PROPOSED] if closed != REFUSED else [ACCEPTED, WAITING])


@again
def test_an_application_is_erased_while_the_person_says_no(centre):
    group = group_of(people(2), most=1)
    first = placements(group)[0]

    def say_no():
        try:
            return places.decline(first)
        except (Placement.DoesNotExist, GroupApplication.DoesNotExist):
            return None

    same = [GroupApplication.objects.get(pk=first.application_id) for _ in range(2)]
    at_once(say_no, *[partial(erase, application) for application in same])
    assert found(group) == [PROPOSED]


@again
def test_the_next_in_line_is_erased_while_a_place_becomes_free_for_them(centre):
    group = group_of(people(4), most=1)
    first, second, *_others = placements(group)
    person = GroupApplication.objects.get(pk=second.application_id)
    say_no, give_up = partial(places.decline, first), partial(end_waiting, second)
    at_once(say_no, partial(erase, person), give_up)
    assert found(group) == [DECLINED, PROPOSED, WAITING]


def end_waiting(placement):
    """Decline for somebody who is being erased, or has been."""
    with suppress(Placement.DoesNotExist, GroupApplication.DoesNotExist):
        places.decline(placement)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time.")
def test_whoever_is_given_a_place_meanwhile_is_locked_after_the_group(centre, monkeypatch):
    [person] = people(1)
    group = make.SelfHelpGroupFactory()
    lock = ApplicationQuerySet.lock

    def too_late(applications, pk):
        if not group.placements.exists():
            at_once(partial(proposals.propose, group, person))
        return lock(applications, pk)

    monkeypatch.setattr(ApplicationQuerySet, "lock", too_late)
    with transaction.atomic():
        assert GroupApplication.objects.lock(person.pk).status == Status.PROPOSED
        assert at_once(partial(take, group)) == [REFUSED]


@transaction.atomic
def take(group):
    """Return the group, or None if somebody has it."""
    try:
        return SelfHelpGroup.objects.select_for_update(nowait=True).get(pk=group.pk)
    except OperationalError as error:
        raise StaleApplication from error


@again
def test_yes_and_no_to_the_time_at_once(centre):
    group = asked(2, least=2)
    first, second = placements(group)
    at_once(
        partial(preparation.answer_start_up, first, True),
        partial(places.decline, first),
        partial(preparation.answer_start_up, second, True),
    )
    assert found(group) == [DECLINED, ACCEPTED]
    group.refresh_from_db()
    assert group.status == GroupStatus.FORMING


@again
def test_all_say_yes_to_the_time_at_once_and_are_told_once(centre):
    group = asked(4, least=4)
    at_once(
        *[partial(preparation.answer_start_up, placement, True) for placement in placements(group)]
    )
    group.refresh_from_db()
    assert group.status == GroupStatus.READY
    for placement in placements(group):
        assert placement.application.mails.filter(kind="start_up_set").count() == 1


@again
def test_a_place_is_called_off_while_the_group_starts_and_is_handed_over(centre):
    group = asked(3, least=2)
    for placement in placements(group):
        preparation.answer_start_up(placement, True)
    group.refresh_from_db()
    there = placements(group)
    start = partial(lifecycle.start, group, there[:2], user=None, version=group.version)
    at_once(start, partial(places.release, there[0], user=None))
    group.refresh_from_db()
    if group.status == GroupStatus.STARTED:
        assert STARTED in found(group)
        hand_over = partial(lifecycle.hand_over, group, user=None, version=group.version)
        at_once(hand_over, *[partial(places.release, place, user=None) for place in there])
        assert found(group).count(STARTED) == SelfHelpGroup.objects.get(pk=group.pk).places_taken


@again
def test_people_cross_over_between_two_groups(centre):
    """Each is late in one group and asked by the other; neither waits for the other for ever."""
    several = people(4)
    groups = [group_of(half) for half in (several[:2], several[2:])]
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        places.expire_lapsed()
    late = [placement for group in groups for placement in placements(group)]
    for person in several[:2]:
        proposals.propose(groups[1], GroupApplication.objects.get(pk=person.pk))
    for person in several[2:]:
        proposals.propose(groups[0], GroupApplication.objects.get(pk=person.pk))
    new = [p for group in groups for p in placements(group) if p.status == PROPOSED]
    at_once(
        *[partial(places.accept, placement) for placement in late],
        *[partial(places.decline, placement) for placement in new],
    )


@again
def test_two_groups_with_the_same_waiting_list_end_at_once(centre):
    asked, line = people(4), people(3)
    groups = [group_of(half) for half in (asked[:2], asked[2:])]
    for person in line:
        proposals.propose(groups[0], person)
    for person in line[::-1]:
        proposals.propose(groups[1], GroupApplication.objects.get(pk=person.pk))
    ends = []
    for group in groups:
        group.refresh_from_db()
        ends.append(partial(lifecycle.end, group, user=None, version=group.version))
    leaves = [partial(places.decline, placements(group)[0]) for group in groups]
    at_once(*ends, *leaves)


@again
def test_all_the_regular_work_at_once(centre):
    group = group_of(people(3), most=2)
    Placement.objects.filter(group=group).update(reply_by=timezone.now() - timedelta(minutes=1))
    work = [places.expire_lapsed, tally.add_up, retention.delete_names_due] * 2
    at_once(*work, *[partial(places.accept, placement) for placement in placements(group)[:2]])
    assert set(found(group)) <= {ACCEPTED, EXPIRED, PROPOSED, WAITING}
