"""Choosing people from a cell of the board until a group is forming."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from groups.actions import places, proposals
from groups.eligibility import keep_apart
from groups.models import GroupMail, PlacementStatus, SelfHelpGroup
from home import roles
from linksite.intake.actions import ChangeNotAllowed
from linksite.intake.statuses import Status
from network.models import Training
from tests import factories as make
from tests.queues import content, logged_in

FORM = "/admin/groups/board/form/"


@pytest.fixture
def kari(db):
    """A group coordinator's browser."""
    return logged_in(roles.GROUP_COORDINATOR)


@pytest.fixture
def grief(db):
    return make.TopicFactory(name="Sorg", name_en="Grief")


@pytest.fixture
def pair(db):
    """Two trained initiators with time."""
    return make.InitiatorFactory.create_batch(2)


@pytest.fixture
def four(grief):
    """Four of an age who ask for the same."""
    return waits(4, topics=[grief], age_band="35-44", availability=["mon"])


def waits(count=1, **fields):
    return make.GroupApplicationFactory.create_batch(count, waiting=True, **fields)


def fields(people=(), initiators=(), do="form", **changed):
    return {
        "do": do,
        "people": [person.pk for person in people],
        "initiators": [initiator.pk for initiator in initiators],
        "name": "Torsdager i Storgata",
        "place": "room",
        "venue": "Storgata 1",
        "meets": "Torsdager fra 18 til 20",
        "least": 4,
        "most": 8,
        **changed,
    }


def listed(response):
    """Return the names that can be ticked, list by list."""
    page = BeautifulSoup(response.content, "html.parser")
    return {
        box.legend.text.split(" (")[0].strip(): [
            label.find(string=True).strip() for label in box.select("label")
        ]
        for box in page.select(".choose-list")
    }


def cautions(response):
    return [caution.text for caution in response.context["cautions"]]


def test_who_fits_comes_first_then_those_who_left_it_open(kari, grief):
    area = make.AreaFactory()
    fits = {"topics": [grief], "area": area}
    waits(name="Ny", availability=["mon"], **fits)
    ago = timezone.now() - timedelta(days=9)
    waits(name="Lenge", availability=["mon"], submitted_at=ago, **fits)
    waits(name="Usagt", **fits)
    waits(name="Overalt", topics=[grief], availability=["mon"])
    waits(name="Tirsdag", availability=["tue"], **fits)
    waits(name="Annet", topics=[make.TopicFactory()], area=area, availability=["mon"])
    make.GroupApplicationFactory(name="Uten samtale", availability=["mon"], **fits)
    cell = {"topic": grief.pk, "area": area.pk, "evening": "mon"}
    assert listed(kari.get(FORM, cell)) == {
        "These fit": ["Lenge", "Ny"],
        "These may fit too": ["Usagt", "Overalt"],
    }


def test_any_topic_and_any_area_are_those_who_said_so(kari, grief):
    waits(name="Alt", area=None)
    waits(name="Sorg", topics=[grief])
    lists = listed(kari.get(FORM, {"topic": "any", "area": "any"}))
    assert lists["These fit"] == ["Alt"]


def test_for_an_offer_those_who_asked_for_it_in_any_language(kari, centre, grief):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, topics=[grief], title="Sorggruppa")
    waits(name="Bokmål", offer=offer)
    waits(name="Nynorsk", offer=offer.copy_for_translation(centre.nn.home.locale))
    waits(name="Temaet", topics=[grief, make.TopicFactory()])
    waits(name="Annet", topics=[make.TopicFactory()])
    response = kari.get(FORM, {"offer": offer.pk})
    assert listed(response) == {
        "These fit": ["Bokmål", "Nynorsk"],
        "These may fit too": ["Temaet"],
    }
    assert 'value="Sorggruppa"' in content(response)


def test_each_says_what_to_know_before_they_are_asked(kari, grief):
    full = make.SelfHelpGroupFactory(name="Mandager", places_taken=8)
    earlier = make.SelfHelpGroupFactory()
    first = make.GroupApplicationFactory()
    [person] = waits(topics=[grief], email="", phone=first.phone, age_band="25-34")
    places.decline(proposals.propose(earlier, person))
    person.refresh_from_db()
    proposals.propose(full, person)
    response = kari.get(FORM, {"topic": grief.pk})
    page = content(response)
    for text in (
        person.reference,
        "25–34",
        "not stated",
        "No email: call",
        "Declined a place in another group",
        "On the waiting list for Mandager",
        f"Same email or phone as {first.reference}",
    ):
        assert text in page


