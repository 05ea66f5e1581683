"""What tests in every directory may use."""

import pytest
from django.core.cache import cache
from django.utils import translation

from tests.centre import build_centre
from tests.chromium import LEFT_OUT, MISSING

collect_ignore = ["browser"] if LEFT_OUT else []


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


@pytest.fixture
def centre(db):
    """A centre in three languages: `centre.site`, `.settings`, and `.nb.home`, `.en.signup` …"""
    return build_centre()
