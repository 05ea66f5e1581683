"""The feeds of articles."""

from datetime import UTC
from xml.etree import ElementTree

import pytest

from tests import factories as make


def titles(client, address):
    feed = ElementTree.fromstring(client.get(address).content)  # noqa: S314, it is our own
    entries = [entry for entry in feed.iter() if entry.tag.endswith(("item", "entry"))]
    return [part.text for entry in entries for part in entry if part.tag.endswith("title")]


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_feed_has_the_articles_of_its_language_newest_first(client, centre, kind):
    make.ArticlePageFactory(parent=centre.nb.articles, title="Først")
    make.ArticlePageFactory(parent=centre.nb.articles, title="Sist")
    make.ArticlePageFactory(parent=centre.en.articles, title="In English")
    make.ArticlePageFactory(parent=centre.nb.articles, title="Kladd", live=False)
    assert titles(client, f"/nb/feed/{kind}.xml") == ["Sist", "Først"]
    assert titles(client, f"/en/feed/{kind}.xml") == ["In English"]


def test_feed_says_when_an_article_was_published(client, centre):
    # Midnight here is still the day before by the feed's clock.
    article = make.ArticlePageFactory(
        parent=centre.nb.articles, first_published_at=make.moment(-3, hour=0)
    )
    published = article.first_published_at.astimezone(UTC).isoformat()[:19]
    assert published in client.get("/nb/feed/atom.xml").content.decode()


def test_pages_point_at_the_feeds(client, centre):
    page = client.get("/en/").content.decode()
    assert 'href="/en/feed/atom.xml"' in page
    assert 'href="/en/feed/rss.xml"' in page