def test_what_makes_no_sense_in_the_address_is_left_out(kari):
    waits(name="Ida")
    query = {"topic": "x", "area": "99999", "evening": "never", "offer": "-1"}
    assert listed(kari.get(FORM, query)) == {"These fit": ["Ida"]}


def test_a_hundred_people_are_shown_and_no_query_for_each(kari, django_assert_max_num_queries):
    waits(103)
    kari.get(FORM)
    with django_assert_max_num_queries(25):
        response = kari.get(FORM)
    assert len(listed(response)["These fit"]) == 100
    assert "There are more" in content(response)


def test_widening_keeps_what_was_typed_and_ticked(kari, grief, pair, four):
    [other] = waits(name="Annet tema", topics=[make.TopicFactory()])
    sent = fields(four[:2], pair[:1], do="show", venue="Rådhuset", **{"wanted-topic": ""})
    response = kari.post(f"{FORM}?topic={grief.pk}", sent)
    lists = listed(response)
    assert lists["Chosen"] == [person.name for person in four[:2]]
    assert other.name in lists["These fit"]
    assert 'value="Rådhuset"' in content(response)
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one(f'input[name="initiators"][value="{pair[0].pk}"]').has_attr("checked")
    assert not SelfHelpGroup.objects.exists()


def test_a_group_is_formed_and_everybody_asked(kari, grief, pair, four):
    soon = timezone.localdate() + timedelta(days=14)
    sent = fields(four, pair, topic=grief.pk, start_up_at=f"{soon}T18:00")
    response = kari.post(FORM, sent)
    group = SelfHelpGroup.objects.get()
    assert response.status_code == 302
    assert response.url == f"/admin/groups/self-help-groups/inspect/{group.pk}/"
    assert (group.name, group.topic, group.places_taken) == ("Torsdager i Storgata", grief, 4)
    assert group.site == four[0].site
    assert set(group.initiators.all()) == set(pair)
    assert timezone.localtime(group.start_up_at).hour == 18
    assert group.meetings.count() == 1
    statuses = {placement.status for placement in group.placements.all()}
    assert statuses == {PlacementStatus.PROPOSED}
    assert GroupMail.objects.count() == 4


def test_a_check_says_that_nothing_speaks_against_it_and_forms_nothing(kari, grief, pair, four):
    response = kari.post(FORM, fields(four, pair, do="check"))
    assert "Nothing stands in the way." in content(response)
    assert "Form the group and ask them" in content(response)
    assert not SelfHelpGroup.objects.exists()


def test_whoever_has_waited_longest_is_asked_first_and_the_rest_wait_in_order(kari, grief, pair):
    people = [
        waits(topics=[grief], submitted_at=timezone.now() - timedelta(days=number))[0]
        for number in range(6)
    ]
    sent = fields(people, pair, most=4, seen=["late-2"])
    kari.post(FORM, sent)
    group = SelfHelpGroup.objects.get()
    waiting = group.placements.filter(status=PlacementStatus.WAITING)
    assert [placement.application for placement in waiting] == [people[1], people[0]]


def test_a_caution_has_to_be_seen_first(kari, pair, four):
    sent = fields(four[:3], pair)
    response = kari.post(FORM, sent)
    assert cautions(response) == [
        "One short of the minimum. You can form the group now and add people later."
    ]
    assert not SelfHelpGroup.objects.exists()
    [error] = BeautifulSoup(response.content, "html.parser").select(
        ".choose-cautions .error-message"
    )
    box = error.find_next("input")
    assert (box["aria-describedby"], box["value"]) == (error["id"], "few-1")
    assert box.has_attr("autofocus")
    kari.post(FORM, {**sent, "seen": ["few-1"]})
    assert SelfHelpGroup.objects.get().places_taken == 3


def test_a_caution_that_changed_has_to_be_seen_again(kari, pair, four):
    sent = fields(four[:2], pair, seen=["few-1"])
    assert kari.post(FORM, sent).status_code == 422
    assert not SelfHelpGroup.objects.exists()


