"""The outbox: nothing is lost when the mail server is down, and nothing confidential is said."""

import smtplib
from datetime import timedelta
from unittest.mock import Mock

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.utils import timezone

from groups.models import GroupMail
from home import roles
from linksite.intake.mail import outbox
from linksite.intake.models import MailStatus, QueueSettings
from network.models import NetworkMail
from tests import factories as make
from tests.queues import content, logged_in, page_of


@pytest.fixture
def application(centre):
    centre.settings.phone, centre.settings.email = "22 00 00 00", "post@link.example"
    centre.settings.save()
    return make.GroupApplicationFactory(name="Hemmelig Navn", email="hemmelig@example.org")


def queue(application, language="", name="receipt", to=""):
    return outbox.queue(application, name, to=to, language=language)


@pytest.fixture
def kari(db):
    return logged_in(roles.GROUP_COORDINATOR)


@pytest.fixture
def dead_server(monkeypatch):
    """Make every attempt to send fail with a text that holds the address."""

    def fail(self, **kwargs):
        raise smtplib.SMTPRecipientsRefused({self.to[0]: (451, b"Try later")})

    monkeypatch.setattr(EmailMessage, "send", fail)


def test_a_mail_in_the_outbox_is_sent_once(application, mailoutbox):
    row = queue(application)
    assert outbox.send_due() == 1
    assert outbox.send_due() == 0
    assert [message.to for message in mailoutbox] == [["hemmelig@example.org"]]
    row.refresh_from_db()
    assert row.status == MailStatus.SENT and row.sent_at and row.attempts == 1


def test_every_queues_outbox_is_emptied(application, mailoutbox):
    queue(application)
    queue(make.NetworkApplicationFactory())
    assert outbox.outboxes() == [GroupMail, NetworkMail]
    assert outbox.send_due() == 2


def test_a_mail_is_set_off_when_the_transaction_commits(
    application, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        queue(application)
        assert not mailoutbox
    assert len(mailoutbox) == 1


def test_a_dead_server_delays_a_mail_and_loses_nothing(application, mailoutbox, monkeypatch):
    row = queue(application)
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", lambda self: 1 / 0)
        assert outbox.send_due() == 0
    row.refresh_from_db()
    assert row.status == MailStatus.QUEUED
    assert outbox.send_due() == 0
    with time_machine.travel(timezone.now() + outbox.RETRY_AFTER[0] + timedelta(seconds=1)):
        assert outbox.send_due() == 1
    assert len(mailoutbox) == 1


def test_each_attempt_waits_longer_up_to_a_day(application, dead_server):
    row = queue(application)
    now = timezone.now()
    for attempt, wait in enumerate([*outbox.RETRY_AFTER, outbox.RETRY_AFTER[-1]], start=1):
        with time_machine.travel(now, tick=False):
            outbox.send_due()
            row.refresh_from_db()
            assert (row.attempts, row.status) == (attempt, MailStatus.QUEUED)
            assert row.due_at == timezone.now() + wait
        now += wait
    assert outbox.RETRY_AFTER[-1] == timedelta(days=1)


def test_a_mail_is_given_up_after_a_month_and_the_log_says_so(application, dead_server, caplog):
    row = queue(application)
    with time_machine.travel(row.created_at + timedelta(days=29), tick=False):
        outbox.send_due()
        row.refresh_from_db()
        assert row.status == MailStatus.QUEUED
    with time_machine.travel(row.created_at + timedelta(days=31), tick=False):
        outbox.send_due()
        row.refresh_from_db()
        assert row.status == MailStatus.FAILED
    assert [record.levelname for record in caplog.records][-1] == "ERROR"
    assert application.email not in caplog.text
    with time_machine.travel(row.created_at + timedelta(days=365), tick=False):
        assert outbox.send_due() == 0
    attempts = row.attempts
    row.refresh_from_db()
    assert row.attempts == attempts


@pytest.mark.parametrize("code", [550, 551, 553, 556])
def test_a_refused_mail_is_not_tried_again_and_somebody_calls_today(
    application, monkeypatch, kari, code
):
    refusal = smtplib.SMTPRecipientsRefused({application.email: (code, b"No such user")})
    row = queue(application)
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", Mock(side_effect=refusal))
        assert outbox.send_due() == 0
    row.refresh_from_db()
    application.refresh_from_db()
    assert (row.status, row.attempts) == (MailStatus.REFUSED, 1)
    assert application.follow_up_on == timezone.localdate()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert outbox.send_due() == 0
    assert "Email to this address is refused" in content(kari.get(page_of(application)))
    application.email = "riktig@example.org"
    application.save()
    assert "Email to this address is refused" not in content(kari.get(page_of(application)))


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"hemmelig@example.org": (450, b"Busy")}),
        smtplib.SMTPSenderRefused(550, b"Who are you?", "post@example.org"),
        smtplib.SMTPAuthenticationError(535, b"Wrong password"),
        smtplib.SMTPDataError(554, b"Try elsewhere"),
        smtplib.SMTPServerDisconnected(),
        TimeoutError(),
    ],
)
def test_what_may_pass_or_is_our_own_fault_is_tried_on(application, monkeypatch, error):
    row = queue(application)
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", Mock(side_effect=error))
        outbox.send_due()
    row.refresh_from_db()
    assert row.status == MailStatus.QUEUED and row.due_at > timezone.now()


