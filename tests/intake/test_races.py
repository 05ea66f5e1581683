"""Several people at the same application at the same moment: one wins, the others are told.

`RACES=100` runs each race a hundred times instead of two.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from groups.models import GroupApplication
from linksite.intake import actions, duplicates
from linksite.intake.mail import outbox
from linksite.intake.statuses import Status
from tests import factories as make

PEOPLE = 4
pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def pytest_generate_tests(metafunc):
    metafunc.fixturenames.append("attempt")
    metafunc.parametrize("attempt", range(int(os.environ.get("RACES", "2"))))


@pytest.fixture
def together():
    """Return a function that runs another in several threads at once and returns their results."""

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


def test_only_one_change_of_the_same_version_is_saved(centre, together):
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


def test_two_merged_into_each_other_at_once_are_merged_one_way(centre, together):
    pair = make.GroupApplicationFactory.create_batch(2)
    user = make.UserFactory(is_superuser=True)

    def merge(number):
        kept, other = pair if number % 2 else reversed(pair)
        try:
            duplicates.merge(kept, other, user=user, version=1, other_version=1)
        except (actions.StaleApplication, actions.ChangeNotAllowed):
            return False
        return True

    assert sorted(together(merge)) == [False] * (PEOPLE - 1) + [True]
    assert GroupApplication.objects.filter(duplicate_of=None).count() == 1


def test_what_is_entered_by_many_clicks_is_there_once(centre, together):
    user = make.UserFactory(is_superuser=True)

    def enter(_number):
        application = GroupApplication(
            site=centre.site,
            name="Åse",
            phone="+4741234567",
            language="nb",
            consent_text="Ja.",
            consented_at=timezone.now(),
            submission_key="one opening of the form",
        )
        return actions.receive(application, user=user).pk

    assert len(set(together(enter))) == 1
    assert GroupApplication.objects.count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
def test_a_worker_that_waited_for_another_does_not_send_the_same_mail(centre):
    application = make.GroupApplicationFactory()
    row = application.mails.create(kind="receipt", to="en@example.org", subject="s", body="b")
    claimed_first, waiting = Event(), Event()

    def first():
        with transaction.atomic():
            claim = outbox._claim(type(row), row.pk)
            claimed_first.set()
            waiting.wait(timeout=1)
        connection.close()
        return claim

    def second():
        claimed_first.wait()
        claim = outbox._claim(type(row), row.pk)
        waiting.set()
        connection.close()
        return claim

    with ThreadPoolExecutor(2) as pool:
        claims = [pool.submit(first), pool.submit(second)]
        assert [claim.result() is not None for claim in claims] == [True, False]
