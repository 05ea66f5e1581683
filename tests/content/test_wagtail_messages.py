"""Staff read Wagtail in bokmål also where Wagtail itself has none."""

import re

import polib
import pytest
from django.conf import settings
from django.utils import translation

from linksite.content.management.commands.collect_wagtail_messages import collect
from tests.html import soup

FOLDER = settings.BASE_DIR / "locale" / "wagtail" / "nb" / "LC_MESSAGES"
PATH = FOLDER / "django.po"


def said(catalogue):
    return {
        (one.msgid, one.msgctxt): (one.msgstr, tuple(one.msgstr_plural.values()))
        for one in catalogue
    }


@pytest.mark.parametrize("path", [PATH, FOLDER / "djangojs.po"])
def test_what_wagtail_lacks_is_collected_as_it_stands_in_the_installed_version(path):
    """After an upgrade `make messages` collects again."""
    assert said(collect(path)) == said(polib.pofile(str(path)))


def test_what_wagtail_no_longer_lacks_is_dropped_and_the_rest_kept(tmp_path):
    path = tmp_path / "django.po"
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Gone from Wagtail", msgstr="Borte"))
    kept = next(one for one in polib.pofile(str(PATH)) if not one.msgid_plural)
    catalogue.append(kept)
    catalogue.save(str(path))
    collected = collect(path)
    assert not collected.find("Gone from Wagtail")
    assert [one.msgstr for one in collected.translated_entries()] == [kept.msgstr]


def test_wagtails_own_texts_are_in_bokmaal():
    with translation.override("nb"):
        assert translation.gettext("Skip to main content") != "Skip to main content"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("nb", {"Brukernavn", "Passord"}),
        ("nn", {"Brukarnamn", "Passord"}),
        ("en", {"Username", "Password"}),
    ],
)
def test_who_logs_in_is_asked_in_their_language(client, language, labels):
    page = soup(client.get("/admin/login/", headers={"Accept-Language": language}))
    asked = {label.find(string=True).strip() for label in page.select(".w-field__label")}
    assert asked == labels


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "text"), [("/admin/jsi18n/", "Toggle sidebar"), ("/admin/localize/jsi18n/", "Changed")]
)
def test_its_scripts_speak_bokmaal_to_who_has_chosen_it(client, path, text):
    texts = {}
    for language in ("nb", "en"):
        page = client.get(path, headers={"Accept-Language": language}).content.decode()
        texts[language] = re.search(rf'"{text}": "(.*?)"', page)
    assert texts["nb"] and not texts["en"]
