"""Every search answers whatever is typed into it."""

import pytest
from django.urls import reverse

from tests import factories as make

ODD = [
    '"',
    '"sorg',
    "'",
    "sorg*",
    "AND",
    "a:b",
    "NEAR(a b)",
    "(",
    "-",
    "^a",
    "\0",
    "%",
    "\\",
    "ord " * 1000,
]
SEARCHES = [
    "wagtailimages:index",
    "wagtailimages:index_results",
    "wagtailimages_chooser:choose",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose",
    "wagtailadmin_pages:search",
    "wagtailadmin_choose_page_search",
    "wagtailusers_users:index",
    "wagtailsnippets_network_organisation:list",
    "wagtailsnippets_groups_topic:list",
    "group_applications:index",
    "network_applications:index",
    "self_help_groups:index",
    "initiators:index",
    "wagtailadmin_reports:site_history",
    "wagtailredirects:index",
]


@pytest.mark.parametrize("name", SEARCHES)
def test_every_search_of_the_admin_answers(client, centre, name):
    client.force_login(make.UserFactory(is_superuser=True))
    make.GroupApplicationFactory()
    for query in ODD:
        response = client.get(reverse(name), {"q": query, "label": query, "object_type": query})
        assert response.status_code == 200, query


@pytest.mark.parametrize("query", ODD)
def test_the_public_search_answers(client, centre, query):
    assert client.get("/nb/search/", {"q": query}).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"timestamp_from": "0001-01-01"},
        {"timestamp_to": "9999-12-31"},
        {"received_from": "0001-01-01"},
        {"received_to": "9999-12-31"},
        {"latest_revision_created_at_from": "0001-01-01"},
        {"p": "9" * 30},
        {"p": "-1"},
    ],
)
@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_reports:site_history",
        "group_applications:index",
        "wagtailadmin_reports:aging_pages",
    ],
)
def test_every_list_answers_whatever_its_filters_are(client, centre, name, asked):
    client.force_login(make.UserFactory(is_superuser=True))
    make.GroupApplicationFactory()
    client.get(reverse("group_applications:index"))
    assert client.get(reverse(name), asked).status_code in {200, 400, 404}