def test_ages_far_apart_are_pointed_out(kari, pair, four):
    [older] = waits(age_band="55-64")
    response = kari.post(FORM, fields([*four, older], pair, do="check"))
    assert cautions(response) == ["Ages 35–64: the range may be more than fifteen years."]


def test_who_asked_for_something_else_is_named(kari, centre, pair, four):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    copy = offer.copy_for_translation(centre.nn.home.locale, copy_parents=True)
    here, there = make.AreaFactory.create_batch(2)
    same = waits(offer=copy, area=here, age_band="35-44")
    other = waits(name="Kim Vik", offer=offer, area=there, age_band="35-44")
    people = [*four, *same, *other]
    sent = fields(people, pair, do="check", offer=offer.pk, area=here.pk)
    assert cautions(kari.post(FORM, sent)) == ["Kim Vik asked for another offer or another area."]


def test_a_group_without_place_and_time_is_pointed_out(kari, pair, four):
    sent = fields(four, pair, do="check", venue="", meets="")
    assert cautions(kari.post(FORM, sent))[0].startswith("Neither a venue nor a time is set")
    assert not cautions(kari.post(FORM, {**sent, "venue": "Storgata 1"}))


def test_who_is_younger_than_the_centre_takes_cannot_be_chosen(kari, centre, pair, four):
    centre.settings.minimum_age = 18
    centre.settings.save()
    [young] = waits(name="Ung Vik", age_band="16-17")
    [silent] = waits(age_band="")
    response = kari.post(FORM, fields([*four, young, silent], pair, seen=["young"]))
    [caution] = [caution for caution in response.context["cautions"] if caution.forbids]
    assert caution.text.startswith("Ung Vik is under 18")
    assert not SelfHelpGroup.objects.exists()
    kari.post(FORM, fields([*four, silent], pair))
    assert SelfHelpGroup.objects.get().places_taken == 5


def test_a_certain_pair_cannot_be_overruled_and_no_reason_is_given(kari, pair, four):
    keep_apart(four[2], four[0])
    response = kari.post(FORM, fields(four, pair))
    [caution] = response.context["cautions"]
    assert caution.text.startswith(four[0].name)
    assert caution.forbids
    assert "I have seen this" not in content(response)
    assert "Form the group and ask them" not in content(response)
    kari.post(FORM, fields(four, pair, seen=[caution.key]))
    assert not SelfHelpGroup.objects.exists()


def test_a_name_that_was_given_is_asked_about_without_saying_by_whom(kari, grief, pair, four):
    [ola] = waits(name="Ola Nordli", topics=[grief], age_band="35-44")
    four[3].keep_apart_from = "ola nordli"
    four[3].save()
    [one_way] = cautions(kari.post(FORM, fields([*four, ola], pair, do="check")))
    assert one_way.startswith(four[3].name)
    assert "Ask before you propose both." in one_way


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ({}, "Only one initiator."),
        ({"training": Training.IN_TRAINING}, "in training"),
        ({"busy": True}, "already has 1 of at most 1 group."),
        ({"open": True}, "is going through themselves"),
    ],
)
def test_initiators_are_looked_at(kari, grief, four, chosen, text):
    initiator = make.InitiatorFactory(training=chosen.get("training", Training.TRAINED))
    if chosen.get("busy"):
        make.SelfHelpGroupFactory().initiators.add(initiator)
    if chosen.get("open"):
        initiator.open_themes.add(grief)
    response = kari.post(FORM, fields(four, [initiator], do="check", topic=grief.pk))
    assert text in " ".join(cautions(response))


def test_no_initiator_is_pointed_out(kari, four):
    assert "No initiator." in " ".join(cautions(kari.post(FORM, fields(four, do="check"))))


def test_an_own_open_theme_is_flagged_and_nobody_is_chosen_beforehand(kari, grief, pair):
    pair[0].open_themes.add(grief)
    page = BeautifulSoup(kari.get(FORM, {"topic": grief.pk}).content, "html.parser")
    boxes = page.select('input[name="initiators"]')
    assert not any(box.has_attr("checked") for box in boxes)
    labels = {box["value"]: box.find_parent("label").text for box in boxes}
    assert "going through this themselves" in labels[str(pair[0].pk)]
    assert "going through this themselves" not in labels[str(pair[1].pk)]


