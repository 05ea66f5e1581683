"""What the tests of the signup page share."""

import pytest

from .visitor import Visitor


@pytest.fixture
def visitor(client, centre):
    """Somebody at the bokmål signup page."""
    return Visitor(client, centre.nb.signup)
