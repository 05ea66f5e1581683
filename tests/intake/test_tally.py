"""What is counted, once each, when it happens; and that it outlives those it was about."""

from datetime import timedelta

import pytest
import time_machine
from django.db.models import Sum
from django.utils import timezone

from groups.actions import lifecycle, places, preparation
from groups.models import GroupApplication, SelfHelpGroup
from home import roles
from linksite.intake import actions, duplicates, tally
from linksite.intake.models import HeardFrom, Tally
from linksite.intake.retention import erase
from linksite.intake.statuses import ClosingReason, Status
from linksite.intake.tally import Event
from tests import factories as make

QUEUE = "groupapplication"


@pytest.fixture
def kari(centre):
    return make.UserFactory(role=roles.GROUP_COORDINATOR, is_superuser=True)


def counted(event, dimension="", queue=QUEUE):
    """Return how often `event` was counted, or how often by each value of `dimension`."""
    rows = Tally.objects.filter(queue=queue, event=event, dimension=dimension)
    if not dimension:
        return rows.aggregate(total=Sum("count", default=0))["total"]
    return dict(rows.values_list("value").annotate(Sum("count")))


def sent(**fields):
    """Return an application as the form sends it, not saved yet."""
    said = {"name": "Deltaker", "email": "deltaker@example.org", "consent_text": "Ja", **fields}
    now = timezone.now()
    return GroupApplication(
        site=make.Site.objects.get(), consented_at=now, submitted_at=now, **said
    )


def received(**fields):
    """Return an application that has been received."""
    return actions.receive(sent(**fields))


def step(application, status, user, reason=""):
    application.refresh_from_db()
    return actions.change_status(
        application, status, user=user, version=application.version, reason=reason
    )


def close(application, reason, user):
    return step(application, Status.CLOSED, user, reason)


def test_a_signup_is_counted_by_what_it_says(centre):
    topics = [make.TopicFactory(slug="sorg"), make.TopicFactory(slug="rus")]
    partner = make.OrganisationFactory(name="Kommunen")
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, provider=partner)
    application = sent(
        heard_from=HeardFrom.GP,
        language="nn",
        area=make.AreaFactory(slug="byen"),
        offer=offer,
    )
    actions.receive(application, save_related=lambda saved: saved.topics.set(topics))
    assert counted(Event.RECEIVED) == 1
    assert counted(Event.RECEIVED, "topic") == {"sorg": 1, "rus": 1}
    assert counted(Event.RECEIVED, "area") == {"byen": 1}
    assert counted(Event.RECEIVED, "source") == {"gp": 1}
    assert counted(Event.RECEIVED, "language") == {"nn": 1}
    assert counted(Event.RECEIVED, "partner") == {"Kommunen": 1}
    assert counted(Event.RECEIVED, "days") == {}


@pytest.mark.parametrize("reached", [True, False])
def test_the_first_call_that_reaches_them_is_contact_and_is_counted_once(kari, reached):
    application = received()
    for _ in range(2):
        application = actions.log_call(
            application, reached=reached, user=kari, version=application.version
        )
    assert counted(Event.CONTACTED) == reached


def test_a_status_further_on_is_contact_as_well(kari):
    step(received(), Status.CONVERSATION, kari)
    assert (counted(Event.CONTACTED), counted(Event.CONVERSATION)) == (1, 1)


def test_days_are_counted_since_signing_up(kari):
    application = received()
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=2)):
        step(application, Status.CONTACTED, kari)
    assert counted(Event.CONTACTED, "days") == {"6": 1}


def test_going_back_and_forth_is_counted_once(kari):
    application = received()
    for status in (Status.CONVERSATION, Status.WAITING, Status.CONVERSATION, Status.WAITING):
        step(application, status, kari)
    assert (counted(Event.CONVERSATION), counted(Event.POOL)) == (1, 1)


def test_who_leaves_is_counted_with_reason_and_status(kari):
    application = step(received(), Status.CONTACTED, kari)
    close(application, ClosingReason.WITHDREW, kari)
    assert counted(Event.CLOSED) == counted(Event.CONTACTED) == 1
    assert counted(Event.CLOSED, "reason") == {"withdrew": 1}
    assert counted(Event.CLOSED, "from") == {"contacted": 1}


def test_those_who_left_less_those_who_came_back_are_gone(kari):
    stays, leaves = received(), received()
    for application in (stays, leaves):
        close(application, ClosingReason.NOT_REACHED, kari)
        step(application, Status.CONTACTED, kari)
    close(leaves, ClosingReason.WITHDREW, kari)
    assert (counted(Event.CLOSED), counted(Event.CAME_BACK)) == (3, 2)
    assert counted(Event.CLOSED, "reason") == {"not_reached": 2, "withdrew": 1}


def test_whoever_started_has_not_left_without_starting(kari):
    application = step(received(), Status.CONVERSATION, kari)
    with actions.changing(application) as current:
        actions.move(current, Status.CLOSED, user=kari, reason=ClosingReason.STARTED)
    step(application, Status.CONTACTED, kari)
    close(application, ClosingReason.WITHDREW, kari)
    assert (counted(Event.STARTED), counted(Event.CLOSED), counted(Event.CAME_BACK)) == (1, 0, 0)


