"""A group on its way: who waits for it, who has a place, who said yes, who came."""

from datetime import timedelta

import pytest
import time_machine

from groups.actions import lifecycle, places, preparation
from groups.models import SelfHelpGroup
from home import roles
from linksite.intake.mail import outbox
from tests import factories as make
from tests.groups.self_help_groups.group_page import fresh
from tests.queues import logged_in


@pytest.fixture
def kari(centre):
    """A group coordinator's browser."""
    return logged_in(roles.GROUP_COORDINATOR, first_name="Kari")


@pytest.fixture
def people(centre):
    """Five who wait, the first for the longest."""
    return [make.GroupApplicationFactory(waiting=True, name=f"Navn{n} Fjell") for n in range(5)]


@pytest.fixture
def group(kari, people):
    """A group with two places, both proposed, and somebody who waits for one."""
    new = SelfHelpGroup(site=people[0].site, name="Torsdager", most=2, least=2, venue="Storgata 1")
    return lifecycle.form(new, people[:3], user=kari.user)


@pytest.fixture
def agreed(group, people, kari):
    """The same group when both have accepted and a time is proposed, in a week."""
    for person in people[:2]:
        places.accept(group.placements.get(application=person))
    return preparation.propose_start_up(
        fresh(group), make.moment(7, 18), user=kari.user, version=fresh(group).version
    )


@pytest.fixture
def ready(agreed, people):
    for person in people[:2]:
        preparation.answer_start_up(agreed.placements.get(application=person), True)
    return fresh(agreed)


@pytest.fixture
def its_day(ready, kari):
    """It is the evening of the start-up meeting of the `ready` group, and Kari is there."""
    with time_machine.travel(ready.start_up_at + timedelta(hours=3)):
        kari.force_login(kari.user)
        yield


@pytest.fixture
def started(ready, kari):
    came = ready.placements.filter(agrees=True)
    with time_machine.travel(ready.start_up_at + timedelta(hours=3)):
        return lifecycle.start(ready, came, supported=3, user=kari.user, version=ready.version)


@pytest.fixture
def mail_leaves(monkeypatch):
    """Mail is sent at once, as it is when a transaction ends."""
    monkeypatch.setattr(outbox.transaction, "on_commit", lambda do, **options: do())
