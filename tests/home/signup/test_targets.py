"""Signing up for a certain offer or meeting, which may have filled, closed or gone meanwhile."""

import pytest
from wagtail.models import Locale

from groups.models import GroupApplication
from network.models import NetworkApplication
from tests import factories as make
from tests.home.signup.visitor import Visitor, fields, form_of, problems, soup


@pytest.fixture
def offer(centre):
    topics = [make.TopicFactory(slug="sorg")]
    return make.GroupOfferPageFactory(parent=centre.nb.groups, slug="sorg", topics=topics)


@pytest.fixture
def meeting(centre):
    return make.NetworkMeetingPageFactory(parent=centre.nb.network, slug="var")


def choices(response):
    found = form_of(response).find_all("input", attrs={"name": "instead"})
    return [option["value"] for option in found]


def fill(offer):
    offer.taken_beforehand = offer.most
    offer.save()


def close(offer):
    offer.apply_by = make.days(-1)
    offer.save()


def test_the_form_says_what_somebody_signs_up_for(visitor, offer):
    response = visitor.open(interest="group", offer="sorg")
    assert offer.title in soup(response).main.text
    assert fields(response)["offer"] == ["sorg"]
    assert not choices(response)


def test_who_comes_for_one_group_is_not_asked_which_would_suit(visitor, offer):
    shown = form_of(visitor.open(interest="group", offer="sorg"))
    assert not shown.find_all(attrs={"name": ["topics", "area", "availability"]})


def test_a_signup_for_an_offer(visitor, offer):
    visitor.send(visitor.fill_in("group", {"offer": "sorg"}))
    application = GroupApplication.objects.get()
    assert application.offer == offer
    assert not application.on_waiting_list


def test_the_offer_is_stored_in_the_default_language_wherever_it_was_found(client, centre, offer):
    english = offer.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title, english.slug, english.live = "Grief", "grief", True
    english.save()
    visitor = Visitor(client, centre.en.signup)
    for slug in ("grief", "sorg"):
        assert "Grief" in soup(visitor.open(interest="group", offer=slug)).main.text
        visitor.send(visitor.fill_in("group", {"offer": slug}))
    assert [row.offer for row in GroupApplication.objects.all()] == [offer, offer]


def test_a_full_offer_asks_from_the_start_what_somebody_wants(visitor, offer):
    fill(offer)
    response = visitor.open(interest="group", offer="sorg")
    assert choices(response) == ["waiting_list", "any_group"]
    assert list(problems(visitor.send(visitor.fill_in("group", {"offer": "sorg"})))) == [
        "id_instead_0"
    ]


@pytest.mark.parametrize("change", [fill, close])
def test_an_offer_that_filled_or_closed_while_the_form_was_open(visitor, offer, change):
    data = visitor.fill_in("group", {"offer": "sorg"}, message="Helst tirsdag", age_band="25-34")
    change(offer)
    response = visitor.send(data)
    assert response.status_code == 200
    assert list(problems(response)) == ["id_instead_0"]
    shown = fields(response)
    assert {name: shown[name] for name in ("message", "age_band", "phone", "consent")} == {
        "message": ["Helst tirsdag"],
        "age_band": ["25-34"],
        "phone": ["912 34 567"],
        "consent": ["on"],
    }
    assert not GroupApplication.objects.exists()
    assert visitor.send({**shown, "instead": "any_group"}).status_code == 303


def test_the_last_place_taken_while_the_form_was_open(visitor, offer):
    offer.least = offer.most = 2
    offer.taken_beforehand = 1
    offer.save()
    data = visitor.fill_in("group", {"offer": "sorg"})
    make.SelfHelpGroupFactory(offer=offer, places_taken=1)
    assert choices(visitor.send(data)) == ["waiting_list", "any_group"]


def test_onto_the_waiting_list(visitor, offer):
    fill(offer)
    visitor.send(visitor.fill_in("group", {"offer": "sorg"}, instead="waiting_list"))
    application = GroupApplication.objects.get()
    assert application.offer == offer
    assert application.on_waiting_list


@pytest.mark.parametrize("change", [fill, close])
def test_any_group_instead_takes_the_topics_along(visitor, offer, change):
    change(offer)
    own = make.TopicFactory()
    data = visitor.fill_in("group", {"offer": "sorg"}, instead="any_group", topics=own.slug)
    visitor.send(data)
    application = GroupApplication.objects.get()
    assert application.offer is None
    assert not application.on_waiting_list
    assert set(application.topics.all()) == {own, *offer.topics}


