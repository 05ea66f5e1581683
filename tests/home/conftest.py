"""What the tests of the signup page share."""

import pytest

from tests.home.signup.visitor import Visitor


@pytest.fixture
def visitor(client, centre):
    """Somebody at the bokmål signup page."""
    return Visitor(client, centre.nb.signup)
