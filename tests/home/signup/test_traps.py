"""What keeps robots out costs nobody a signup: what was typed stays, and the next press works."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache.backends.locmem import LocMemCache
from django.utils import timezone
from django.views.debug import ExceptionReporter

from groups.models import GroupApplication, GroupMail
from home.signup.tokens import LONGEST, SHORTEST
from linksite.intake import throttle
from network.models import NetworkApplication
from tests.home.signup.visitor import fields, form_of, problems, soup

TYPED = {"name": "Åse", "message": "Gjerne på tirsdager", "phone": "912 34 567"}


def assert_kept(response):
    shown = fields(response)
    assert {name: shown[name] for name in TYPED} == {n: [value] for n, value in TYPED.items()}
    assert not GroupApplication.objects.exists()


def test_quicker_than_anybody_types(visitor):
    response = visitor.send(visitor.fill_in(**TYPED), after=SHORTEST - 1)
    assert list(problems(response)) == ["send"]
    assert_kept(response)
    assert visitor.send(fields(response), after=SHORTEST + 1).status_code == 303


@pytest.mark.parametrize("token", ["", "made-up", "WyJhIl0:1xUxjd:abc", "\0", "å" * 1000])
def test_a_form_that_did_not_come_from_us(visitor, token):
    response = visitor.send(visitor.fill_in(**TYPED, form_token=token))
    assert list(problems(response)) == ["send"]
    assert_kept(response)
    assert visitor.send(fields(response), after=120).status_code == 303


def test_a_form_left_open_for_days(visitor):
    response = visitor.send(visitor.fill_in(**TYPED), after=LONGEST + 60)
    assert list(problems(response)) == ["send"]
    assert_kept(response)
    assert visitor.send(fields(response), after=LONGEST + 120).status_code == 303


def test_a_form_left_open_over_night_is_fine(visitor):
    assert visitor.send(visitor.fill_in(**TYPED), after=20 * 60 * 60).status_code == 303


def test_the_trap_cannot_be_seen_nor_reached(visitor):
    trap = form_of(visitor.open(interest="group")).find(attrs={"name": "remarks"})
    assert trap["tabindex"] == "-1" and trap["autocomplete"] == "off"
    assert "form-unseen" in trap.find_parent(attrs={"aria-hidden": "true"})["class"]


def test_a_browser_that_filled_in_the_trap(visitor):
    response = visitor.send(visitor.fill_in(**TYPED, remarks="Storgata 1"))
    assert list(problems(response)) == ["id_remarks"]
    assert_kept(response)
    trap = form_of(response).find(attrs={"name": "remarks"})
    assert trap["value"] == "" if trap.has_attr("value") else True
    assert not trap.find_parent(attrs={"aria-hidden": "true"})
    assert visitor.send(fields(response)).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"origin": "https://elsewhere.example"},
        {"origin": "https://[half"},
        {"referer": "https://elsewhere.example/nb/"},
    ],
)
def test_a_form_sent_from_another_site(visitor, headers):
    response = visitor.send(visitor.fill_in(**TYPED), **headers)
    assert list(problems(response)) == ["send"]
    assert_kept(response)
    assert visitor.send(fields(response)).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "none"},
        {"origin": "null"},
        {"origin": "http://testserver"},
        {"origin": "https://testserver:8443"},
        {"origin": "https://trusted.example"},
        {"referer": "http://testserver/nb/pamelding/"},
    ],
)
def test_a_form_sent_from_here(visitor, settings, headers):
    settings.CSRF_TRUSTED_ORIGINS = ["https://trusted.example"]
    assert visitor.send(visitor.fill_in(), **headers).status_code == 303


def test_no_cookie_is_needed(client, visitor):
    data = visitor.fill_in()
    client.cookies.clear()
    client.handler.enforce_csrf_checks = True
    assert visitor.send(data).status_code == 303


def test_too_many_from_one_network(visitor, monkeypatch, centre):
    monkeypatch.setattr(throttle, "LIMITS", {False: 2, True: 4})
    for _ in range(2):
        assert visitor.sign_up().status_code == 303
    GroupApplication.objects.all().delete()
    response = visitor.sign_up(**TYPED)
    assert response.status_code == 429
    assert list(problems(response)) == ["send"]
    assert_kept(response)
    assert centre.settings.phone in soup(response).main.text
    assert visitor.send(fields(response), after=3700).status_code == 303


def test_a_partners_office_can_sign_up_a_dozen(visitor):
    for _ in range(15):
        assert visitor.sign_up("network").status_code == 303


def test_mistakes_do_not_count_against_anybody(visitor, monkeypatch):
    monkeypatch.setattr(throttle, "LIMITS", {False: 1, True: 1})
    for _ in range(5):
        assert visitor.sign_up(name="").status_code == 200
    assert visitor.sign_up().status_code == 303


def test_the_words_of_consent_changed_while_the_form_was_open(visitor, centre):
    data = visitor.fill_in(**TYPED)
    centre.nb.signup.group_consent = "Jeg samtykker til noe annet."
    centre.nb.signup.save()
    response = visitor.send(data)
    assert list(problems(response)) == ["id_consent"]
    assert_kept(response)
    again = fields(response)
    assert "consent" not in again
    assert visitor.send({**again, "consent": "on"}, after=120).status_code == 303
    assert GroupApplication.objects.get().consent_text == "Jeg samtykker til noe annet."


def test_a_double_click_makes_one_signup_with_one_receipt(visitor):
    data = visitor.fill_in(email="ase@example.org")
    first, second = visitor.send(data), visitor.send(data, after=61)
    assert first.status_code == second.status_code == 303
    assert GroupApplication.objects.count() == 1
    reference = GroupApplication.objects.get().reference
    for response in (first, second):
        assert reference in visitor.client.get(response.url).content.decode()
    assert GroupMail.objects.count() == 1


def test_going_back_and_changing_something_makes_a_new_signup(visitor):
    data = visitor.fill_in()
    visitor.send(data)
    visitor.send({**data, "message": "Og en ting til"})
    assert GroupApplication.objects.count() == 2


def test_two_people_who_write_the_same_are_two(visitor):
    visitor.sign_up()
    visitor.sign_up()
    assert GroupApplication.objects.count() == 2


def test_nothing_somebody_wrote_is_left_in_session_cache_or_log(visitor, caplog, monkeypatch):
    cached = []
    monkeypatch.setattr(LocMemCache, "set", lambda *args, **kwargs: cached.append(args))
    caplog.set_level("DEBUG")
    data = visitor.fill_in(name="Hemmelig Navn", email="hemmelig@example.org", remarks="x")
    visitor.send(data)
    visitor.send({**data, "remarks": ""})
    assert GroupApplication.objects.count() == 1
    assert not visitor.client.session.keys()
    assert "emmelig" not in str(cached)
    assert "emmelig" not in caplog.text


def test_an_error_report_shows_nothing_somebody_wrote(visitor, monkeypatch, settings):
    seen = {}

    def fail(request, **kwargs):
        seen["request"] = request
        raise RuntimeError

    monkeypatch.setattr(throttle, "admit", fail)
    data = visitor.fill_in(name="Hemmelig Navn")
    visitor.client.raise_request_exception = False
    assert visitor.send(data).status_code == 500
    settings.DEBUG = False
    text = ExceptionReporter(seen["request"], None, None, None).get_traceback_text()
    assert "POST" in text and "Hemmelig" not in text


def test_one_mailbox_gets_three_receipts_a_day_and_every_signup_is_taken(visitor):
    for number in range(5):
        address = "kari@example.org" if number % 2 else "KARI@example.org"
        assert visitor.sign_up("group", name=f"Nr {number}", email=address).status_code == 303
    assert GroupApplication.objects.count() == 5
    assert GroupMail.objects.filter(kind="receipt").count() == 3
    visitor.sign_up("network", email="kari@example.org")
    assert not NetworkApplication.objects.get().mails.filter(kind="receipt").exists()
    visitor.sign_up("group", name="En annen", email="ola@example.org")
    assert GroupMail.objects.filter(kind="receipt").count() == 4
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        visitor.sign_up("group", name="Senere", email="kari@example.org")
    assert GroupMail.objects.filter(kind="receipt").count() == 5


def test_a_form_opened_by_a_clock_that_runs_ahead_is_taken(visitor):
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        data = visitor.fill_in(**TYPED)
    assert visitor.client.post(visitor.page.url, data).status_code == 303
