"""The demo centre once it is loaded: what is promised is there, and can be looked at."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site
from wagtail_localize.models import StringTranslation, Translation

from groups.models import GroupOfferPage, OfferKind, OfferState
from home.centre import CentreSettings
from home.demo.site.staff import ADMIN, PASSWORD, STAFF
from home.models import ArticlePage
from network import organisation_numbers
from network.models import NetworkMeetingPage, Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def pages(language="nb"):
    """Return the centre's pages in a language, as their own types."""
    return Page.objects.filter(depth__gt=1, locale__language_code=language).specific()


def words(page):
    """Return the page's body as it is stored."""
    return page.body.get_prep_value() if hasattr(page, "body") else []


def blocks_of(page):
    """Return the names of the blocks of a page."""
    return {block.block_type for block in page.body}


def test_each_page_is_there_in_three_languages():
    keys = {page.translation_key for page in pages()}
    for language in ("nn", "en"):
        assert {page.translation_key for page in pages(language)} == keys
    assert len(keys) >= 25
    assert not Page.objects.filter(depth__gt=1, live=False).exists()
    assert Site.objects.get().root_page.specific.title == "Noen å snakke med som kjenner seg igjen"


@pytest.mark.parametrize("language", ["nn", "en"])
def test_translations_say_something_else_than_bokmal(language):
    originals = {page.translation_key: page for page in pages()}
    for page in pages(language):
        original = originals[page.translation_key]
        assert page.lead != original.lead
        assert not words(original) or words(page) != words(original)


def test_translators_find_all_of_it_translated():
    translations = Translation.objects.all()
    assert len(translations) == 2 * pages().count()
    for total, translated in (translation.get_progress() for translation in translations):
        assert total == translated
    for string in StringTranslation.objects.select_related("translation_of"):
        string.has_error = True
        assert string.get_error() is None


def test_each_page_can_be_read(client):
    for page in Page.objects.filter(depth__gt=1):
        response = client.get(page.get_url())
        assert response.status_code == 200, page.get_url()
        assert page.title in response.content.decode().replace("&#x27;", "'"), page.get_url()


def test_the_articles_use_every_block():
    articles = ArticlePage.objects.filter(locale__language_code="nb")
    used = set().union(*(blocks_of(article) for article in articles))
    assert len(articles) >= 6
    assert used == set(ArticlePage.body.field.stream_block.child_blocks)
    assert all(article.byline and article.lead_picture and article.topics for article in articles)
    assert len({article.first_published_at for article in articles}) == len(articles)


def test_one_article_was_updated_and_the_rest_were_not():
    updated = [a for a in ArticlePage.objects.all() if a.was_updated]
    assert {article.locale.language_code for article in updated} == {"nb", "nn", "en"}
    assert len({article.translation_key for article in updated}) == 1


def test_the_offers_are_in_every_state():
    offers = list(GroupOfferPage.objects.filter(locale__language_code="nb").with_places())
    states = Counter(offer.state for offer in offers)
    assert set(states) == set(OfferState)
    assert sum(offer.kind == OfferKind.AFTER_COURSE for offer in offers) >= 3
    assert any(offer.kind == OfferKind.SPECIFIC and offer.provider for offer in offers)
    assert any(offer.starts_on is None for offer in offers)
    assert any(offer.place != "room" for offer in offers)
    assert any(offer.spoken_language == "Engelsk" for offer in offers)
    assert any(offer.places_left == 1 for offer in offers)
    full = next(offer for offer in offers if offer.state == OfferState.FULL)
    assert full.applications.filter(on_waiting_list=True).count() >= 2


def test_offers_start_on_the_day_they_meet():
    for offer in GroupOfferPage.objects.exclude(starts_on=None):
        assert offer.starts_on.weekday() == offer.weekday
        offer.full_clean()


def test_meetings_have_been_and_are_to_come():
    meetings = NetworkMeetingPage.objects.filter(locale__language_code="nb")
    assert meetings.upcoming().count() >= 2
    assert meetings.past().count() >= 1
    assert {meeting.takes_signups for meeting in meetings.upcoming()} == {True, False}
    assert all(meeting.programme for meeting in meetings)


def test_partners_have_numbers_that_hold():
    partners = Organisation.objects.all()
    assert len(partners) >= 6
    assert all(organisation_numbers.is_valid(partner.number) for partner in partners)


def test_the_centre_is_described():
    centre = CentreSettings.objects.get()
    assert len(centre.emergency) == 4
    assert centre.privacy_page.slug == "personvern"
    assert centre.accessibility_page.slug == "tilgjengelighet"
    assert centre.hours and centre.hours_nn and centre.hours_en


@pytest.mark.parametrize("username", [ADMIN, *STAFF])
def test_staff_can_log_in(client, username):
    credentials = {"username": username, "password": PASSWORD}
    client.post("/admin/login/", credentials)
    assert client.get("/admin/").status_code == 200


def test_the_editor_sees_a_translation_beside_its_bokmal(client, django_user_model):
    client.force_login(django_user_model.objects.get(username="redaktor"))
    page = pages("nn").get(slug="personvern")
    response = client.get(f"/admin/pages/{page.pk}/edit/")
    assert response.status_code == 200
    assert "Kven som har ansvaret" in response.content.decode()
    assert "Hvem som har ansvaret" in response.content.decode()


def test_a_second_demo_is_refused():
    with pytest.raises(CommandError, match="has pages already"):
        call_command("load_demo")


def test_a_second_demo_is_quietly_left_out_when_asked(capsys, settings):
    settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8001"
    before = pages().count()
    call_command("load_demo", "--if-empty")
    said = capsys.readouterr().out
    assert "stays as it is" in said
    assert PASSWORD in said
    assert all(username in said for username in STAFF)
    assert pages().first().full_url.startswith("http://127.0.0.1:8001/")
    assert pages().count() == before
