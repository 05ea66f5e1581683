"""Several people at the same application at the same moment: one wins, the others are told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from groups.models import GroupApplication
from linksite.intake import actions
from linksite.intake.statuses import Status
from tests import factories as make

PEOPLE = 4
pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def together():
    """Give a function that runs another in several threads at once and gives what each returned."""

    def run(function):
        barrier = Barrier(PEOPLE)

        def one(number):
            barrier.wait()
            try:
                return function(number)
            finally:
                connection.close()

        with ThreadPoolExecutor(PEOPLE) as pool:
            return list(pool.map(one, range(PEOPLE)))

    return run


@pytest.mark.parametrize("attempt", range(3))
def test_only_one_change_of_the_same_version_is_saved(centre, together, attempt):
    application = make.GroupApplicationFactory()
    users = [make.UserFactory(is_superuser=True) for _ in range(PEOPLE)]

    def change(number):
        seen = {"user": users[number], "version": 1}
        try:
            actions.change_status(application, Status.CONTACTED, **seen)
        except actions.StaleApplication:
            return False
        return True

    assert sorted(together(change)) == [False] * (PEOPLE - 1) + [True]
    assert GroupApplication.objects.get().version == 2


def test_no_note_is_lost_when_everybody_writes_at_once(centre, together):
    application = make.GroupApplicationFactory()
    user = make.UserFactory(is_superuser=True)
    together(lambda number: actions.add_note(application, f"Notat {number}", user=user))
    assert application.notes.count() == PEOPLE
