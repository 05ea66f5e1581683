"""The whole way of somebody who looks for a group, from the front page to the coordinator."""

import re

from playwright.sync_api import expect

from groups.models import GroupApplication
from home import roles
from tests import factories as make


def test_a_person_signs_up_for_an_offer_and_the_group_coordinator_finds_them(
    live_centre, phone, staff
):
    offer = make.GroupOfferPageFactory(parent=live_centre.nb.groups, title="Etter mestringskurset")

    phone.goto(live_centre.url)
    expect(phone).to_have_url(f"{live_centre.url}/nb/")
    phone.get_by_role("link", name=offer.title).click()
    phone.locator(f"main a[href*='offer={offer.slug}']").first.click()
    phone.locator("[name=name]").fill("Ødegård 李")
    phone.locator("[name=phone]").fill("22 22 55 55")
    phone.locator("[name=email]").fill("en@example.org")
    phone.locator("[name=consent]").check()
    phone.locator("#send").click()

    expect(phone).to_have_url(re.compile("/receipt/"))
    application = GroupApplication.objects.get()
    assert application.offer_id == offer.pk
    expect(phone.get_by_text(application.reference)).to_be_visible()
    expect(phone.locator("main")).not_to_contain_text(offer.title)

    desk = staff(roles.GROUP_COORDINATOR)
    desk.goto(f"{live_centre.url}/admin/groups/applications/")
    desk.get_by_role("link", name=application.reference).click()
    expect(desk.locator("main")).to_contain_text("Ødegård 李")
    expect(desk.locator("main")).to_contain_text(offer.title)


def test_the_network_coordinator_does_not_find_them(live_centre, staff):
    application = make.GroupApplicationFactory(name="Ødegård")
    page = staff(roles.NETWORK_COORDINATOR)

    page.goto(f"{live_centre.url}/admin/network/applications/")
    expect(page.locator("main")).not_to_contain_text(application.reference)
    refused = page.goto(f"{live_centre.url}/admin/groups/applications/inspect/{application.pk}/")
    assert application.name not in refused.text()
