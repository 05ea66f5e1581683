"""Verbs lock what they change once, and save the place before the application moves."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models.signals import pre_save
from django.test.utils import CaptureQueriesContext

from groups.actions import lifecycle, places, preparation, proposals
from groups.models import GroupApplication, Placement, PlacementStatus
from linksite.intake.statuses import Status
from tests import factories as make

pytestmark = pytest.mark.postgres
with_row_locks = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks no rows.")


@pytest.fixture
def six(centre):
    """A group of six who have all said yes to a place and a start-up time."""
    group = make.SelfHelpGroupFactory(most=6)
    people = [make.GroupApplicationFactory(waiting=True) for _ in range(6)]
    proposals.add(group, people)
    for placement in group.placements.all():
        places.accept(placement)
    group.refresh_from_db()
    at = make.moment(3, 18)
    group = preparation.propose_start_up(group, at, user=None, version=group.version)
    for placement in group.placements.all():
        preparation.answer_start_up(placement, True)
    group.refresh_from_db()
    return group


def locks(queries):
    return [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]


@with_row_locks
def test_no_row_is_locked_twice_when_a_group_of_six_starts(six):
    came = list(six.placements.all()[:5])
    with time_machine.travel(six.start_up_at + timedelta(hours=3)):
        with CaptureQueriesContext(connection) as queries:
            lifecycle.start(six, came, supported=3, user=None, version=six.version)
    assert six.placements.filter(status=PlacementStatus.STARTED).count() == 5
    # The group, its people by key, their places.
    assert len(locks(queries)) == 3


@with_row_locks
def test_no_row_is_locked_twice_when_a_place_goes_to_the_next(six):
    waiting = proposals.propose(six, make.GroupApplicationFactory(waiting=True))
    assert waiting.status == PlacementStatus.WAITING
    with CaptureQueriesContext(connection) as queries:
        places.decline(six.placements.first())
    waiting.refresh_from_db()
    assert waiting.status == PlacementStatus.PROPOSED
    # The group, the person, the place; then the one who is asked next.
    assert len(locks(queries)) == 4


@pytest.fixture
def saved():
    """What is saved, in that order: models with the status that each row gets."""
    order = []

    def note(sender, instance, **kwargs):
        if sender in (Placement, GroupApplication):
            order.append((sender, instance.status))

    pre_save.connect(note)
    yield order
    pre_save.disconnect(note)


@pytest.mark.parametrize("leave", [places.decline, places.release])
def test_the_place_is_saved_before_the_application_moves(six, saved, leave):
    left = leave(six.placements.first())
    saved = saved[: saved.index((GroupApplication, Status.WAITING)) + 1]
    assert saved.index((Placement, left.status)) < len(saved) - 1


def test_a_proposed_place_is_saved_before_the_application_moves(six, saved):
    proposals.propose(make.SelfHelpGroupFactory(), make.GroupApplicationFactory(waiting=True))
    assert saved.index((Placement, PlacementStatus.PROPOSED)) < saved.index(
        (GroupApplication, Status.PROPOSED)
    )


def test_whoever_came_is_noted_before_the_application_is_closed(six, saved):
    with time_machine.travel(six.start_up_at + timedelta(hours=3)):
        lifecycle.start(six, six.placements.all(), supported=3, user=None, version=six.version)
    assert saved.index((Placement, PlacementStatus.STARTED)) < saved.index(
        (GroupApplication, Status.CLOSED)
    )
