"""Erasing a member of a group: the count stays right, and nobody else is erased."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from groups.actions import lifecycle, places, preparation, proposals
from groups.models import GroupApplication
from linksite.intake import duplicates, retention
from linksite.intake.actions import change_status
from linksite.intake.models import Tally
from tests import factories as make
from tests.groups.self_help_groups.group_page import fresh, page, place
from tests.queues import content


def test_a_group_that_is_running_counts_those_who_are_left(started, people):
    before = fresh(started).places_taken
    retention.erase(fresh(people[0]))
    assert fresh(started).places_taken == started.placements.holding().count() == before - 1


def test_a_group_on_its_own_keeps_its_count(started, people, kari):
    before = fresh(started).places_taken
    lifecycle.hand_over(started, user=kari.user, version=fresh(started).version)
    retention.erase(fresh(people[0]))
    assert fresh(started).places_taken == before


def test_a_place_that_was_held_goes_on_and_no_figure_is_made_up(centre, people):
    group = make.SelfHelpGroupFactory(most=1, least=1)
    proposals.propose(group, people[0])
    proposals.propose(group, people[1])
    waiting = Tally.objects.filter(event="waiting", dimension="").count()
    retention.erase(fresh(people[0]))
    assert place(group, people[1]).status == "proposed"
    assert Tally.objects.filter(event="waiting", dimension="").count() == waiting


def test_the_history_no_longer_says_which_group(started, people):
    pk = people[0].pk
    retention.erase(fresh(people[0]))
    entries = ModelLogEntry.objects.filter(
        object_id=str(pk), content_type__model="groupapplication"
    )
    assert entries and not any("group" in entry.data for entry in entries)


def test_who_was_taken_up_again_meanwhile_is_not_erased_for_age(centre, kari, monkeypatch):
    closed = {"closed": True, "closed_at": timezone.now() - timedelta(days=400)}
    back, old = make.GroupApplicationFactory(**closed), make.GroupApplicationFactory(**closed)
    found = retention.closed_for(365)
    change_status(back, "contacted", user=kari.user, version=back.version)
    # As if it had happened after the command looked.
    monkeypatch.setattr(retention, "closed_for", lambda days: found)
    call_command("erase_applications", closed_for=365)
    assert list(GroupApplication.objects.filter(pk__in=[back.pk, old.pk])) == [back]
    call_command("erase_applications", back.reference)
    assert not GroupApplication.objects.filter(pk=back.pk).exists()


def test_who_sits_in_a_running_group_stays_in_sight_when_another_goes_on_its_own(
    started, people, kari
):
    again = make.GroupApplicationFactory(waiting=True, name="Igjen")
    member = fresh(people[0])
    duplicates.merge(
        again, member, user=kari.user, version=again.version, other_version=member.version
    )
    other = make.SelfHelpGroupFactory(most=2, least=1)
    places.accept(proposals.propose(other, fresh(again)))
    other = fresh(other)
    preparation.propose_start_up(other, timezone.now(), user=kari.user, version=other.version)
    preparation.answer_start_up(other.placements.get(), True)
    other = fresh(other)
    came = list(other.placements.all())
    other = lifecycle.start(other, came, user=kari.user, version=other.version)
    lifecycle.hand_over(other, user=kari.user, version=fresh(other).version)
    assert member.name in content(kari.get(page(started)))
    assert fresh(again).handed_over_at and not fresh(member).handed_over_at