def test_somebody_proposed_elsewhere_meanwhile(kari, pair, four):
    proposals.propose(make.SelfHelpGroupFactory(), four[0])
    response = kari.post(FORM, fields(four, pair))
    page = content(response)
    assert response.status_code == 422
    assert f"{four[0].reference} has had a place proposed or is no longer waiting" in page
    assert SelfHelpGroup.objects.count() == 1
    assert listed(response)["Chosen"] == [person.name for person in four[1:]]
    assert "Torsdager i Storgata" in page


def test_where_it_meets_does_not_say_what_for(kari, grief, pair, four):
    response = kari.post(FORM, fields(four, pair, venue=f"Huset, {grief.name}"))
    assert response.status_code == 422
    assert "so it must not say" in content(response)
    assert not SelfHelpGroup.objects.exists()


def test_nobody_chosen_and_nothing_filled_in(kari, four):
    assert "Choose who to ask." in content(kari.post(FORM, fields()))
    response = kari.post(FORM, fields(four, name="", start_up_at="2001-01-01T10:00"))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"name", "start_up_at"}
    assert listed(response)["Chosen"] == [person.name for person in four]


def test_nobody_who_has_left_and_no_made_up_key_gets_in(kari, pair, four):
    sent = fields(four, pair) | {"people": [four[0].pk, 10**30, "x", "-1"]}
    response = kari.post(FORM, sent)
    assert response.status_code == 422
    assert [candidate.person for candidate in response.context["candidates"].chosen] == [four[0]]


def test_people_are_added_to_a_group_that_has_room(kari, grief, four):
    group = make.SelfHelpGroupFactory(name="Torsdager", topic=grief, places_taken=0)
    proposals.propose(group, four[0])
    page = f"{FORM}?group={group.pk}"
    response = kari.get(page)
    assert listed(response)["These fit"] == [person.name for person in four[1:]]
    assert "1 of 8 places are taken" in content(response)
    answer = kari.post(page, {"do": "form", "people": [person.pk for person in four[1:]]})
    assert answer.url == f"/admin/groups/self-help-groups/inspect/{group.pk}/"
    group.refresh_from_db()
    assert group.places_taken == 4


def test_who_is_added_comes_in_the_order_in_which_they_have_waited(kari, four):
    group = make.SelfHelpGroupFactory(most=2, least=2)
    for number, person in enumerate(four):
        person.submitted_at = timezone.now() - timedelta(days=number)
        person.save()
    sent = {"do": "form", "people": [person.pk for person in four], "seen": ["late-2"]}
    assert kari.post(f"{FORM}?group={group.pk}", sent).status_code == 302
    waiting = group.placements.filter(status=PlacementStatus.WAITING)
    assert [placement.application for placement in waiting] == [four[1], four[0]]


def test_when_one_cannot_be_added_nobody_is_asked(four):
    group = make.SelfHelpGroupFactory()
    proposals.propose(make.SelfHelpGroupFactory(), four[3])
    with pytest.raises(ChangeNotAllowed):
        proposals.add(group, four)
    assert not group.placements.exists()


def test_those_in_the_group_count_in_the_cautions(kari, grief, four):
    group = make.SelfHelpGroupFactory(topic=grief)
    proposals.propose(group, four[0])
    keep_apart(four[0], four[1])
    response = kari.post(f"{FORM}?group={group.pk}", {"do": "form", "people": [four[1].pk]})
    assert any(caution.forbids for caution in response.context["cautions"])
    four[1].refresh_from_db()
    assert four[1].status == Status.WAITING


def test_a_group_that_has_started_takes_nobody(kari):
    group = make.SelfHelpGroupFactory(status="started")
    for key in (group.pk, "x", 10**30):
        assert kari.get(f"{FORM}?group={key}").status_code == 404


@pytest.mark.parametrize(
    "role",
    [roles.PRIVACY_OFFICER, roles.NETWORK_COORDINATOR, roles.EDITOR, roles.MANAGER, ""],
)
def test_who_may_not_form_groups(db, four, role):
    client = logged_in(role)
    group = make.SelfHelpGroupFactory()
    for page in (FORM, f"{FORM}?group={group.pk}"):
        assert client.get(page).status_code == 302
        assert client.post(page, fields(four)).status_code == 302
    assert SelfHelpGroup.objects.count() == 1
