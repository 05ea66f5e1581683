"""The list and the pages of the self-help groups, through the admin's own addresses."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.log_actions import registry

from groups import actions
from groups.models import GroupMeeting, GroupStatus, MeetingKind, PlacementStatus, SelfHelpGroup
from home import roles
from linksite.intake.statuses import Status
from tests import factories as make
from tests.html import soup
from tests.queues import content, logged_in, page_of

GROUPS = "/admin/groups/self-help-groups/"
MEETINGS = f"{GROUPS}meetings/"
PAPERS = ["statement", "participants", "calendar"]


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
    return actions.form(new, people[:3], user=kari.user)


@pytest.fixture
def agreed(group, people, kari):
    """The same group when both have accepted and a time is proposed, in a week."""
    for person in people[:2]:
        actions.accept(group.placements.get(application=person))
    return actions.propose_start_up(
        fresh(group), make.moment(7, 18), user=kari.user, version=fresh(group).version
    )


@pytest.fixture
def ready(agreed, people):
    for person in people[:2]:
        actions.answer_start_up(agreed.placements.get(application=person), True)
    return fresh(agreed)


@pytest.fixture
def started(ready, kari):
    came = ready.placements.filter(agrees=True)
    return actions.start(ready, came, supported=3, user=kari.user, version=ready.version)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def page(group, rest="inspect"):
    return f"{GROUPS}inspect/{group.pk}/" if rest == "inspect" else f"{GROUPS}{group.pk}/{rest}/"


def send(client, group, action, version=None, follow=False, **data):
    """Send one of the forms of a group's page."""
    data |= {"action": action, "version": version or fresh(group).version}
    return client.post(page(group), data, follow=follow)


def place(group, person):
    return group.placements.get(application=person)


def answer(client, group, person, what, turn=None):
    placement = place(group, person)
    return send(
        client, group, "answer", placement=placement.pk, turn=turn or placement.turn, answer=what
    )


def facts(group, **changes):
    names = ["name", "place", "venue", "meets", "least", "most"]
    return {**{name: getattr(group, name) for name in names}, **changes}


# Who may


@pytest.mark.parametrize(
    ("role", "sees", "changes"),
    [
        (roles.GROUP_COORDINATOR, True, True),
        (roles.PRIVACY_OFFICER, True, False),
        (roles.NETWORK_COORDINATOR, False, False),
        (roles.EDITOR, False, False),
        (roles.MANAGER, False, False),
    ],
)
def test_each_role_on_each_page(group, role, sees, changes):
    client = logged_in(role)
    for address in (GROUPS, f"{GROUPS}results/", MEETINGS, page(group)):
        response = client.get(address)
        assert (response.status_code == 200) == sees, address
        assert sees or "Torsdager" not in content(response)
    for paper in PAPERS:
        assert (client.get(page(group, paper)).status_code == 200) == changes, paper
    meeting = make_meeting(group)
    sent = client.post(MEETINGS, {"version": group.version, "meeting": meeting.pk, "held": "yes"})
    assert fresh(meeting).held is (True if changes else None), sent
    send(client, group, "facts", **facts(group, name="Nytt"))
    assert (fresh(group).name == "Nytt") == changes


def make_meeting(group, at=None, kind=MeetingKind.SUPPORTED):
    at = at or timezone.now() - timedelta(hours=2)
    return GroupMeeting.objects.create(group=group, kind=kind, at=at)


def test_nobody_gets_in_without_logging_in(group, client):
    for address in (GROUPS, MEETINGS, page(group), *(page(group, paper) for paper in PAPERS)):
        assert client.get(address).status_code == 302


def test_who_may_only_look_gets_no_buttons_and_no_initiators_names(group):
    group.initiators.add(make.InitiatorFactory(name="Siri Strand"))
    officer = logged_in(roles.PRIVACY_OFFICER)
    shown = soup(officer.get(page(group)))
    assert not shown.select("main form[method=post]")
    assert "Siri Strand" not in shown.text
    assert "Siri Strand" not in content(officer.get(GROUPS))


