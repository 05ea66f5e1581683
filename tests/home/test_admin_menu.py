"""The admin's menu without a script."""

import pytest

from home import roles
from tests.html import links, soup
from tests.queues import GROUP_QUEUE, NETWORK_QUEUE, logged_in

MENU = "/admin/menu/"


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (roles.GROUP_COORDINATOR, {GROUP_QUEUE, "/admin/groups/board/"}, {NETWORK_QUEUE}),
        (roles.NETWORK_COORDINATOR, {NETWORK_QUEUE}, {GROUP_QUEUE, "/admin/figures/"}),
        (roles.MANAGER, {"/admin/figures/"}, {GROUP_QUEUE, NETWORK_QUEUE}),
    ],
)
def test_it_has_what_the_role_may_open_also_what_lies_deeper(centre, role, shown, hidden):
    found = set(links(logged_in(role).get(MENU)))
    assert shown <= found and not hidden & found
    assert {"/admin/", "/admin/account/", "/admin/reports/site-history/"} <= found
    assert "#" not in found


def test_every_page_of_the_admin_leads_to_it_and_it_leads_out(centre):
    client = logged_in(roles.GROUP_COORDINATOR)
    plain = soup(client.get(GROUP_QUEUE)).select("noscript")
    assert any(MENU in str(part) for part in plain)
    form = soup(client.get(MENU)).select_one("main form")
    assert form["method"] == "post" and client.post(form["action"]).status_code == 302
    assert client.get(MENU).status_code == 302
