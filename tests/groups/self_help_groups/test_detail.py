"""The list and the pages of the self-help groups, through the admin's own addresses."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.log_actions import registry

from groups import eligibility
from groups.actions import places, preparation, proposals
from groups.models import PlacementStatus
from home import roles
from tests import factories as make
from tests.groups.self_help_groups.group_page import (
    GROUPS,
    MEETINGS,
    PAPERS,
    answer,
    facts,
    fresh,
    make_meeting,
    page,
    place,
    send,
)
from tests.html import soup
from tests.queues import content, logged_in, page_of


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


def test_the_list_says_how_far_each_group_is(kari, agreed, people):
    preparation.answer_start_up(place(agreed, people[0]), True)
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
        ("?places=too_few", ["Ny"]),
        ("?places=nonsense", []),
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
        taken = 0 if status == "forming" else 4
        make.SelfHelpGroupFactory(name=name, status=status, created_at=at, places_taken=taken)
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


def test_a_pair_that_should_be_kept_apart_and_is_not_is_seen(kari, group, people):
    eligibility.keep_apart(people[0], people[1])
    eligibility.keep_apart(people[0], people[2])
    for client in (kari, logged_in(roles.PRIVACY_OFFICER)):
        shown = soup(client.get(page(group))).select(".help-warning")
        assert len(shown) == 1
        assert people[0].reference in shown[0].text and people[1].reference in shown[0].text


def test_opening_it_is_a_read_that_the_applications_page_tells_of(kari, group, people):
    kari.get(page(group))
    assert registry.get_logs_for_instance(group).filter(action="groups.view").count() == 1
    shown = soup(kari.get(page_of(people[0]))).text
    assert "Place in a group" in shown
    assert "Torsdager" in shown
    assert "Opened group" in shown
    assert "Opened group" not in soup(kari.get(page_of(people[4]))).text


def test_a_read_after_somebody_has_left_the_group_is_none_of_theirs(kari, group, people):
    places.decline(place(group, people[0]))
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
    assert "2 no longer have a place" in " ".join(soup(kari.get(page(group))).text.split())


def test_an_answer_that_came_meanwhile_is_not_overwritten(kari, group, people):
    turn = place(group, people[0]).turn
    places.accept(place(group, people[0]))
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


def test_more_places_go_to_those_who_wait_for_this_group(kari, group, people):
    send(kari, group, "facts", **facts(group, most=5))
    assert place(group, people[2]).status == PlacementStatus.PROPOSED
    assert fresh(group).places_taken == 3


def test_more_places_do_not_go_to_the_pool(kari, group, people, centre):
    group.offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    group.save()
    asked = make.GroupApplicationFactory(waiting=True, offer=group.offer)
    place(group, people[2]).delete()
    send(kari, group, "facts", **facts(group, most=5))
    assert fresh(group).places_taken == 2
    assert not asked.placements.exists()


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
    assert "trained · groups now: 0 of 1" in shown
    assert gone.name not in shown
    send(kari, group, "initiators", initiators=[free.pk])
    assert list(group.initiators.all()) == [free]


def test_an_initiator_on_their_own_open_theme_is_pointed_out(kari, group):
    group.topic = make.TopicFactory()
    group.save()
    initiator = make.InitiatorFactory(name="Siri Strand")
    initiator.open_themes.add(group.topic)
    assert "going through this themselves" in content(kari.get(page(group)))
    response = send(kari, group, "initiators", initiators=[initiator.pk], follow=True)
    assert "The group is about something Siri Strand is going through themselves." in content(
        response
    )


def test_the_log_names_only_the_facts_that_were_changed(kari, group):
    send(kari, group, "facts", **facts(group, name="Onsdager", venue="Storgata 2"))
    changed = registry.get_logs_for_instance(group).filter(action="groups.change").get()
    assert changed.data["fields"] == ["name", "venue"]
    history = soup(kari.get(page(group))).select_one(".queue-timeline").text
    assert "Group changed: working name, where" in history
    assert "Onsdager" not in history and "Storgata 2" not in history


def test_the_log_names_the_initiators_only_when_there_are_others(kari, group):
    initiator = make.InitiatorFactory(name="Siri Strand")
    for _time in range(2):
        send(kari, group, "initiators", initiators=[initiator.pk])
    latest, before = soup(kari.get(page(group))).select(".queue-timeline li")[:2]
    assert latest.text.strip().endswith("Group changed")
    assert before.text.strip().endswith("Group changed: initiators")


def test_whoever_may_not_see_initiators_cannot_choose_them(group):
    client = logged_in(roles.GROUP_COORDINATOR)
    role = client.user.groups.get()
    role.permissions.remove(Permission.objects.get(codename="view_initiator"))
    assert "initiators-initiators" not in content(client.get(page(group)))
    assert send(client, group, "initiators", initiators=[]).status_code == 400


def test_an_empty_centre_has_empty_pages(kari):
    assert "No meetings this week" in content(kari.get(MEETINGS))
    assert kari.get(GROUPS).status_code == 200


def test_pages_ask_the_database_a_bounded_number_of_times(
    kari, group, people, django_assert_max_num_queries
):
    preparation.change(group, {"most": 12}, user=kari.user, version=group.version)
    for person in [make.GroupApplicationFactory(waiting=True) for _ in range(8)]:
        proposals.propose(group, person)
    for number in range(40):
        make_meeting(group, timezone.now() - timedelta(days=number))
    for address, budget in ((page(group), 32), (MEETINGS, 14), (page_of(people[0]), 38)):
        kari.get(address)
        with django_assert_max_num_queries(budget):
            kari.get(address)


@pytest.mark.parametrize(
    "telling",
    [
        {"venue": "Sorgsenteret, sorg og tap"},
        {"venue": "Selvhjelpshuset"},
        {"meets": "Sorgen kl 18"},
    ],
)
def test_where_and_when_they_meet_does_not_say_what_for(kari, group, telling):
    make.TopicFactory(name="Sorg")
    response = send(kari, group, "facts", **facts(group, **telling))
    assert response.status_code == 422
    assert "so it must not say" in content(response)
    assert fresh(group).venue == "Storgata 1" and fresh(group).meets == ""
    send(kari, group, "facts", **facts(group, venue="Sorgenfrigata 3"))
    assert fresh(group).venue == "Sorgenfrigata 3"
