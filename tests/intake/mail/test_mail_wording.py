"""The wording of the mails in the Settings menu: a centre's own, in each language."""

import pytest
from wagtail.log_actions import registry

from home import roles
from linksite.intake.mail import outbox
from linksite.intake.models import MailText
from linksite.intake.queue import mail_kinds
from tests import factories as make
from tests.queues import content, logged_in

LIST = "/admin/mail-templates/"
MAY = [roles.GROUP_COORDINATOR, roles.NETWORK_COORDINATOR, roles.MANAGER]
EDITABLE = [name for name, kind in mail_kinds().items() if kind.editable]


@pytest.fixture
def kari(centre):
    return logged_in(roles.GROUP_COORDINATOR)


def page(kind="receipt", language="nb"):
    return f"{LIST}{kind}/{language}/"


def send(client, kind="receipt", language="nb", **data):
    words = {"subject": "Takk ({reference})", "body": "Hei! {contact}", **data}
    return client.post(page(kind, language), words)


def test_the_list_has_every_mail_in_each_language(kari):
    shown = content(kari.get(LIST))
    for kind in EDITABLE:
        for language in ("nb", "nn", "en"):
            assert page(kind, language) in shown
    assert page("notice") not in shown and "w-status--primary" not in shown


def test_own_words_are_used_from_the_next_mail_on(kari, centre):
    assert send(kari).url == LIST
    subject, body = outbox.written(make.GroupApplicationFactory(language="nb"), "receipt")
    assert subject.startswith("Takk (") and body.startswith("Hei!")
    assert "{" not in subject + body
    assert "w-status--primary" in content(kari.get(LIST))
    assert "Hei! {contact}" in content(kari.get(page()))


def test_the_original_words_come_back(kari):
    send(kari)
    assert "Use the original text" in content(kari.get(page()))
    assert kari.post(page(), {"do": "reset"}).url == LIST
    assert not MailText.objects.exists()
    assert kari.post(page(), {"do": "reset"}).url == LIST


def test_a_preview_is_filled_in_with_made_up_values_and_saves_nothing(kari):
    response = send(kari, do="preview", body="Ring {contact}.\n\n{centre}")
    assert response.status_code == 200 and not MailText.objects.exists()
    shown = content(response)
    assert "22 00 00 00" in shown and "7KM-3PQ" in shown and "Ring {contact}." in shown


@pytest.mark.parametrize("kind", EDITABLE)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_words_a_mail_comes_with_pass_and_can_be_previewed(kari, kind, language):
    make.TopicFactory(name="Sorg og savn")
    subject, body = mail_kinds()[kind].first_words(language)
    response = send(kari, kind, language, subject=subject, body=body, do="preview")
    assert response.status_code == 200
    assert "{" not in "".join(response.context["preview"])


def test_every_placeholder_has_a_made_up_value():
    known = [one for kind in mail_kinds().values() for one in kind.known.values()]
    assert all(str(one.label) and str(one.example) for one in known)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("receipt", {"body": "Hei {navn}"}),
        ("receipt", {"body": "Hei {link}"}),
        ("receipt", {"body": "Hei { reference }"}),
        ("receipt", {"body": "Hei {reference"}),
        ("receipt", {"body": "Hei {{ settings.SECRET_KEY }}"}),
        ("receipt", {"body": ""}),
        ("receipt", {"body": "\0"}),
        ("receipt", {"body": "x" * 10_000_000}),
        ("receipt", {"body": "Om Sorg og savn"}),
        ("receipt", {"subject": ""}),
        ("receipt", {"subject": "x" * 151}),
        ("receipt", {"subject": "Hei {centre}"}),
        ("receipt", {"subject": "Om selvhjelp"}),
        ("receipt", {"subject": "Om samtalegruppa"}),
        ("place", {"body": "Vi har et forslag til deg."}),
    ],
)
def test_words_that_tell_or_cannot_be_filled_in_are_refused(kari, kind, wrong):
    make.TopicFactory(name="Sorg og savn")
    response = send(kari, kind, **{"subject": "Behold meg", **wrong})
    assert response.status_code == 422 and not MailText.objects.exists()
    assert "Behold meg" in content(response) or "subject" in wrong


def test_a_subject_is_one_line(kari):
    send(kari, subject="Takk\r\nBcc: en@example.org")
    assert "\n" not in MailText.objects.get().subject


def test_saved_twice_or_by_two_it_is_one_text(kari):
    send(kari), send(logged_in(roles.MANAGER), subject="Hei")
    assert MailText.objects.get().subject == "Hei"


def test_it_is_logged_who_changed_which(kari):
    send(kari)
    [entry] = registry.get_logs_for_instance(MailText.objects.get())
    assert (entry.action, entry.user) == ("intake.mail_text", kari.user)
    assert entry.data == {"kind": "receipt", "language": "nb"}


@pytest.mark.parametrize(
    "path", [page("notice"), page("nonsense"), page(language="de"), page(language="nb-no")]
)
def test_what_has_no_words_to_choose_is_not_found(kari, path):
    assert kari.get(path, follow=True).status_code == 404


@pytest.mark.parametrize("role", [*roles.ROLES, ""])
def test_who_may_change_them(centre, role):
    client, may = logged_in(role), role in MAY
    for path in (LIST, page()):
        assert (client.get(path).status_code == 200) == may
    send(client)
    assert MailText.objects.exists() == may
    assert (LIST in content(client.get("/admin/", follow=True))) == may
