"""`make bench`: the site against a bare Django view serving the same bytes in the same run.

Prints ratios, since absolute figures differ from machine to machine, and ends with an error when a
staff page gets slower with size than it may. Uses databases of its own: SQLite in a temporary
folder, or an empty PostgreSQL database named by BENCH_DATABASE_URL and copies of it.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import create_server

SIZES = tuple(map(int, os.environ.get("BENCH_SIZES", "1000,10000,100000").split(",")))


def say(text):
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def free_port() -> int:
    """Return a port nobody listens on."""
    with create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def served(database=""):
    """Serve the site with gunicorn: two workers of two threads, as a small centre would.

    Yield the port. Works in the first database, or in another by name.
    """
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "linksite.wsgi", f"--bind=127.0.0.1:{port}"]
    command += ["--workers=2", "--threads=2", "--log-level=error", "--timeout=600"]
    # A visitor may have to wait for the visitors at the other sizes.
    command += ["--keep-alive=600"]
    server = subprocess.Popen(command, env=_named(database))  # noqa: S603
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


@contextmanager
def copied(size):
    """Yield the name of a copy of the first database with `size` applications in it."""
    from django.db import connection

    suffix, creation = str(size), connection.creation
    # SQLite then has everything in the one file that is copied.
    connection.close()
    creation.clone_test_db(suffix, verbosity=0)
    name = creation.get_test_db_clone_settings(suffix)["NAME"]
    try:
        fill = [sys.executable, "-m", "tests.benchmarks.fill", suffix]
        subprocess.run(fill, env=_named(name), check=True)  # noqa: S603
        yield name
    finally:
        creation.destroy_test_db(suffix=suffix, verbosity=0)


def _named(database):
    return os.environ | {"BENCH_DATABASE_NAME": str(database)}


def wait_for(port):
    from tests.benchmarks.visitors import Visitor

    for _ in range(200):
        try:
            Visitor(port).get("/nb/")
            return
        except ConnectionError:
            time.sleep(0.1)
    raise RuntimeError("The server did not start")


@contextmanager
def _sized(size):
    with copied(size) as name, served(name) as port:
        yield port


def main() -> int:
    """Set up, measure, print; return 1 when something is too slow, else 0."""
    with tempfile.TemporaryDirectory(prefix="linksite-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
            "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder}/db.sqlite3"),
            "MEDIA_ROOT": f"{folder}/media",
        }
        import django
        from django.core.management import call_command

        django.setup()
        say("Setting up the demo centre …")
        call_command("migrate", verbosity=0)
        call_command("load_demo", password="bench", verbosity=0, stdout=open(os.devnull, "w"))
        (Path(folder) / "media" / "bare").mkdir(parents=True)

        from tests.benchmarks import public, queues

        cookies = queues.log_in()
        with ExitStack() as stack:
            ports = {size: stack.enter_context(_sized(size)) for size in SIZES}
            slow = queues.measure(ports, cookies, say)
        # Afterwards: what the bare view inserts would be on the board.
        with served() as port:
            public.measure(port, Path(folder) / "media" / "bare", say)
    limit = f"{queues.LIMIT} times as long as with {SIZES[0]:,} applications"
    say(f"\nMore than {limit}: {', '.join(slow) or 'none'}.")
    say("Searches and exports go through every row, and are not judged.")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
