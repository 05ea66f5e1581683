"""The front page, articles and plain pages, as people see them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import ArticlePage
from tests import factories as make
from tests.html import links, soup

BODY = [
    ("heading", {"text": "Når møtes vi?", "level": "h2"}),
    ("paragraph", "<p>På tirsdager.</p>"),
]


def test_front_page_shows_ways_in_offers_meeting_and_articles(client, centre):
    home = centre.nb.home
    way = {"title": "Bli med", "text": "I en gruppe", "button": "Meld deg på"}
    home.ways_in = [("way_in", {**way, "page": centre.nb.signup, "interest": "group"})]
    home.save()
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    article = make.ArticlePageFactory(parent=centre.nb.articles)
    meeting = make.NetworkMeetingPageFactory(parent=centre.nb.network)
    found = links(client.get("/nb/"))
    assert "/nb/pamelding/?interest=group" in found
    assert {offer.url, article.url, meeting.url}.issubset(found)


def test_front_page_leaves_out_closed_offers_and_past_meetings(client, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups, closed=True)
    meeting = make.NetworkMeetingPageFactory(parent=centre.nb.network, over=True)
    assert links(client.get("/nb/")).isdisjoint({offer.url, meeting.url})


def test_front_page_draws_its_own_scene_when_it_has_no_picture(client, centre):
    assert soup(client.get("/nb/")).select_one(".hero svg.scene")


def test_way_in_to_an_unpublished_page_is_not_shown(client, centre):
    home = centre.nb.home
    way = {"title": "Bli med", "text": "", "button": "Meld deg på", "interest": ""}
    home.ways_in = [("way_in", {**way, "page": centre.nb.about})]
    home.save()
    centre.nb.about.unpublish()
    assert "Bli med" not in client.get("/nb/").content.decode()


def test_way_in_leads_to_the_page_in_the_language_shown(client, centre):
    home = centre.en.home
    way = {"title": "Join", "text": "A group", "button": "Sign up"}
    home.ways_in = [("way_in", {**way, "page": centre.nb.signup, "interest": "group"})]
    home.save()
    assert "/en/pamelding/?interest=group" in links(client.get("/en/"))


def test_article_shows_byline_dates_topics_and_anchors(client, centre):
    topic = make.TopicFactory(name="Sorg", slug="sorg")
    article = make.ArticlePageFactory(
        parent=centre.nb.articles, title="En stol til deg", topics=[topic], body=BODY
    )
    page = soup(client.get(article.url))
    assert page.h1.text == "En stol til deg"
    assert page.select_one("#nar-motes-vi").name == "h2"
    assert "Redaksjonen" in page.select_one(".article__facts").text
    assert f"{centre.nb.articles.url}?topic=sorg" in links(page)


def test_article_can_be_shared_without_trackers(client, centre):
    article = make.ArticlePageFactory(parent=centre.nb.articles, title="Te & kaffe")
    share = [link for link in links(client.get(article.url)) if link.startswith("mailto:?")]
    assert share == [
        "mailto:?subject=Te%20%26%20kaffe&body="
        + article.full_url.replace(":", "%3A").replace("/", "%2F")
    ]


def test_update_is_shown_only_when_the_text_changed_on_a_later_day(client, centre):
    article = make.ArticlePageFactory(parent=centre.nb.articles)
    assert len(soup(client.get(article.url)).select(".article__facts time")) == 1
    updated = article.first_published_at + timedelta(days=1)
    ArticlePage.objects.filter(pk=article.pk).update(content_updated_at=updated)
    assert len(soup(client.get(article.url)).select(".article__facts time")) == 2


def test_related_articles_share_a_topic_first(centre):
    topic = make.TopicFactory()
    near = make.ArticlePageFactory(parent=centre.nb.articles, topics=[topic])
    far = make.ArticlePageFactory(parent=centre.nb.articles)
    article = make.ArticlePageFactory(parent=centre.nb.articles, topics=[topic])
    assert list(article.related()) == [near, far]


def test_article_list_is_newest_first_and_pages_on(client, centre):
    made = [make.ArticlePageFactory(parent=centre.nb.articles) for _ in range(14)]
    titles = [t.text.strip() for t in soup(client.get("/nb/artikler/")).select(".card__title")]
    assert titles == [article.title for article in made[:1:-1]]
    second = soup(client.get("/nb/artikler/?page=2"))
    assert len(second.select(".article-card")) == 2


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99", "topic=no-such", "topic=%00"])
def test_article_list_takes_any_address(client, centre, query):
    make.ArticlePageFactory(parent=centre.nb.articles)
    page = soup(client.get(f"/nb/artikler/?{query}"))
    assert len(page.select(".article-card")) == 1


def test_article_list_by_topic_keeps_the_topic_when_paging(client, centre):
    topic = make.TopicFactory(slug="sorg")
    for _ in range(13):
        make.ArticlePageFactory(parent=centre.nb.articles, topics=[topic])
    make.ArticlePageFactory(parent=centre.nb.articles)
    page = soup(client.get("/nb/artikler/?topic=sorg"))
    assert page.select_one(".topics [aria-current]").text == str(topic)
    assert "?topic=sorg&page=2" in links(page)


def test_pictures_come_in_webp_and_jpeg_with_size_and_alt_text(client, centre):
    picture = {"image": make.PictureFactory().pk, "alt_text": "To stoler", "decorative": False}
    lead = {"picture": picture, "caption": "Rommet", "credit": "N. N."}
    article = make.ArticlePageFactory(parent=centre.nb.articles)
    stream = ArticlePage._meta.get_field("lead_picture").stream_block
    article.lead_picture = stream.to_python([{"type": "picture", "value": lead}])
    article.save()
    figure = soup(client.get(article.url)).select_one("figure.picture")
    assert figure.source["type"] == "image/webp"
    assert figure.img["alt"] == "To stoler"
    assert figure.img["width"] and figure.img["height"]
    assert "N. N." in figure.figcaption.text


def test_standard_page_shows_its_text(client, centre):
    centre.nb.about.body = BODY
    centre.nb.about.save()
    assert "På tirsdager." in client.get("/nb/om/").content.decode()


def test_page_below_a_page_is_found_with_its_breadcrumbs(client, centre):
    below = make.StandardPageFactory(parent=centre.nb.about, title="Taushetsplikt")
    crumbs = soup(client.get(below.url)).select(".breadcrumbs a")
    assert [link["href"] for link in crumbs] == ["/nb/", "/nb/om/"]


def test_unpublished_page_is_not_found(client, centre):
    centre.nb.about.unpublish()
    assert client.get("/nb/om/").status_code == 404


def test_front_page_budget(client, centre, django_assert_max_num_queries):
    topic = make.TopicFactory()
    for _ in range(4):
        make.GroupOfferPageFactory(parent=centre.nb.groups, topics=[topic])
        make.ArticlePageFactory(parent=centre.nb.articles)
    make.NetworkMeetingPageFactory(parent=centre.nb.network)
    client.get("/nb/")
    with django_assert_max_num_queries(14):
        client.get("/nb/")


def test_article_budget(client, centre, django_assert_max_num_queries):
    topic = make.TopicFactory()
    for _ in range(5):
        article = make.ArticlePageFactory(parent=centre.nb.articles, topics=[topic], body=BODY)
    client.get(article.url)
    with django_assert_max_num_queries(12):
        client.get(article.url)


def test_article_list_budget_does_not_grow(client, centre, django_assert_max_num_queries):
    picture = {"caption": "", "credit": ""}
    for _ in range(10):
        image = make.PictureFactory()
        image.contextual_alt_text = "Stoler"
        lead = [("picture", {**picture, "picture": image})]
        make.ArticlePageFactory(parent=centre.nb.articles, lead_picture=lead)
    client.get("/nb/artikler/")
    with django_assert_max_num_queries(15):
        assert len(soup(client.get("/nb/artikler/")).select(".article-card img")) == 10


def test_article_published_last_week_is_not_updated(centre):
    then = timezone.now() - timedelta(days=7)
    article = make.ArticlePageFactory(
        parent=centre.nb.articles, first_published_at=then, last_published_at=then
    )
    assert not article.was_updated


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    return page


def test_what_is_not_public_is_in_no_list(client, centre):
    nb, topic = centre.nb, make.TopicFactory()
    article = make.ArticlePageFactory(parent=nb.articles, topics=[topic])
    for parent, factory in (
        (nb.articles, make.ArticlePageFactory),
        (nb.groups, make.GroupOfferPageFactory),
        (nb.network, make.NetworkMeetingPageFactory),
    ):
        restrict(factory(parent=parent, title="Bare for noen"))
    held = {"title": "Bare for noen", "slug": "holdt", "over": True}
    restrict(make.NetworkMeetingPageFactory(parent=nb.network, **held))
    for page in (nb.home, nb.articles, article, nb.groups, nb.network):
        response = client.get(page.url)
        assert response.status_code == 200
        assert "Bare for noen" not in response.content.decode()


def test_a_topic_of_articles_that_are_not_public_is_not_offered(client, centre):
    topic = make.TopicFactory(name="Bare for noen")
    restrict(make.ArticlePageFactory(parent=centre.nb.articles, topics=[topic]))
    assert "Bare for noen" not in client.get(centre.nb.articles.url).content.decode()