def test_a_group_cannot_be_added_changed_or_deleted_past_its_page(kari, group):
    for rest in (
        "new/",
        "add/",
        f"edit/{group.pk}/",
        f"delete/{group.pk}/",
        f"history/{group.pk}/",
    ):
        assert kari.get(f"{GROUPS}{rest}").status_code in (302, 404)


# The list


def test_the_list_says_how_far_each_group_is(kari, agreed, people):
    actions.answer_start_up(place(agreed, people[0]), True)
    agreed.initiators.add(make.InitiatorFactory(name="Siri Strand"))
    row = soup(kari.get(GROUPS)).select_one("tr:has(.queue-reference)").text
    for text in (agreed.reference, "Torsdager", "Forming", "2 of 2", "1", "Siri Strand"):
        assert text in row


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ny", "Klar", "Alene"]),
        ("?status=forming", ["Ny"]),
        ("?status=ready", ["Klar"]),
        ("?status=on_its_own", ["Alene"]),
        ("?status=nonsense", []),
        ("?q=kla", ["Klar"]),
        ("?q=%27%22", []),
    ],
)
def test_filters_and_search_live_in_the_address(kari, query, names):
    now = timezone.now()
    for hours, (name, status) in enumerate(
        [("Ny", "forming"), ("Klar", "ready"), ("Alene", "on_its_own")]
    ):
        at = now - timedelta(hours=hours)
        make.SelfHelpGroupFactory(name=name, status=status, created_at=at)
    rows = kari.get(f"{GROUPS}{query}").context["object_list"]
    assert [group.name for group in rows] == names


