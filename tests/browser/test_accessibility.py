"""Every kind of public page: no fault that axe finds, nothing refused by our own policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import factories as make

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
def addresses(live_centre):
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
    return [page.url for page in pages] + [f"/nb/{query}" for query in queries + signups]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_faults(live_centre, addresses, new_context, scheme):
    page = new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme).new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    found = {}
    for address in addresses:
        page.goto(live_centre.url + address)
        # Its preloading copies our style sheets inline, which our policy rightly refuses.
        options = {"runOnly": RULES, "preload": False}
        violations = Axe().run(page, options=options).response["violations"]
        found[address] = [(fault["id"], fault["nodes"][0]["html"]) for fault in violations]
    assert not {address: faults for address, faults in found.items() if faults}
    assert not [text for text in refused if "Content Security Policy" in text]


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
