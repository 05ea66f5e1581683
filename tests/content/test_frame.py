"""What frames every page: language, menu, switcher, breadcrumbs, header and footer."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from tests import factories as make
from tests.html import links, soup

LANGUAGES = ["nb", "nn", "en"]


def switcher(response):
    return {link["hreflang"]: link["href"] for link in soup(response).select(".languages a")}


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_says_its_language(client, centre, code):
    assert soup(client.get(f"/{code}/om/")).html["lang"] == code


def test_repeated_text_says_the_language_it_is_written_in(client, centre):
    article = make.ArticlePageFactory(parent=centre.nb.articles, slug="stol")
    article.create_alias(parent=centre.en.articles, update_locale=centre.en.home.locale)
    page = soup(client.get("/en/artikler/stol/"))
    assert page.html["lang"] == "nb"
    assert page.header["lang"] == "en"
    assert page.select_one("link[rel=canonical]")["href"] == article.full_url
    assert page.select("link[hreflang]") == []


def test_hreflang_names_each_translation_and_a_default(client, centre):
    heads = soup(client.get("/nn/om/")).select("link[hreflang]")
    expected = {code: f"http://localhost/{code}/om/" for code in LANGUAGES}
    expected["x-default"] = "http://localhost/nb/om/"
    assert {link["hreflang"]: link["href"] for link in heads} == expected


def test_unpublished_translation_is_not_offered(client, centre):
    centre.en.about.unpublish()
    response = client.get("/nb/om/")
    assert 'hreflang="en" href="http' not in response.content.decode()
    assert switcher(response) == {"nb": "/nb/om/", "nn": "/nn/om/", "en": "/en/"}


def test_switcher_marks_the_language_shown_and_names_each_in_itself(client, centre):
    page = soup(client.get("/nn/"))
    assert page.select_one(".languages [aria-current]").text == "Nynorsk"
    assert [(a.text, a["lang"]) for a in page.select(".languages a")] == [
        ("Bokmål", "nb"),
        ("Nynorsk", "nn"),
        ("English", "en"),
    ]


def test_menu_has_the_pages_editors_put_there(client, centre):
    menu = soup(client.get("/nb/grupper/")).select(".menu__pages a")
    addresses = ["/nb/om/", "/nb/grupper/", "/nb/artikler/", "/nb/nettverk/"]
    assert [link["href"] for link in menu] == addresses
    assert [link.get("aria-current") for link in menu] == [None, "page", None, None]


def test_menu_marks_the_section_a_page_stands_in(client, centre):
    offer = make.GroupOfferPageFactory(parent=centre.nb.groups)
    current = soup(client.get(offer.url)).select_one(".menu__pages [aria-current=true]")
    assert current["href"] == "/nb/grupper/"


def test_footer_has_address_hours_and_pages_in_the_language_shown(client, centre):
    page = soup(client.get("/en/"))
    footer = page.select_one(".footer")
    assert "Storgata 1" in footer.text
    assert "Monday to Friday 9–15" in footer.text
    assert {"/en/personvern/", "/en/tilgjengelighet/", "tel:22000000"}.issubset(
        link["href"] for link in footer.select("a")
    )


def test_emergency_numbers_stand_on_every_page(client, centre):
    for address in ["/nb/", "/nb/grupper/", "/nb/search/", "/nb/pamelding/"]:
        assert {"tel:113", "tel:116123"}.issubset(links(client.get(address)))


def test_emergency_numbers_are_named_in_the_language_shown(client, centre):
    assert "Danger" in soup(client.get("/en/")).select_one(".emergency").text


def test_skip_link_leads_to_the_content(client, centre):
    page = soup(client.get("/nb/"))
    target = page.select_one(page.select_one(".ds-skip-link")["href"])
    assert target.name == "main" and target["tabindex"] == "-1"


@pytest.mark.parametrize("address", ["/nb/", "/nb/om/", "/nb/grupper/", "/nb/search/?q=x"])
def test_nothing_inline_and_nothing_from_others(client, centre, address):
    page = soup(client.get(address))
    assert not page.select("[style], style, script:not([src])")
    loaded = [tag.get("src") or tag["href"] for tag in page.select("[src], link[rel=stylesheet]")]
    assert all(url.startswith(settings.STATIC_URL) for url in loaded)


def test_visitors_get_no_cookie(client, centre):
    assert not client.get("/nb/").cookies
    assert not client.get("/nb/search/?q=x").cookies


def test_not_found_helps_on_in_the_language_of_the_address(client, centre):
    response = client.get("/en/no-such-page/")
    assert response.status_code == 404
    page = response.content.decode()
    assert 'lang="en"' in page and 'href="/en/grupper/"' in page


def test_not_found_works_before_there_is_a_centre(client, db):
    assert client.get("/nb/no-such-page/").status_code == 404


@pytest.mark.parametrize("name", ["400.html", "403.html", "500.html"])
def test_error_pages_need_neither_database_nor_request(name):
    assert "<h1>" in render_to_string(name)


def test_restricted_page_asks_for_its_password(client, centre):
    centre.nb.about.view_restrictions.create(restriction_type="password", password="hemmelig")
    page = soup(client.get("/nb/om/"))
    assert page.select_one("form input[name=password]")
    assert page.html["lang"] == "nb"
    form = page.select_one("main form")
    response = client.post(form["action"], {"password": "hemmelig", "return_url": "/nb/om/"})
    assert response.status_code == 302
    assert soup(client.get("/nb/om/")).h1.text == centre.nb.about.title


def test_a_page_for_people_with_an_account_leads_to_a_login(client, centre):
    centre.nb.about.view_restrictions.create(restriction_type="login")
    response = client.get("/nb/om/", follow=True)
    assert response.status_code == 200
    assert b'name="password"' in response.content
