"""The receipt: what it says, what it keeps to itself, and for how long it opens."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode

from groups.models import GroupApplication
from home.signup import tokens
from network.models import NetworkApplication
from tests import factories as make
from tests.home.signup.visitor import Visitor, soup


def text_of(response):
    return " ".join(soup(response).main.get_text(" ").split())


@pytest.fixture
def receipt(visitor, centre):
    topic = make.TopicFactory(name="Sorg og savn")
    make.GroupOfferPageFactory(parent=centre.nb.groups, slug="s", title="Etter et tap")
    data = visitor.fill_in("group", {"offer": "s"}, email="ase@example.org", name="Hemmelig")
    response = visitor.send({**data, "topics": topic.slug})
    return visitor.client.get(response.url)


def test_it_says_what_happens_next_by_when_and_whom_to_ask(receipt, centre):
    text = text_of(receipt)
    assert GroupApplication.objects.get().reference in text
    assert "Vi ringer deg." in text
    assert "2" in text
    assert centre.settings.phone in text and centre.settings.email in text


def test_it_gives_nothing_away(receipt):
    page = receipt.content.decode()
    for secret in ("Hemmelig", "ase@example.org", "912 34 567", "Sorg og savn", "Etter et tap"):
        assert secret not in page


def test_nobody_keeps_it(receipt):
    assert receipt["Cache-Control"] == "no-store"
    assert receipt["X-Robots-Tag"] == "noindex"
    assert receipt["Referrer-Policy"] == "no-referrer"


def test_it_tells_of_a_mail_only_when_one_is_sent(visitor):
    with_mail = visitor.client.get(visitor.sign_up(email="ase@example.org").url)
    without = visitor.client.get(visitor.sign_up().url)
    assert len(text_of(with_mail)) > len(text_of(without))
    assert soup(with_mail).find(id="mail") and not soup(without).find(id="mail")


def test_the_network_is_told_how_many_people(visitor):
    rows = {f"people-{n}-name": f"Igangsetter {n}" for n in range(3)}
    response = visitor.client.get(visitor.sign_up("network", **rows).url)
    assert NetworkApplication.objects.get().reference in text_of(response)
    assert "3" in soup(response).find(class_="form-receipt").text
    assert "Igangsetter" not in text_of(response)


def test_it_opens_again_for_a_month(visitor):
    url = visitor.sign_up().url
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert visitor.client.get(url).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert visitor.client.get(url).status_code == 410


@pytest.mark.parametrize("token", ["x", "å", "AAAA", "-", "_" * 3000, "YTpiOmM"])
def test_a_link_that_is_not_ours_gets_a_friendly_page(visitor, token, centre):
    response = visitor.client.get(f"{visitor.page.url}receipt/{token}/")
    assert response.status_code == 410
    assert centre.settings.phone in text_of(response)
    assert response["Cache-Control"] == "no-store"


def test_a_signup_that_was_deleted_leaves_no_receipt(visitor):
    url = visitor.sign_up().url
    GroupApplication.objects.all().delete()
    assert visitor.client.get(url).status_code == 410


def test_a_reference_nobody_has_opens_nothing(visitor):
    visitor.sign_up("group")
    url = visitor.page.url + "receipt/" + tokens.receipt_token("222-222") + "/"
    assert visitor.client.get(url).status_code == 410


@pytest.mark.parametrize("interest", ["group", "network"])
def test_the_address_tells_neither_the_queue_nor_how_many_there_are(visitor, interest):
    url = visitor.sign_up(interest).url
    signed = urlsafe_base64_decode(url.rstrip("/").rpartition("/")[2]).decode()
    queue = {"group": GroupApplication, "network": NetworkApplication}[interest]
    payload = json.loads(urlsafe_base64_decode(signed.partition(":")[0]))
    assert payload == [queue.objects.get().reference]
    assert visitor.client.get(url).status_code == 200


def test_the_address_says_nothing(visitor):
    url = visitor.sign_up(name="Hemmelig").url
    assert GroupApplication.objects.get().reference not in url
    assert "Hemmelig" not in url


def test_the_receipt_is_in_the_pages_language(client, centre):
    visitor = Visitor(client, centre.en.signup)
    url = visitor.sign_up().url
    assert url.startswith("/en/")
    assert client.get(url).headers["Content-Language"] == "en"
