"""Nobody is lost on the way, and nobody loses something without being told."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as sent
from django.utils import timezone

from groups import eligibility, links
from groups.actions import conversation, places, preparation, proposals
from groups.models import PlacementStatus, SelfHelpGroup
from linksite.intake import duplicates
from linksite.intake.actions import ChangeNotAllowed, change_status, correct
from linksite.intake.mail import outbox
from linksite.intake.models import MailStatus
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make
from tests.groups.self_help_groups.group_page import answer, fresh, noted, page, place, send
from tests.queues import act, content, page_of

TELLING = ["gruppe", "group", "Torsdager", "Storgata", "selvhjelp", "self-help"]


def kinds(person):
    return [row.kind for row in person.mails.order_by("pk")]


def tells_nothing(row):
    return not [word for word in TELLING if word.lower() in (row.subject + row.body).lower()]


def linked(row):
    """Return the placement that the link in a mail opens."""
    return links.opened(re.search(r"/svar/([^/]+)/", row.body)[1])


def accept(group, *people):
    for person in people:
        places.accept(place(group, person))


def propose_time(group, kari):
    group = fresh(group)
    at = make.moment(7, 18)
    return preparation.propose_start_up(group, at, user=kari.user, version=group.version)


def test_who_has_no_address_is_called_about_the_time(kari, group, people):
    accept(group, *people[:2])
    type(people[0]).objects.update(follow_up_on=None)
    type(people[0]).objects.filter(pk=people[0].pk).update(email="")
    propose_time(group, kari)
    assert fresh(people[0]).follow_up_on == timezone.localdate()
    assert fresh(people[1]).follow_up_on is None
    told = "Needs to be told by phone: A start-up time is proposed"
    assert told in content(kari.get(page_of(people[0])))
    assert told not in content(kari.get(page_of(people[1])))


def test_a_call_asked_for_leaves_who_is_overdue_overdue(kari, group, people):
    passed = timezone.localdate() - timedelta(days=5)
    type(people[0]).objects.filter(pk=people[0].pk).update(follow_up_on=passed)
    places.decline(place(group, people[0]))
    places.release(place(group, people[1]), user=kari.user)
    assert fresh(people[0]).follow_up_on == passed
    assert fresh(people[1]).follow_up_on == timezone.localdate()


def test_an_answer_that_could_not_be_taken_stands_in_the_history(kari, client, group, people):
    asked = place(group, people[0])
    link = links.answer_path(asked, "nb")
    accept(group, people[1])
    eligibility.keep_apart(people[0], people[1])
    assert client.post(link, {"answer": "yes", "turn": asked.turn}).status_code == 409
    assert fresh(people[0]).follow_up_on == timezone.localdate()
    said = "Tried to answer by the link, but the answer could not be accepted"
    assert said in content(kari.get(page_of(people[0])))


def test_no_button_on_a_person_s_page_takes_their_place_away(kari, group, people):
    shown = content(kari.get(page_of(people[0])))
    assert 'value="waiting"' not in shown and "next-statuses" not in shown
    refused = act(kari, fresh(people[0]), "step", status="waiting")
    assert "They have a place." in content(refused)
    assert fresh(people[0]).status == Status.PROPOSED
    shown = content(kari.get(page_of(people[0])))
    assert f"{page(group)}#place-{place(group, people[0]).pk}" in shown
    assert f'id="place-{place(group, people[0]).pk}"' in content(kari.get(page(group)))


def test_who_says_yes_on_the_phone_is_asked_about_the_time_by_mail(kari, group, people):
    propose_time(group, kari)
    answer(kari, group, people[0], "accept")
    assert kinds(people[0])[-2:] == ["place_confirmed", "start_up"]


def test_who_is_taken_up_again_is_called_today(kari):
    closed = make.GroupApplicationFactory(closed=True)
    act(kari, closed, "step", status=Status.CONTACTED)
    assert fresh(closed).follow_up_on == timezone.localdate()


def test_whoever_holds_the_conversation_is_responsible_where_nobody_was(kari):
    mine, theirs = make.GroupApplicationFactory(), make.GroupApplicationFactory()
    colleague = make.UserFactory()
    type(theirs).objects.filter(pk=theirs.pk).update(assigned_to=colleague)
    for one in (mine, fresh(theirs)):
        conversation.hold(one, {}, user=kari.user, version=one.version)
    assert (fresh(mine).assigned_to, fresh(theirs).assigned_to) == (kari.user, colleague)


def test_whoever_a_mail_never_reached_is_called(group, people, monkeypatch):
    def refuse(message):
        raise OSError

    monkeypatch.setattr(sent.EmailMessage, "send", refuse)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        outbox.send_due()
        assert fresh(people[0]).follow_up_on == timezone.localdate()
    assert people[0].mails.get(kind="place").status == MailStatus.FAILED


@pytest.mark.parametrize(
    ("verbs", "kind"),
    [([], "place"), ([places.accept], "place_confirmed"), ([places.decline], None)],
)
def test_what_still_counts_is_written_to_the_right_address(group, people, kari, verbs, kind):
    for verb in verbs:
        verb(place(group, people[0]))
    person = fresh(people[0])
    correct(person, {"email": "ny@example.org"}, user=kari.user, version=person.version)
    waiting = person.mails.filter(to="ny@example.org", status=MailStatus.QUEUED)
    waiting = waiting.exclude(kind="receipt")
    assert [row.kind for row in waiting] == ([kind] if kind else [])
    for row in waiting:
        assert linked(row) == place(group, person)


def test_about_the_time_too(ready, people, kari):
    person = fresh(people[0])
    correct(person, {"email": "ny@example.org"}, user=kari.user, version=person.version)
    assert person.mails.filter(to="ny@example.org", kind="start_up_set").exists()
    correct(fresh(person), {"email": ""}, user=kari.user, version=fresh(person).version)
    assert fresh(person).follow_up_on == timezone.localdate()


@pytest.mark.parametrize("reason", [ClosingReason.STARTED, ClosingReason.DUPLICATE])
def test_some_reasons_come_about_by_what_is_done(kari, people, reason):
    person = people[4]
    assert f'value="{reason}"' not in content(kari.get(page_of(person)))
    assert act(kari, person, "step", status="closed", reason=reason).status_code == 422
    bulk = {"seen": [f"{person.pk}:{person.version}"], "status": "closed", "reason": reason}
    kari.post("/admin/bulk/groups/groupapplication/status/", bulk)
    with pytest.raises(ChangeNotAllowed):
        change_status(person, "closed", reason=reason, user=kari.user, version=person.version)
    assert fresh(person).status == Status.WAITING


def test_more_places_go_to_the_groups_own_waiting_list_only(kari, group, people):
    send(kari, group, "facts", name="x", place="room", least=2, most=5)
    assert place(group, people[2]).status == PlacementStatus.PROPOSED
    assert group.placements.count() == 3


def test_who_was_closed_waits_for_no_group_any_more(kari, group, people):
    waits = fresh(people[2])
    seen = {"user": kari.user, "version": waits.version}
    change_status(waits, "closed", reason=ClosingReason.WITHDREW, **seen)
    assert place(group, waits).status == PlacementStatus.RELEASED
    for status in ("contacted", "waiting"):
        waits = fresh(waits)
        change_status(waits, status, user=kari.user, version=waits.version)
    places.decline(place(group, people[0]))
    assert fresh(waits).status == Status.WAITING


def test_who_has_a_place_elsewhere_is_no_reserve(kari, group, people):
    assert people[2].name in content(kari.get(page(group)))
    proposals.propose(make.SelfHelpGroupFactory(), fresh(people[2]))
    assert people[2].name not in content(kari.get(page(group)))


def test_a_merge_keeps_the_turn(kari, group, people):
    older = fresh(people[2])
    fields = {
        "follow_up_on": make.days(2),
        "on_waiting_list": True,
        "agreed": "Ringe igjen",
        "age_band": "35-44",
        "submitted_at": timezone.now() - timedelta(days=200),
    }
    type(older).objects.filter(pk=older.pk).update(**fields)
    older = fresh(older)
    newer = make.GroupApplicationFactory(follow_up_on=make.days(9), age_band="25-34")
    duplicates.merge(
        newer, older, user=kari.user, version=newer.version, other_version=older.version
    )
    kept = fresh(newer)
    assert (kept.submitted_at, kept.follow_up_on) == (older.submitted_at, make.days(2))
    assert (kept.on_waiting_list, kept.agreed, kept.age_band) == (True, "Ringe igjen", "25-34")
    assert place(group, kept).status == PlacementStatus.WAITING
    assert not older.placements.exists()


def test_a_merge_keeps_no_turn_that_was_over(kari, people):
    past = make.GroupApplicationFactory(closed=True, submitted_at=make.moment(-700, 12))
    kept = fresh(people[4])
    before = kept.submitted_at
    duplicates.merge(kept, past, user=kari.user, version=kept.version, other_version=past.version)
    assert fresh(kept).submitted_at == before


def test_of_two_to_be_kept_apart_the_first_to_accept_comes(client, kari, group, people):
    eligibility.keep_apart(*people[:2])
    accept(group, people[0])
    with pytest.raises(ChangeNotAllowed):
        accept(group, people[1])
    second = place(group, people[1])
    link = links.answer_path(second, "en")
    response = client.post(link, {"answer": "yes", "turn": second.turn})
    assert response.status_code == 409
    assert "apart" not in content(response)
    assert place(group, people[1]).status == PlacementStatus.PROPOSED
    assert fresh(people[1]).follow_up_on == timezone.localdate()


def test_whose_place_is_taken_is_told_and_called(kari, group, people):
    accept(group, people[0])
    answer(kari, group, people[0], "release")
    row = people[0].mails.get(kind="place_called_off")
    assert tells_nothing(row)
    assert fresh(people[0]).follow_up_on == timezone.localdate()


def test_who_gives_the_place_back_is_not_told_that_it_is_taken(kari, group, people):
    places.decline(place(group, people[0]))
    assert "place_called_off" not in kinds(people[0])


def test_when_a_group_never_starts_those_with_a_place_are_told(kari, agreed, people):
    send(kari, agreed, "end", sure="on")
    for person in people[:2]:
        assert "place_called_off" in kinds(person)
        assert fresh(person).follow_up_on == timezone.localdate()
    assert "place_called_off" not in kinds(people[2])


def test_another_room_is_told_once_the_time_is_set(kari, ready, people):
    facts = {"place": "room", "venue": "Storgata 1", "least": 2, "most": 2}
    send(kari, ready, "facts", **facts, name="Fredager")
    assert "something_changed" not in kinds(people[0])
    send(kari, ready, "facts", **{**facts, "venue": "Torget 9"}, name="Fredager")
    for person in people[:2]:
        row = person.mails.get(kind="something_changed")
        assert tells_nothing(row)
        assert linked(row) == place(ready, person)
    assert "something_changed" not in kinds(people[2])


def test_before_the_time_is_set_another_room_is_not_told(kari, group, people):
    accept(group, people[0])
    send(kari, group, "facts", name="x", place="room", venue="Torget 9", least=2, most=2)
    assert "something_changed" not in kinds(people[0])


def test_no_group_starts_before_its_start_up_meeting(kari, ready, people):
    shown = content(kari.get(page(ready)))
    assert "Record who came" not in shown
    sent = noted(ready, people[:2])
    assert send(kari, ready, "start", supported=3, **sent).status_code == 409
    assert fresh(ready).started_at is None
    with time_machine.travel(ready.start_up_at - timedelta(hours=2)):
        kari.force_login(kari.user)
        assert "Record who came" in content(kari.get(page(ready)))
        send(kari, ready, "start", supported=3, **sent)
    assert fresh(ready).started_at


def test_the_time_to_answer_begins_when_the_mail_has_left(people):
    group = make.SelfHelpGroupFactory(most=1, least=1)
    placement = proposals.propose(group, people[0])
    asked = timezone.now()
    with time_machine.travel(asked + timedelta(days=6)):
        assert places.expire_lapsed() == 0
        outbox.send_due()
        assert places.expire_lapsed() == 0
        assert fresh(placement).reply_by == placement.reply_by + timedelta(days=6)
    with time_machine.travel(asked + timedelta(days=10)):
        assert places.expire_lapsed() == 0
    with time_machine.travel(asked + timedelta(days=12)):
        assert places.expire_lapsed() == 1
        assert places.expire_lapsed() == 0


def test_a_place_nobody_could_be_told_of_is_given_up_in_the_end(people, monkeypatch):
    group = make.SelfHelpGroupFactory(most=1, least=1)
    placement = proposals.propose(group, people[0])
    people[0].mails.update(status=MailStatus.FAILED)
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert places.expire_lapsed() == 1
    assert fresh(placement).status == PlacementStatus.EXPIRED


def test_only_what_they_answered_matters_to_an_answer_on_the_phone(kari, group, people):
    first = place(group, people[0])
    data = {"action": "answer", "placement": first.pk, "turn": first.turn, "answer": "accept"}
    assert kari.post(page(group), data).status_code == 302
    assert fresh(first).status == PlacementStatus.ACCEPTED
    assert SelfHelpGroup.objects.get(pk=group.pk).places_taken == 2
