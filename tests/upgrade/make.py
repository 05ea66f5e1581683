"""Makes the demo centre as the code at hand makes it, for `test_upgrade.py` to upgrade later on.

In a checkout of the state to be kept, its Git revision as the name:

    export DJANGO_SETTINGS_MODULE=linksite.settings.test
    DATABASE_URL=sqlite:////tmp/demo.sqlite3 .venv/bin/python -m tests.upgrade.make 43fdc25
    .ci/with-postgres .venv/bin/python -m tests.upgrade.make 43fdc25

Each writes two files beside this one: the database, and what only the code of that state could
make. Links are signed with the secret key of the test settings.
"""

import json
import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import django
import time_machine
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

HERE = Path(__file__).parent
PASSWORD = "a-centre-made-long-ago"  # noqa: S105
#: Older figures would make up a quarter of the file.
FIGURES = timedelta(days=182)


def make(name: str) -> None:
    """Make the centre in the empty database at hand, and keep it as `name`."""
    call_command("migrate", verbosity=0)
    call_command("load_demo", password=PASSWORD, verbosity=0)
    made = {"made": timezone.now().isoformat(), "receipt": sign_up()}
    oldest = timezone.localdate() - FIGURES
    apps.get_model("intake", "Tally").objects.filter(month__lt=oldest).delete()
    dump = dump_postgresql if connection.vendor == "postgresql" else dump_sqlite
    file = HERE / f"demo-{name}.{connection.vendor}"
    file.with_suffix(f"{file.suffix}.xz").write_bytes(lzma.compress(dump(), preset=9))
    file.with_suffix(f"{file.suffix}.json").write_text(json.dumps(made, indent=2) + "\n")


def sign_up() -> str:
    """Return the address of the receipt of somebody who has just signed up."""
    page = apps.get_model("home", "SignupPage").objects.get(locale__language_code="nb")
    address, client = page.get_url() + "?interest=group", Client()
    form = BeautifulSoup(client.get(address).content, "html.parser").find("form", method="post")
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    said = {"name": "Åse Kvittering", "phone": "912 34 567", "consent": "on"}
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        return client.post(address, hidden | said).url


def dump_sqlite() -> bytes:
    """Return the database as a file without gaps and without a journal beside it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "demo"
        with sqlite3.connect(connection.settings_dict["NAME"]) as database:
            database.execute("VACUUM INTO ?", [str(file)])
        return file.read_bytes()


def dump_postgresql() -> bytes:
    """Return the database as statements, which need no `psql` to be loaded."""
    database = connection.settings_dict
    command = ["pg_dump", "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=500"]
    given = {"--host": "HOST", "--port": "PORT", "--username": "USER", "--dbname": "NAME"}
    command += [f"{option}={database[key]}" for option, key in given.items() if database[key]]
    secret = {"PGPASSWORD": database["PASSWORD"]}
    return subprocess.check_output(command, env=os.environ | secret)  # noqa: S603


if __name__ == "__main__":
    django.setup()
    make(sys.argv[1])
