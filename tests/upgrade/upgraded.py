"""What people find in a centre that older code made. `test_upgrade.py` runs this on such a one.

It knows what outlives every change of the code: addresses, URL names, models by their labels,
commands, and what is stored.
"""

import os
import re
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from tests.upgrade.make import PASSWORD

MADE = datetime.fromisoformat(os.environ["MADE"])

LANGUAGES = ["nb", "nn", "en"]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Bring the old centre up to date, in place of making an empty database."""
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)


@pytest.fixture(autouse=True)
def clock():
    """Let it be an hour after the centre was made."""
    with time_machine.travel(MADE + timedelta(hours=1)) as clock:
        yield clock


def rows(label):
    """Return the rows of a model."""
    return apps.get_model(label).objects.all()


def read(client, address):
    """Return the page at an address, which has to open."""
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def link_of(application):
    """Return the link by which somebody answers, as it stands in their newest mail."""
    body = application.mails.filter(body__contains="/svar/").latest("pk").body
    [link] = re.findall(r"https?://[^/]+(/\S+/svar/\S+)", body)
    return link


def with_mails(**where):
    """Return the first place, in this state, of somebody who can be written to."""
    return rows("groups.Placement").exclude(application__email="").filter(**where).earliest("pk")


def press(client, link, answer):
    """Press a button of the page behind a link; return the page it leads to."""
    page = read(client, link)
    button = page.find("button", attrs={"name": "answer", "value": answer})
    turn = button.find_parent("form").find("input", attrs={"name": "turn"})["value"]
    return client.post(link, {"turn": turn, "answer": answer}, follow=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "label",
    [
        "home.HomePage",
        "home.StandardPage",
        "home.ArticleIndexPage",
        "home.ArticlePage",
        "groups.GroupIndexPage",
        "groups.GroupOfferPage",
        "network.NetworkIndexPage",
        "network.NetworkMeetingPage",
        "home.SignupPage",
    ],
)
def test_a_page_of_each_kind_can_be_read(client, label, language):
    page = rows(label).filter(locale__language_code=language).earliest("pk")
    assert read(client, page.url).h1.get_text(strip=True) == page.title


@pytest.mark.parametrize("interest", ["group", "network"])
def test_the_signup_form_opens(client, interest):
    for page in rows("home.SignupPage"):
        form = read(client, f"{page.url}?interest={interest}").find("form", method="post")
        assert form.find("input", attrs={"name": "consent"})


def test_pages_are_found(client):
    assert read(client, "/nb/search/?q=igangsetter").main.select("a[href^='/nb/']")


def test_an_old_receipt_opens_until_its_time_is_over(client, clock):
    application = rows("groups.GroupApplication").get(name="Åse Kvittering")
    assert application.reference in read(client, os.environ["RECEIPT"]).get_text()
    clock.shift(timedelta(days=31))
    assert client.get(os.environ["RECEIPT"]).status_code == 410


@pytest.mark.parametrize(
    ("answer", "place", "status"),
    [("yes", "accepted", "placed"), ("no", "declined", "waiting")],
)
def test_an_old_link_takes_an_answer_to_a_place(client, answer, place, status):
    placement = with_mails(status="proposed")
    assert press(client, link_of(placement.application), answer).status_code == 200
    placement.refresh_from_db()
    assert (placement.status, placement.application.status) == (place, status)


def test_an_old_link_takes_a_yes_to_the_start_up_meeting(client):
    asked = {"group__start_up_at__isnull": False, "agrees": None, "group__status": "forming"}
    placement = with_mails(status="accepted", **asked)
    assert press(client, link_of(placement.application), "yes").status_code == 200
    placement.refresh_from_db()
    assert placement.agrees is True


def test_an_old_link_gives_the_start_up_meeting_for_the_calendar(client):
    placement = with_mails(status="accepted", agrees=True, group__status="ready")
    response = client.get(link_of(placement.application) + "avtale.ics")
    assert response["Content-Type"].startswith("text/calendar")
    assert placement.group.start_up_at.strftime("%Y%m%dT") in response.content.decode()


def test_the_regular_work_frees_an_old_place_that_ran_out(client, clock):
    placement = with_mails(status="proposed")
    clock.move_to(placement.reply_by + timedelta(days=1))
    call_command("tend")
    placement.refresh_from_db()
    assert (placement.status, placement.application.status) == ("expired", "waiting")


@pytest.fixture
def staff(client):
    """Return a function that logs in somebody who had an account, and returns their browser."""

    def log_in(username):
        said = {"username": username, "password": PASSWORD}
        assert client.post(reverse("wagtailadmin_login"), said).status_code == 302
        read(client, reverse("wagtailadmin_home"))
        return client

    return log_in


@pytest.mark.parametrize(
    ("username", "queue", "label"),
    [
        ("gruppe", "group_applications", "groups.GroupApplication"),
        ("nettverk", "network_applications", "network.NetworkApplication"),
    ],
)
def test_a_coordinator_finds_everybody_in_the_queue(staff, username, queue, label):
    client = staff(username)
    application = rows(label).exclude(closed_at=None).exclude(notes=None).earliest("pk")
    for query in (application.reference, application.name.upper()):
        found = read(client, reverse(f"{queue}:index") + f"?q={quote(query)}")
        assert application.name in found.main.get_text()
    detail = read(client, reverse(f"{queue}:inspect", args=[application.pk])).main.get_text()
    assert " ".join(application.notes.earliest("pk").text.split()) in " ".join(detail.split())


def test_a_coordinator_finds_the_groups_and_those_in_them(staff):
    client = staff("gruppe")
    read(client, reverse("groups_board:index"))
    overview = read(client, reverse("self_help_groups:index")).main.get_text()
    read(client, reverse("self_help_groups:meetings"))
    for group in rows("groups.SelfHelpGroup").filter(status__in=["forming", "ready", "supported"]):
        assert group.name in overview
        page = read(client, reverse("self_help_groups:inspect", args=[group.pk])).main.get_text()
        for placement in group.placements.filter(status="accepted"):
            assert placement.application.name in page


def test_the_manager_finds_the_figures(staff):
    assert read(staff("leder"), reverse("figures")).main.select("table td")


def test_an_editor_edits_and_still_sees_nobody_who_signed_up(staff):
    client = staff("redaktor")
    page = rows("home.ArticlePage").earliest("pk")
    read(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert client.get(reverse("group_applications:index")).status_code == 302
    assert client.get(reverse("figures")).status_code == 302


def test_somebody_erased_is_nowhere_any_more():
    placement = with_mails(status="proposed", application__notes__isnull=False)
    application = placement.application
    pk, email = application.pk, application.email
    assert kept_of(email)

    call_command("erase_applications", application.reference)

    assert not rows("groups.GroupApplication").filter(pk=pk).exists()
    for label in ("groups.GroupNote", "groups.GroupMail"):
        assert not rows(label).filter(application_id=pk).exists()
    assert not kept_of(email)


def kept_of(words):
    """Return the models with a row, of any table, that holds these words."""
    models = apps.get_models(include_auto_created=True)
    return [
        model._meta.label
        for model in models
        if model._meta.managed and any(words in str(row) for row in model._base_manager.values())
    ]
