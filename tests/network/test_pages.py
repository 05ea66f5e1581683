"""The network's page and its meetings, as people see them."""

from datetime import UTC, datetime

import time_machine

from tests import factories as make
from tests.html import links, soup

# In English, the language of the templates.
SIGNUP = "/en/pamelding/?interest=network"


def test_network_page_shows_meetings_and_partners(client, centre):
    ahead = make.NetworkMeetingPageFactory(parent=centre.en.network)
    over = make.NetworkMeetingPageFactory(parent=centre.en.network, over=True)
    make.OrganisationFactory(name="Fjordby kommune", shown=True, website="https://fjordby.example/")
    make.OrganisationFactory(name="Ikke vist")
    response = client.get(centre.en.network.url)
    assert {ahead.url, over.url, SIGNUP, "https://fjordby.example/"}.issubset(links(response))
    assert "Ikke vist" not in response.content.decode()


def test_network_page_says_when_no_meeting_is_planned(client, centre):
    assert "No meeting is planned yet" in client.get(centre.en.network.url).content.decode()


def test_meeting_takes_signups(client, centre):
    meeting = make.NetworkMeetingPageFactory(parent=centre.en.network, slug="host")
    page = soup(client.get(meeting.url))
    assert page.select_one(".state").text.strip() == "30 places left of 30"
    assert page.select_one(".facts-panel .ds-button")["href"] == f"{SIGNUP}&meeting=host"


def test_meeting_without_a_limit_is_open(client, centre):
    meeting = make.NetworkMeetingPageFactory(parent=centre.en.network, capacity=None)
    assert soup(client.get(meeting.url)).select_one(".state").text.strip() == "Open for signup"


def closed(client, meeting):
    """Return what a meeting that takes no signups says; it has no button, but other links."""
    page = soup(client.get(meeting.url))
    assert not page.select(".facts-panel .ds-button")
    assert SIGNUP in {link["href"] for link in page.select(".facts-panel a")}
    return page.select_one(".state").text.strip()


def test_meeting_that_takes_no_signups_says_why(client, centre):
    network = centre.en.network
    full = make.NetworkMeetingPageFactory(parent=network, full=True)
    late = make.NetworkMeetingPageFactory(parent=network, late=True)
    over = make.NetworkMeetingPageFactory(parent=network, over=True)
    assert closed(client, full) == "All places are taken"
    assert closed(client, late) == "Signup has closed"
    assert closed(client, over) == "Held"


@time_machine.travel(datetime(2014, 6, 1, tzinfo=UTC))
def test_meeting_shows_programme_times_and_days(client, centre):
    meeting = make.NetworkMeetingPageFactory(
        parent=centre.en.network,
        starts_at=datetime(2014, 6, 3, 8, tzinfo=UTC),
        ends_at=datetime(2014, 6, 6, 13, tzinfo=UTC),
        programme=[("item", {"time": "10:30", "title": "Kaffe", "text": ""})],
    )
    page = soup(client.get(meeting.url))
    facts = " ".join(page.select_one(".facts").text.split())
    assert "3–6 June 2014" in facts
    assert "10:00–15:00" in facts
    assert page.select_one(".programme time").text == "10:30"
    assert page.select_one(".programme time")["datetime"] == "10:30"


def test_network_page_budget_does_not_grow(client, centre, django_assert_max_num_queries):
    for _ in range(6):
        make.NetworkMeetingPageFactory(parent=centre.nb.network)
        make.NetworkMeetingPageFactory(parent=centre.nb.network, over=True)
        make.OrganisationFactory(shown=True)
    client.get(centre.nb.network.url)
    with django_assert_max_num_queries(13):
        client.get(centre.nb.network.url)


def test_meeting_budget(client, centre, django_assert_max_num_queries):
    meeting = make.NetworkMeetingPageFactory(parent=centre.nb.network)
    client.get(meeting.url)
    with django_assert_max_num_queries(10):
        client.get(meeting.url)
