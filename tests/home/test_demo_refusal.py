"""When the demo is not loaded: nothing of it is left behind, and nothing else is touched."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from home.demo import loader
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
