"""Twelve people, from their first mail to the first meeting of a group: the whole way.

One coordinator at a desk; the twelve on phones without JavaScript, each with the links in their own
mails. After each step the mails, the timeline and the figures are checked.
"""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from playwright.sync_api import expect

from groups.history import PLACES
from groups.models import GroupStatus, Placement, PlacementStatus, SelfHelpGroup
from home import roles
from linksite.intake.models import Tally
from linksite.intake.statuses import ClosingReason, Status
from linksite.intake.tally import Event
from tests import factories as make
from tests.browser.way import EVERYBODY, Way, link_in, sign_up
from tests.queues import page_of

#: Six are proposed for the group, and two more are put on its waiting list.
ASKED, RESERVES = range(6), range(6, 8)
TELLING = re.compile("selvhjelp|samtalegruppe|gruppe|sorg|torsdag", re.IGNORECASE)
QUEUE, BOARD = "/admin/groups/applications/", "/admin/groups/board/"


@pytest.fixture
def clock():
    """A morning in March, from which the clock runs and can be moved."""
    with time_machine.travel("2026-03-02 10:00+01:00", tick=True) as clock:
        yield clock


@pytest.fixture
def topic(clock, live_centre):
    return make.TopicFactory(name="Sorg og tap", slug="sorg")


@pytest.fixture
def area(live_centre):
    return make.AreaFactory()


@pytest.fixture
def people(live_centre, topic, area):
    """Twelve who have signed up, one a minute; the first has waited longest."""
    return [sign_up(live_centre.site, number, topic, area) for number in EVERYBODY]


@pytest.fixture
def desk(staff):
    """The group coordinator's page."""
    return staff(roles.GROUP_COORDINATOR)


@pytest.fixture
def way(live_centre, desk, phone, people):
    return Way(live_centre, desk, phone, people)


def test_twelve_people_on_their_way_to_a_first_meeting(clock, way, staff, topic, area):
    hold_conversations(way, topic, area)
    group = form_a_group(way, topic, area)
    answer_about_places(way, group)
    at = agree_on_a_time(way, group)
    clock.move_to(at + timedelta(hours=3))
    # Days later they log in again.
    way.desk = staff(roles.GROUP_COORDINATOR)
    start(way, group)
    look_at_the_figures(way, staff(roles.MANAGER))


def hold_conversations(way, topic, area):
    assert way.figure("status=new") == 12
    for person in EVERYBODY:
        call_and_talk(way, person) if person < 2 else enter(way, person, topic, area)
    assert way.figure("status=new") == 0
    assert way.figure("status=waiting") == 12
    for person in EVERYBODY:
        assert way.status(person) == Status.WAITING
        assert way.happened(person, gettext_lazy("Called: reached")) == 1
        assert way.happened(person, gettext_lazy("Introductory conversation held")) == 1
        assert len(way.mails(person)) == 1


def call_and_talk(way, person):
    """Do everything on the pages, as while on the phone."""
    application = way.people[person]
    way.open(page_of(application))
    way.desk.locator("[name=note]").fill("Ringer igjen etter middag.")
    way.desk.locator("button[name=call][value=reached]").click()
    expect(way.desk.locator("main")).to_contain_text("Ringer igjen etter middag.")
    assert way.status(person) == Status.CONTACTED

    way.desk.locator(f"main a[href*='/conversation/{application.pk}/']").first.click()
    way.desk.locator("[name=expectations]").fill("Vil møte noen som kjenner seg igjen.")
    way.desk.locator("[name=agreed]").fill("Venter på en kveldsgruppe.")
    way.desk.locator("button[name=lead][value=waits]").click()
    expect(way.desk).to_have_url(re.compile(page_of(application)))
    expect(way.desk.locator("main")).to_contain_text("Venter på en kveldsgruppe.")


