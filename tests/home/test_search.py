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


@pytest.mark.parametrize(
    "typed", ["selvhjelp", "hjelpsgruppe", "SELVHJELP", "selvhjelpsgrupper", "selvhjelpsgruppen"]
)
def test_a_part_of_a_word_or_another_ending_finds_it(client, centre, typed):
    make.ArticlePageFactory(parent=centre.nb.articles, title="Slik er en selvhjelpsgruppe")
    assert "Slik er en selvhjelpsgruppe" in found(client, typed)


@pytest.mark.parametrize(
    "typed", ["angst", "anxiety", "torsdag", "løkka", "LOKKA", "kommunen", "på video", "panikk"]
)
def test_an_offer_is_found_by_what_it_says(client, centre, typed):
    centre.settings.synonyms = "angst, panikk, uro\nsorg, tap"
    centre.settings.save()
    offer = make.GroupOfferPageFactory(
        parent=centre.nb.groups,
        title="Mandagsgruppa",
        weekday=3,
        area=make.AreaFactory(name="Løkka"),
        provider=make.OrganisationFactory(name="Kommunen"),
        place="video",
    )
    offer.offer_topics.add(
        offer.offer_topics.model(topic=make.TopicFactory(name="Angst", name_en="Anxiety"))
    )
    offer.save()
    assert found(client, typed) == ["Mandagsgruppa"]


def test_a_topic_s_new_name_finds_what_is_about_it(client, centre):
    topic = make.TopicFactory(name="Sorg")
    article = make.ArticlePageFactory(parent=centre.nb.articles, title="Stolen")
    article.article_topics.add(article.article_topics.model(topic=topic))
    article.save()
    topic.name = "Savn"
    topic.save()
    assert found(client, "savn") == ["Stolen"]


def test_a_draft_s_words_find_nothing(client, centre):
    article = make.ArticlePageFactory(parent=centre.nb.articles, title="Stolen")
    article.lead = "Hemmelig utkast"
    article.save_revision()
    assert not found(client, "hemmelig")
    article.get_latest_revision().publish()
    assert found(client, "hemmelig") == ["Stolen"]


def test_the_title_comes_first(client, centre):
    make.ArticlePageFactory(parent=centre.nb.articles, title="Annet", lead="Om sorg.")
    make.ArticlePageFactory(parent=centre.nb.articles, title="Sorg")
    make.ArticlePageFactory(parent=centre.nb.articles, title="Tredje", lead="Om sorg.")
    assert found(client, "sorg")[0] == "Sorg"


@pytest.mark.parametrize("typed", ["selvmord", "SJØLVMORD", "jeg vil dø", "selvskading", "suicide"])
def test_somebody_in_need_sees_first_whom_to_call(client, centre, typed):
    centre.settings.emergency_numbers = [("number", {"number": "116 123", "name": "Mental helse"})]
    centre.settings.save()
    page = soup(client.get("/nb/search/", {"q": typed}))
    [help_now] = page.select(".search-help")
    assert help_now.select_one("a[href='tel:116123']")
    assert help_now.sourceline < page.select_one(".list-count").sourceline
    assert not soup(client.get("/nb/search/", {"q": "gruppe"})).select(".search-help")
