"""An editor takes an article and an offer from nothing to live, through the admin."""

import re

from playwright.sync_api import expect

from groups.models import GroupOfferPage
from home import roles
from home.models import ArticlePage
from tests.factories import days


def publish(page):
    """Publish from the menu beside the save button, and wait until the admin confirms it."""
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-publish]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def add_paragraph(page, text):
    """Add a paragraph to the body with the editor's own menu of blocks."""
    body = page.locator("[id$='-body-section']")
    body.locator(".c-sf-add-button").click()
    page.locator("[role=option]", has_text="Tekst").or_(
        page.locator("[role=option]", has_text="Text")
    ).first.click()
    body.locator("[contenteditable=true]").click()
    page.keyboard.type(text)
    # The editor passes its text to the form a moment later.
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile(text))


def test_an_article_goes_from_draft_to_live(live_centre, staff):
    index = live_centre.nb.articles
    page = staff(roles.EDITOR)

    page.goto(f"{live_centre.url}/admin/pages/add/home/articlepage/{index.pk}/")
    page.locator("#id_title").fill("En kveld rundt bordet")
    page.locator("#id_lead").fill("Slik gikk det første møtet.")
    add_paragraph(page, "Fem stoler og en kanne kaffe.")
    page.locator("footer button.action-save").click()
    expect(page.locator(".messages .success")).to_be_visible()
    article = ArticlePage.objects.get(title="En kveld rundt bordet")
    assert page.request.get(article.full_url).status == 404

    publish(page)
    page.goto(article.full_url)
    expect(page.locator("main")).to_contain_text("Fem stoler og en kanne kaffe.")


def test_an_offer_goes_from_draft_to_live_and_takes_signups(live_centre, staff):
    index = live_centre.nb.groups
    page = staff(roles.EDITOR)

    page.goto(f"{live_centre.url}/admin/pages/add/groups/groupofferpage/{index.pk}/")
    page.locator("#id_title").fill("Etter kurset på tirsdager")
    page.locator("#id_lead").fill("For dere som var med.")
    page.locator("#id_kind").select_option("after_course")
    page.locator("#id_course").fill("Mestringskurs")
    page.locator("#id_starts_on").fill(days(40).isoformat())
    publish(page)

    offer = GroupOfferPage.objects.get(slug="etter-kurset-pa-tirsdager")
    page.goto(offer.full_url)
    expect(page.locator(f"main a[href*='offer={offer.slug}']").first).to_be_visible()
