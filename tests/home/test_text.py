"""Text is cleaned where it comes in: what cannot be seen stays outside, all else is kept."""

import json
from xml.etree import ElementTree

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from groups.models import GroupApplication
from home import roles
from linksite.text import HIDDEN, clean
from linksite.wsgi import application
from tests import factories as make
from tests.home.signup.visitor import problems, soup, values
from tests.queues import logged_in

UNSEEN = [
    "Ka\u200bri",
    "\ufeffKari",
    "Kari\u202e",
    "\u2066Kari\u2069",
    "Ka\u00adri",
    "Ka\u200dri",
    "K\u3164ari",
    "Kari\ufe0f",
    "Ka\0ri\x1b",
    "Kari\U000e0041",
    "Ka\uffffri",
]


@pytest.mark.parametrize("name", UNSEEN)
def test_a_name_is_kept_without_what_nobody_sees(visitor, name):
    assert visitor.sign_up("group", name=name).status_code == 303
    assert GroupApplication.objects.get().name == "Kari"


@pytest.mark.parametrize("name", ["\u200b", "\u2800\u3164", "\u202e \u2060", "\U000e0041"])
def test_a_name_that_shows_nothing_is_asked_for(visitor, name):
    response = visitor.sign_up("group", name=name)
    assert list(problems(response)) == ["id_name"]
    assert not GroupApplication.objects.exists()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("A\u030ase", "Åse"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d👧 ❤\ufe0f", "👩\u200d👧 ❤\ufe0f"),
        ("Z\u0330\u0330\u0330\u0330\u0330\u0330", "Z\u0330\u0330\u0330"),
        ("O\u2019Brien-Ŋállá", "O\u2019Brien-Ŋállá"),
    ],
)
def test_what_belongs_to_a_language_is_kept(visitor, sent, kept):
    assert visitor.sign_up("group", name=sent).status_code == 303
    assert GroupApplication.objects.get().name == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    assert not HIDDEN.search(once)


def test_a_search_in_the_queue_is_cleaned(centre):
    make.GroupApplicationFactory(name="Åse Myhre")
    client = logged_in(roles.GROUP_COORDINATOR)
    response = client.get("/admin/groups/applications/", {"q": "A\u030ase\u200b"})
    assert "Åse Myhre" in response.content.decode()


def test_a_password_stays_as_it_was_typed(client, centre):
    user = make.UserFactory(is_superuser=True)
    user.set_password("hemmelig\u200bA\u030a")
    user.save()
    sent = {"username": user.username, "password": "hemmelig\u200bA\u030a"}
    assert client.post("/admin/login/", sent).status_code == 302


def test_a_line_break_of_word_breaks_no_feed(client, centre):
    client.force_login(make.UserFactory(is_superuser=True))
    article = make.ArticlePageFactory(parent=centre.nb.articles, title="Om sorg")
    address = f"/admin/pages/{article.pk}/edit/"
    form = soup(client.get(address)).select_one("form[data-edit-form]")
    sent = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        for value in values(control):
            sent[control["name"]] = value
    text = {"blocks": [{"key": "a", "text": "Linje\x0bskift", "type": "unstyled"}], "entityMap": {}}
    body = {"count": "1", "0-deleted": "", "0-order": "0", "0-type": "paragraph"}
    sent |= {"lead_picture-count": "0", **{f"body-{name}": body[name] for name in body}}
    sent |= {"title": "Om\x0bsorg", "lead": "Første\x0blinje", "body-0-value": json.dumps(text)}
    response = client.post(address, {**sent, "action-publish": "1"})
    assert response.status_code == 302
    article.refresh_from_db()
    assert (article.title, article.lead) == ("Om\nsorg", "Første\nlinje")
    assert "Linje skift" in str(article.body)
    for kind in ("rss", "atom"):
        ElementTree.fromstring(client.get(f"/nb/feed/{kind}.xml").content)  # noqa: S314, our own


@pytest.fixture
def wsgi():
    """Return a function that asks what servers run; it leaves the tests' connection open."""
    request_started.disconnect(close_old_connections)
    yield lambda environ: b"".join(application(environ, lambda *status: None)).decode()
    request_started.connect(close_old_connections)


@pytest.mark.parametrize("charset", ["hex", "rot13", "base64", "zlib", "utf-16", "x; charset=hex"])
def test_a_made_up_charset_is_read_as_utf_8(wsgi, centre, charset):
    request = RequestFactory().get("/nb/search/", {"q": "gråt"})
    kind = {"CONTENT_TYPE": f"text/plain; Charset={charset}"}
    assert 'value="gråt"' in wsgi(request.environ | kind)


def test_a_refusal_carries_what_every_answer_does(client, centre):
    strange = {"data": b"x", "content_type": "multipart/form-data"}
    response = client.post("/nb/search/", **strange)
    assert response.status_code == 400
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert response[name]
