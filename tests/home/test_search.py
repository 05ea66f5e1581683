"""The search over a centre's pages."""

import pytest

from tests import factories as make
from tests.html import links, soup


def found(client, query, **params):
    page = soup(client.get("/nb/search/", {"q": query, **params}))
    return [title.text.strip() for title in page.select(".result h3")]


@pytest.fixture
def pages(centre):
    make.ArticlePageFactory(parent=centre.nb.articles, title="En stol til deg", lead="Om sorg.")
    make.GroupOfferPageFactory(parent=centre.nb.groups, title="Mandagsgruppa", lead="For sorg.")
    return centre


def test_articles_and_offers_are_found(client, pages):
    assert set(found(client, "sorg")) == {"En stol til deg", "Mandagsgruppa"}


def test_all_words_have_to_fit(client, pages):
    assert found(client, "sorg stol") == ["En stol til deg"]


def test_beginning_of_a_title_is_enough(client, pages):
    assert found(client, "mandag") == ["Mandagsgruppa"]


def test_only_the_language_shown_is_searched(client, pages):
    make.ArticlePageFactory(parent=pages.en.articles, title="A chair for you", lead="On sorg.")
    assert "A chair for you" not in found(client, "sorg")


def test_drafts_and_restricted_pages_are_not_found(client, pages):
    make.ArticlePageFactory(parent=pages.nb.articles, title="Kladd om sorg", live=False)
    secret = make.StandardPageFactory(parent=pages.nb.home, title="Hemmelig sorg")
    secret.view_restrictions.create(restriction_type="login")
    assert len(found(client, "sorg")) == 2


@pytest.mark.parametrize(
    "query",
    ["", " ", '"', '"sorg', "sorg\x00", "'", "(", "*", "sorg*", "AND", "a:b", "-", "x" * 300],
)
def test_any_question_is_answered(client, pages, query):
    assert client.get("/nb/search/", {"q": query}).status_code == 200


def test_nothing_found_shows_ways_on(client, pages):
    response = client.get("/en/search/?q=xyzzy")
    assert "0 results" in response.content.decode()
    assert pages.en.groups.url in links(soup(response).main)


def test_only_words_count(client, pages):
    assert len(found(client, '"sorg" (')) == 2


def test_question_is_kept_and_escaped(client, pages):
    response = client.get("/nb/search/", {"q": '"><script>'})
    assert soup(response).select_one("#query")["value"] == '"><script>'
    assert b"<script>" not in response.content


def test_results_page_on(client, centre):
    for _ in range(11):
        make.ArticlePageFactory(parent=centre.nb.articles, lead="Om sorg.")
    assert len(found(client, "sorg")) == 10
    assert len(found(client, "sorg", page=2)) == 1
    assert "?q=sorg&page=2" in links(client.get("/nb/search/?q=sorg"))


def test_language_switcher_keeps_the_question(client, centre):
    assert "/en/search/?q=sorg" in links(client.get("/nb/search/?q=sorg"))


def test_search_engines_leave_it_out(client, centre):
    assert soup(client.get("/nb/search/?q=sorg")).select_one("meta[name=robots]")


def test_budget(client, centre, django_assert_max_num_queries):
    for _ in range(10):
        make.ArticlePageFactory(parent=centre.nb.articles, lead="Om sorg.")
    client.get("/nb/search/?q=sorg")
    with django_assert_max_num_queries(9):
        client.get("/nb/search/?q=sorg")
