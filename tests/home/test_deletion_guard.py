"""The signup page stays, whoever tries; only a superuser can delete it."""

import pytest

from home import roles
from home.models import SignupPage
from tests import factories as make
from tests.queues import content, logged_in


def delete(client, page):
    """Return what the user is told on deleting `page` in one way, then in the other."""
    alone = client.post(f"/admin/pages/{page.pk}/delete/", follow=True)
    many = client.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}", follow=True)
    return content(alone), content(many)


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("role", [roles.EDITOR, roles.MANAGER])
def test_the_signup_page_is_not_deleted(centre, role, above):
    page = centre.nb.home if above else centre.nb.signup
    for told in delete(logged_in(role), page):
        assert "cannot be deleted" in told
    assert SignupPage.objects.filter(pk=centre.nb.signup.pk).exists()


def test_a_superuser_may_delete_it(centre):
    client = logged_in(is_superuser=True)
    client.post(f"/admin/pages/{centre.nb.signup.pk}/delete/")
    assert not SignupPage.objects.filter(pk=centre.nb.signup.pk).exists()


def test_other_pages_are_deleted_as_ever(centre):
    logged_in(roles.EDITOR).post(f"/admin/pages/{centre.nb.about.pk}/delete/")
    assert not type(centre.nb.about).objects.filter(pk=centre.nb.about.pk).exists()


@pytest.mark.parametrize("name", ["signup", "home"])
def test_an_editor_takes_down_neither_the_signup_page_nor_a_front_page(centre, name):
    page = getattr(centre.en, name)
    editor = logged_in(roles.EDITOR)
    editor.post(f"/admin/pages/{page.pk}/unpublish/")
    page.refresh_from_db()
    assert page.live
    assert "cannot be unpublished" in content(editor.get(f"/admin/pages/{page.pk}/edit/"))
    logged_in(is_superuser=True).post(f"/admin/pages/{page.pk}/unpublish/")
    page.refresh_from_db()
    assert not page.live


def test_a_partner_somebody_was_passed_on_to_stays(centre):
    partner = make.OrganisationFactory()
    make.GroupApplicationFactory(referred_to=partner)
    logged_in(roles.EDITOR).post(f"/admin/snippets/network/organisation/delete/{partner.pk}/")
    assert type(partner).objects.filter(pk=partner.pk).exists()


def test_a_site_that_people_applied_to_stays_and_says_why(centre):
    make.GroupApplicationFactory(site=centre.site)
    boss = logged_in(is_superuser=True)
    page = boss.post(f"/admin/sites/delete/{centre.site.pk}/", follow=True)
    assert "there are group applications that belong to it" in content(page)
    assert type(centre.site).objects.filter(pk=centre.site.pk).exists()


def test_an_offer_gets_no_alias(centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    boss = logged_in(is_superuser=True)
    sent = {
        "new_title": "To",
        "new_slug": "to",
        "new_parent_page": centre.nb.groups.pk,
        "alias": "on",
    }
    page = boss.post(f"/admin/pages/{offer.pk}/copy/", sent, follow=True)
    assert "cannot have an alias" in content(page)
    assert not type(offer).objects.filter(slug="to").exists()
