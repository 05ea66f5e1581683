"""Things no browser sends: never a 500, and nothing is stored by accident."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.models import GroupApplication
from tests.home.signup.visitor import fields, problems

NULS = {name: f"a\0b{name}" for name in ["message", "heard_from", "topics", "area", "offer"]}


def test_ten_megabytes_of_message_come_back_with_an_error(visitor):
    message = "x" * 10_000_000
    response = visitor.sign_up(message=message)
    assert list(problems(response)) == ["id_message"]
    assert fields(response)["message"] == [message]


def test_more_than_anybody_can_send_is_refused(visitor):
    assert visitor.sign_up(message="x" * 17_000_000).status_code == 400


def test_null_characters_are_taken_out(visitor):
    assert visitor.sign_up(name="Å\0se", message="\0").status_code == 303
    application = GroupApplication.objects.get()
    assert (application.name, application.message) == ("Åse", "")


@pytest.mark.parametrize("interest", ["group", "network", "\0"])
def test_null_characters_anywhere(visitor, interest):
    data = {**visitor.fill_in("group"), **NULS, "interest": interest, "people-0-name": "\0"}
    assert visitor.send(data).status_code == 200
    assert visitor.open(**NULS, interest=interest).status_code == 200


def test_five_thousand_rows_of_people(visitor):
    rows = {f"people-{n}-name": "x" for n in range(5000)}
    assert visitor.sign_up("network", **rows).status_code == 400


def test_rows_up_to_what_a_form_may_hold(visitor):
    rows = {f"people-{n}-name": "x" for n in range(900)}
    assert visitor.sign_up("network", **rows).status_code == 200


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "hex", "rot13", "idna", "nonsense", ""])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_odd_encodings(visitor, kind, charset):
    body = b"interest=group&name=%FF%FE&message=%ED%A0%80"
    if kind.startswith("multipart"):
        part = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        body = part % (b"interest", b"group") + part % (b"name", b"\xff\xfe\xed\xa0\x80") + b"--b--"
        kind += "; boundary=b"
    content_type = f"{kind}; charset={charset}"
    response = visitor.client.generic("POST", visitor.page.url, body, content_type)
    assert response.status_code < 500


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "multipart/form-data", "", "x"]
)
def test_odd_content_types(visitor, content_type):
    response = visitor.client.generic("POST", visitor.page.url, b'{"a": 1}', content_type)
    assert response.status_code < 500


@pytest.mark.parametrize("method", ["head", "put", "patch", "delete", "options"])
def test_odd_methods_store_nothing(visitor, method):
    data = visitor.fill_in()
    response = getattr(visitor.client, method)(visitor.page.url + "?interest=group", data)
    assert response.status_code < 500
    assert not GroupApplication.objects.exists()


def test_a_file_in_place_of_text(visitor, tmp_path):
    (tmp_path / "a.txt").write_text("x")
    with (tmp_path / "a.txt").open() as file:
        response = visitor.send({**visitor.fill_in(), "message": file})
    assert response.status_code in {200, 303}


NAMES = [
    "interest",
    "name",
    "email",
    "phone",
    "contact_by",
    "language",
    "message",
    "topics",
    "area",
    "age_band",
    "availability",
    "offer",
    "meeting",
    "instead",
    "consent",
    "remarks",
    "form_token",
    "people-0-name",
    "people-0-email",
    "more_people",
    "cooperation",
    "organisation_number",
    "organisation_kind",
    "captcha",
    "g-recaptcha-response",
]


@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    interest=st.sampled_from(["group", "network", ""]),
    data=st.dictionaries(
        st.sampled_from(NAMES) | st.text(max_size=20),
        st.text(max_size=30) | st.lists(st.text(max_size=10), max_size=3),
        max_size=8,
    ),
)
def test_no_nonsense_breaks_the_page(visitor, interest, data):
    assert visitor.client.post(visitor.page.url, {"interest": interest, **data}).status_code < 500
    assert visitor.client.get(visitor.page.url, {"interest": interest, **data}).status_code < 500
