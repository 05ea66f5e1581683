"""What tests in every directory may use."""

import pickle

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from wagtail.models import Page

from tests import database
from tests.centre import build_centre, remove_centre
from tests.chromium import LEFT_OUT, MISSING

collect_ignore = ["browser"] if LEFT_OUT else []


#: What can differ between databases: locks, searches, conditions, sums, and how a row is written.
DIFFERS_ON_POSTGRESQL = (
    "tests/content/test_schedule.py",
    "tests/content/test_shared_facts.py",
    "tests/groups/actions/",
    "tests/groups/matching/",
    "tests/groups/models/",
    "tests/groups/queue/test_queue.py",
    "tests/home/demo/test_people.py",
    "tests/home/report/",
    "tests/home/signup/test_queries.py",
    "tests/home/test_deletion_guard.py",
    "tests/home/test_search.py",
    "tests/home/test_searches.py",
    "tests/home/test_wild_input.py",
    "tests/intake/listing/",
    "tests/intake/mail/test_outbox.py",
    "tests/intake/pages/test_my_day.py",
    "tests/intake/pages/test_odd_input.py",
    "tests/intake/test_duplicates.py",
    "tests/intake/test_permissions.py",
    "tests/intake/test_races.py",
    "tests/intake/test_receive.py",
    "tests/intake/test_retention.py",
    "tests/intake/test_site_history.py",
    "tests/intake/test_tally.py",
    "tests/network/test_queue.py",
)


def pytest_collection_modifyitems(config, items):
    for place in DIFFERS_ON_POSTGRESQL:
        if not (config.rootpath / place).exists():
            raise pytest.UsageError(f"Say where {place} lies now, so that it runs on PostgreSQL")
    for item in items:
        if any(place in item.path.as_posix() for place in DIFFERS_ON_POSTGRESQL):
            item.add_marker(pytest.mark.postgres)


def pytest_terminal_summary(terminalreporter):
    """Say once that the browser tests were left out, and how to run them."""
    if LEFT_OUT:
        terminalreporter.write_line(MISSING)


@pytest.fixture(autouse=True)
def _clean_slate():
    """Let no test see what another left in the cache or the active language."""
    cache.clear()
    with translation.override("nb"):
        yield


@pytest.fixture(scope="session")
def django_db_keepdb():
    """Migrate no further than what was copied, where there is something to copy."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    if connection.vendor == "sqlite":
        database.copy_to(connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Build the centre once for all tests of this process, and return it as it is restored."""
    with django_db_blocker.unblock():
        centre = pickle.dumps(build_centre())
        # What is restored after the flush that follows a test which commits.
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()
    return centre


@pytest.fixture
def centre(django_db_setup, db):
    """A centre in three languages: `centre.site`, `.settings`, and `.nb.home`, `.en.signup` …"""
    centre = pickle.loads(django_db_setup)  # noqa: S301
    there = Page.objects.filter(pk=centre.en.signup.pk).exists()
    return centre if there else build_centre()


@pytest.fixture
def no_centre(db):
    """Leave the database as migrations made it, without the centre of the other tests."""
    remove_centre()
