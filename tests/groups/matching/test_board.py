"""The ready-to-start board: what could start now, in figures and without a name."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from groups.actions import proposals
from groups.matching.ages import AgeSpan
from groups.matching.board import board
from groups.models import AgeBand
from home import roles
from network.models import Training
from tests import factories as make
from tests.queues import content, logged_in

BOARD = "/admin/groups/board/"


@pytest.fixture
def kari(db):
    """A group coordinator's browser."""
    return logged_in(roles.GROUP_COORDINATOR)


@pytest.fixture
def grief(db):
    return make.TopicFactory(name_en="Grief")


@pytest.fixture
def sentrum(db):
    return make.AreaFactory(name="Sentrum")


def waits(count=1, **fields):
    return make.GroupApplicationFactory.create_batch(count, waiting=True, **fields)


def days_ago(count):
    return timezone.now() - timedelta(days=count)


def test_a_row_adds_up_who_asked_for_a_topic_in_an_area(kari, grief, sentrum):
    asked = {"topics": [grief], "area": sentrum}
    waits(2, age_band="25-34", availability=["mon", "thu"], **asked)
    waits(age_band="45-54", availability=["thu"], submitted_at=days_ago(40), **asked)
    waits(**asked)
    make.GroupApplicationFactory(**asked)  # Has had no conversation yet.
    [row] = board(kari.user).topics
    evenings = {evening.when.value: (evening.said, evening.unsaid) for evening in row.evenings}
    assert (row.topic, row.area, row.people.waiting) == (grief, sentrum, 4)
    assert (row.people.ages.years, row.people.ages.unknown) == ("25–54", 1)
    assert row.people.since.date() == days_ago(40).date()
    assert evenings["thu"] == (3, 1)
    assert evenings["mon"] == (2, 1)
    assert evenings["weekend"] == (0, 1)
    assert [evening.when.value for evening in row.evenings if evening.is_enough] == ["thu"]


def test_any_topic_and_any_area_are_rows_and_count_as_open_to_others(kari, grief, sentrum):
    waits(2, topics=[grief], area=sentrum)
    waits(3, area=sentrum)
    waits(4, topics=[grief])
    waits(5)
    rows = {(row.topic, row.area): row for row in board(kari.user).topics}
    assert {key: row.people.waiting for key, row in rows.items()} == {
        (grief, sentrum): 2,
        (None, sentrum): 3,
        (grief, None): 4,
        (None, None): 5,
    }
    assert rows[grief, sentrum].open_to_it == 12
    assert rows[None, sentrum].open_to_it == 5
    assert rows[None, None].open_to_it == 0


def test_somebody_with_two_topics_stands_at_both(kari, grief):
    other = make.TopicFactory()
    waits(topics=[grief, other])
    assert {row.topic for row in board(kari.user).topics} == {grief, other}


def test_the_best_come_first(kari):
    few, many, spread = (make.TopicFactory() for _number in range(3))
    waits(2, topics=[few], availability=["mon"])
    waits(4, topics=[many], availability=["mon"])
    for evening in ("mon", "tue", "wed", "thu", "fri"):
        waits(topics=[spread], availability=[evening])
    assert [row.topic for row in board(kari.user).topics] == [many, few, spread]


def test_it_can_be_narrowed_down(kari, grief, sentrum):
    other = make.TopicFactory()
    waits(topics=[grief, other], area=sentrum)
    waits(topics=[other])
    waits()
    rows = board(kari.user, topic=grief).topics
    assert {row.topic for row in rows} == {grief, None}
    assert {row.area for row in board(kari.user, area=make.AreaFactory()).topics} == {None}
    page = content(kari.get(BOARD, {"topic": grief.pk, "area": sentrum.pk}))
    assert "Show all" in page
    assert kari.get(BOARD, {"topic": "x", "area": "999999"}).status_code == 200


def test_who_stands_on_a_groups_waiting_list_counts_and_is_marked(kari, grief):
    group = make.SelfHelpGroupFactory(places_taken=8)
    [person] = waits(topics=[grief])
    proposals.propose(group, person)
    [row] = board(kari.user).topics
    assert (row.people.waiting, row.people.lined_up) == (1, 1)
    assert "1 on the waiting list for a group" in " ".join(content(kari.get(BOARD)).split())


def test_an_offer_says_who_waits_and_what_is_free(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, title="Tirsdagsgruppa", least=3)
    waits(3, offer=offer, age_band="35-44")
    group = make.SelfHelpGroupFactory(offer=offer, places_taken=2, name="Tirsdager")
    make.SelfHelpGroupFactory(offer=offer, status="ended")
    [row] = board(kari.user).offers
    assert (row.people.waiting, row.least, row.is_enough) == (3, 3, True)
    assert row.offer.places_left == 6
    assert row.groups == [group]
    page = " ".join(content(kari.get(BOARD)).split())
    for text in ("Tirsdagsgruppa", "3 (needs 3)", "35–44", "Tirsdager", "(2 of 8)"):
        assert text in page


def test_an_offer_whose_group_has_started_has_no_places_left(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, least=4, most=8)
    waits(offer=offer)
    group = {"offer": offer, "status": "started", "started_at": timezone.now()}
    make.SelfHelpGroupFactory(**group)
    page = BeautifulSoup(content(kari.get(BOARD)), "html.parser")
    assert page.select_one("[data-label='Places left']").text.strip() == "Signup has closed"