def test_filters_by_offer_and_area(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    area = make.AreaFactory()
    make.SelfHelpGroupFactory()
    found = make.SelfHelpGroupFactory(offer=offer, area=area)
    for query in (f"offer={offer.pk}", f"area={area.pk}", f"q={found.reference.lower()}"):
        rows = kari.get(f"{GROUPS}?{query}").context["object_list"]
        assert [group.pk for group in rows] == [found.pk]


def test_the_list_asks_the_same_however_many_groups(kari, django_assert_max_num_queries):
    for group in make.SelfHelpGroupFactory.create_batch(50, area=make.AreaFactory()):
        group.initiators.add(make.InitiatorFactory())
    kari.get(GROUPS)
    with django_assert_max_num_queries(20):
        kari.get(GROUPS)


def test_each_quick_view_says_that_it_is_shown(kari):
    views = list(kari.get(GROUPS).context["view"].quick_views)
    for view in views:
        shown = kari.get(view["url"]).context["view"].quick_views
        assert [other["url"] for other in shown if other["is_shown"]] == [view["url"]]


# People


def test_the_page_shows_who_has_a_place_and_how_to_reach_them(kari, group, people):
    people[1].leave_message = False
    people[1].save()
    shown = soup(kari.get(page(group)))
    links = {link["href"] for link in shown.select("a[href]")}
    assert page_of(people[0]) in links
    assert "tel:+4741234567" in links
    assert f"mailto:{people[0].email}" in links
    assert "Do not leave a message" in shown.text
    assert "Waiting for a place, in order" in shown.text


def test_opening_it_is_a_read_that_the_applications_page_tells_of(kari, group, people):
    kari.get(page(group))
    assert registry.get_logs_for_instance(group).filter(action="groups.view").count() == 1
    shown = soup(kari.get(page_of(people[0]))).text
    assert "Place in a group" in shown
    assert "Torsdager" in shown
    assert "Opened group" in shown
    assert "Opened group" not in soup(kari.get(page_of(people[4]))).text


def test_a_read_after_somebody_has_left_the_group_is_none_of_theirs(kari, group, people):
    actions.decline(place(group, people[0]))
    kari.get(page(group))
    assert "Opened group" not in soup(kari.get(page_of(people[0]))).text
    assert "Opened group" in soup(kari.get(page_of(people[1]))).text


def test_what_people_say_on_the_phone_is_noted(kari, group, people):
    answer(kari, group, people[0], "accept")
    assert place(group, people[0]).status == PlacementStatus.ACCEPTED
    answer(kari, group, people[1], "decline")
    assert place(group, people[1]).status == PlacementStatus.DECLINED
    assert place(group, people[2]).status == PlacementStatus.PROPOSED
    answer(kari, group, people[0], "release")
    assert place(group, people[0]).status == PlacementStatus.RELEASED
    assert "2 have no place any more" in " ".join(soup(kari.get(page(group))).text.split())


def test_an_answer_that_came_meanwhile_is_not_overwritten(kari, group, people):
    turn = place(group, people[0]).turn
    actions.accept(place(group, people[0]))
    response = answer(kari, group, people[0], "release", turn=turn)
    assert response.status_code == 409
    assert "Nothing was saved" in content(response)
    assert place(group, people[0]).status == PlacementStatus.ACCEPTED


def test_a_place_of_another_group_cannot_be_answered_here(kari, group, people):
    other = make.SelfHelpGroupFactory()
    placement = place(group, people[0])
    data = {"placement": placement.pk, "turn": placement.turn, "answer": "release"}
    assert send(kari, other, "answer", **data).status_code == 422
    assert place(group, people[0]).status == PlacementStatus.PROPOSED


# Changing


def test_more_places_go_to_those_who_wait_for_this_group(kari, group, people):
    send(kari, group, "facts", **facts(group, most=5))
    assert place(group, people[2]).status == PlacementStatus.PROPOSED
    assert fresh(group).places_taken == 3


def test_never_fewer_places_than_are_taken_and_what_was_typed_stays(kari, group):
    response = send(kari, group, "facts", **facts(group, most=1, least=1, name="Skrevet"))
    assert response.status_code == 422
    assert "Skrevet" in content(response)
    assert fresh(group).most == 2
    response = send(kari, group, "facts", **facts(group, most=3, least=4))
    assert response.status_code == 422


def test_two_at_once_the_second_is_told_and_loses_nothing(kari, group):
    seen = group.version
    send(kari, group, "facts", **facts(group, venue="Torget 2"))
    response = send(kari, group, "facts", version=seen, **facts(group, name="Skrevet"))
    assert response.status_code == 409
    assert "Kari Fjell: Group changed" in content(response)
    assert "Skrevet" in content(response)
    assert fresh(group).name == "Torsdager"
    assert fresh(group).venue == "Torget 2"


def test_initiators_are_chosen_with_what_matters(kari, group):
    free, gone = make.InitiatorFactory(), make.InitiatorFactory(active=False)
    shown = soup(kari.get(page(group))).text
    assert "Trained · has 0 groups of 1" in shown
    assert gone.name not in shown
    send(kari, group, "initiators", initiators=[free.pk])
    assert list(group.initiators.all()) == [free]


def test_whoever_may_not_see_initiators_cannot_choose_them(group):
    client = logged_in(roles.GROUP_COORDINATOR)
    role = client.user.groups.get()
    role.permissions.remove(Permission.objects.get(codename="view_initiator"))
    assert "initiators-initiators" not in content(client.get(page(group)))
    assert send(client, group, "initiators", initiators=[]).status_code == 400


# A group's life


def test_the_line_says_where_it_is_and_what_is_next(kari, group, people):
    shown = soup(kari.get(page(group)))
    assert shown.select_one("[aria-current=step]").text.split()[0] == "Forming"
    assert "propose a start-up time" in shown.text


def test_a_start_up_time_is_proposed_to_all_who_accepted(kari, group, people):
    actions.accept(place(group, people[0]))
    day = make.days(9).isoformat()
    send(kari, group, "start_up", day=day, time="18:00")
    assert timezone.localtime(fresh(group).start_up_at).hour == 18
    assert people[0].mails.filter(kind="start_up").exists()
    assert "Has not answered about the start-up time" in content(kari.get(page(group)))
    answer(kari, group, people[0], "agree")
    assert place(group, people[0]).agrees


def test_not_in_the_past(kari, group):
    response = send(kari, group, "start_up", day=make.days(-1).isoformat(), time="18:00")
    assert response.status_code == 422
    assert fresh(group).start_up_at is None


def test_a_start_up_meeting_that_moves_stays_the_same_meeting(kari, agreed):
    meeting = agreed.meetings.get()
    send(kari, agreed, "start_up", day=make.days(9).isoformat(), time="19:00")
    assert fresh(agreed).meetings.get().pk == meeting.pk


def test_it_starts_with_those_who_came(kari, ready, people):
    ticked = soup(kari.get(page(ready))).select("input[name=came][checked]")
    assert len(ticked) == 2
    came = [place(ready, people[0]).pk]
    send(kari, ready, "start", came=came, supported=3)
    group = fresh(ready)
    assert group.status == GroupStatus.STARTED
    assert group.places_taken == 1
    assert fresh(people[1]).status == Status.WAITING
    assert group.meetings.count() == 4
    assert people[1].name not in content(kari.get(page(group)))


def test_it_does_not_start_with_somebody_who_has_left_meanwhile(kari, ready, people):
    came = [place(ready, person).pk for person in people[:2]]
    actions.propose(ready, people[3])
    actions.decline(place(ready, people[1]))
    response = send(kari, ready, "start", came=came, supported=3)
    assert response.status_code in (409, 422)
    assert fresh(ready).status != GroupStatus.STARTED


def test_it_does_not_start_with_nobody_or_too_early(kari, ready, group):
    assert send(kari, ready, "start", supported=3).status_code == 422
    forming = make.SelfHelpGroupFactory()
    assert send(kari, forming, "start", supported=3).status_code == 422


def test_handing_over_says_what_will_happen_and_needs_a_tick(kari, started):
    shown = " ".join(soup(kari.get(page(started))).text.split())
    assert "Names and numbers are deleted after 30 days" in shown
    assert send(kari, started, "hand_over").status_code == 422
    send(kari, started, "hand_over", sure="on")
    assert fresh(started).status == GroupStatus.ON_ITS_OWN


@pytest.mark.parametrize("step", ["hand_over", "end"])
def test_out_of_sight_there_are_no_names_or_numbers_anywhere(kari, started, people, step):
    send(kari, started, step, sure="on")
    response = kari.get(page(started))
    shown = " ".join(soup(response).text.split())
    assert "They will be deleted" in shown
    assert "2 are in it" in shown or "2 were in it" in shown
    history = kari.get("/admin/reports/site-history/")
    search = kari.get(f"{GROUPS}?q=Navn0")
    calendar = kari.get(page(started, "calendar"))
    for answered in (response, history, search, calendar, kari.get(MEETINGS)):
        for telling in (*(person.name for person in people[:2]), "+4741234567", "deltaker"):
            assert telling not in content(answered)
    for paper in ("statement", "participants"):
        assert kari.get(page(started, paper)).status_code == 404
    reads = registry.get_logs_for_instance(started).filter(action="groups.view")
    assert not reads.exists()


def test_when_the_names_are_gone_the_page_says_since_when(kari, started):
    send(kari, started, "hand_over", sure="on")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        actions.delete_names_due()
    assert "They were deleted" in content(kari.get(page(started)))


def test_a_group_that_has_ended_can_only_be_looked_at(kari, group, people):
    send(kari, group, "end", sure="on")
    assert fresh(group).status == GroupStatus.ENDED
    assert fresh(people[0]).status == Status.WAITING
    shown = soup(kari.get(page(group)))
    assert "It never started" in shown.text
    assert not shown.select(".group-page form[method=post]")
    for action, data in (
        ("facts", facts(group, name="Nytt")),
        ("initiators", {}),
        ("end", {"sure": "on"}),
        ("start_up", {"day": make.days(3).isoformat(), "time": "18:00"}),
    ):
        assert send(kari, group, action, **data).status_code == 409, action


def test_an_unknown_action_is_refused(kari, group):
    assert send(kari, group, "nonsense").status_code == 400


def test_the_history_says_who_and_when(kari, started):
    text = soup(kari.get(page(started))).select_one(".queue-timeline").text
    assert "Start-up time proposed: " in text
    for what in ("Group formed", "Start-up time proposed", "Ready to start", "Group started"):
        assert what in text
    assert "Kari Fjell" in text
    assert "Opened group" not in text


# Meetings


def test_meetings_are_planned_moved_and_removed(kari, started):
    day = make.days(40).isoformat()
    send(kari, started, "add_meeting", kind="supported", day=day, time="17:30")
    meeting = started.meetings.get(
        at=make.timezone.make_aware(make.datetime.combine(make.days(40), make.time(17, 30)))
    )
    send(kari, started, "move_meeting", meeting=meeting.pk, day=day, time="19:00")
    assert timezone.localtime(fresh(meeting).at).hour == 19
    send(kari, started, "remove_meeting", meeting=meeting.pk)
    assert not started.meetings.filter(pk=meeting.pk).exists()
    text = soup(kari.get(page(started))).select_one(".queue-timeline").text
    for what in ("Meeting planned: ", "Meeting moved to ", "Meeting removed: "):
        assert what in text


def test_a_meeting_that_cannot_be_moved_keeps_what_was_typed(kari, started):
    meeting = started.meetings.filter(kind=MeetingKind.SUPPORTED).first()
    day = make.days(-3).isoformat()
    response = send(kari, started, "move_meeting", meeting=meeting.pk, day=day, time="19:45")
    assert response.status_code == 422
    assert "19:45" in content(response)


def test_no_more_than_five_supported_meetings(kari, started):
    day = make.days(40).isoformat()
    for _number in range(2):
        send(kari, started, "add_meeting", kind="supported", day=day, time="17:30")
    response = send(kari, started, "add_meeting", kind="supported", day=day, time="17:30")
    assert response.status_code == 409
    assert started.meetings.filter(kind=MeetingKind.SUPPORTED).count() == 4


def test_the_start_up_meeting_is_moved_by_asking_everybody(kari, agreed):
    meeting = agreed.meetings.get()
    day = make.days(20).isoformat()
    for action in ("move_meeting", "remove_meeting"):
        response = send(kari, agreed, action, meeting=meeting.pk, day=day, time="19:00")
        assert response.status_code == 409
    assert fresh(meeting).at == meeting.at


def test_a_meeting_is_noted_on_its_day_and_not_before(kari, started):
    meeting = started.meetings.filter(kind=MeetingKind.SUPPORTED).first()
    assert send(kari, started, "note_meeting", meeting=meeting.pk, held="yes").status_code == 409
    with time_machine.travel(meeting.at + timedelta(hours=2)):
        kari.force_login(kari.user)
        send(kari, started, "note_meeting", meeting=meeting.pk, held="no")
        assert fresh(meeting).held is False
        send(kari, started, "note_meeting", meeting=meeting.pk, held="")
        assert fresh(meeting).held is None


def test_the_list_of_meetings_has_those_of_the_week_and_those_not_noted(kari, group):
    with time_machine.travel(make.moment(0) + timedelta(days=3 - make.days(0).weekday())):
        kari.force_login(kari.user)
        old = make_meeting(group, timezone.now() - timedelta(days=20))
        make_meeting(group, timezone.now() + timedelta(days=2))
        make_meeting(group, timezone.now() + timedelta(days=12))
        shown = kari.get(MEETINGS)
        assert len(shown.context["meetings"]) == 2
        assert len(soup(shown).select(".group-meetings--all form")) == 1
        data = {"version": fresh(group).version, "meeting": old.pk, "held": "yes"}
        assert kari.post(MEETINGS, data).status_code == 302
        assert fresh(old).held
        data["held"] = "no"
        assert "Nothing was noted" in content(kari.post(MEETINGS, data, follow=True))
        assert fresh(old).held
        assert kari.post(MEETINGS, {"meeting": "x"}).status_code == 400


def test_an_empty_centre_has_empty_pages(kari):
    assert "No meeting this week" in content(kari.get(MEETINGS))
    assert kari.get(GROUPS).status_code == 200


def test_pages_ask_the_database_a_bounded_number_of_times(
    kari, group, people, django_assert_max_num_queries
):
    actions.change(group, {"most": 12}, user=kari.user, version=group.version)
    for person in [make.GroupApplicationFactory(waiting=True) for _ in range(8)]:
        actions.propose(group, person)
    for number in range(40):
        make_meeting(group, timezone.now() - timedelta(days=number))
    for address, budget in ((page(group), 32), (MEETINGS, 14), (page_of(people[0]), 38)):
        kari.get(address)
        with django_assert_max_num_queries(budget):
            kari.get(address)
