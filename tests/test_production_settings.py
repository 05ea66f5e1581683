"""What the site does not start without in production."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

NEEDED = {
    "SECRET_KEY": "fifty random characters",
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "postgres://linksite@127.0.0.1/linksite",
    "SITE_URL": "https://example.org",
    "EMAIL_URL": "smtp+tls://linksite@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "post@example.org",
}
SHOWN = "EMAIL_BACKEND", "EMAIL_HOST", "DEFAULT_FROM_EMAIL", "WAGTAILADMIN_BASE_URL"
SHOW = "from linksite.settings import production as p; print(*(getattr(p, n) for n in {}))"


def started(environment):
    """Return how reading the production settings ends in a process with that environment."""
    path = {"PATH": os.environ["PATH"]}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", SHOW.format(SHOWN)],
        env=path | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_with_what_is_needed_and_sends_mail():
    server = "django.core.mail.backends.smtp.EmailBackend mail.example.org"
    shown = started(NEEDED).stdout.strip()
    assert shown == f"{server} post@example.org https://example.org"


@pytest.mark.parametrize("name", NEEDED)
def test_it_refuses_to_start_without(name):
    ended = started({other: value for other, value in NEEDED.items() if other != name})
    assert ended.returncode and f"Set the {name} environment variable" in ended.stderr


@pytest.mark.parametrize("name", NEEDED)
def test_the_readme_says_that_it_is_needed(name):
    readme = (settings.BASE_DIR / "README.md").read_text()
    [row] = [line for line in readme.splitlines() if line.startswith(f"| `{name}` |")]
    assert "needed in production" in row
