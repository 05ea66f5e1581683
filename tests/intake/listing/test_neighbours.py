"""From one application to the next within the filters and the order of the list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home import roles
from linksite.intake.queue import mail_kinds
from linksite.intake.statuses import Status
from tests import factories as make
from tests.html import soup
from tests.queues import GROUP_QUEUE, act, logged_in, page_of


@pytest.fixture
def kari(db):
    return logged_in(roles.GROUP_COORDINATOR)


@pytest.fixture
def four(db):
    """Four applications, the newest first; the middle two came at the same moment."""
    same = make.moment(-3)
    times = [make.moment(-4), same, same, make.moment(-2)]
    statuses = [Status.NEW, Status.NEW, Status.CONTACTED, Status.NEW]
    made = [
        make.GroupApplicationFactory(name=f"Nr. {number}", submitted_at=at, status=status)
        for number, (at, status) in enumerate(zip(times, statuses, strict=True))
    ]
    return made[::-1]


def links(client, url):
    """Return the addresses of the previous, the next and the list."""
    nav = soup(client.get(url)).select_one(".queue-neighbours")
    found = {link.get("rel", ["list"])[0]: link["href"] for link in nav.select("a")}
    return found.get("prev"), found.get("next"), found["list"]


def walk(client, url):
    """Yield the addresses on the way from `url` to the last application."""
    while url:
        yield url
        url = links(client, url)[1]


def rows(client, query=""):
    page = soup(client.get(f"{GROUP_QUEUE}{query}"))
    return [link["href"] for link in page.select(".queue-reference a")]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?status=new",
        "?ordering=submitted_at",
        "?status=open&ordering=submitted_at",
        "?due=none",
    ],
)
def test_the_way_through_the_applications_is_the_list(kari, four, query):
    listed = rows(kari, query)
    assert list(walk(kari, listed[0])) == listed and len(listed) >= 3
    assert all(url.endswith(query or "/") for url in listed)
    backwards = [links(kari, url)[0] for url in listed]
    assert backwards == [None, *listed[:-1]]


def test_back_to_the_list_with_its_filters(kari, four):
    assert links(kari, f"{page_of(four[0])}?status=new&p=2")[2] == f"{GROUP_QUEUE}?status=new"


def test_what_was_searched_for_does_not_go_along(kari, four):
    [row] = rows(kari, "?q=Nr.+1&language=nb")
    assert row == f"{page_of(four[2])}?language=nb"
    assert all("Nr" not in (link or "") for link in links(kari, f"{row}&q=Nr.+1"))


def test_one_that_has_left_the_filters_still_leads_on(kari, four):
    first, second, third, last = four
    url = f"{page_of(second)}?status=new"
    before, after, _ = links(kari, url)
    assert (before, after) == (f"{page_of(first)}?status=new", f"{page_of(third)}?status=new")


def test_what_is_sent_comes_back_with_the_filters(kari, four):
    url = f"{page_of(four[0])}?status=new"
    response = kari.post(url, {"action": "step", "version": 1, "note": "Ringte"})
    assert response.status_code == 302 and response.url == url


SIDE_PAGES = ["correct", "conversation", "not-us", "write", "merge"]


def side_page(name, application, other):
    more = {"write": "write_again/", "merge": f"{other.pk}/"}
    return f"{GROUP_QUEUE}{name}/{application.pk}/{more.get(name, '')}"


def leads(client, url):
    """Return the targets of a page's links, without the admin's own menus."""
    return {link["href"] for link in soup(client.get(url)).select("main a[href]")}


@pytest.mark.parametrize("name", SIDE_PAGES)
def test_a_page_beside_an_application_leads_back_with_the_filters(kari, four, name):
    kind = next(kind.name for kind in mail_kinds().values() if kind.by_hand)
    url = side_page(name, four[0], four[1]).replace("write_again", kind)
    query = "?status=new&ordering=submitted_at"
    # All of the four share a phone, and what is older is kept.
    if name != "merge":
        assert url + query in leads(kari, page_of(four[0]) + query)
    found = leads(kari, f"{url}{query}&q=Nr.+1&next=https://evil.example")
    assert page_of(four[0]) + query in found and GROUP_QUEUE + query in found
    assert not any("evil" in link or "Nr" in link for link in found)
    assert page_of(four[0]) in leads(kari, url)


def test_the_page_that_merges_is_reached_and_left_with_the_filters(kari, four):
    query = "?status=new"
    merge = f"{GROUP_QUEUE}merge/{four[1].pk}/{four[0].pk}/"
    assert four[1].status == Status.CONTACTED
    found = leads(kari, page_of(four[0]) + query)
    assert merge + query in found and page_of(four[1]) + query in found
    assert f"{GROUP_QUEUE}merge/{four[0].pk}/{four[1].pk}/{query}" in leads(kari, merge + query)
    response = kari.post(merge + query, {"version": 1, "other_version": 1})
    assert response.url == page_of(four[1]) + query
    assert page_of(four[0]) + query in leads(kari, response.url)


def test_what_is_saved_beside_an_application_leads_back_with_the_filters(kari, four):
    details = {"name": "Åse", "email": "a@example.org", "language": "nb", "version": 1}
    url = f"{GROUP_QUEUE}correct/{four[0].pk}/?status=new"
    response = kari.post(f"{url}&next=https://evil.example", details)
    assert response.url == f"{page_of(four[0])}?status=new"


@pytest.mark.parametrize(("lead", "to"), [("stay", "conversation"), ("not_us", "not-us")])
def test_a_conversation_leads_on_with_the_filters(kari, four, lead, to):
    url = f"{GROUP_QUEUE}conversation/{four[0].pk}/?status=new"
    response = kari.post(url, {"version": 1, "lead": lead})
    assert response.url == f"{GROUP_QUEUE}{to}/{four[0].pk}/?status=new"


def test_a_closed_one_is_led_back_to_with_the_filters(kari, four):
    closed = make.GroupApplicationFactory(closed=True)
    url = f"{GROUP_QUEUE}not-us/{closed.pk}/?status=closed"
    assert kari.get(url).url == f"{page_of(closed)}?status=closed"


def test_what_comes_back_after_a_step_has_known_filters_only(kari, four):
    url = f"{page_of(four[0])}?status=new&next=https://evil.example"
    response = kari.post(url, {"action": "step", "version": 1, "note": "Ringte"})
    assert response.url == f"{page_of(four[0])}?status=new"


@pytest.mark.parametrize("query", ["status=Zacharias", "assigned_to=999999", "received_from=x"])
def test_nonsense_in_the_address_leads_nowhere(kari, four, query):
    before, after, _ = links(kari, f"{page_of(four[1])}?{query}")
    assert (before, after) == (None, None)


def test_only_what_one_may_see_is_next(kari, four):
    four[1].handed_over_at = make.moment(-1)
    four[1].save()
    assert links(kari, page_of(four[0]))[1] == page_of(four[2])


def test_each_neighbour_costs_one_question(kari, four):
    def asked(count):
        make.GroupApplicationFactory.create_batch(count)
        with CaptureQueriesContext(connection) as queries:
            kari.get(f"{page_of(four[1])}?status=open")
        return [
            q["sql"]
            for q in queries
            if 'submitted_at" <= ' in q["sql"] or 'submitted_at" >= ' in q["sql"]
        ]

    kari.get(page_of(four[1]))
    assert len(asked(1)) == len(asked(20)) == 2


def test_a_key_can_be_switched_off_in_one_s_account(kari, four):
    """WCAG 2.1.4: the keys are Wagtail's own, which leave fields alone and can be turned off."""
    page = soup(kari.get(page_of(four[1])))
    keys = {
        link["aria-keyshortcuts"]: link["data-controller"]
        for link in page.select(".queue-neighbours a")
    }
    assert keys == {"l": "w-kbd", "p": "w-kbd", "n": "w-kbd"}
    assert "keyboard_shortcuts" in kari.get("/admin/account/").content.decode()


def test_wagtail_s_list_of_keys_has_those_of_an_application(kari, four):
    page = soup(kari.get(GROUP_QUEUE))
    dialog = page.select_one("#keyboard-shortcuts-dialog")
    listed = {key.decode_contents() for key in dialog.select("kbd")}
    assert {"l", "p", "n", "?"} <= listed


def test_acting_leaves_a_plain_page_plain(kari, four):
    assert act(kari, four[0], "step", note="Ringte").url == page_of(four[0])
