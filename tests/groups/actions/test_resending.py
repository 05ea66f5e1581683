"""Mails under way when something changes: none says what is no longer true."""

from datetime import timedelta

import time_machine
from django.core import mail as sent
from django.utils import timezone
from django.utils.formats import date_format

from groups.actions import places, preparation, proposals, signposting
from linksite.intake.actions import correct
from linksite.intake.mail import outbox
from linksite.intake.models import MailStatus
from tests import factories as make
from tests.groups.self_help_groups.group_page import fresh, place

RIGHT = "right@example.org"


def claimed(row):
    """Let a worker take the mail without having finished."""
    return outbox._claim(type(row), row.pk)


def later(**passed):
    return time_machine.travel(timezone.now() + timedelta(**passed))


def sent_now():
    """Send what is due. Return the recipients."""
    sent.outbox.clear()
    outbox.send_due()
    return [to for message in sent.outbox for to in message.to]


def corrected(application, user, email=RIGHT):
    application = fresh(application)
    correct(application, {"email": email}, user=user, version=application.version)


def test_what_could_not_be_sent_does_not_go_to_the_wrong_address_again(group, people, kari):
    wrong, row = people[0].email, people[0].mails.get(kind="place")
    row = claimed(row)
    corrected(people[0], kari.user)
    outbox._postpone(row, OSError())
    with later(minutes=15):
        to = sent_now()
    assert wrong not in to and to.count(RIGHT) == 1


def test_nor_does_what_a_worker_left_that_was_killed(group, people, kari):
    wrong = people[0].email
    claimed(people[0].mails.get(kind="place"))
    corrected(people[0], kari.user)
    with later(minutes=15):
        assert wrong not in sent_now()


def test_a_worker_that_was_slow_sends_nothing_a_second_time(group, people):
    row = people[0].mails.get(kind="place")
    slow = claimed(row)
    with later(minutes=11):
        sent_now()
        outbox._postpone(slow, OSError())
    row.refresh_from_db()
    assert row.status == MailStatus.SENT


def test_who_has_said_no_is_not_asked_afterwards(group, people):
    places.decline(place(group, people[0]))
    places.stop_waiting(place(group, people[0]))
    sent_now()
    assert not any("/svar/" in one.body for one in sent.outbox if people[0].email in one.to)


def test_who_was_pointed_on_gets_no_link_that_leads_nowhere(group, people, kari):
    person = fresh(people[0])
    signposting.signpost(person, None, user=kari.user, version=person.version)
    sent_now()
    assert not any("/svar/" in one.body for one in sent.outbox if person.email in one.to)


def test_a_correction_gives_the_time_to_answer_once(centre, people, kari):
    group = make.SelfHelpGroupFactory(most=1, least=1)
    placement = proposals.propose(group, people[0])
    outbox.send_due()
    with later(days=4):
        corrected(people[0], kari.user)
        outbox.send_due()
    with time_machine.travel(fresh(placement).reply_by + timedelta(hours=2)):
        places.expire_lapsed()
    assert fresh(placement).status == "expired"


def test_a_mail_that_left_late_tells_a_day_that_is_still_to_come(group, people):
    with later(days=7):
        places.expire_lapsed()
        placement = fresh(place(group, people[0]))
        told = date_format(timezone.localtime(placement.reply_by), "j. F Y")
        assert placement.status == "proposed" and placement.reply_by > timezone.now()
        sent_now()
        [body] = [one.body for one in sent.outbox if people[0].email in one.to]
        assert told in body
        assert fresh(people[0]).follow_up_on == timezone.localdate()


def test_who_was_not_told_that_the_place_ran_out_is_called(group, people, kari):
    with later(days=1):
        outbox.send_due()
    with later(days=9):
        places.expire_lapsed()
        type(people[0]).objects.filter(pk=people[0].pk).update(follow_up_on=None)
        corrected(people[0], kari.user)
        assert fresh(people[0]).follow_up_on == timezone.localdate()


def test_another_time_says_that_the_first_does_not_hold(agreed, people, kari):
    preparation.propose_start_up(agreed, make.moment(9), user=kari.user, version=agreed.version)
    row = people[0].mails.get(kind="start_up_moved")
    assert "gjelder ikke lenger" in row.body


def test_whom_the_time_did_not_suit_is_called_when_it_is_set(agreed, people):
    preparation.answer_start_up(place(agreed, people[0]), False)
    type(people[0]).objects.filter(pk=people[0].pk).update(follow_up_on=None)
    type(agreed).objects.filter(pk=agreed.pk).update(least=1)
    preparation.answer_start_up(place(agreed, people[1]), True)
    assert fresh(agreed).status == "ready"
    assert fresh(people[0]).follow_up_on == timezone.localdate()
