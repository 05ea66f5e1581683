"""The list of groups and each offer, as people see them."""

import pytest

from groups.models import OfferKind
from tests import factories as make
from tests.html import links, soup

# In English, the language of the templates.
SIGNUP = "/en/pamelding/?interest=group"


def titles(response):
    return {title.text.strip() for title in soup(response).select(".offer-card .card__title")}


@pytest.fixture
def offers(centre):
    """Three offers that differ in everything one can filter by."""
    sorrow = make.TopicFactory(name="Sorg", slug="sorg")
    island = make.AreaFactory(name="Øya", slug="oya")
    groups = centre.en.groups
    make.GroupOfferPageFactory(parent=groups, title="Sorg på Øya", topics=[sorrow], area=island)
    make.GroupOfferPageFactory(parent=groups, title="På skjerm", digital=True, full=True)
    make.GroupOfferPageFactory(parent=groups, title="Etter kurset", after_course=True)
    return groups


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Sorg på Øya", "På skjerm", "Etter kurset"}),
        ("topic=sorg", {"Sorg på Øya"}),
        ("area=oya", {"Sorg på Øya"}),
        ("kind=after_course", {"Etter kurset"}),
        ("where=digital", {"På skjerm"}),
        ("where=room", {"Sorg på Øya", "Etter kurset"}),
        ("places=true", {"Sorg på Øya", "Etter kurset"}),
        ("where=room&topic=sorg&places=true", {"Sorg på Øya"}),
        ("where=digital&topic=sorg", set()),
    ],
)
def test_filters(client, offers, query, shown):
    assert titles(client.get(f"{offers.url}?{query}")) == shown


@pytest.mark.parametrize(
    "query",
    ["topic=no-such", "topic=%00", "kind=x", "where='", "page=-1", "page=x"],
)
def test_unknown_filters_are_ignored(client, offers, query):
    assert len(titles(client.get(f"{offers.url}?{query}"))) == 3


def test_chosen_filters_are_shown_and_can_be_taken_off_one_by_one(client, offers):
    page = soup(client.get(f"{offers.url}?topic=sorg&where=room&page=1"))
    chips = {chip.contents[0].strip(): chip["href"] for chip in page.select(".chosen .chip")}
    assert chips == {"Sorg (English)": "?where=room#groups", "In person": "?topic=sorg#groups"}
    assert page.select_one("select[name=topic] option[selected]")["value"] == "sorg"


def test_number_of_groups_is_said_in_words(client, offers):
    assert soup(client.get(offers.url)).select_one("#groups").text.strip() == "3 groups"
    assert (
        soup(client.get(f"{offers.url}?topic=sorg")).select_one("#groups").text.strip() == "1 group"
    )


def test_nothing_found_offers_any_group(client, offers):
    page = soup(client.get(f"{offers.url}?where=digital&topic=sorg"))
    assert {SIGNUP, offers.url}.issubset({link["href"] for link in page.select(".empty a")})


def test_paging_keeps_the_filters(client, centre):
    for _ in range(13):
        make.GroupOfferPageFactory(parent=centre.en.groups, after_course=True)
    page = soup(client.get(f"{centre.en.groups.url}?kind=after_course"))
    assert len(page.select(".offer-card")) == 12
    assert page.select_one("a[rel=next]")["href"] == "?kind=after_course&page=2"
    assert (
        len(
            soup(client.get(f"{centre.en.groups.url}?kind=after_course&page=2")).select(
                ".offer-card"
            )
        )
        == 1
    )


def test_open_offer_says_its_places_and_takes_signups(client, centre):
    offer = make.GroupOfferPageFactory(parent=centre.en.groups, slug="sorg", taken_beforehand=7)
    page = soup(client.get(offer.url))
    assert page.select_one(".state").text.strip() == "1 place left of 8"
    button = page.select_one(".facts-panel .ds-button")
    assert button.text.strip() == "Sign up for this group"
    assert button["href"] == f"{SIGNUP}&offer=sorg"


def test_full_offer_has_a_waiting_list(client, centre):
    offer = make.GroupOfferPageFactory(parent=centre.en.groups, slug="sorg", full=True)
    page = soup(client.get(offer.url))
    assert page.select_one(".state").text.strip() == "Full, waiting list open"
    assert page.select_one(".facts-panel .ds-button").text.strip() == "Join the waiting list"


def test_closed_offer_has_no_button_but_ways_on(client, centre):
    offer = make.GroupOfferPageFactory(parent=centre.en.groups, closed=True)
    page = soup(client.get(offer.url))
    assert page.select_one(".state").text.strip() == "Signup has closed"
    assert not page.select(".facts-panel .ds-button")
    ways_on = {link["href"] for link in page.select(".facts-panel a")}
    assert ways_on == {centre.en.groups.url, SIGNUP}


def test_without_a_signup_page_no_button_is_dead(client, centre):
    offer = make.GroupOfferPageFactory(parent=centre.en.groups)
    centre.en.signup.delete()
    assert not soup(client.get(offer.url)).select("main .ds-button")


def test_facts_are_said_in_words(client, centre):
    offer = make.GroupOfferPageFactory(
        parent=centre.en.groups, after_course=True, youngest=30, oldest=45, spoken_language="Somali"
    )
    facts = " ".join(soup(client.get(offer.url)).select_one(".facts").text.split())
    for fact in [
        "Tuesday",
        "18:00–20:00",
        "Storgata 1",
        "Kurs i mestring",
        "Aged 30 to 45",
        "Somali",
    ]:
        assert fact in facts
    assert str(offer.provider) in facts


def test_offer_without_a_date_starts_when_enough_have_signed_up(client, centre):
    offer = make.GroupOfferPageFactory(parent=centre.en.groups, undated=True)
    assert (
        "When enough people have signed up" in soup(client.get(offer.url)).select_one(".facts").text
    )


@pytest.mark.parametrize("kind", OfferKind)
def test_every_kind_of_offer_has_a_page(client, centre, kind):
    course = "Kurs" if kind == OfferKind.AFTER_COURSE else ""
    offer = make.GroupOfferPageFactory(parent=centre.en.groups, kind=kind, course=course, venue="")
    assert soup(client.get(offer.url)).h1.text == offer.title


def test_list_budget_does_not_grow(client, centre, django_assert_max_num_queries):
    for _ in range(12):
        make.GroupOfferPageFactory(
            parent=centre.nb.groups,
            after_course=True,
            topics=[make.TopicFactory()],
            area=make.AreaFactory(),
        )
    client.get(centre.nb.groups.url)
    with django_assert_max_num_queries(15):
        assert len(links(client.get(centre.nb.groups.url))) > 12


def test_offer_budget(client, centre, django_assert_max_num_queries):
    topics = [make.TopicFactory(), make.TopicFactory()]
    offer = make.GroupOfferPageFactory(
        parent=centre.nb.groups, after_course=True, topics=topics, area=make.AreaFactory()
    )
    client.get(offer.url)
    with django_assert_max_num_queries(13):
        client.get(offer.url)
