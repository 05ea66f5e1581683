"""When the demo is not loaded: nothing of it is left behind, and nothing else is touched."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from home.demo import loader
from home.demo.data import in_language, pairs
from home.demo.site.pages import names, texts
from home.demo.site.translations import phrases
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_centre")]


def test_an_empty_database_has_no_content():
    assert loader.content() == ""


def test_a_failure_leaves_the_database_empty(monkeypatch):
    def fail(*args):
        raise RuntimeError("The translator has gone home")

    monkeypatch.setattr(loader, "translate", fail)
    with pytest.raises(RuntimeError):
        call_command("load_demo", password="known-to-nobody")
    assert loader.content() == ""
    assert Page.objects.filter(depth__gt=1).count() == 1
    assert Site.objects.get().root_page.slug == "home"


def test_a_password_everybody_knows_is_refused_away_from_development():
    with pytest.raises(CommandError, match="--password"):
        call_command("load_demo")
    assert loader.content() == ""


def test_pages_are_in_the_way(centre):
    with pytest.raises(CommandError, match="has pages already"):
        call_command("load_demo")


def test_an_application_is_in_the_way():
    make.NetworkApplicationFactory()
    with pytest.raises(CommandError, match="has applications already"):
        call_command("load_demo")


def test_a_user_is_in_the_way():
    make.UserFactory()
    with pytest.raises(CommandError, match="has users already"):
        call_command("load_demo")


def test_no_password_is_told_to_somebody_elses_site(capsys):
    make.UserFactory(username="admin")
    call_command("load_demo", "--if-empty")
    assert capsys.readouterr().out == "The database has users already and stays as it is.\n"


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("language", ["nn", "en"])
def test_a_page_has_each_text_once_in_each_language(name, language):
    texts_in_pairs = list(pairs(texts(name, "nb"), texts(name, language)))
    assert all(bool(mine) == bool(theirs) for mine, theirs in texts_in_pairs)
    meanings = {}
    for mine, theirs in texts_in_pairs:
        assert meanings.setdefault(mine, theirs) == theirs
    assert phrases(name, language)


def test_a_text_is_given_in_the_language_asked_for():
    text = {"title": {"nb": "Hei", "nn": "Hei du", "en": "<p>Hi</p>\n<p>you</p>"}}
    assert in_language(text, "nn") == {"title": "Hei du"}
    assert in_language(text, "en") == {"title": "<p>Hi</p><p>you</p>"}
