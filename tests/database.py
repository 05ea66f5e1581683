"""The database that tests begin with: built once from the migrations, and copied from then on.

To migrate takes half a minute of a processor, and every process of every run would do it again. So
what it comes to is kept in a folder beside the code, under the name of what it was made from.
PostgreSQL's is built anew each run: it lies on a server that is there for that run alone.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / ".test-database"
#: What the database is made from.
SOURCES = [
    "*/migrations/*.py",
    "linksite/*/migrations/*.py",
    "linksite/settings/base.py",
    "home/roles.py",
    "requirements.txt",
]
MIGRATE = "import django; django.setup(); from tests.database import migrate; migrate()"


def copy_to(name: str | Path) -> None:
    """Put a migrated SQLite database at `name`; whoever comes first makes it for all."""
    FOLDER.mkdir(exist_ok=True)
    with open(FOLDER / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = FOLDER / f"{_fingerprint()}.sqlite3"
        if not made.exists():
            _make(made)
        # Still locked: code of another fingerprint would take it away.
        shutil.copyfile(made, name)


def _fingerprint():
    digest = hashlib.sha256()
    for source in sorted(file for one in SOURCES for file in settings.BASE_DIR.glob(one)):
        name = source.relative_to(settings.BASE_DIR)
        digest.update(f"{name}\n".encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def _make(made):
    for older in FOLDER.glob("*.sqlite3*"):
        older.unlink()
    growing = made.with_suffix(".sqlite3-growing")
    given = {
        "DATABASE_URL": f"sqlite:///{growing}",
        "DJANGO_SETTINGS_MODULE": "linksite.settings.test",
    }
    subprocess.run(  # noqa: S603
        [sys.executable, "-c", MIGRATE], env=os.environ | given, cwd=settings.BASE_DIR, check=True
    )
    growing.rename(made)


def migrate() -> None:
    """Migrate the database of the settings into one file, without a journal beside it."""
    from django.core.management import call_command  # noqa: PLC0415 - Django has to be set up
    from django.db import connection  # noqa: PLC0415 - likewise

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=DELETE")
        cursor.execute("VACUUM")
