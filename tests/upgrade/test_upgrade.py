"""A centre made by older code is brought up to date, and everybody finds what they left there."""

import json
import lzma
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg.sql import SQL, Identifier

HERE = Path(__file__).parent
#: By the revision whose code made it (make.py says how).
CENTRES = ["demo-43fdc25"]
pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("centre", CENTRES)
def test_a_centre_of_older_code_goes_on_working(centre, tmp_path):
    """Run `upgraded.py` in a process of its own: caches know the ids of one database only."""
    file = HERE / f"{centre}.{connection.vendor}"
    made = json.loads(file.with_suffix(f"{file.suffix}.json").read_text())
    dump = lzma.decompress(file.with_suffix(f"{file.suffix}.xz").read_bytes())
    with loaded(dump, tmp_path) as url:
        kept = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
        ended = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", HERE / "upgraded.py"],
            env=kept | {"DATABASE_URL": url, "MADE": made["made"], "RECEIPT": made["receipt"]},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 0, ended.stdout + ended.stderr


@contextmanager
def loaded(dump, folder):
    """Yield the address of a database of its own with what `dump` holds."""
    if connection.vendor == "sqlite":
        file = folder / "upgraded.sqlite3"
        file.write_bytes(dump)
        yield f"sqlite:///{file}"
        return
    name = f"upgraded_{os.getpid()}"
    create, drop = (
        SQL(words).format(Identifier(name))
        for words in ("CREATE DATABASE {} TEMPLATE template0", "DROP DATABASE {} WITH (FORCE)")
    )
    with connected("postgres") as server:
        server.execute(create)
        try:
            with connected(name) as database:
                # pg_dump forbids and allows psql's own commands around its statements.
                lines = dump.decode().splitlines(keepends=True)
                database.execute("".join(line for line in lines if not line.startswith("\\")))
            address, mark, query = os.environ["DATABASE_URL"].partition("?")
            yield address.rpartition("/")[0] + f"/{name}" + mark + query
        finally:
            server.execute(drop)


def connected(name):
    """Return a connection to a database on the server that the tests use."""
    server = connection.settings_dict
    given = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    values = {option: server[key] for option, key in given.items() if server[key]}
    return psycopg.connect(dbname=name, autocommit=True, **values)