def test_two_signups_of_one_person_are_one_from_when_they_are_put_together(kari):
    first, second = received(), received()
    step(second, Status.CONTACTED, kari)
    second.refresh_from_db()
    kept = duplicates.merge(
        first, second, user=kari, version=first.version, other_version=second.version
    )
    step(kept, Status.CONTACTED, kari)
    assert counted(Event.RECEIVED) == 2
    assert (counted(Event.DUPLICATE), counted(Event.CLOSED), counted(Event.CONTACTED)) == (1, 0, 1)


def test_figures_outlive_the_application(kari):
    application = step(received(heard_from=HeardFrom.FRIEND), Status.CONTACTED, kari)
    erase(application)
    assert (counted(Event.RECEIVED), counted(Event.CONTACTED)) == (1, 1)
    assert counted(Event.CONTACTED, "source") == {"friend": 1}


def test_what_is_undone_is_not_counted(kari):
    application = received()
    with pytest.raises(actions.ChangeNotAllowed):
        step(application, Status.PLACED, kari)
    with pytest.raises(actions.StaleApplication):
        actions.change_status(application, Status.CONTACTED, user=kari, version=99)
    assert counted(Event.PLACED) == counted(Event.CONTACTED) == 0


def merged_after_closing(kari):
    """Return two that came, the first of which left and was then merged into the second."""
    first, second = received(), received()
    close(first, ClosingReason.WITHDREW, kari)
    first.refresh_from_db()
    second.refresh_from_db()
    versions = {"version": second.version, "other_version": first.version}
    duplicates.merge(second, first, user=kari, **versions)
    return first, second


def test_who_left_and_came_again_by_another_signup_is_two(kari):
    _first, second = merged_after_closing(kari)
    close(second, ClosingReason.WITHDREW, kari)
    assert (counted(Event.RECEIVED), counted(Event.CLOSED)) == (2, 2)


def test_no_more_come_back_than_have_left(kari):
    first, second = merged_after_closing(kari)
    step(first, Status.CONTACTED, kari)
    close(second, ClosingReason.NOT_REACHED, kari)
    assert (counted(Event.CLOSED), counted(Event.CAME_BACK)) == (2, 1)
    step(second, Status.CONTACTED, kari)
    assert (counted(Event.CLOSED), counted(Event.CAME_BACK)) == (2, 2)


@time_machine.travel("2026-03-02 09:00+01:00", tick=False)
def test_a_group_and_its_people_are_counted_through_to_the_end(kari):
    topic, area = make.TopicFactory(slug="sorg"), make.AreaFactory(slug="byen")
    people = [step(received(area=area), Status.CONVERSATION, kari) for _ in range(4)]
    group = SelfHelpGroup(site=make.Site.objects.get(), name="G", topic=topic, area=area)
    group = lifecycle.form(group, people, user=kari)
    assert (counted(Event.PROPOSED), counted(Event.PLACED)) == (4, 0)
    for placement in group.placements.all():
        places.accept(placement)
    group.refresh_from_db()
    group = preparation.propose_start_up(group, make.moment(3), user=kari, version=group.version)
    for placement in group.placements.all():
        preparation.answer_start_up(placement, True)
    group.refresh_from_db()
    *came, missing = group.placements.all()
    with time_machine.travel(group.start_up_at + timedelta(hours=2)):
        group = lifecycle.start(group, came, [missing], user=kari, version=group.version)
    assert (counted(Event.PLACED), counted(Event.STARTED)) == (4, 3)
    assert counted(Event.STARTED, "area") == {"byen": 3}
    assert counted(Event.STARTED, "days") == {"3": 3}
    # Somebody who did not come is back in the pool: nobody has left.
    assert counted(Event.CLOSED) == 0
    group = lifecycle.hand_over(group, user=kari, version=group.version)
    group = lifecycle.end(group, user=kari, version=group.version)
    for event in (Event.GROUP_STARTED, Event.GROUP_ON_ITS_OWN, Event.GROUP_ENDED):
        assert counted(event, queue="selfhelpgroup") == 1
        assert counted(event, "topic", queue="selfhelpgroup") == {"sorg": 1}


def test_a_group_that_never_started_is_not_counted_as_ended(kari):
    group = lifecycle.form(SelfHelpGroup(site=make.Site.objects.get(), name="G"), [], user=kari)
    lifecycle.end(group, user=kari, version=group.version)
    assert not Tally.objects.filter(queue="selfhelpgroup").exists()


def test_adding_up_changes_no_figure(kari):
    for _ in range(5):
        step(received(heard_from=HeardFrom.GP), Status.CONTACTED, kari)
    before = (counted(Event.RECEIVED, "source"), counted(Event.CONTACTED, "days"))
    rows = Tally.objects.count()
    assert tally.add_up() > 0
    assert Tally.objects.count() < rows
    assert (counted(Event.RECEIVED, "source"), counted(Event.CONTACTED, "days")) == before
    assert tally.add_up() == 0


def test_a_figure_says_nothing_of_who_it_was(kari):
    application = received(name="Hemmelig Navn", email="hemmelig@example.org")
    for row in Tally.objects.values():
        assert "emmelig" not in str(row) and application.reference not in str(row)
    assert GroupApplication.objects.count() == 1