def enter(way, person, topic, area):
    """Send what the pages send."""
    application = way.people[person]
    way.post(page_of(application), action="step", call="reached", version=application.version)
    application.refresh_from_db()
    way.post(
        f"{QUEUE}conversation/{application.pk}/",
        version=application.version,
        expectations="Vil lytte først.",
        topics=topic.pk,
        area=area.pk,
        age_band=application.age_band,
        availability=application.availability[0],
        agreed="Vi ringer innen tre uker.",
        lead="waits",
    )


def form_a_group(way, topic, area):
    initiators = [make.InitiatorFactory(name=name) for name in ("Bodil", "Rashid")]
    way.open(BOARD)
    cell = f"main a[href*='topic={topic.pk}'][href*='area={area.pk}'][href*='evening=thu']"
    expect(way.desk.locator(cell)).to_have_text(re.compile("10"))
    way.desk.locator(cell).click()
    choose(way, initiators)
    way.desk.locator("button[name=do][value=check]").click()
    # Forming is offered once the page has shown its warnings.
    expect(way.desk.locator("button[name=do][value=form]")).to_be_visible()
    for caution in way.desk.locator("[name=seen]").all():
        caution.check()
    way.desk.locator("button[name=do][value=form]").click()

    expect(way.desk).to_have_url(re.compile("/self-help-groups/inspect/"))
    group = SelfHelpGroup.objects.get()
    assert (group.status, group.places_taken) == (GroupStatus.FORMING, 6)
    assert set(group.initiators.all()) == set(initiators)
    for person in ASKED:
        expect(way.desk.locator("main")).to_contain_text(way.people[person].name)
    for person in ASKED:
        assert way.status(person) == Status.PROPOSED
        assert way.happened(person, PLACES["groups.propose"]) == 1
        assert len(way.mails(person)) == 2
    for person in RESERVES:
        assert way.status(person) == Status.WAITING
        assert len(way.mails(person)) == 1
    assert way.figure("status=waiting") == 6
    return group


def choose(way, initiators):
    """Tick eight people and fill in what the group is to be."""
    for person in (*ASKED, *RESERVES):
        way.desk.locator(f"[name=people][value='{way.people[person].pk}']").check()
    way.desk.locator("[name=name]").fill("Torsdager i Storgata")
    way.desk.locator("[name=most]").fill("6")
    way.desk.locator("[name=venue]").fill("Storgata 1")
    for initiator in initiators:
        way.desk.locator(f"[name=initiators][value='{initiator.pk}']").check()


def answer_about_places(way, group):
    for person in range(4):
        way.answer(person, "yes")
        assert way.status(person) == Status.PLACED
    decline(way, person=4, next_in_line=6)
    let_run_out(way, person=5, next_in_line=7)
    for person in RESERVES:
        way.answer(person, "yes")
        assert way.place(person).status == PlacementStatus.ACCEPTED

    group.refresh_from_db()
    assert group.places_taken == 6
    way.open(f"/admin/groups/self-help-groups/inspect/{group.pk}/")
    for person in (0, 1, 2, 3, 6, 7):
        expect(way.desk.locator("main")).to_contain_text(way.people[person].name)


def decline(way, person, next_in_line):
    way.answer(person, "no")
    assert way.place(next_in_line).status == PlacementStatus.PROPOSED
    assert len(way.mails(next_in_line)) == 2
    # They are asked whether they want to wait for another one: yes.
    way.phone.locator("button[name=answer][value=keep]").click()
    assert way.status(person) == Status.WAITING
    assert way.happened(person, PLACES["groups.decline"]) == 1
    # The link in the mail shows the current state.
    assert way.phone.goto(link_in(way.mails(person)[-1])).status == 200


def let_run_out(way, person, next_in_line):
    assert way.figure("place=running_out") == 0
    place = Placement.objects.filter(application=way.people[person])
    place.update(reply_by=timezone.now() + timedelta(hours=5))
    assert way.figure("place=running_out") == 1
    place.update(reply_by=timezone.now() - timedelta(minutes=5))
    call_command("tend")

    assert way.place(person).status == PlacementStatus.EXPIRED
    assert way.status(person) == Status.WAITING
    assert way.happened(person, PLACES["groups.expire"]) == 1
    assert way.figure("due=today") == 1
    assert way.place(next_in_line).status == PlacementStatus.PROPOSED
    assert len(way.mails(person)) == 3


