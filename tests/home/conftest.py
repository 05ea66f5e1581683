"""What the tests of the signup page share, and the demo centre."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from tests.home.signup.visitor import Visitor


@pytest.fixture
def visitor(client, centre):
    """Somebody at the bokmål signup page."""
    return Visitor(client, centre.nb.signup)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Load the demo once for all tests of a module, and roll it back after them."""
    development = override_settings(DEBUG=True)
    with django_db_blocker.unblock(), transaction.atomic(), development:
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)
