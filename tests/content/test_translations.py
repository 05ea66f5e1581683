"""The texts are translated, fill in what their originals do, and are compiled without gettext."""

import gettext
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

# %(name)s, %s, {name} and {}: what the code fills in at run time.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[ds]|\{\w*\}")
PATHS = sorted(
    path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")
)


def placeholders(text):
    """Return them sorted, since a translation may put them in another order."""
    return sorted(PLACEHOLDER.findall(text))


def keeps_placeholders(entry):
    """The form for one may name the number or leave it out, as its original may."""
    if not entry.msgid_plural:
        return placeholders(entry.msgstr) == placeholders(entry.msgid)
    one, *more = (placeholders(text) for _, text in sorted(entry.msgstr_plural.items()))
    many = placeholders(entry.msgid_plural)
    return one in (placeholders(entry.msgid), many) and all(form == many for form in more)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_every_text_is_translated_and_keeps_its_placeholders(path):
    entries = polib.pofile(str(path), encoding="utf-8", check_for_duplicates=True)
    texts = [entry for entry in entries if not entry.obsolete]
    assert texts
    assert [entry.msgid for entry in texts if not entry.translated()] == []  # or fuzzy
    assert [entry.msgid for entry in texts if not keeps_placeholders(entry)] == []


def test_they_are_compiled_to_what_django_reads(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "nb" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    entries = [
        polib.POEntry(msgid="Sun", msgctxt="weekday", msgstr="Søn"),
        polib.POEntry(msgid="day", msgid_plural="days", msgstr_plural={0: "dag", 1: "dager"}),
        polib.POEntry(msgid="Place", msgstr="Plassen", flags=["fuzzy"]),
    ]
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    catalogue.extend(entries)
    catalogue.save(str(path))
    call_command("compilemessages", verbosity=0)
    with path.with_suffix(".mo").open("rb") as file:
        texts = gettext.GNUTranslations(file)
    assert texts.pgettext("weekday", "Sun") == "Søn"
    assert texts.ngettext("day", "days", 3) == "dager"
    assert texts.gettext("Place") == "Place"
