"""Compile the translations with polib: Django's own command needs GNU gettext on the machine."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compiles the .po files under LOCALE_PATHS into the .mo files that Django reads."
    # Texts are compiled even where a system check fails.
    requires_system_checks = []

    def handle(self, **options):
        for folder in settings.LOCALE_PATHS:
            for path in Path(folder).glob("*/LC_MESSAGES/*.po"):
                polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
