"""A real Chromium against a real server, as people use the site."""

import os
from itertools import count

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connections

from home.signup import tokens
from tests.chromium import CHROMIUM

# Playwright's own loop runs in this thread; the ORM is used beside it, never inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(items):
    here = [item for item in items if "tests/browser/" in item.path.as_posix()]
    for item in here:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.fixture(scope="session", autouse=True)
def what_migrations_made(django_db_setup, request):
    """Restore the roles and all else that migrations made after each test's flush.

    Django keeps that on its connection, and uses another one where an event loop runs:
    Playwright's.
    """
    made = connections["default"]._test_serialized_contents
    request.getfixturevalue("playwright")
    connections["default"]._test_serialized_contents = made


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Start the machine's own Chromium, without any requests of its own."""
    return {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args():
    """Somebody in Norway."""
    return {"locale": "nb-NO"}


@pytest.fixture
def phone(new_context):
    """A page on a phone without JavaScript: most people use a phone, and no page needs scripts."""
    size = {"width": 390, "height": 844}
    return new_context(viewport=size, java_script_enabled=False).new_page()


@pytest.fixture
def live_centre(live_server, centre, settings, monkeypatch):
    """The `centre`, served at `live_centre.url`, however fast the form is sent."""
    monkeypatch.setattr(tokens, "SHORTEST", 0)
    host, port = live_server.thread.host, live_server.thread.port
    centre.site.hostname, centre.site.port = host, port
    centre.site.save()
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    centre.url = live_server.url
    return centre


@pytest.fixture
def staff(live_centre, new_context):
    """Log in somebody new: `staff(roles.EDITOR)` returns their page, at a desktop's width."""
    numbers = count(1)

    def log_in(*held):
        name = f"ansatt{next(numbers)}"
        user = get_user_model().objects.create_user(name, password="hemmelig-nok")
        user.groups.set(Group.objects.filter(name__in=held))
        page = new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(f"{live_centre.url}/admin/login/")
        page.locator("input[name=username]").fill(name)
        page.locator("input[name=password]").fill("hemmelig-nok")
        page.locator("button[type=submit]").click()
        page.wait_for_url(f"{live_centre.url}/admin/")
        return page

    return log_in