def test_who_signed_up_in_another_language_asked_for_the_same_offer(kari, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, title="På bokmål")
    nynorsk = offer.copy_for_translation(centre.nn.home.locale)
    waits(offer=offer)
    waits(offer=nynorsk)
    [row] = board(kari.user).offers
    assert (row.offer.title, row.people.waiting) == ("På bokmål", 2)


def test_who_asked_for_an_offer_alone_waits_for_that_and_no_topic(kari, centre, grief):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    waits(offer=offer)
    assert board(kari.user).topics == []
    waits(offer=offer, topics=[grief])
    assert [row.people.waiting for row in board(kari.user).topics] == [1]


def test_free_are_the_trained_with_time_who_do_not_have_it_as_their_own_theme(kari, grief):
    waits(topics=[grief])
    make.InitiatorFactory()
    make.InitiatorFactory(training=Training.IN_TRAINING)
    make.InitiatorFactory(active=False)
    make.InitiatorFactory().open_themes.set([grief])
    make.SelfHelpGroupFactory().initiators.add(make.InitiatorFactory(at_most=1))
    make.SelfHelpGroupFactory(status="ended").initiators.add(make.InitiatorFactory(at_most=1))
    [row] = board(kari.user).topics
    assert row.initiators == 2


def test_each_figure_leads_to_the_people_and_says_what_it_is(kari, grief, sentrum):
    waits(4, topics=[grief], area=sentrum, availability=["mon"])
    page = BeautifulSoup(kari.get(BOARD).content, "html.parser")
    wanted = f"{BOARD}form/?topic={grief.pk}&area={sentrum.pk}"
    links = {link["href"]: link for link in page.select(".board-table a")}
    assert set(links) == {wanted, f"{wanted}&evening=mon"}
    monday = " ".join(links[f"{wanted}&evening=mon"].text.split())
    assert "Monday evening: 4 could come" in monday and "have not answered" not in monday


def test_an_empty_board_says_so(kari):
    page = content(kari.get(BOARD))
    assert "Nobody is waiting for a particular offer." in page
    assert "Nobody is waiting for a group by topic." in page


def test_no_name_stands_on_the_board(kari, grief):
    waits(name="Ida Marie", topics=[grief])
    assert "Ida Marie" not in content(kari.get(BOARD))


def test_more_rows_than_anybody_reads_are_counted(kari):
    for _number in range(52):
        waits(topics=[make.TopicFactory()])
    assert "2 more rows are not shown" in content(kari.get(BOARD))


def test_the_board_asks_the_database_the_same_however_many_wait(kari, centre):
    topics = make.TopicFactory.create_batch(3)
    offers = make.GroupOfferPageFactory.create_batch(4, parent=centre.nb.groups, topics=topics)
    make.InitiatorFactory().open_themes.set(topics)
    make.InitiatorFactory().open_themes.set(topics)
    for offer in offers:
        make.SelfHelpGroupFactory(offer=offer)
    counts = []
    for more in (10, 290):
        for number in range(more):
            offer = offers[number % 4] if number % 2 else None
            waits(offer=offer, topics=[topics[number % 3]])
        kari.get(BOARD)
        with CaptureQueriesContext(connection) as queries:
            kari.get(BOARD)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 22


@pytest.mark.parametrize(
    ("role", "sees", "forms"),
    [
        (roles.GROUP_COORDINATOR, True, True),
        (roles.PRIVACY_OFFICER, True, False),
        (roles.NETWORK_COORDINATOR, False, False),
        (roles.EDITOR, False, False),
        (roles.MANAGER, False, False),
        ("", False, False),
    ],
)
def test_who_sees_the_board(db, grief, role, sees, forms):
    waits(topics=[grief])
    client = logged_in(role)
    response = client.get(BOARD)
    assert (response.status_code == 200) is sees
    if sees:
        assert ("/board/form/" in content(response)) is forms
        assert BOARD in content(client.get("/admin/"))


def test_who_may_not_see_initiators_is_told_nothing_of_them(db, grief):
    waits(topics=[grief])
    officer = logged_in(roles.PRIVACY_OFFICER)
    [row] = board(officer.user).topics
    assert row.initiators is None


bands = st.lists(st.sampled_from(["", *AgeBand.values]))


@given(bands)
def test_a_span_holds_all_known_bands_and_counts_the_rest(given_bands):
    span = AgeSpan.of(given_bands)
    known = [AgeBand(band) for band in given_bands if band]
    assert span.unknown == given_bands.count("")
    assert (span.youngest is None) is (not known)
    for band in known:
        assert span.youngest.youngest <= band.youngest
        assert band.oldest <= span.oldest.oldest


@given(bands, bands)
def test_a_span_never_narrows_when_somebody_joins(some, more):
    assert AgeSpan.of([*some, *more]).is_wide >= AgeSpan.of(some).is_wide


@given(bands)
def test_bands_sort_as_text_as_they_do_by_age(given_bands):
    known = [band for band in given_bands if band]
    assert sorted(known) == sorted(known, key=lambda band: AgeBand(band).youngest)


@pytest.mark.parametrize(
    ("given_bands", "years", "is_wide"),
    [
        ([], "", False),
        (["25-34"], "25–34", False),
        (["25-34", "35-44"], "25–44", False),
        (["25-34", "45-54"], "25–54", True),
        (["18-24", "35-44"], "18–44", True),
        (["55-64", "65-120"], "55 eller eldre", False),
        (["65-120"], "65 eller eldre", False),
        (["0-12"], "under 13", False),
    ],
)
def test_a_span_in_words(given_bands, years, is_wide):
    span = AgeSpan.of(given_bands)
    assert span.is_wide is is_wide
    if "eldre" not in years:
        assert span.years == years
