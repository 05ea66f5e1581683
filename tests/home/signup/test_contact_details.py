"""Addresses and numbers: taken however they are written, refused with what is wrong with them."""

import pytest

from groups.models import GroupApplication
from home import roles
from network.models import Initiator
from tests import factories as make
from tests.home.signup.visitor import Visitor, problems
from tests.queues import logged_in

DELIVERABLE = {
    "kari@example.no": "kari@example.no",
    " kari@example.no ": "kari@example.no",
    "kari @ example. no": "kari@example.no",
    "mailto:kari@example.no": "kari@example.no",
    "<kari@example.no>": "kari@example.no",
    "kari@example.no.": "kari@example.no",
    "kari＠example.no": "kari@example.no",
    "kari\u200b@example.no\u200b": "kari@example.no",
    "Kari.Nordmann+gruppe@sub.example.no": "Kari.Nordmann+gruppe@sub.example.no",
    "kari_o'brien@example.museum": "kari_o'brien@example.museum",
    "kari@blåbær.no": "kari@blåbær.no",
    "kari@xn--blbr-ooar.no": "kari@xn--blbr-ooar.no",
    "1@example.no": "1@example.no",
}
UNDELIVERABLE = {
    "kari.example.no": "no @",
    "kari nordmann@example.no": "a space",
    "kåre@example.no": "“å”",
    "kari@example,no": "“,”",
    "kari@exa_mple.no": "“_”",
    "kari@ola@example.no": "“@”",
    "Kari <kari@example.no>": "“&lt;”",
    "kari@example.no; ola@example.no": "“;”",
    "kari@localhost": "“localhost”",
    "kari@example": "“example”",
    "kari@maskin.local": "“maskin.local”",
    "kari@firma.invalid": "“firma.invalid”",
    "kari@[127.0.0.1]": "“[”",
    "kari@127.0.0.1": "not an email address",
    "kari@example..no": "not an email address",
    ".kari@example.no": "not an email address",
    "kari@-example.no": "not an email address",
    "x" * 65 + "@example.no": "too long",
    "@example.no": "not an email address",
    "kari@": "not an email address",
}


@pytest.fixture
def english(client, centre):
    return Visitor(client, centre.en.signup)


@pytest.mark.parametrize(("typed", "kept"), DELIVERABLE.items())
def test_an_address_that_mail_can_be_sent_to_is_taken(visitor, typed, kept):
    assert visitor.sign_up("group", email=typed).status_code == 303
    assert GroupApplication.objects.get().email == kept


@pytest.mark.parametrize(("typed", "named"), UNDELIVERABLE.items())
def test_another_comes_back_with_what_is_wrong(english, typed, named):
    response = english.sign_up("group", email=typed)
    assert list(problems(response)) == ["id_email"]
    assert named in response.content.decode()
    assert not GroupApplication.objects.exists()


@pytest.mark.parametrize("typed", ["kari@localhost", "kari@example,no"])
def test_staff_are_told_as_well(centre, typed):
    client = logged_in(roles.GROUP_COORDINATOR)
    application = make.GroupApplicationFactory()
    details = {"name": "Kari", "email": typed, "language": "nb", "version": application.version}
    page = client.post(f"/admin/groups/applications/correct/{application.pk}/", details)
    assert page.status_code == 422
    client = logged_in(roles.NETWORK_COORDINATOR)
    sent = {"name": "Ola", "email": typed, "training": "none", "at_most": 1}
    client.post("/admin/initiators/new/", sent)
    assert not Initiator.objects.exists()


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ("22 33 44 55 ext. 12", "ext. 12"),
        ("22334455#12", "#12"),
        ("22334455 x12", "x12"),
        ("22334455;ext=12", ";ext=12"),
        ("ring mor 22334455", "ring mor 22334455"),
        ("jobb: 22334455", "jobb: 22334455"),
    ],
)
def test_what_stands_beside_a_number_is_asked_about(english, typed, beside):
    response = english.sign_up("group", phone=typed)
    assert list(problems(response)) == ["id_phone"]
    page = response.content.decode()
    assert f"“{beside}”" in page and f'value="{typed}"' in page
    assert not GroupApplication.objects.exists()


@pytest.mark.parametrize("typed", ["Tlf. 22 33 44 55", "mobil: 22334455", "(+47) 22 33 44 55"])
def test_a_label_before_a_number_says_nothing_more(visitor, typed):
    assert visitor.sign_up("group", phone=typed).status_code == 303
    assert GroupApplication.objects.get().phone.as_e164 == "+4722334455"
