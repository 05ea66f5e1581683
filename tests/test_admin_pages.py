"""Each role at each page of our own in the admin. The test fails for a page not in its table."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from home import roles
from tests import factories as make
from tests.queues import logged_in

OURS = {"groups", "home", "linksite", "network"}
GROUPS = {roles.GROUP_COORDINATOR}
NETWORK = {roles.NETWORK_COORDINATOR}
SEES_GROUPS = GROUPS | {roles.PRIVACY_OFFICER}
SEES_NETWORK = NETWORK | {roles.PRIVACY_OFFICER}
SEES_INITIATORS = GROUPS | NETWORK
SETS_MAILS = GROUPS | NETWORK | {roles.MANAGER}
ANONYMOUS = "anonymous"
EVERYBODY = [*roles.ROLES, "", ANONYMOUS]

#: Who may open which page. Everybody else is refused.
MAY_OPEN = {
    "group_applications:index": SEES_GROUPS,
    "group_applications:index_results": SEES_GROUPS,
    "group_applications:inspect": SEES_GROUPS,
    "group_applications:save_view": SEES_GROUPS,
    "group_applications:forget_view": SEES_GROUPS,
    "group_applications:add": GROUPS,
    "group_applications:correct": GROUPS,
    "group_applications:write": GROUPS,
    "group_applications:merge": GROUPS,
    "group_applications:conversation": GROUPS,
    "group_applications:not_us": GROUPS,
    "self_help_groups:index": SEES_GROUPS,
    "self_help_groups:index_results": SEES_GROUPS,
    "self_help_groups:inspect": SEES_GROUPS,
    "self_help_groups:meetings": SEES_GROUPS,
    "self_help_groups:statement": GROUPS,
    "self_help_groups:participants": GROUPS,
    "self_help_groups:calendar": GROUPS,
    "groups_board:index": SEES_GROUPS,
    "groups_board:form": GROUPS,
    "network_applications:index": SEES_NETWORK,
    "network_applications:index_results": SEES_NETWORK,
    "network_applications:inspect": SEES_NETWORK,
    "network_applications:save_view": SEES_NETWORK,
    "network_applications:forget_view": SEES_NETWORK,
    "network_applications:add": NETWORK,
    "network_applications:correct": NETWORK,
    "network_applications:write": NETWORK,
    "network_applications:merge": NETWORK,
    "network_meetings:index": SEES_NETWORK,
    "network_meetings:index_results": SEES_NETWORK,
    "initiators:index": SEES_INITIATORS,
    "initiators:index_results": SEES_INITIATORS,
    "initiators:inspect": SEES_INITIATORS,
    "initiators:add": NETWORK,
    "initiators:edit": NETWORK,
    "initiators:delete": NETWORK,
    "initiators:history": NETWORK,
    "initiators:history_results": NETWORK,
    "initiators:usage": NETWORK,
    "mail_texts:index": SETS_MAILS,
    "mail_texts:edit": SETS_MAILS,
    "figures": {roles.MANAGER},
}


def pages() -> Iterator[tuple]:
    """Return name, parameters and view of each page in the admin."""
    admin = next(p for p in get_resolver().url_patterns if str(p.pattern) == "admin/")
    return _pages_in(admin.url_patterns)


def _pages_in(patterns, *names):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _pages_in(pattern.url_patterns, *names, *filter(None, [pattern.namespace]))
        elif pattern.name:
            name = ":".join([*names, pattern.name])
            yield name, list(pattern.pattern.converters), pattern.callback


def our_pages() -> dict:
    """Return the parameters of each page of ours, or in the same namespace, by name."""
    found = [(name, parameters, _is_ours(view)) for name, parameters, view in pages()]
    namespaces = {name.split(":")[0] for name, _parameters, ours in found if ours}
    return {
        name: parameters for name, parameters, _ours in found if name.split(":")[0] in namespaces
    }


def _is_ours(view):
    return getattr(view, "view_class", view).__module__.split(".")[0] in OURS


@pytest.fixture
def address(centre):
    """Return a function that returns the address of a page about something that exists."""
    things = {
        "group_applications": make.GroupApplicationFactory.create_batch(2),
        "network_applications": make.NetworkApplicationFactory.create_batch(2),
        "self_help_groups": [make.SelfHelpGroupFactory(start_up_at=make.moment(7))],
        "initiators": [make.InitiatorFactory()],
    }

    def find(name, parameters):
        keys = [thing.pk for thing in things.get(name.split(":")[0], [])]
        values = dict(zip(["pk", "other"], keys, strict=False))
        values |= {"kind": "not_reached", "language": "nb"}
        return reverse(name, kwargs={parameter: values[parameter] for parameter in parameters})

    return find


def test_every_page_is_in_the_table():
    assert set(our_pages()) == set(MAY_OPEN)


@pytest.mark.parametrize("role", EVERYBODY)
def test_each_role_opens_what_it_may_and_is_refused_everything_else(address, role):
    client = Client() if role == ANONYMOUS else logged_in(role)
    opened = set()
    for name, parameters in our_pages().items():
        response = client.get(address(name, parameters))
        # A page that only accepts POST answers 405 to those who may use it.
        if response.status_code in (200, 405):
            opened.add(name)
        else:
            _check_refused(response, name)
    assert opened == {name for name, who in MAY_OPEN.items() if role in who}


def _check_refused(response, name):
    assert response.status_code in (302, 403, 404), name
    if response.status_code == 302:
        assert response.url == "/admin/" or response.url.startswith("/admin/login/"), name
