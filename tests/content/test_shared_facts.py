"""What an offer or a meeting is, it is in every language at once."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from groups.models import OfferState
from tests import factories as make
from tests.html import soup

LANGUAGES = ("nb", "nn", "en")


@pytest.fixture(params=["offer", "meeting"])
def three(request, centre):
    """The same page in three languages, the bokmål one first."""
    if request.param == "offer":
        factory, parent, title = make.GroupOfferPageFactory, "groups", "Mandag"
    else:
        factory, parent, title = make.NetworkMeetingPageFactory, "network", "Samling"
    pages = []
    for code in LANGUAGES:
        tree = getattr(centre, code)
        key = {"translation_key": pages[0].translation_key} if pages else {}
        page = factory(
            parent=getattr(tree, parent),
            locale=tree.home.locale,
            title=f"{title} {code}",
            slug=f"side-{code}",
            **key,
        )
        page.save_revision().publish()
        pages.append(page)
    return [fresh(page) for page in pages]


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def change(page):
    """Change what can be changed of a page, and return the names."""
    names = {"venue": "Nygata 9", "place": "video"}
    if hasattr(page, "capacity"):
        names |= {"capacity": 3, "starts_at": make.moment(9), "ends_at": make.moment(10)}
        names |= {"sign_up_by": make.days(8)}
    else:
        names |= {"most": 9, "weekday": 2, "apply_by": make.days(5), "starts_on": make.days(9)}
    for name, value in names.items():
        setattr(page, name, value)
    return names


def published(page):
    page.save_revision().publish()


def scheduled(page):
    page.go_live_at = timezone.now() + make.timedelta(minutes=5)
    page.save_revision().publish()
    page.revisions.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=timezone.now() - make.timedelta(minutes=5)
    )
    revision = page.latest_revision
    revision.content["go_live_at"] = None
    revision.save(update_fields=["content"])
    call_command("publish_scheduled")


def in_the_shell(page):
    page.save()


@pytest.mark.parametrize("way", [published, scheduled, in_the_shell])
def test_facts_change_in_all_languages_by_every_way(three, way):
    names = change(three[0])
    way(three[0])
    for page in map(fresh, three):
        assert {name: getattr(page, name) for name in names} == names
        assert page.title.endswith(page.locale.language_code)


def test_a_draft_changes_nothing_anywhere(three):
    change(three[0])
    three[0].save_revision()
    assert all(page.venue != "Nygata 9" for page in map(fresh, three))


def test_an_older_draft_of_a_translation_brings_no_old_facts_back(three):
    bokmal, _nynorsk, english = three
    english.title = "Monday"
    draft = english.save_revision()
    names = change(bokmal)
    published(bokmal)
    draft.publish()
    page = fresh(english)
    names.pop("venue")
    assert page.title == "Monday"
    assert {name: getattr(page, name) for name in names} == names


def test_a_translation_cannot_have_facts_of_its_own(three):
    bokmal, _nynorsk, english = three
    names = change(english)
    english.save()
    names.pop("venue")
    assert {name: getattr(fresh(english), name) for name in names} == {
        name: getattr(bokmal, name) for name in names
    }


def test_topics_are_the_same_in_all_languages(centre):
    topics = [make.TopicFactory(), make.TopicFactory()]
    bokmal = make.GroupOfferPageFactory(parent=centre.nb.groups, topics=topics[:1])
    english = make.GroupOfferPageFactory(
        parent=centre.en.groups,
        locale=centre.en.home.locale,
        translation_key=bokmal.translation_key,
    )
    bokmal = fresh(bokmal)
    bokmal.offer_topics.set([bokmal.offer_topics.model(topic=one) for one in reversed(topics)])
    bokmal.save()
    assert fresh(english).topics == topics[::-1]


def test_taken_down_in_one_language_it_is_taken_down_in_all_and_comes_back(three):
    three[0].unpublish()
    assert not any(page.live for page in map(fresh, three))
    published(fresh(three[0]))
    assert all(page.live for page in map(fresh, three))


def test_it_expires_in_all_languages(three):
    Page.objects.filter(pk=three[0].pk).update(expire_at=timezone.now())
    call_command("publish_scheduled")
    assert not any(page.live for page in map(fresh, three))


def test_a_translation_taken_down_by_itself_stays_down(three):
    three[2].unpublish()
    published(fresh(three[0]))
    assert [page.live for page in map(fresh, three)] == [True, True, False]


@pytest.mark.parametrize("kind", ["password", "login"])
def test_hidden_in_one_language_it_is_hidden_in_all(
    three, client, kind, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        restriction = three[0].view_restrictions.create(restriction_type=kind, password="x")
    assert PageViewRestriction.objects.count() == 3
    for page in three:
        assert page.title not in client.get(page.url, follow=True).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert not PageViewRestriction.objects.exists()


def test_moved_in_one_language_it_is_moved_in_all(centre):
    def under(tree, key=None, **fields):
        home = getattr(centre, tree).home
        key = {"translation_key": key} if key else {}
        return make.GroupIndexPageFactory(parent=home, locale=home.locale, **key, **fields)

    elsewhere = under("nb", slug="andre")
    there = under("en", elsewhere.translation_key, slug="others")
    bokmal = make.GroupOfferPageFactory(parent=centre.nb.groups)
    english = make.GroupOfferPageFactory(
        parent=centre.en.groups,
        locale=centre.en.home.locale,
        translation_key=bokmal.translation_key,
    )
    fresh(bokmal).move(elsewhere, pos="last-child")
    assert fresh(english).get_parent().pk == there.pk


def test_a_visitor_meets_the_same_places_and_days_in_english(centre, client):
    bokmal = make.GroupOfferPageFactory(parent=centre.nb.groups, most=8)
    english = make.GroupOfferPageFactory(
        parent=centre.en.groups,
        locale=centre.en.home.locale,
        most=8,
        translation_key=bokmal.translation_key,
    )
    bokmal = fresh(bokmal)
    bokmal.apply_by = make.days(-1)
    bokmal.save()
    assert fresh(english).state == OfferState.CLOSED
    assert not soup(client.get(english.url)).select("a.ds-button[href*='offer=']")
