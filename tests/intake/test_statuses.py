"""The table of allowed changes, as data."""

import pytest

from groups.models import GroupApplication
from linksite.intake.statuses import ALLOWED_CHANGES, OPEN_STATUSES, Status
from network.models import NetworkApplication


def test_every_status_has_its_changes():
    assert set(ALLOWED_CHANGES) == set(Status)


@pytest.mark.parametrize("status", OPEN_STATUSES)
def test_every_open_application_can_be_closed(status):
    assert Status.CLOSED in ALLOWED_CHANGES[status]


def test_a_closed_application_can_be_taken_up_again():
    assert ALLOWED_CHANGES[Status.CLOSED]


@pytest.mark.parametrize("model", [GroupApplication, NetworkApplication])
def test_no_status_of_a_queue_leads_nowhere_or_outside_the_queue(model):
    for status in model.queue.statuses:
        changes = model(status=status).allowed_changes
        assert changes and set(changes) <= set(model.queue.statuses)
