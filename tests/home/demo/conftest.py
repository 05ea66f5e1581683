"""The demo centre, loaded once for all tests of this folder: it takes twenty seconds."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from tests.centre import remove_centre


# Before pytest-xdist reads the groups.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/home/demo/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("demo"))


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    """Load the demo in place of the tests' centre, and roll it back after the last test."""
    development = override_settings(DEBUG=True)
    with django_db_blocker.unblock(), transaction.atomic(), development:
        remove_centre()
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)
