"""What no page sends, but somebody may: it is refused, never a server error."""

import pytest
from django.utils import timezone

from groups.actions import lifecycle
from groups.eligibility import keep_apart
from groups.models import GroupApplication, SelfHelpGroup
from home import roles
from tests import factories as make
from tests.queues import GROUP_QUEUE, NETWORK_QUEUE, content, logged_in, page_of

# SQLite cannot even look for such a key, and the request is refused; PostgreSQL finds nothing.
HUGE = "1" + "0" * 30
NOT_FOUND, NOT_A_CHOICE = (200, 302, 400), (422, 400)
GROUPS, BOARD = "/admin/groups/self-help-groups/", "/admin/groups/board/"


@pytest.fixture
def kari(centre):
    """A group coordinator's browser."""
    return logged_in(roles.GROUP_COORDINATOR)


@pytest.fixture
def person(centre):
    return make.GroupApplicationFactory(waiting=True)


@pytest.fixture
def group(kari, person):
    return lifecycle.form(
        SelfHelpGroup(site=person.site, name="Torsdager"), [person], user=kari.user
    )


@pytest.mark.parametrize("action", ["assign", "follow_up", "status", "propose"])
def test_a_next_address_that_is_a_word_is_just_an_address(kari, action):
    response = kari.get(f"/admin/bulk/groups/groupapplication/{action}/", {"next": "x"})
    assert (response.status_code, response.url) == (302, "x")


@pytest.mark.parametrize(
    ("role", "queue"),
    [(roles.GROUP_COORDINATOR, GROUP_QUEUE), (roles.NETWORK_COORDINATOR, NETWORK_QUEUE)],
)
@pytest.mark.parametrize("query", ["received_from=0001-01-01", "received_to=0001-01-01"])
def test_the_first_day_of_all_is_no_day_to_look_for(centre, role, queue, query):
    assert logged_in(role).get(f"{queue}?{query}").status_code == 200


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "1999-01-01T10:00"])
def test_a_consent_of_long_ago_is_asked_about_and_nothing_typed_is_lost(kari, at):
    said = {"name": "Åse Berg", "phone": "41234567", "language": "nb", "token": "x"}
    said |= {"consent_heard_by": kari.user.pk, "consent_text": "Ja", "consented_at": at}
    response = kari.post(f"{GROUP_QUEUE}new/", said)
    assert response.status_code == 422
    assert "more than a year ago" in content(response) and "Åse Berg" in content(response)
    assert not GroupApplication.objects.exists()


@pytest.mark.parametrize("day", ["9999-12-31", f"{timezone.localdate().year + 3}-01-01"])
def test_a_time_years_ahead_is_asked_about(kari, group, person, day):
    sent = {"action": "start_up", "version": group.version, "day": day, "time": "18:00"}
    response = kari.post(f"{GROUPS}inspect/{group.pk}/", sent)
    assert response.status_code == 422 and "two years ahead" in content(response)
    other = make.GroupApplicationFactory(waiting=True)
    fields = {"name": "G", "place": "room", "least": 4, "most": 8, "start_up_at": f"{day}T18:00"}
    response = kari.post(f"{BOARD}form/", {"do": "form", "people": other.pk, **fields})
    assert response.status_code == 422 and "two years ahead" in content(response)


@pytest.mark.parametrize(
    "address",
    [
        f"{GROUP_QUEUE}?offer={HUGE}",
        f"{GROUP_QUEUE}?topics={HUGE}&area={HUGE}&assigned_to={HUGE}",
        f"{GROUPS}?offer={HUGE}",
        f"{BOARD}form/?offer={HUGE}&topic={HUGE}",
        f"/admin/bulk/groups/groupapplication/assign/?id={HUGE}",
    ],
)
def test_a_key_that_no_database_can_hold_is_nothing_in_an_address(kari, address):
    assert kari.get(address).status_code in NOT_FOUND


def test_nor_is_it_in_the_filter_of_the_network(centre):
    client = logged_in(roles.NETWORK_COORDINATOR)
    assert client.get(f"{NETWORK_QUEUE}?meeting={HUGE}").status_code in NOT_FOUND
    assert client.post(f"{NETWORK_QUEUE}new/", {"meeting": HUGE}).status_code in NOT_A_CHOICE


def test_nor_can_it_be_chosen_in_a_form(kari, person, group):
    keep_apart(person, make.GroupApplicationFactory(waiting=True))
    conversation = page_of(person).replace("inspect", "conversation")
    for sent in ({"topics": HUGE}, {"together": HUGE}):
        response = kari.post(conversation, {"version": 1, **sent})
        assert response.status_code in NOT_A_CHOICE
    response = kari.post(f"{GROUP_QUEUE}new/", {"topics": HUGE, "offer": HUGE})
    assert response.status_code in NOT_A_CHOICE
    for action, name in {"initiators": "initiators", "start": "who_1"}.items():
        sent = {"action": action, "version": group.version, name: HUGE}
        assert kari.post(f"{GROUPS}inspect/{group.pk}/", sent).status_code in NOT_A_CHOICE
    sent = {"do": "form", "people": HUGE, "offer": HUGE, "initiators": HUGE}
    assert kari.post(f"{BOARD}form/", sent).status_code in NOT_A_CHOICE