def agree_on_a_time(way, group):
    at = timezone.localtime() + timedelta(days=6)
    way.open(f"/admin/groups/self-help-groups/inspect/{group.pk}/")
    form = way.desk.locator("form:has([name=action][value=start_up])")
    form.locator("[name=day]").fill(f"{at:%Y-%m-%d}")
    form.locator("[name=time]").fill("18:00")
    form.locator("button").last.click()
    expect(way.desk.locator(".messages .success")).to_be_visible()

    in_it = (0, 1, 2, 3, 6, 7)
    for agreed, person in enumerate(in_it, 1):
        way.answer(person, "yes")
        group.refresh_from_db()
        assert group.status == (GroupStatus.READY if agreed >= 4 else GroupStatus.FORMING)
    assert way.figure("status=ready") == 1
    for person in in_it:
        assert way.happened(person, PLACES["groups.agree"]) == 1
        way.phone.goto(link_in(way.mails(person)[-1]))
        expect(way.phone.locator("main")).to_contain_text("Storgata 1")
        expect(way.phone.locator("main a[href$='.ics']")).to_be_visible()
    group.refresh_from_db()
    return group.start_up_at


def start(way, group):
    way.open(f"/admin/groups/self-help-groups/inspect/{group.pk}/")
    form = way.desk.locator("form:has([name=action][value=start])")
    form.locator(f"[name=who_{way.place(7).pk}]").select_option("waits")
    form.locator("button").last.click()
    # What cannot be undone needs a confirmation.
    form.locator("[name=gone]").check()
    form.locator("button").last.click()
    expect(way.desk.locator(".messages .success")).to_be_visible()

    group.refresh_from_db()
    assert (group.status, group.places_taken) == (GroupStatus.STARTED, 5)
    for person in (0, 1, 2, 3, 6):
        assert way.status(person) == Status.CLOSED
        assert way.people[person].closing_reason == ClosingReason.STARTED
        assert way.happened(person, PLACES["groups.arrive"]) == 1
    way.open(page_of(way.people[0]))
    expect(way.desk.locator("main")).to_contain_text(group.reference)
    assert way.happened(7, PLACES["groups.miss"]) == 1
    # Those who did not come are called today; nobody is lost.
    assert way.status(7) == Status.WAITING
    assert way.figure("status=waiting") == 7
    assert way.figure("due=today") == 2
    assert way.figure("status=ready") == 0
    assert group.meetings.count() == 6


def look_at_the_figures(way, manager):
    counted = {
        event: sum(Tally.objects.filter(event=event, dimension="").values_list("count", flat=True))
        for event in (Event.RECEIVED, Event.CONVERSATION, Event.PROPOSED, Event.STARTED)
    }
    assert list(counted.values()) == [12, 12, 8, 5]
    assert manager.goto(f"{way.centre.url}/admin/figures/").status == 200
    for person in way.people:
        expect(manager.locator("main")).not_to_contain_text(person.name)
    told = {Event.RECEIVED: 12, Event.CONVERSATION: 12, Event.PROPOSED: 8, Event.STARTED: 5}
    for event, number in told.items():
        assert told_of(manager, event.label) == str(number)
    assert told_of(manager, Event.GROUP_STARTED.label) == "1"
    assert told_of(manager, Event.GROUP_ENDED.label) == "0"
    assert manager.goto(f"{way.centre.url}{QUEUE}").url == f"{way.centre.url}/admin/"
    for sent in mail.outbox:
        assert not TELLING.search(sent.subject), sent.subject


def told_of(manager, step):
    """Return this period's number in the first table with a row of that name."""
    with translation.override("nb"):
        name = manager.get_by_role("rowheader", name=str(step), exact=True).first
    return name.locator("xpath=following-sibling::td[1]").inner_text().strip()
