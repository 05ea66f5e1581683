"""Which language a visitor is answered in."""

import pytest

pytestmark = pytest.mark.usefixtures("centre")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("no", "nb"),
        ("no-NO,no;q=0.9,en;q=0.8", "nb"),
        ("nn-NO,nn;q=0.9,no;q=0.8", "nn"),
        ("en-GB,en;q=0.9", "en"),
        ("fr", "nb"),
        ("", "nb"),
    ],
)
def test_the_front_page_is_in_the_language_asked_for(client, accepted, language):
    response = client.get("/", headers={"accept-language": accepted})
    assert response.url == f"/{language}/"


@pytest.mark.parametrize("address", ["/documents/1/x.pdf", "/media/x.png"])
def test_what_has_no_language_is_not_looked_for_in_one(client, address):
    assert client.get(address).status_code == 404


def test_an_unknown_page_of_the_admin_is_missing_there(admin_client):
    assert admin_client.get("/admin/finnes-ikke/").status_code == 404