def test_a_closed_offer_has_no_waiting_list(visitor, offer):
    close(offer)
    assert choices(visitor.open(interest="group", offer="sorg")) == ["any_group"]
    data = visitor.fill_in("group", {"offer": "sorg"}, instead="waiting_list")
    assert list(problems(visitor.send(data))) == ["id_instead_0"]


def test_who_may_want_another_group_is_asked_which_would_suit(visitor, offer):
    fill(offer)
    shown = form_of(visitor.open(interest="group", offer="sorg"))
    assert shown.find_all(attrs={"name": "availability"})


@pytest.mark.parametrize("slug", ["finnes-ikke", "../../admin", "\0", "å" * 3000, "' OR 1=1"])
def test_an_offer_nobody_knows(visitor, slug):
    response = visitor.open(interest="group", offer=slug)
    assert response.status_code == 200
    if slug != "\0":
        assert choices(response) == ["any_group"]
        sent = visitor.send({**visitor.fill_in("group", {"offer": slug}), "instead": "any_group"})
        assert sent.status_code == 303
        assert GroupApplication.objects.get().offer is None


def test_an_offer_that_is_not_published_is_nobodys_business(visitor, offer):
    offer.unpublish()
    response = visitor.open(interest="group", offer="sorg")
    assert offer.title not in response.content.decode()
    assert choices(response) == ["any_group"]


def test_a_place_that_came_free_needs_no_waiting_list(visitor, offer):
    fill(offer)
    data = visitor.fill_in("group", {"offer": "sorg"}, instead="waiting_list")
    offer.taken_beforehand = 0
    offer.save()
    visitor.send(data)
    assert not GroupApplication.objects.get().on_waiting_list


def test_another_centres_offer_cannot_be_asked_for(visitor, centre):
    root = centre.nb.home.get_parent()
    other = make.HomePageFactory(parent=root, title="Et annet senter")
    groups = make.GroupIndexPageFactory(parent=other)
    make.GroupOfferPageFactory(parent=groups, slug="fremmed", title="En fremmed gruppe")
    response = visitor.open(interest="group", offer="fremmed")
    assert "En fremmed gruppe" not in response.content.decode()


def test_a_signup_for_a_meeting(visitor, meeting):
    response = visitor.open(interest="network", meeting="var")
    assert meeting.title in soup(response).main.text
    visitor.send(visitor.fill_in("network", {"meeting": "var"}))
    assert NetworkApplication.objects.get().meeting == meeting


@pytest.mark.parametrize("trait", ["over", "full", "late"])
def test_a_meeting_that_takes_nobody_asks_whether_to_join_the_network(visitor, centre, trait):
    make.NetworkMeetingPageFactory(parent=centre.nb.network, slug="var", **{trait: True})
    assert choices(visitor.open(interest="network", meeting="var")) == ["next_meeting"]
    data = visitor.fill_in("network", {"meeting": "var"})
    assert list(problems(visitor.send(data))) == ["id_instead_0"]
    assert visitor.send({**data, "instead": "next_meeting"}).status_code == 303
    assert NetworkApplication.objects.get().meeting is None


def test_a_meeting_nobody_knows(visitor):
    assert choices(visitor.open(interest="network", meeting="x")) == ["next_meeting"]


@pytest.fixture
def nearly_full(centre):
    """A meeting where one of three people has signed up."""
    meeting = make.NetworkMeetingPageFactory(parent=centre.nb.network, slug="var", capacity=3)
    make.NetworkApplicationFactory(meeting=meeting)
    return meeting


def people(count):
    return {f"people-{n}-name": f"Igangsetter {n}" for n in range(count)}


def test_more_people_than_places_are_asked_what_they_want_instead(visitor, nearly_full):
    data = visitor.fill_in("network", {"meeting": "var"}, organisation="NAV", **people(3))
    response = visitor.send(data)
    assert list(problems(response)) == ["id_instead_0"]
    assert choices(response) == ["next_meeting"]
    legend = form_of(response).find(class_="form-aim").legend.text
    assert "2" in legend and "3" in legend
    kept = fields(response)
    assert kept["organisation"] == ["NAV"] and kept["people-2-name"] == ["Igangsetter 2"]
    assert visitor.send({**data, "instead": "next_meeting"}).status_code == 303
    assert NetworkApplication.objects.latest("pk").meeting is None