def test_the_newest_goes_first_and_all_go_in_one_run(application, mailoutbox):
    for number in range(outbox.BATCH + 5):
        queue(application, to=f"{number}@example.org")
    GroupMail.objects.filter(to="3@example.org").update(attempts=2)
    assert outbox.send_due() == outbox.BATCH + 5
    order = [message.to[0] for message in mailoutbox]
    assert (order[0], order[-1]) == ("104@example.org", "3@example.org")


def test_a_mail_says_whom_to_answer_and_that_a_machine_sent_it(application, mailoutbox):
    queue(application)
    queue(application, name="not_reached")
    outbox.send_due()
    by_hand, receipt = mailoutbox
    assert receipt.reply_to == by_hand.reply_to == ["post@link.example"]
    assert receipt.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "Auto-Submitted" not in by_hand.extra_headers


def test_sent_again_it_is_the_same_message(application, mailoutbox):
    row = queue(application)
    outbox.send_due()
    GroupMail.objects.update(status=MailStatus.SENDING, due_at=timezone.now())
    queue(application)
    outbox.send_due()
    ids = [message.message()["Message-ID"] for message in mailoutbox]
    assert len(ids) == 3 and ids.count(ids[0]) == 2
    assert str(row.pk) != ids[0].split("@")[0].strip("<")


def test_one_mail_that_cannot_be_sent_does_not_stop_the_others(
    application, mailoutbox, monkeypatch
):
    send = EmailMessage.send

    def only_some(self, **kwargs):
        if self.to == ["full@example.org"]:
            raise OSError
        return send(self, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", only_some)
    queue(application, to="full@example.org")
    queue(application)
    assert outbox.send_due() == 1
    assert [message.to for message in mailoutbox] == [["hemmelig@example.org"]]


def test_two_workers_send_a_mail_once(application, mailoutbox, monkeypatch):
    send = EmailMessage.send

    def while_another_works(self, **kwargs):
        assert outbox.send_due() == 0
        return send(self, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", while_another_works)
    queue(application)
    assert outbox.send_due() == 1
    assert len(mailoutbox) == 1


def test_what_a_dead_worker_left_is_taken_up_by_the_next(application, mailoutbox, monkeypatch):
    def die(self, **kwargs):
        raise SystemExit

    row = queue(application)
    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(EmailMessage, "send", die)
        outbox.send_due()
    row.refresh_from_db()
    assert row.status == MailStatus.SENDING
    assert outbox.send_due() == 0
    with time_machine.travel(timezone.now() + outbox.CLAIM + timedelta(seconds=1)):
        assert outbox.send_due() == 1


def test_the_log_tells_neither_address_nor_name(application, dead_server, caplog):
    caplog.set_level("DEBUG", logger="linksite")
    row = queue(application)
    outbox.send_due()
    assert f"groups.GroupMail {row.pk} not sent yet: SMTPRecipientsRefused" in caplog.text
    assert "emmelig" not in caplog.text


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_receipt_says_what_is_needed_and_nothing_else(application, language):
    topic = make.TopicFactory(name="Sorg og savn")
    application.topics.add(topic)
    row = queue(application, language)
    assert application.reference in row.subject and application.reference in row.body
    assert "22 00 00 00" in row.body and "post@link.example" in row.body and "2" in row.body
    for secret in ("Hemmelig", "Sorg", application.message, application.phone.as_national):
        assert secret not in row.subject + row.body
    for telling in ("group", "gruppe", "selvhjelp", "sjølvhjelp", "self-help", "LINK"):
        assert telling.lower() not in row.subject.lower()
    assert "\n" not in row.subject
    assert "\n\n\n" not in row.body
    assert "&" not in row.body


def test_a_receipt_is_in_the_applicants_language(application):
    bodies = {queue(application, language).body for language in ("nb", "nn", "en")}
    assert len(bodies) == 3


def test_staff_are_told_the_reference_only(application):
    row = queue(application, name="notice", to="post@link.example")
    assert application.reference in row.subject
    for secret in ("Hemmelig", "hemmelig@example.org", application.message):
        assert secret not in row.subject + row.body


def test_mails_go_with_their_application(application):
    queue(application)
    application.delete()
    assert not GroupMail.objects.exists()


def test_a_centre_without_phone_and_address_still_sends_a_receipt(application, centre):
    centre.settings.name, centre.settings.phone, centre.settings.email = "LINK", "", ""
    centre.settings.save()
    QueueSettings.objects.create(answer_within_days=1)
    row = queue(application, "en")
    assert "1 working day." in row.body
    assert row.body.endswith("LINK\n")
    assert "\n\n\n" not in row.body


def test_a_corrected_address_gets_what_still_waits_for_the_wrong_one(application, mailoutbox):
    row = queue(application)
    notice = queue(application, name="notice", to="post@link.example")
    outbox.redirect(application, "riktig@example.org")
    row.refresh_from_db(), notice.refresh_from_db()
    assert (row.to, notice.to) == ("riktig@example.org", "post@link.example")


def test_an_address_that_was_wrong_and_has_no_other_gets_nothing(application, mailoutbox):
    row = queue(application)
    outbox.redirect(application, "")
    assert outbox.send_due() == 0
    row.refresh_from_db()
    assert row.status == MailStatus.FAILED
