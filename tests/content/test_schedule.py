"""An editor's page is published at its time, and what goes wrong with one stays with that one."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from groups.models import GroupOfferPage
from home.models import ArticlePage
from tests import factories as make
from tests.html import soup


@pytest.fixture
def editor(client):
    client.force_login(make.UserFactory(is_superuser=True))
    return client


def schedule(page, minutes=-60):
    """Have a page published some minutes from now."""
    page.live = False
    page.go_live_at = timezone.now() + make.timedelta(hours=1)
    page.save()
    page.save_revision().publish()
    page.revisions.update(approved_go_live_at=timezone.now() + make.timedelta(minutes=minutes))
    content = page.latest_revision.content
    content["go_live_at"] = (timezone.now() + make.timedelta(minutes=minutes)).isoformat()
    page.revisions.update(content=content)
    return page


@pytest.mark.parametrize("kind", ["article", "offer"])
def test_topics_change_places_and_are_there_once(centre, kind):
    sorrow, worry = make.TopicFactory(name="Sorg"), make.TopicFactory(name="Uro")
    if kind == "article":
        page, rows = make.ArticlePageFactory(parent=centre.nb.articles), "article_topics"
    else:
        page, rows = make.GroupOfferPageFactory(parent=centre.nb.groups), "offer_topics"
    getattr(page, rows).set([getattr(page, rows).model(topic=one) for one in (sorrow, worry)])
    page.save()
    page = type(page).objects.get(pk=page.pk)
    first, second = getattr(page, rows).all()
    first.topic, second.topic = worry, sorrow
    getattr(page, rows).set([first, second])
    page.save_revision().publish()
    assert [topic.name for topic in type(page).objects.get(pk=page.pk).topics] == ["Uro", "Sorg"]

    page = type(page).objects.get(pk=page.pk)
    again = getattr(page, rows).model(topic=worry)
    getattr(page, rows).set([*getattr(page, rows).all(), again])
    page.save_revision().publish()
    assert getattr(type(page).objects.get(pk=page.pk), rows).count() == 2


def test_a_page_that_fails_keeps_its_time_and_stops_no_other(centre, editor, monkeypatch):
    first = schedule(make.ArticlePageFactory(parent=centre.nb.articles, title="Først"), -90)
    then = schedule(make.ArticlePageFactory(parent=centre.nb.articles, title="Så"), -80)
    save = ArticlePage.save

    def fail(self, *args, **kwargs):
        if self.title == "Først":
            raise ValueError("A broken picture")
        save(self, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(ArticlePage, "save", fail)
        with pytest.raises(CommandError, match="^1 could not be published"):
            call_command("publish_scheduled")
    assert Page.objects.get(pk=then.pk).live and not Page.objects.get(pk=first.pk).live
    page = soup(editor.get("/admin/"))
    assert [link["href"] for link in page.select("[role=status] a")] == [
        f"/admin/pages/{first.pk}/edit/"
    ]
    call_command("publish_scheduled")
    assert Page.objects.get(pk=first.pk).live
    assert not soup(editor.get("/admin/")).select("[role=status] a")


def test_twice_at_once_it_is_published_once(centre):
    page = schedule(make.ArticlePageFactory(parent=centre.nb.articles))
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    entries = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish.scheduled")
    assert entries.count() == 1


def test_what_expires_is_taken_down(centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    GroupOfferPage.objects.filter(pk=offer.pk).update(expire_at=timezone.now())
    call_command("publish_scheduled")
    offer = Page.objects.get(pk=offer.pk)
    assert offer.expired and not offer.live
