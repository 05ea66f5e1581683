"""A partner's contact person signs three initiators up for the network, without JavaScript."""

import re

from playwright.sync_api import expect

from home import roles
from network.models import NetworkApplication
from tests import factories as make

PEOPLE = ["Åsa", "Nguyễn", "Олена"]


def test_three_people_arrive_in_the_network_queue_and_in_no_other(live_centre, phone, staff):
    meeting = make.NetworkMeetingPageFactory(parent=live_centre.nb.network)

    phone.goto(f"{live_centre.nb.signup.full_url}?interest=network&meeting={meeting.slug}")
    phone.locator("[name=organisation]").fill("Frivilligsentralen i Fjordby")
    phone.locator("[name=organisation_number]").fill("123 456 785")
    phone.locator("[name=name]").fill("Kontaktperson")
    phone.locator("[name=email]").fill("kontakt@example.org")
    for row, name in enumerate(PEOPLE):
        phone.locator(f"[name=people-{row}-name]").fill(name)
    phone.locator("[name=consent]").check()
    phone.locator("#send").click()

    expect(phone).to_have_url(re.compile("/receipt/"))
    application = NetworkApplication.objects.get()
    assert application.meeting_id == meeting.pk
    assert [person.name for person in application.people.all()] == PEOPLE

    desk = staff(roles.NETWORK_COORDINATOR)
    desk.goto(f"{live_centre.url}/admin/network/applications/")
    desk.get_by_role("link", name=application.reference).click()
    for name in PEOPLE:
        expect(desk.locator("main")).to_contain_text(name)
    refused = desk.goto(f"{live_centre.url}/admin/groups/applications/")
    assert application.reference not in refused.text()
