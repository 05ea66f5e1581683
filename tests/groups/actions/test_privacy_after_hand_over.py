"""Nobody sees any more who is in a group that is on its own, whichever way they look."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.log_actions import registry

from groups import retention
from groups.actions import proposals
from groups.models import GroupApplication
from home import roles
from linksite.intake import duplicates
from linksite.intake.statuses import ClosingReason, Status
from tests import factories as make
from tests.groups.self_help_groups.group_page import answer, fresh, page, place, send
from tests.queues import GROUP_QUEUE, act, content, logged_in, page_of

HISTORY = "/admin/reports/site-history/"


def merge(kari, kept, other):
    kept, other = fresh(kept), fresh(other)
    seen = {"version": kept.version, "other_version": other.version}
    return duplicates.merge(kept, other, user=kari.user, **seen)


def in_a_month(verb):
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        verb()


@pytest.fixture
def again(kari, group, people):
    """An earlier application of the first member, merged into theirs."""
    earlier = make.GroupApplicationFactory(name="Navn0 Fjell", message="Den gangen")
    merge(kari, people[0], earlier)
    return earlier


@pytest.mark.parametrize("step", ["hand_over", "end"])
def test_an_earlier_application_goes_out_of_sight_with_the_member(
    kari, again, started, people, step
):
    send(kari, started, step, sure="on")
    listed = content(kari.get(f"{GROUP_QUEUE}?status=closed"))
    for application in (again, people[0]):
        assert application.reference not in listed
        assert kari.get(page_of(application)).status_code == 404


def test_an_earlier_application_is_deleted_with_the_members_name(kari, again, started, people):
    send(kari, started, "hand_over", sure="on")
    in_a_month(retention.delete_names_due)
    assert not GroupApplication.objects.filter(pk__in=[again.pk, people[0].pk]).exists()


def test_a_newer_application_tells_nothing_of_the_member(kari, started, people):
    newer = make.GroupApplicationFactory(name="Navn0 Fjell")
    merge(kari, newer, people[0])
    before = content(kari.get(page_of(newer)))
    assert "Came to the first meeting" in before and started.reference in before
    send(kari, started, "hand_over", sure="on")
    after = content(kari.get(page_of(newer)))
    assert "Came to the first meeting" not in after and started.reference not in after
    in_a_month(retention.delete_names_due)
    assert GroupApplication.objects.filter(pk=newer.pk).exists()


def test_taken_up_again_nothing_leads_to_the_group_they_had_left(kari, started, people):
    person = fresh(people[0])
    act(kari, person, "step", status=Status.CONTACTED)
    assert started.name in content(kari.get(page_of(person)))
    send(kari, started, "hand_over", sure="on")
    shown = content(kari.get(page_of(person)))
    for telling in (started.name, started.reference, page(started)):
        assert telling not in shown
    assert "Came to the first meeting" in shown
    act(kari, fresh(person), "step", status=Status.CLOSED, reason=ClosingReason.WITHDREW)
    shown = content(kari.get(page_of(person)))
    assert started.name not in shown and started.reference not in shown


@pytest.mark.parametrize("role", [roles.GROUP_COORDINATOR, roles.PRIVACY_OFFICER])
def test_the_sites_history_does_not_say_who_was_in_which_group(kari, started, people, role):
    person = people[0]
    assert f"Came to the first meeting (group {started.reference})" in content(kari.get(HISTORY))
    send(kari, started, "hand_over", sure="on")
    assert f"(group {started.reference})" not in content(logged_in(role).get(HISTORY))
    in_a_month(retention.delete_names_due)
    for one in (person, people[2]):
        entries = registry.get_logs_for_instance(GroupApplication(pk=one.pk))
        assert entries.filter(action__startswith="groups.").exists()
        assert not any(started.reference in str(entry.data) for entry in entries)


def test_another_groups_history_stays_as_it_was(kari, started, people):
    other = make.SelfHelpGroupFactory()
    proposals.propose(other, fresh(people[3]))
    send(kari, started, "hand_over", sure="on")
    assert f"Place proposed (group {other.reference})" in content(kari.get(HISTORY))


@pytest.fixture
def ola(centre):
    """Somebody who may change groups, but not see the queue that their members come from."""
    client = logged_in()
    names = ["access_admin", "view_selfhelpgroup", "change_selfhelpgroup"]
    client.user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return client


def test_who_may_not_see_the_queue_gets_no_names_from_a_group(ola, ready, people):
    shown = content(ola.get(page(ready)))
    sheet = ola.get(page(ready, "participants"), follow=True)
    assert ready.venue in shown
    assert page(ready, "participants") not in shown
    for told in (shown, content(sheet)):
        assert "Navn0" not in told and "+4741234567" not in told and "41 23 45 67" not in told
    prints = registry.get_logs_for_instance(ready).filter(action="groups.print")
    assert not prints.exists()


def test_who_may_not_see_the_queue_answers_for_nobody_and_starts_no_group(ola, ready, people):
    came = [place(ready, person).pk for person in people[:2]]
    assert send(ola, ready, "start", came=came, supported=3).status_code == 400
    assert answer(ola, ready, people[0], "decline").status_code == 400
    assert fresh(ready).status == ready.status
    assert place(ready, people[0]).status == "accepted"
