"""Mails that staff send by hand: checked first, neutral, and shown in the history."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.log_actions import registry

from home import roles
from linksite.intake.mail import confidentiality
from linksite.intake.models import MailText
from tests import factories as make
from tests.queues import GROUP_QUEUE, NETWORK_QUEUE, content, logged_in, page_of


@pytest.fixture
def kari(centre):
    return logged_in(roles.GROUP_COORDINATOR)


@pytest.fixture
def application(centre):
    return make.GroupApplicationFactory(language="en")


def page(application, kind="not_reached"):
    label = application._meta.app_label
    return f"/admin/{label}/applications/write/{application.pk}/{kind}/"


def send(client, application, kind="not_reached", body="We will call again on Monday.", **data):
    return client.post(page(application, kind), {"body": body, "version": 1, **data})


def test_the_page_leads_to_each_mail_that_is_sent_by_hand(kari, application):
    shown = content(kari.get(page_of(application)))
    assert page(application, "not_reached") in shown and page(application, "still_waiting") in shown
    for kind in ("receipt", "onward", "place", "notice"):
        assert page(application, kind) not in shown
        assert kari.get(page(application, kind), follow=True).status_code == 404


def test_it_is_shown_filled_in_before_it_is_sent(kari, application):
    response = kari.get(page(application))
    assert application.reference in response.context["subject"]
    assert "LINK" in response.context["form"]["body"].value()
    assert "{" not in response.context["form"]["body"].value()
    assert not application.mails.exists()


def test_it_is_in_the_language_of_who_gets_it_and_in_the_centres_words(kari, application):
    MailText.objects.create(kind="not_reached", language="en", subject="Hello", body="Own words.")
    assert kari.get(page(application)).context["form"]["body"].value() == "Own words."
    norwegian = make.GroupApplicationFactory(language="nb")
    assert "Own words" not in kari.get(page(norwegian)).context["form"]["body"].value()


def test_what_was_adapted_is_sent_and_stands_in_the_history(
    kari, application, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert send(kari, application).status_code == 302
    [message] = mailoutbox
    assert message.to == [application.email]
    assert message.body == "We will call again on Monday.\n"
    shown = content(kari.get(page_of(application)))
    assert "We will call again on Monday." in shown and ">Sent<" in shown
    assert kari.user.get_full_name() in shown


def test_the_log_knows_the_kind_and_no_word_of_it(kari, application):
    send(kari, application)
    entry = registry.get_logs_for_instance(application).get(action="intake.mail")
    assert set(entry.data) == {"kind", "mail", "version"}
    assert entry.data["kind"] == "not_reached"


def test_the_subject_is_not_for_changing(kari, application):
    send(kari, application, subject="Om sorggruppa")
    assert "sorggruppa" not in application.mails.get().subject


@pytest.mark.parametrize("named", ["SORG  OG\r\nSAVN", "sorg og savns", "Grief", "Tirsdagsgruppa"])
def test_a_mail_that_tells_is_refused_and_nothing_typed_is_lost(kari, application, centre, named):
    make.TopicFactory(name="Sorg og savn", name_en="Grief")
    make.GroupOfferPageFactory(parent=centre.nb.groups, title="Tirsdagsgruppa")
    response = send(kari, application, body=f"About {named}, call us at 22 00 00 00.")
    assert response.status_code == 422
    assert "must not say" in content(response) and "call us at 22 00 00 00" in content(response)
    assert not application.mails.exists()


@pytest.mark.parametrize("body", ["Grieving takes time", "Sorgenfri vei 1", "Rus", ""])
def test_only_whole_words_tell(db, body):
    make.TopicFactory(name="Russ"), make.TopicFactory(name="Sorgen", name_en="Grief")
    confidentiality.check_body(body)


@pytest.mark.parametrize(
    "subject", ["Din selvhjelpsgruppe", "Our SELF-HELP group", "Samtalegruppen"]
)
def test_a_subject_says_nothing_of_what_the_centre_does(db, subject):
    with pytest.raises(ValidationError):
        confidentiality.check_subject(subject)
    confidentiality.check_body(subject)


@pytest.mark.parametrize("body", ["", "  \r\n", "\0", "x" * 10_000_000])
def test_what_cannot_be_a_mail_is_refused(kari, application, body):
    assert send(kari, application, body=body).status_code == 422
    assert not application.mails.exists()


def test_sent_twice_it_is_one_mail(kari, application):
    assert send(kari, application).status_code == 302
    again = send(kari, application)
    assert again.status_code == 409 and "on Monday" in content(again)
    assert application.mails.count() == 1


def test_nobody_is_written_to_without_address_or_after_closing(kari, centre):
    for fields in ({"email": ""}, {"closed": True}):
        application = make.GroupApplicationFactory(**fields)
        assert page(application) not in content(kari.get(page_of(application)))
        assert send(kari, application).status_code == 409
        assert not application.mails.exists()


@pytest.mark.parametrize("role", [*roles.ROLES, ""])
@pytest.mark.parametrize("queue", [GROUP_QUEUE, NETWORK_QUEUE])
def test_who_may_write(centre, role, queue):
    factory = {GROUP_QUEUE: make.GroupApplicationFactory}.get(queue, make.NetworkApplicationFactory)
    application = factory(name="Zacharias Hemmelig")
    may = (role, queue) in {
        (roles.GROUP_COORDINATOR, GROUP_QUEUE),
        (roles.NETWORK_COORDINATOR, NETWORK_QUEUE),
    }
    client = logged_in(role)
    assert ("Hemmelig" in content(client.get(page(application), follow=True))) == may
    send(client, application)
    assert application.mails.exists() == may


def test_the_page_stays_within_its_budget_of_queries(
    kari, application, django_assert_max_num_queries
):
    for number in range(5):
        application.notes.create(text=f"Notat {number}", author=kari.user)
        application.mails.create(kind="receipt", to="a@example.org", subject="s", body="b")
    kari.get(page_of(application))
    with django_assert_max_num_queries(37):
        kari.get(page_of(application))
