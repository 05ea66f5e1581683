"""A group's life on its page: a time proposed, started, handed over, ended."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.log_actions import registry

from groups import retention
from groups.actions import lifecycle, places, preparation, proposals
from groups.models import GroupStatus, MeetingKind, PlacementStatus
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make
from tests.groups.self_help_groups.group_page import (
    GROUPS,
    MEETINGS,
    answer,
    facts,
    fresh,
    noted,
    page,
    place,
    send,
)
from tests.html import soup
from tests.queues import act, content, page_of


def next_step(client, group):
    return " ".join(soup(client.get(page(group))).select_one(".group-page__next").text.split())


def test_the_line_says_where_it_is_and_what_is_next(kari, group, people):
    shown = soup(kari.get(page(group)))
    assert shown.select_one("[aria-current=step]").text.split()[0] == "Forming"
    said = " ".join(shown.text.split())
    assert "Accepted: 0 of at least 2. Not answered yet: 2. Next: wait for answers" in said
    for person in people[:2]:
        places.accept(place(group, person))
    assert "Accepted: 2 of at least 2" in next_step(kari, group)
    assert "propose a start-up time to those who have accepted" in next_step(kari, group)


def test_enough_have_accepted_and_some_have_not_answered(kari, group, people):
    for person in people[:2]:
        places.accept(place(group, person))
    preparation.change(fresh(group), {"most": 3}, user=kari.user, version=fresh(group).version)
    said = next_step(kari, group)
    assert "Not answered yet: 1" in said
    assert "propose a start-up time. Anyone who accepts later" in said


def test_with_too_few_asked_there_is_more_to_do_than_wait(kari, group, people):
    place(group, people[2]).delete()
    places.decline(place(group, people[0]))
    said = next_step(kari, group)
    assert "Next: add people" in said and "under" not in said


def test_a_group_that_falls_under_its_least_when_the_time_is_set_says_so(kari, ready, people):
    place(ready, people[2]).delete()
    answer(kari, ready, people[0], "decline")
    said = next_step(kari, ready)
    assert "The group is below the minimum of 2: 1 place is taken. Next: add people." in said
    assert "told if it no longer applies" in said
    listed = kari.get(f"{GROUPS}?places=too_few").context["object_list"]
    assert [group.pk for group in listed] == [ready.pk]


def test_while_the_time_is_asked_about_the_line_says_who_is_silent(kari, agreed, people):
    preparation.answer_start_up(place(agreed, people[0]), True)
    said = next_step(kari, agreed)
    assert "Said yes: 1 of at least 2. Does not suit: 0. Not answered yet: 1." in said
    assert "Next: wait for answers" in said
    preparation.answer_start_up(place(agreed, people[1]), False)
    said = next_step(kari, agreed)
    assert "Does not suit: 1. Not answered yet: 0. Next: propose another time" in said


def test_whom_the_time_does_not_suit_keeps_the_place_and_is_asked_anew(kari, agreed, people):
    answer(kari, agreed, people[0], "disagree")
    placement = place(agreed, people[0])
    assert (placement.status, placement.agrees) == (PlacementStatus.ACCEPTED, False)
    assert fresh(people[0]).follow_up_on == timezone.localdate()
    assert fresh(agreed).places_taken == 2
    shown = " ".join(soup(kari.get(page(agreed))).text.split())
    assert f"The start-up time does not suit: {people[0].name}" in shown
    assert "the start-up time does not suit (group" in content(kari.get(page_of(people[0])))
    send(kari, agreed, "start_up", day=make.days(9).isoformat(), time="19:00")
    assert place(agreed, people[0]).agrees is None
    assert people[0].mails.filter(kind="start_up_moved").count() == 1


def test_a_ready_group_is_not_ready_when_too_few_say_yes(ready, people):
    preparation.answer_start_up(place(ready, people[0]), False)
    assert fresh(ready).status == GroupStatus.FORMING


def test_a_start_up_time_is_proposed_to_all_who_accepted(kari, group, people):
    places.accept(place(group, people[0]))
    day = make.days(9).isoformat()
    send(kari, group, "start_up", day=day, time="18:00")
    assert timezone.localtime(fresh(group).start_up_at).hour == 18
    assert people[0].mails.filter(kind="start_up").exists()
    assert "Has not answered about the start-up time" in content(kari.get(page(group)))
    answer(kari, group, people[0], "agree")
    assert place(group, people[0]).agrees


def test_not_in_the_past(kari, group):
    response = send(kari, group, "start_up", day=make.days(-1).isoformat(), time="18:00")
    assert response.status_code == 422
    assert fresh(group).start_up_at is None


def test_a_start_up_meeting_that_moves_stays_the_same_meeting(kari, agreed):
    meeting = agreed.meetings.get()
    send(kari, agreed, "start_up", day=make.days(9).isoformat(), time="19:00")
    assert fresh(agreed).meetings.get().pk == meeting.pk


def test_it_starts_with_those_who_came(kari, ready, people, its_day):
    chosen = soup(kari.get(page(ready))).select("select[name^=who_] option[selected]")
    assert [option["value"] for option in chosen] == ["came", "came"]
    sent = noted(ready, people[:1], waits=people[1:2])
    unsure = send(kari, ready, "start", few="on", supported=3, **sent)
    assert unsure.status_code == 422 and 'name="gone"' in content(unsure)
    sent = {**sent, "few": "on", "gone": "on"}
    assert send(kari, ready, "start", supported=3, **sent).status_code == 302
    group = fresh(ready)
    assert group.status == GroupStatus.STARTED
    assert group.places_taken == 1
    assert fresh(people[1]).status == Status.WAITING
    # It was agreed with them; a mail that calls it off would be a rejection.
    assert not people[1].mails.filter(kind="place_called_off").exists()
    assert fresh(people[1]).follow_up_on == timezone.localdate()
    assert group.meetings.count() == 4
    assert people[1].name not in content(kari.get(page(group)))
    history = content(kari.get(page_of(people[1])))
    assert "Did not come to the first meeting, waiting for another group" in history
    assert "Place given up" not in history


def test_who_misses_the_first_meeting_keeps_the_place_and_is_called(kari, ready, people, its_day):
    send(kari, ready, "start", supported=3, **noted(ready, people[:1]))
    group, person = fresh(ready), fresh(people[1])
    assert (group.status, group.places_taken) == (GroupStatus.STARTED, 2)
    assert place(group, person).status == PlacementStatus.ACCEPTED
    assert (person.status, person.follow_up_on) == (Status.PLACED, timezone.localdate())
    assert not person.mails.filter(kind="place_called_off").exists()
    shown = " ".join(soup(kari.get(page(group))).text.split())
    assert "Keeping their place, has not come yet" in shown
    assert "have not come yet: 1" in shown
    history = content(kari.get(page_of(person)))
    assert "Did not come to the first meeting, keeps their place" in history
    assert "Place given up" not in history


@pytest.fixture
def missed(kari, ready, people, its_day):
    """The group has started, and one member has not come yet."""
    send(kari, ready, "start", supported=3, **noted(ready, people[:1]))
    return fresh(ready)


def test_who_comes_later_has_started(kari, missed, people):
    answer(kari, missed, people[1], "arrive")
    person = fresh(people[1])
    assert (person.status, person.closing_reason) == (Status.CLOSED, ClosingReason.STARTED)
    assert place(missed, person).status == PlacementStatus.STARTED
    assert fresh(missed).places_taken == 2
    assert "after its first meeting" in content(kari.get(page_of(person)))
    assert answer(kari, missed, people[1], "arrive").status_code == 409


@pytest.mark.parametrize("what", ["decline", "release"])
def test_who_never_comes_goes_back_to_the_pool(kari, missed, people, what):
    answer(kari, missed, people[1], what)
    assert fresh(people[1]).status == Status.WAITING
    assert fresh(missed).places_taken == 1
    assert not missed.placements.filter(status=PlacementStatus.PROPOSED).exists()


def test_nobody_is_out_of_sight_who_has_not_come(kari, missed, people):
    assert send(kari, missed, "hand_over", sure="on").status_code == 409
    assert fresh(missed).status == GroupStatus.STARTED
    send(kari, missed, "end", sure="on")
    assert fresh(people[1]).status == Status.WAITING
    assert "The group ended" in content(kari.get(page_of(people[1])))


def test_with_fewer_than_the_least_staff_are_asked_first(kari, ready, people, its_day):
    sent = noted(ready, people[:1], waits=people[1:2])
    response = send(kari, ready, "start", supported=3, **sent)
    assert response.status_code == 422
    assert "1 came and 0 are keeping their place, but at least 2 are needed" in content(response)
    assert 'name="few"' in content(response)
    assert fresh(ready).status == GroupStatus.READY


def test_it_does_not_start_with_somebody_left_out(kari, ready, people, its_day):
    came = {f"who_{place(ready, people[0]).pk}": "came"}
    assert send(kari, ready, "start", supported=3, **came).status_code == 422
    nobody = noted(ready, [])
    assert send(kari, ready, "start", supported=3, **nobody).status_code == 422
    assert fresh(ready).status == GroupStatus.READY


def test_it_does_not_start_with_somebody_who_has_left_meanwhile(kari, ready, people, its_day):
    came = noted(ready, people[:2])
    proposals.propose(ready, people[3])
    places.decline(place(ready, people[1]))
    response = send(kari, ready, "start", supported=3, **came)
    assert response.status_code in (409, 422)
    assert fresh(ready).status != GroupStatus.STARTED


def test_it_does_not_start_with_nobody_or_too_early(kari, ready, group, its_day):
    assert send(kari, ready, "start", supported=3).status_code == 422
    forming = make.SelfHelpGroupFactory()
    assert send(kari, forming, "start", supported=3).status_code == 422


def test_somebody_who_stops_coming_has_left(kari, started, people):
    shown = soup(kari.get(page(started)))
    assert len(shown.select("button[value=leave]")) == 2
    assert not shown.select("button[value=release]")
    answer(kari, started, people[0], "leave")
    assert fresh(started).places_taken == 1
    assert place(started, people[0]).status == PlacementStatus.RELEASED
    person = fresh(people[0])
    assert (person.status, person.closing_reason) == (Status.CLOSED, ClosingReason.STARTED)
    assert f"{person.name}: No longer in the group" in soup(kari.get(page(started))).text
    assert person.name not in soup(kari.get(page(started))).text
    assert f"Left the group (group {started.reference})" in content(kari.get(page_of(person)))
    assert answer(kari, started, people[0], "leave").status_code == 409
    assert fresh(started).places_taken == 1


def test_nobody_leaves_before_it_has_started_or_after_it_is_handed_over(kari, ready, people):
    assert not soup(kari.get(page(ready))).select("button[value=leave]")
    assert answer(kari, ready, people[0], "leave").status_code == 409
    with time_machine.travel(ready.start_up_at + timedelta(hours=3)):
        lifecycle.start(
            ready, ready.placements.filter(agrees=True), user=kari.user, version=ready.version
        )
    send(kari, ready, "hand_over", sure="on")
    assert answer(kari, ready, people[0], "leave").status_code == 409
    assert fresh(ready).places_taken == 2


def test_who_has_left_is_kept_when_the_group_is_handed_over(kari, started, people):
    answer(kari, started, people[0], "leave")
    send(kari, started, "hand_over", sure="on")
    assert kari.get(page_of(people[0])).status_code == 200
    assert kari.get(page_of(people[1])).status_code == 404


def test_taken_up_again_they_have_left_the_group_they_were_in(kari, started, people):
    person = fresh(people[0])
    act(kari, person, "step", status=Status.CONTACTED)
    assert fresh(person).status == Status.CONTACTED
    assert place(started, person).status == PlacementStatus.RELEASED
    assert fresh(started).places_taken == 1
    assert "Left the group" in content(kari.get(page_of(person)))


def test_whoever_has_left_already_is_taken_up_without_freeing_a_place_twice(kari, started, people):
    answer(kari, started, people[0], "leave")
    act(kari, fresh(people[0]), "step", status=Status.CONTACTED)
    assert fresh(people[0]).status == Status.CONTACTED
    assert fresh(started).places_taken == 1


def test_handing_over_says_what_will_happen_and_needs_a_tick(kari, started):
    shown = " ".join(soup(kari.get(page(started))).text.split())
    assert "Names and numbers are deleted after 30 days" in shown
    assert send(kari, started, "hand_over").status_code == 422
    send(kari, started, "hand_over", sure="on")
    assert fresh(started).status == GroupStatus.ON_ITS_OWN


def test_handed_over_only_the_follow_up_visit_is_still_planned(kari, started):
    ahead = started.meetings.filter(held=None)
    supported = ahead.filter(kind=MeetingKind.SUPPORTED).count()
    shown = " ".join(soup(kari.get(page(started))).text.split())
    assert supported and f"{supported} supported meetings have not been held yet" in shown
    send(kari, started, "hand_over", sure="on")
    assert [meeting.kind for meeting in ahead] == [MeetingKind.FOLLOW_UP]


@pytest.mark.parametrize("step", ["hand_over", "end"])
def test_out_of_sight_there_are_no_names_or_numbers_anywhere(kari, started, people, step):
    send(kari, started, step, sure="on")
    response = kari.get(page(started))
    shown = " ".join(soup(response).text.split())
    assert "They will be deleted" in shown
    assert "Members: 2." in shown
    history = kari.get("/admin/reports/site-history/")
    search = kari.get(f"{GROUPS}?q=Navn0")
    calendar = kari.get(page(started, "calendar"))
    for answered in (response, history, search, calendar, kari.get(MEETINGS)):
        for telling in (*(person.name for person in people[:2]), "+4741234567", "deltaker"):
            assert telling not in content(answered)
    for paper in ("statement", "participants"):
        assert kari.get(page(started, paper)).status_code == 404
    reads = registry.get_logs_for_instance(started).filter(action="groups.view")
    assert not reads.exists()


def test_when_the_names_are_gone_the_page_says_since_when(kari, started):
    send(kari, started, "hand_over", sure="on")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        retention.delete_names_due()
    assert "They were deleted" in content(kari.get(page(started)))


def test_a_group_that_has_ended_can_only_be_looked_at(kari, group, people):
    send(kari, group, "end", sure="on")
    assert fresh(group).status == GroupStatus.ENDED
    assert fresh(people[0]).status == Status.WAITING
    shown = soup(kari.get(page(group)))
    assert "It never started" in shown.text
    assert not shown.select(".group-page form[method=post]")
    for action, data in (
        ("facts", facts(group, name="Nytt")),
        ("initiators", {}),
        ("end", {"sure": "on"}),
        ("start_up", {"day": make.days(3).isoformat(), "time": "18:00"}),
    ):
        assert send(kari, group, action, **data).status_code == 409, action


def test_a_group_that_is_called_off_says_who_is_to_be_called(kari, group, people):
    answer(kari, group, people[1], "release")
    proposals.propose(fresh(group), fresh(people[3]))
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        kari.force_login(kari.user)
        send(kari, group, "end", sure="on")
        assert to_call(kari, group) == [page_of(people[0]), page_of(people[2]), page_of(people[3])]
        shown = content(kari.get(page(group)))
        assert "no longer shown" not in shown and "will be deleted" not in shown
        assert "Who has opened this" in shown
        reads = registry.get_logs_for_instance(group).filter(action="groups.view")
        assert reads.exists()
        called = {"call": "reached", "follow_up_on": make.days(7).isoformat()}
        act(kari, fresh(people[0]), "step", **called)
        assert to_call(kari, group) == [page_of(people[2]), page_of(people[3])]
        for person in (people[2], people[3]):
            act(kari, fresh(person), "step", status=Status.CLOSED, reason=ClosingReason.WITHDREW)
        assert "Nobody is waiting for a call" in content(kari.get(page(group)))


def to_call(client, group):
    """Return the links to call on the page of a group that was called off."""
    return [one["href"] for one in soup(client.get(page(group))).select(".group-person a")]


def test_an_unknown_action_is_refused(kari, group):
    assert send(kari, group, "nonsense").status_code == 400


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("agree", "Said yes to the start-up time"),
        ("disagree", "Wants the place, but the start-up time does not suit"),
        ("decline", "Declined"),
        ("release", "No longer in the group"),
    ],
)
def test_a_noted_answer_is_said_back(kari, agreed, people, what, said):
    answer(kari, agreed, people[0], what)
    assert f"Navn0 Fjell: {said}" in " ".join(soup(kari.get(page(agreed))).text.split())


def test_a_noted_acceptance_is_said_back(kari, group, people):
    answer(kari, group, people[0], "accept")
    assert "Navn0 Fjell: Accepted" in " ".join(soup(kari.get(page(group))).text.split())


def test_the_history_says_who_and_when(kari, started):
    text = soup(kari.get(page(started))).select_one(".queue-timeline").text
    assert "Start-up time proposed: " in text
    for what in ("Group formed", "Start-up time proposed", "Ready to start", "Group started"):
        assert what in text
    assert "Kari Fjell" in text
    assert "Opened group" not in text
