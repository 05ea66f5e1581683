"""Every kind of public page, and what staff work on: no fault that axe finds.

On the public pages our own policy refuses nothing either.
"""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Group

from groups.actions import lifecycle, places, preparation
from groups.links import answer_path
from groups.models import GroupApplication, SelfHelpGroup
from home import roles
from home.signup.tokens import receipt_token
from linksite.intake.tally import Event, tally
from network.models import NetworkApplication
from tests import factories as make
from tests.queues import GROUP_QUEUE, page_of

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BODY = [
    ("heading", {"text": "Hva skjer?", "level": "h2"}),
    ("paragraph", "<p>Vi ringer deg.</p><ul><li>Det er gratis.</li></ul>"),
    ("question", {"question": "Koster det noe?", "answer": "<p>Nei.</p>"}),
    ("pull_quote", {"quote": "Det var godt.", "said_by": "Deltaker"}),
    ("feedback", {"heading": "Etterpå", "voices": ["Jeg kommer igjen.", "Jeg også."]}),
    ("fact_box", {"heading": "Fakta", "text": "<p>Fire til åtte.</p>"}),
]


@pytest.fixture
def group(live_centre):
    """A group with a proposed time: one has agreed, one is asked, one waits for a place."""
    people = make.GroupApplicationFactory.create_batch(3, waiting=True)
    group = make.SelfHelpGroupFactory.build(site=live_centre.site, most=2, least=2)
    group = lifecycle.form(group, people, user=make.UserFactory())
    held = group.placements.order_by("application_id")
    for place in held[:2]:
        places.accept(place)
    group.refresh_from_db()
    at, version = make.moment(7, 18), group.version
    preparation.propose_start_up(group, at, user=None, version=version)
    preparation.answer_start_up(held[0], True)
    return group


@pytest.fixture
def forming(live_centre):
    """A group that has just asked somebody."""
    people = [make.GroupApplicationFactory(waiting=True)]
    group = make.SelfHelpGroupFactory.build(site=live_centre.site)
    return lifecycle.form(group, people, user=make.UserFactory())


@pytest.fixture
def by_link(live_centre, group, forming):
    """The pages that only a link leads to, in the states that look different."""
    [proposed] = forming.placements.all()
    agreed, asked, waiting = (
        answer_path(place, "nb") for place in group.placements.order_by("application_id")
    )
    network = make.NetworkApplicationFactory(people=3)
    received = [proposed.application.reference, network.reference]
    receipts = [f"receipt/{receipt_token(reference)}/" for reference in received]
    return [
        *(answer_path(proposed, "nb"), agreed, f"{agreed}?sure", asked, waiting, "/nb/svar/x/"),
        *(live_centre.nb.signup.url + rest for rest in [*receipts, "receipt/x/"]),
    ]


@pytest.fixture
def addresses(live_centre, by_link):
    """One address for each kind of page, and for each state it can be in."""
    nb = live_centre.nb
    topic = make.TopicFactory(slug="sorg")
    pages = [
        make.GroupOfferPageFactory(parent=nb.groups, after_course=True, topics=[topic], body=BODY),
        make.GroupOfferPageFactory(parent=nb.groups, full=True),
        make.GroupOfferPageFactory(parent=nb.groups, closed=True),
        make.ArticlePageFactory(parent=nb.articles, topics=[topic], body=BODY),
        make.NetworkMeetingPageFactory(parent=nb.network),
        make.NetworkMeetingPageFactory(parent=nb.network, over=True),
        *(nb.home, nb.about, nb.articles, nb.groups, nb.network, nb.signup, live_centre.en.home),
    ]
    queries = ["grupper/?topic=sorg", "grupper/?where=digital", "search/?q=gruppe", "not-here/"]
    signups = ["pamelding/?interest=group", "pamelding/?interest=network"]
    return [*(page.url for page in pages), *(f"/nb/{one}" for one in queries + signups), *by_link]


@pytest.fixture
def happened(live_centre):
    """Enough in the figures for every table that the report has."""
    told = {"source": ["gp"], "reason": ["withdrew"], "from": ["waiting"], "days": ["3"]}
    queues = [GroupApplication, NetworkApplication, SelfHelpGroup]
    for queue, event in product(queues, Event):
        for _ in range(6):
            tally(queue._meta.model_name, event, told)


@pytest.fixture
def staff_addresses(live_centre, group, forming, happened):
    """The pages that group coordinators work on all day, and the manager's."""
    alike = make.GroupApplicationFactory.create_batch(2, email="den@samme.example")
    mine, initiator = alike[0], make.InitiatorFactory()
    names = ["", "figures/", "network/initiators/", "groups/board/", "groups/board/form/"]
    queue = ["", "new/", "?status=closed"]
    works = [f"{page}/{mine.pk}/" for page in ("conversation", "not-us", "correct")]
    works += [f"write/{mine.pk}/not_reached/", f"merge/{mine.pk}/{alike[1].pk}/"]
    mails = ["", "receipt/nb/"]
    groups = ["", "meetings/", *(f"inspect/{one.pk}/" for one in (group, forming))]
    return [
        *(f"/admin/{name}" for name in names),
        f"/admin/network/initiators/inspect/{initiator.pk}/",
        *(f"{GROUP_QUEUE}{rest}" for rest in [*queue, *works]),
        *(page_of(one) for one in (mine, group.placements.first().application)),
        *(f"/admin/groups/self-help-groups/{rest}" for rest in groups),
        *(f"/admin/mail-templates/{rest}" for rest in mails),
    ]


@pytest.fixture
def at_work(live_centre, client, new_context):
    """The page of somebody who is both group coordinator and manager."""
    user = make.UserFactory(role=roles.GROUP_COORDINATOR)
    user.groups.add(Group.objects.get(name=roles.MANAGER))
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context = new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_centre.url}])
    return context.new_page()


def faults(page, within=None):
    """Return what axe finds on the page, each with its rule and the first place."""
    # Its preloading copies our style sheets inline, which our policy rightly refuses.
    options = {"runOnly": RULES, "preload": False}
    violations = Axe().run(page, within, options).response["violations"]
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in violations]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_faults(live_centre, addresses, new_context, scheme):
    page = new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme).new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    found = {}
    for address in addresses:
        page.goto(live_centre.url + address)
        found[address] = faults(page)
    assert not {address: faults for address, faults in found.items() if faults}
    assert not [text for text in refused if "Content Security Policy" in text]


def test_no_page_of_our_own_in_the_admin_has_faults(live_centre, staff_addresses, at_work):
    found = {}
    for address in staff_addresses:
        assert at_work.goto(live_centre.url + address).status == 200, address
        # The rest of the page is Wagtail's.
        found[address] = faults(at_work, "#main")
    assert not {address: faults for address, faults in found.items() if faults}


def test_every_page_fits_the_narrowest_phone(live_centre, addresses, new_context):
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    for address in addresses:
        page.goto(live_centre.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_menu_opens_on_a_phone_without_javascript(live_centre, phone):
    phone.goto(live_centre.url)
    menu = phone.locator(".menu__pages")
    assert not menu.is_visible()
    phone.locator("button[popovertarget=menu]").first.click()
    menu.get_by_role("link", name="Grupper").click()
    assert phone.url == f"{live_centre.url}/nb/grupper/"
