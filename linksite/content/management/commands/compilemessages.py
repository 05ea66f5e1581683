"""Compile the translations without GNU gettext, and say what is wrong with them."""

import re
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

# %(name)s, %s, {name} and {}: what the code fills in at run time.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[ds]|\{\w*\}")


class Command(BaseCommand):
    """Takes the place of Django's command, which needs `msgfmt` on the machine."""

    help = "Compiles the .po files under LOCALE_PATHS into the .mo files that Django reads."
    # Has to run before the site does: a check that fails is no reason to leave texts untranslated.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--check",
            action="store_true",
            help="Write nothing; fail on missing, fuzzy, broken or uncompiled translations.",
        )

    def handle(self, *, check, verbosity, **options):
        """Compile what has changed, or with `check` list every fault.

        Raises CommandError for a .po file that cannot be read, and for any fault found.
        """
        if check:
            self.report([fault for path in po_paths() for fault in faults(path)])
            return
        for path in po_paths():
            if compile_catalogue(path) and verbosity:
                self.stdout.write(f"Compiled {shown(path)}")

    def report(self, found):
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"Faults in the translations: {len(found)}")


def po_paths():
    """Every .po file of the project, always in the same order."""
    return sorted(
        path for root in settings.LOCALE_PATHS for path in Path(root).glob("*/LC_MESSAGES/*.po")
    )


def read_catalogue(path):
    """The catalogue at `path`; CommandError when it is no UTF-8 .po file or says a thing twice."""
    try:
        return polib.pofile(str(path), encoding="utf-8", check_for_duplicates=True)
    except (OSError, ValueError) as error:
        raise CommandError(f"{shown(path)} cannot be read: {error}") from error


def compile_catalogue(path):
    """Bring the .mo file beside `path` up to date; says whether it had to be written."""
    catalogue = read_catalogue(path)
    if is_compiled(path, catalogue):
        return False
    path.with_suffix(".mo").write_bytes(catalogue.to_binary())
    return True


def is_compiled(path, catalogue):
    """Compared by content: a checkout or a copy leaves no times to rely on."""
    compiled = path.with_suffix(".mo")
    return compiled.exists() and compiled.read_bytes() == catalogue.to_binary()


def faults(path):
    """One line for each thing in the catalogue that a reader of the site would stumble over."""
    catalogue = read_catalogue(path)
    for entry in catalogue:
        if fault := fault_in(entry):
            yield f"{shown(path)}:{entry.linenum}: {fault}: {entry.msgid!r}"
    if not is_compiled(path, catalogue):
        yield f"{shown(path)}: not compiled since it changed; run manage.py compilemessages"


def fault_in(entry):
    """What is wrong with one entry, in a word or two; nothing when it is fine."""
    if entry.obsolete:
        return None
    if entry.fuzzy:
        return "fuzzy"
    if not entry.translated():
        return "untranslated"
    return None if keeps_placeholders(entry) else "other placeholders than the original"


def keeps_placeholders(entry):
    """Whether each translated form fills in what the original does.

    The form for one may name the number or leave it out, as its original may.
    """
    if not entry.msgid_plural:
        return placeholders(entry.msgstr) == placeholders(entry.msgid)
    one, *more = (placeholders(text) for _, text in sorted(entry.msgstr_plural.items()))
    many = placeholders(entry.msgid_plural)
    return one in (placeholders(entry.msgid), many) and all(form == many for form in more)


def placeholders(text):
    """The placeholders in `text`, sorted, since a translation may put them in another order."""
    return sorted(PLACEHOLDER.findall(text))


def shown(path):
    """`path` as it is seen from the project's folder."""
    return path.relative_to(settings.BASE_DIR) if path.is_relative_to(settings.BASE_DIR) else path
