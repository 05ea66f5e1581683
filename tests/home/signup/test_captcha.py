"""Google's robot check: asked last and once, and never the reason a signup is lost."""

import io
import json
from http.client import BadStatusLine
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django_recaptcha import client as google

from groups.models import GroupApplication
from linksite.intake import throttle
from tests.home.signup.visitor import Visitor, fields, form_of, problems, soup

TOKEN = {"g-recaptcha-response": "a-token"}


class Google:
    """Replaces the request to Google, and records what it is asked."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = []

    def __call__(self, params):
        self.asked.append(parse_qs(params.decode()))
        if isinstance(self.answer, Exception):
            raise self.answer
        body = self.answer if isinstance(self.answer, bytes) else json.dumps(self.answer).encode()
        return io.BytesIO(body)


@pytest.fixture
def ask(monkeypatch, settings):
    """Turn the check on; call it with Google's answer."""
    settings.RECAPTCHA_PUBLIC_KEY, settings.RECAPTCHA_PRIVATE_KEY = "public", "private"

    def answers(answer):
        stand_in = Google(answer)
        monkeypatch.setattr(google, "recaptcha_request", stand_in)
        return stand_in

    return answers


def test_without_keys_there_is_no_check(visitor, monkeypatch):
    stand_in = Google({"success": False})
    monkeypatch.setattr(google, "recaptcha_request", stand_in)
    response = visitor.open(interest="group")
    assert "recaptcha" not in response.content.decode()
    assert "google" not in response["Content-Security-Policy"]
    assert visitor.sign_up(**TOKEN).status_code == 303
    assert not stand_in.asked
    assert GroupApplication.objects.get().verified is False


@pytest.mark.parametrize("missing", ["RECAPTCHA_PUBLIC_KEY", "RECAPTCHA_PRIVATE_KEY"])
def test_one_key_is_not_enough(visitor, ask, settings, missing):
    setattr(settings, missing, "")
    assert not soup(visitor.open(interest="group")).find(attrs={"data-robot-check": True})


def test_nothing_of_googles_is_loaded_before_the_click(visitor, ask):
    response = visitor.open(interest="group")
    page = soup(response)
    box = page.find(attrs={"data-robot-check": "public"})
    assert box.has_attr("hidden")
    assert box.find("button")["type"] == "button"
    loaded = [
        tag.get("src") or tag.get("href") for tag in page.find_all(["script", "link", "iframe"])
    ]
    assert not [address for address in loaded if "google" in str(address)]
    assert not [script for script in page.find_all("script") if script.text.strip()]


def test_the_policy_opens_for_the_form_alone(visitor, ask, centre):
    policy = visitor.open(interest="group")["Content-Security-Policy"]
    assert "script-src 'self' https://www.google.com/recaptcha/" in policy
    assert "unsafe" not in policy
    for url in (centre.nb.home.url, visitor.page.url):
        assert "google" not in visitor.client.get(url)["Content-Security-Policy"]


def test_google_vouches_for_somebody(visitor, ask):
    stand_in = ask({"success": True, "hostname": "x"})
    assert visitor.sign_up(**TOKEN).status_code == 303
    assert GroupApplication.objects.get().verified is True
    assert stand_in.asked == [{"secret": ["private"], "response": ["a-token"]}]


def test_who_does_not_take_the_check_is_let_in_unverified(visitor, ask):
    stand_in = ask({"success": False})
    assert visitor.sign_up().status_code == 303
    assert GroupApplication.objects.get().verified is False
    assert not stand_in.asked


@pytest.mark.parametrize("codes", [None, [], ["timeout-or-duplicate"], ["invalid-input-response"]])
def test_google_says_no(visitor, ask, codes):
    ask({"success": False, "error-codes": codes})
    response = visitor.sign_up(**TOKEN, message="Behold meg")
    assert response.status_code == 200
    assert list(problems(response)) == ["send"]
    assert fields(response)["message"] == ["Behold meg"]
    assert not GroupApplication.objects.exists()
    assert visitor.send(fields(response)).status_code == 303


@pytest.mark.parametrize(
    "answer",
    [
        URLError(OSError("Name or service not known")),
        ConnectionRefusedError(),
        TimeoutError(),
        HTTPError("https://www.google.com", 500, "Oops", {}, None),
        HTTPError("https://www.google.com", 404, "Gone", {}, None),
        BadStatusLine("x"),
        b"<html>Sorry</html>",
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"7",
        {},
        {"success": None},
        {"success": "maybe"},
        {"success": False, "error-codes": ["invalid-input-secret"]},
        {"success": False, "error-codes": ["missing-input-secret", "x"]},
        {"success": False, "error-codes": ["bad-request"]},
    ],
)
def test_no_failure_of_googles_or_ours_costs_a_signup(visitor, ask, answer):
    stand_in = ask(answer)
    assert visitor.sign_up(**TOKEN).status_code == 303
    assert GroupApplication.objects.get().verified is False
    assert len(stand_in.asked) == 1


def test_google_is_asked_last(visitor, ask):
    stand_in = ask({"success": True})
    visitor.sign_up(**TOKEN, name="")
    visitor.sign_up(**TOKEN, remarks="x")
    visitor.send(visitor.fill_in(**TOKEN), after=0)
    visitor.send(visitor.fill_in(**TOKEN), origin="https://elsewhere.example")
    visitor.sign_up(**TOKEN, age_band="under")
    assert not stand_in.asked


def test_a_double_click_does_not_spend_the_token_twice(visitor, ask):
    stand_in = ask({"success": True})
    data = visitor.fill_in(**TOKEN)
    assert visitor.send(data).url and visitor.send(data).status_code == 303
    assert len(stand_in.asked) == 1
    assert GroupApplication.objects.count() == 1


def test_the_check_taken_once_more_does_not_make_it_another_signup(visitor, ask):
    ask({"success": True})
    data = visitor.fill_in(**TOKEN)
    visitor.send(data)
    visitor.send({**data, "g-recaptcha-response": "another-token"})
    assert GroupApplication.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_google_is_not_asked_inside_a_transaction(client, centre, ask):
    inside = []

    class Watching(Google):
        def __call__(self, params):
            inside.append(connection.in_atomic_block)
            return super().__call__(params)

    visitor = Visitor(client, centre.nb.signup)
    google.recaptcha_request = Watching({"success": True})
    try:
        assert visitor.sign_up(**TOKEN).status_code == 303
    finally:
        google.recaptcha_request = ask({"success": True})
    assert inside == [False]


def test_who_passed_the_check_may_send_more(visitor, ask, monkeypatch):
    monkeypatch.setattr(throttle, "LIMITS", {False: 0, True: 1})
    ask({"success": True})
    assert visitor.sign_up().status_code == 429
    assert visitor.sign_up(**TOKEN).status_code == 303


def test_no_visitors_address_and_nothing_typed_reaches_google_or_the_log(visitor, ask, caplog):
    stand_in = ask(URLError("hemmelig"))
    data = visitor.fill_in(name="Hemmelig", **TOKEN)
    visitor.send(data, x_forwarded_for="203.0.113.7")
    assert set(stand_in.asked[0]) == {"secret", "response"}
    assert "emmelig" not in caplog.text and "203.0" not in caplog.text
    assert "URLError" in caplog.text


def test_the_form_shows_no_widget_with_inline_script(visitor, ask):
    assert not form_of(visitor.open(interest="group")).find_all("script")
