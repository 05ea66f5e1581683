"""A place in a group: proposed, held, accepted, declined, run out, given to the next in order."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation
from wagtail.models import Site

from groups import eligibility, retention
from groups.actions import lifecycle, places, preparation, proposals
from groups.models import GroupStatus, PlacementStatus, SelfHelpGroup
from linksite.intake.actions import ChangeNotAllowed, change_status
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make


@pytest.fixture
def user(centre):
    return make.UserFactory(is_superuser=True)


@pytest.fixture
def group(user):
    return make.SelfHelpGroupFactory(least=2, most=2)


@pytest.fixture
def people(centre):
    """Four who wait, the first for the longest."""
    return [make.GroupApplicationFactory(waiting=True) for _ in range(4)]


def reload(*things):
    for thing in things:
        thing.refresh_from_db()
    return things


def form(group, people, user):
    new = SelfHelpGroup(site=group.site, name="G", most=2, least=2)
    return lifecycle.form(new, people, user=user)


def statuses(group):
    return [p.status for p in group.placements.order_by("application__pk")]


def test_who_waits_for_a_place_keeps_the_turn_when_asked_again(centre):
    people = [make.GroupApplicationFactory(waiting=True) for _ in range(3)]
    group = make.SelfHelpGroupFactory(most=1, least=1)
    for person in [*people, people[1]]:
        proposals.propose(group, person)
    places.decline(group.placements.get(application=people[0]))
    assert group.placements.get(application=people[1]).status == PlacementStatus.PROPOSED


def test_nobody_is_proposed_to_another_centre_s_group(centre):
    person = make.GroupApplicationFactory(waiting=True)
    site = Site.objects.create(hostname="annet.example", root_page=centre.nb.home)
    group = make.SelfHelpGroupFactory(site=site)
    with translation.override("en"), pytest.raises(ChangeNotAllowed, match="another centre"):
        proposals.propose(group, person)


def test_a_proposed_place_is_held_and_the_person_told_without_a_word_of_what_it_is(
    group, people, user
):
    placement = proposals.propose(group, people[0], user=user)
    reload(group, people[0])
    assert placement.status == PlacementStatus.PROPOSED
    assert group.places_taken == 1
    assert people[0].status == Status.PROPOSED
    reply_by = timezone.localtime(placement.reply_by)
    assert reply_by.date() == timezone.localdate() + timedelta(days=5)
    assert (reply_by.hour, reply_by.minute) == (23, 59)
    mail = people[0].mails.get(kind="place")
    assert "/nb/svar/" in mail.body
    for telling in ("gruppe", "group", "Torsdager", "Storgata"):
        assert telling.lower() not in (mail.subject + mail.body).lower()


def test_more_than_most_come_on_the_waiting_list(group, people, user):
    group = form(group, people, user)
    assert statuses(group) == ["proposed", "proposed", "waiting", "waiting"]
    assert group.places_taken == 2


def test_a_declined_place_goes_to_the_next_and_nobody_is_asked_twice(group, people, user):
    group = form(group, people, user)
    places.decline(group.placements.get(application=people[0]))
    assert statuses(group) == ["declined", "proposed", "proposed", "waiting"]
    reload(group, people[0])
    assert group.places_taken == 2
    assert people[0].status == Status.WAITING
    for number in (1, 2, 3):
        places.decline(group.placements.get(application=people[number]))
    assert statuses(group) == ["declined"] * 4
    reload(group)
    assert group.places_taken == 0


def test_a_place_that_runs_out_goes_to_the_next_and_somebody_should_call(
    group, people, user, mail_leaves
):
    group = form(group, people, user)
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert places.expire_lapsed() == 2
        assert places.expire_lapsed() == 0
        reload(people[0])
        assert people[0].follow_up_on == timezone.localdate()
    assert statuses(group) == ["expired", "expired", "proposed", "proposed"]
    assert people[0].status == Status.WAITING
    assert people[0].mails.filter(kind="place_lapsed").exists()


def test_whoever_answers_too_late_gets_the_place_if_one_is_free(group, people, user, mail_leaves):
    group = form(group, people[:1], user)
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        places.expire_lapsed()
        placement = places.accept(group.placements.get())
    assert placement.status == PlacementStatus.ACCEPTED
    reload(group, people[0])
    assert group.places_taken == 1
    assert people[0].status == Status.PLACED


def test_whoever_answers_after_the_last_place_has_gone_waits_and_is_told(
    group, people, user, mail_leaves
):
    group = form(group, people, user)
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        places.expire_lapsed()
        placement = places.accept(group.placements.get(application=people[0]))
    assert placement.status == PlacementStatus.WAITING
    assert people[0].mails.filter(kind="place_gone").exists()
    reload(group)
    assert group.places_taken == 2


def test_whoever_declined_and_does_not_want_to_wait_is_let_go(group, people, user):
    group = form(group, people[:1], user)
    placement = places.decline(group.placements.get())
    places.stop_waiting(placement)
    reload(people[0])
    assert people[0].closing_reason == ClosingReason.WITHDREW
    with pytest.raises(ChangeNotAllowed):
        places.stop_waiting(placement)


def test_closing_an_application_frees_its_place_for_the_next(group, people, user):
    group = form(group, people[:3], user)
    reload(people[0])
    seen = {"user": user, "version": people[0].version}
    change_status(people[0], Status.CLOSED, reason=ClosingReason.WITHDREW, **seen)
    assert statuses(group) == ["released", "proposed", "proposed"]
    reload(group)
    assert group.places_taken == 2


def test_those_kept_apart_are_never_in_the_same_group(group, people, user):
    eligibility.keep_apart(people[0], people[1])
    with pytest.raises(ChangeNotAllowed):
        form(group, people[:2], user)
    assert SelfHelpGroup.objects.count() == 1
    group = form(group, [people[0], people[2]], user)
    group.offer = None
    make_last = [proposals.propose(group, person, user=user) for person in (people[3],)]
    assert make_last[0].status == PlacementStatus.WAITING


def test_who_is_younger_than_the_centre_takes_is_never_asked(group, people, user, centre):
    group = form(group, people, user)
    centre.settings.minimum_age = 18
    centre.settings.save()
    people[2].age_band = "16-17"
    people[2].save()
    places.decline(group.placements.get(application=people[0]))
    assert statuses(group) == ["declined", "proposed", "waiting", "proposed"]
    with pytest.raises(ChangeNotAllowed, match="18"):
        proposals.propose(group, people[2], user=user)


def test_a_name_to_keep_apart_from_is_never_asked_without_somebody_looking(group, people, user):
    people[2].keep_apart_from = "kari nordlys"
    people[2].save()
    people[1].name = "Kari Anne Nordlys"
    people[1].save()
    group = form(group, people, user)
    places.decline(group.placements.get(application=people[0]))
    assert statuses(group) == ["declined", "proposed", "waiting", "proposed"]


def test_a_group_is_ready_when_enough_have_said_yes_and_one_no_brings_in_the_next(
    group, people, user
):
    group = form(group, people[:3], user)
    for person in people[:2]:
        places.accept(group.placements.get(application=person))
    reload(group)
    at = timezone.now() + timedelta(days=10)
    group = preparation.propose_start_up(group, at, user=user, version=group.version)
    preparation.answer_start_up(group.placements.get(application=people[0]), True)
    places.decline(group.placements.get(application=people[1]))
    assert statuses(group) == ["accepted", "declined", "proposed"]
    reload(group)
    assert group.status == GroupStatus.FORMING
    places.accept(group.placements.get(application=people[2]))
    assert people[2].mails.filter(kind="place_confirmed").exists()
    preparation.answer_start_up(group.placements.get(application=people[2]), True)
    reload(group)
    assert group.status == GroupStatus.READY
    assert people[0].mails.filter(kind="start_up_set").exists()


def test_a_groups_life(group, people, user):
    group = form(group, people[:3], user)
    for person in people[:2]:
        places.accept(group.placements.get(application=person))
    reload(group)
    at = timezone.now() + timedelta(days=1)
    group = preparation.propose_start_up(group, at, user=user, version=group.version)
    for person in people[:2]:
        preparation.answer_start_up(group.placements.get(application=person), True)
    reload(group)
    came = group.placements.filter(application=people[0])
    with time_machine.travel(at + timedelta(hours=2)):
        waits = group.placements.filter(application=people[1])
        group = lifecycle.start(group, came, waits, supported=3, user=user, version=group.version)
    assert group.status == GroupStatus.STARTED
    assert group.places_taken == 1
    assert [m.kind for m in group.meetings.all()] == [
        "start_up",
        "supported",
        "supported",
        "follow_up",
    ]
    reload(*people)
    assert [p.status for p in people[:3]] == [Status.CLOSED, Status.WAITING, Status.WAITING]
    assert people[0].closing_reason == ClosingReason.STARTED
    group = lifecycle.hand_over(group, user=user, version=group.version)
    assert not type(people[0]).objects.visible_to(user).filter(pk=people[0].pk).exists()
    assert retention.delete_names_due() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert retention.delete_names_due() == 1
        assert retention.delete_names_due() == 0
    assert not type(people[0]).objects.filter(pk=people[0].pk).exists()
    reload(group)
    assert group.places_taken == 1


def test_a_group_that_never_started_sends_everybody_back(group, people, user):
    group = form(group, people[:3], user)
    places.accept(group.placements.get(application=people[0]))
    reload(group)
    group = lifecycle.end(group, user=user, version=group.version)
    assert group.places_taken == 0
    reload(*people)
    assert {person.status for person in people} == {Status.WAITING}
    assert people[0].follow_up_on == timezone.localdate()