def test_fewer_people_are_asked_nothing_more(visitor, nearly_full):
    data = visitor.fill_in("network", {"meeting": "var"}, **people(3))
    again = fields(visitor.send(data)) | {"people-2-name": "", "instead": "next_meeting"}
    assert visitor.send(again).status_code == 303
    application = NetworkApplication.objects.latest("pk")
    assert (application.meeting, application.people.count()) == (nearly_full, 2)


def test_any_number_of_people_may_come_to_a_meeting_without_a_limit(visitor, centre):
    meeting = make.NetworkMeetingPageFactory(parent=centre.nb.network, slug="var", capacity=None)
    visitor.send(visitor.fill_in("network", {"meeting": "var"}, **people(5)))
    assert NetworkApplication.objects.get().meeting == meeting


@pytest.mark.parametrize(
    "address",
    [
        {"offer": "Sorg-Og-Savn"},
        {"offer": "sorg-og-savn."},
        {"offer": " sorgogsavn"},
        {"offer": "sorg–og–savn"},
        {"offer": "sorg%2Dog%2Dsavn"},
        {"OFFER": "sorg-og-savn"},
        {"amp;offer": "sorg-og-savn"},
        {"offer": "gammelt-navn"},
        {"Offer": "Gammelt-Navn)"},
    ],
)
def test_a_printed_link_survives_what_is_done_to_it(
    visitor, centre, address, django_capture_on_commit_callbacks
):
    offer = make.GroupOfferPageFactory(
        parent=centre.nb.groups, slug="gammelt-navn", title="Torsdag"
    )
    offer = type(offer).objects.get(pk=offer.pk)
    offer.slug = "sorg-og-savn"
    with django_capture_on_commit_callbacks(execute=True):
        offer.save_revision().publish()
    response = visitor.open(interest="group", **address)
    assert "Torsdag" in soup(response).main.text
    assert not soup(response).select("[name=instead]")
    sent = {name: value for name, value in fields(response).items() if name == "offer"}
    visitor.send({**visitor.fill_in("group", sent)})
    assert GroupApplication.objects.get().offer == offer


def test_an_address_that_names_nothing_and_one_that_is_over_are_told_apart(visitor, offer):
    unknown = soup(visitor.open(interest="group", offer="finnes-ikke")).main.text
    offer.save_revision().publish()
    offer.refresh_from_db()
    offer.unpublish()
    over = soup(visitor.open(interest="group", offer="sorg")).main.text
    draft = make.GroupOfferPageFactory(parent=offer.get_parent(), slug="utkast", live=False)
    type(draft).objects.filter(pk=draft.pk).update(first_published_at=None)
    never = soup(visitor.open(interest="group", offer="utkast")).main.text
    found = ["finnes ikke her lenger" in text for text in (unknown, over, never)]
    assert found == [False, True, False]


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
@pytest.mark.parametrize("above", [False, True])
def test_who_may_not_see_an_offer_or_a_meeting_learns_nothing_of_it(
    visitor, centre, offer, meeting, kind, above
):
    for page, asked in ((offer, {"offer": "sorg"}), (meeting, {"meeting": "var"})):
        page.venue = "Bakgata 7"
        page.save()
        restricted = page.get_parent() if above else page
        restricted.view_restrictions.create(restriction_type=kind, password="x")
        shown = visitor.open(**asked).content.decode()
        assert page.title not in shown and "Bakgata 7" not in shown
    visitor.send({**visitor.fill_in("group", {"offer": "sorg"}), "instead": "any_group"})
    assert GroupApplication.objects.get().offer is None
    about = make.StandardPageFactory(
        parent=centre.nb.home, body=[("related_pages", {"heading": "Se også", "pages": [offer]})]
    )
    assert offer.title not in visitor.client.get(about.url).content.decode()


def test_who_was_told_the_password_signs_up_as_anybody(visitor, offer):
    restriction = offer.view_restrictions.create(restriction_type="password", password="x")
    session = visitor.client.session
    session["passed_page_view_restrictions"] = [restriction.pk]
    session.save()
    assert offer.title in visitor.open(offer="sorg").content.decode()
