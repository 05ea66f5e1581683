"""The people of the demo centre: the queues, the groups and the figures."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from groups.models import (
    MEMBERS,
    AgeBand,
    GroupApplication,
    GroupMail,
    GroupMeeting,
    GroupStatus,
    KeepApart,
    Placement,
    PlacementStatus,
    SelfHelpGroup,
)
from linksite.intake.models import MailStatus, Tally
from linksite.intake.statuses import ClosingReason, Status
from linksite.intake.tally import Event
from network.models import Initiator, NetworkApplication, NetworkMail, Training

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
APPLICATIONS = [GroupApplication, NetworkApplication]
MAILS = [GroupMail, NetworkMail]


@pytest.mark.parametrize(("model", "count"), [(GroupApplication, 83), (NetworkApplication, 15)])
def test_a_queue_shows_every_status_and_reason(model, count):
    applications = list(model.objects.all())
    assert len(applications) == count
    assert {application.status for application in applications} == set(model.queue.statuses)
    reasons = {application.closing_reason for application in applications} - {""}
    assert reasons == set(model.queue.closing_reasons)
    for application in applications:
        application.full_clean(exclude=["submission_key"])


def test_some_work_waits_for_the_coordinator():
    applications = GroupApplication.objects.open()
    today = timezone.localdate()
    assert applications.filter(follow_up_on__lt=today).exists()
    assert applications.filter(follow_up_on=today).exists()
    assert applications.filter(assigned_to=None).exists()
    assert applications.exclude(assigned_to=None).exists()
    assert 0 < applications.overdue().count() < applications.count() / 2


def logged(instance):
    """Return the log entries of something, oldest first."""
    return list(ModelLogEntry.objects.for_instance(instance).order_by("pk"))


@pytest.mark.parametrize("model", [*APPLICATIONS, SelfHelpGroup])
def test_the_history_lies_in_the_past_and_in_order(model):
    for instance in model.objects.all():
        moments = [entry.timestamp for entry in logged(instance)]
        assert moments == sorted(moments)
        assert moments[-1] <= timezone.now()


@pytest.mark.parametrize("model", APPLICATIONS)
def test_an_application_fits_its_history(model):
    for application in model.objects.all():
        entries = logged(application)
        assert entries[0].timestamp == application.submitted_at
        assert not application.closed_at or application.closed_at == entries[-1].timestamp
        assert application.last_step_at <= entries[-1].timestamp


def test_changed_applications_say_who_changed_them():
    for application in GroupApplication.objects.exclude(status=Status.NEW):
        changes = [entry for entry in logged(application) if entry.action == "intake.status"]
        assert changes[0].user.username == "gruppe"


def test_closed_applications_say_why():
    closed = GroupApplication.objects.filter(status=Status.CLOSED)
    assert all(application.closing_reason in ClosingReason for application in closed)


def test_conversations_were_held_before_somebody_came_to_the_pool():
    for application in GroupApplication.objects.in_pool():
        assert application.conversation_at <= timezone.now()
        assert application.expectations and application.agreed


def test_somebody_called_and_somebody_had_help():
    heard = GroupApplication.objects.exclude(consent_heard_by=None)
    assert heard.filter(email="").exists()
    assert heard.exclude(helper="").exists()


def test_one_person_is_there_twice_and_two_must_not_meet():
    phones = Counter(GroupApplication.objects.open().values_list("phone", flat=True))
    assert sorted(phones.values())[-2:] == [1, 2]
    pair = KeepApart.objects.get()
    assert {pair.one.status, pair.other.status} == {Status.WAITING}
    assert GroupApplication.objects.exclude(keep_apart_from="").exists()


def test_a_group_could_start_now_from_the_pool():
    pool = GroupApplication.objects.in_pool().filter(offer=None, topics__slug="nedstemthet")
    tuesdays = [a for a in pool.filter(area__slug="sentrum") if "tue" in a.availability]
    bands = [AgeBand(application.age_band) for application in tuesdays]
    assert len(tuesdays) >= 4
    assert sum(band.youngest >= 25 and band.oldest <= 44 for band in bands) >= 4


def test_groups_are_in_every_stage():
    assert set(SelfHelpGroup.objects.values_list("status", flat=True)) == set(GroupStatus)
    for group in SelfHelpGroup.objects.exclude(names_deleted_at=None):
        assert not group.placements.filter(status__in=MEMBERS).exists()
    for group in SelfHelpGroup.objects.filter(names_deleted_at=None):
        assert group.places_taken == group.placements.holding().count()
        group.full_clean()


def test_places_are_in_every_status():
    there = set(Placement.objects.values_list("status", flat=True))
    assert there == set(PlacementStatus) - {PlacementStatus.RELEASED}
    assert Placement.objects.running_out(timedelta(days=1)).exists()
    assert not Placement.objects.lapsed().exists()


def test_who_is_in_a_group_on_its_own_is_out_of_sight(django_user_model):
    coordinator = django_user_model.objects.get(username="gruppe")
    group = SelfHelpGroup.objects.get(status=GroupStatus.ON_ITS_OWN)
    members = GroupApplication.objects.filter(placements__group=group, placements__status="started")
    assert len(members) == group.places_taken
    assert not members.visible_to(coordinator).exists()


def test_meetings_are_to_come_and_one_is_to_be_noted():
    group = SelfHelpGroup.objects.get(status=GroupStatus.STARTED)
    now = timezone.now()
    assert group.meetings.filter(at__gt=now, at__lt=now + timedelta(days=7)).exists()
    assert group.meetings.filter(at__lt=now, held=True).exists()
    assert GroupMeeting.objects.due_this_week().filter(at__lt=now).count() == 1


def test_initiators_are_as_different_as_people_are():
    initiators = Initiator.objects.all()
    assert 10 <= len(initiators) <= 12
    assert {initiator.training for initiator in initiators} == set(Training)
    assert initiators.exclude(open_themes=None).exists()
    free = initiators.active().filter(self_help_groups=None, training=Training.TRAINED)
    assert free.exists()
    assert initiators.filter(self_help_groups__status=GroupStatus.STARTED).exists()


@pytest.mark.parametrize("model", MAILS)
def test_no_mail_waits_to_be_sent(model):
    assert model.objects.exists()
    assert not model.objects.exclude(status=MailStatus.SENT).exists()
    assert not model.objects.exclude(to__endswith="@example.org").exists()
    for mail in model.objects.select_related("application"):
        assert mail.sent_at == mail.created_at
        assert mail.created_at >= mail.application.submitted_at


def test_figures_go_back_two_years():
    months = set(Tally.objects.values_list("month", flat=True))
    assert len(months) == 25
    assert max(months) == timezone.localdate().replace(day=1)
    # Nobody who left has come back there.
    for event in set(Event) - {Event.CAME_BACK}:
        assert Tally.objects.filter(event=event, dimension="").exists()


def test_what_happened_to_the_people_here_is_counted_in_its_month():
    group = SelfHelpGroup.objects.get(status=GroupStatus.STARTED)
    month = timezone.localdate(group.started_at).replace(day=1)
    started = Tally.objects.filter(month=month, event=Event.STARTED, dimension="")
    assert sum(started.values_list("count", flat=True)) >= group.places_taken
