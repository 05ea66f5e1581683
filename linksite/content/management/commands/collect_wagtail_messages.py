"""Collect the texts of Wagtail's admin that Wagtail has no bokmål for."""

from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand

#: The packages whose texts staff see beside ours. All that they translate stays theirs.
PACKAGES = ("wagtail", "wagtail_localize")
FOLDER = Path("nb/LC_MESSAGES")
CATALOGUES = ("django.po", "djangojs.po")


class Command(BaseCommand):
    """Keeps what is translated, drops what Wagtail has got meanwhile, adds what it lacks."""

    help = "Collects the texts Wagtail has no bokmål for into locale/wagtail/."

    def handle(self, **options):
        """Write the catalogues anew: what its pages show, and what its scripts do."""
        for name in CATALOGUES:
            path = settings.BASE_DIR / "locale" / "wagtail" / FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            lacking = collect(path)
            lacking.save(str(path))
            if options["verbosity"]:
                missing = len(lacking.untranslated_entries())
                self.stdout.write(f"{name}: {len(lacking)} texts, {missing} to translate")


def collect(path: Path) -> polib.POFile:
    """Give the catalogue with the translations that stand in the one at `path`."""
    ours = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Language": "nb",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for key, entry in sorted(_lacking(path.name).items()):
        known = ours.get(key)
        if known and known.msgid_plural == entry.msgid_plural:
            entry.msgstr, entry.msgstr_plural = known.msgstr, known.msgstr_plural
        catalogue.append(entry)
    return catalogue


def _lacking(name):
    """Give the entries that no installed package has bokmål for, empty, by text and context."""
    lacking, translated = {}, set()
    for config in apps.get_app_configs():
        folder = Path(config.path) / "locale"
        english = folder / "en" / "LC_MESSAGES" / name
        if not english.exists() or not any(package in folder.parts for package in PACKAGES):
            continue
        theirs = folder / FOLDER / name
        if theirs.exists():
            translated |= {_key(one) for one in polib.pofile(str(theirs)).translated_entries()}
        for entry in polib.pofile(str(english)):
            lacking[_key(entry)] = polib.POEntry(
                msgid=entry.msgid,
                msgid_plural=entry.msgid_plural,
                msgctxt=entry.msgctxt,
                msgstr_plural={0: "", 1: ""} if entry.msgid_plural else {},
            )
    return {key: entry for key, entry in lacking.items() if key not in translated}


def _key(entry):
    return entry.msgid, entry.msgctxt or ""
