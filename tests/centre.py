"""A small centre in three languages, for tests that look at the site as people see it."""

from dataclasses import dataclass

from wagtail.models import Locale, Page, PageLogEntry, Site

from home.centre import CentreSettings
from tests import factories as make

LANGUAGES = ("nb", "nn", "en")


@dataclass
class Tree:
    """The pages of one language."""

    home: Page
    about: Page
    privacy: Page
    accessibility: Page
    articles: Page
    groups: Page
    network: Page
    signup: Page


@dataclass
class Centre:
    """A site with its settings and one tree of pages for each language."""

    site: Site
    settings: CentreSettings
    nb: Tree
    nn: Tree
    en: Tree


def build_centre() -> Centre:
    """Return a centre in an empty database, also in one that a transactional test has flushed."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    for welcome in root.get_children():
        welcome.delete()
    nb = build_tree(root, locales["nb"], "Senteret")
    nn = build_tree(root, locales["nn"], "Senteret på nynorsk", nb)
    en = build_tree(root, locales["en"], "The centre", nb)
    site = Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": nb.home},
    )[0]
    return Centre(site, build_settings(site, nb), nb, nn, en)


def remove_centre() -> None:
    """Leave the pages and the site as Wagtail's migrations make them, and no log of others."""
    Site.objects.all().delete()
    root = Page.get_first_root_node()
    for page in root.get_children():
        page.delete()
    root.refresh_from_db()
    Locale.objects.exclude(pk=Locale.get_default().pk).delete()
    welcome = root.add_child(instance=Page(title="Welcome", slug="home"))
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)
    PageLogEntry.objects.all().delete()


def build_tree(root, locale, title, original=None) -> Tree:
    """Return the pages of one language, as translations of `original` if that is given."""

    def page(factory, name, parent, title, **fields):
        if original:
            fields["translation_key"] = getattr(original, name).translation_key
        return factory(parent=parent, locale=locale, title=title, **fields)

    home = page(make.HomePageFactory, "home", root, title, slug=f"home-{locale.language_code}")

    def child(factory, name, title, slug, **fields):
        return page(factory, name, home, title, slug=slug, **fields)

    menu = {"show_in_menus": True}
    return Tree(
        home=home,
        about=child(make.StandardPageFactory, "about", "Om selvhjelp", "om", **menu),
        groups=child(make.GroupIndexPageFactory, "groups", "Grupper", "grupper", **menu),
        articles=child(make.ArticleIndexPageFactory, "articles", "Artikler", "artikler", **menu),
        network=child(make.NetworkIndexPageFactory, "network", "Nettverket", "nettverk", **menu),
        signup=child(make.SignupPageFactory, "signup", "Meld deg på", "pamelding"),
        privacy=child(make.StandardPageFactory, "privacy", "Personvern", "personvern"),
        accessibility=child(
            make.StandardPageFactory, "accessibility", "Tilgjengelighet", "tilgjengelighet"
        ),
    )


def build_settings(site, tree) -> CentreSettings:
    """Return the centre's settings, filled in."""
    return CentreSettings.objects.create(
        site=site,
        name="LINK Fjordby",
        address="Storgata 1, 0001 Fjordby",
        phone="22 00 00 00",
        email="post@link.example",
        hours="Mandag til fredag 9–15",
        hours_nn="Måndag til fredag 9–15",
        hours_en="Monday to Friday 9–15",
        privacy_page=tree.privacy,
        accessibility_page=tree.accessibility,
        privacy_contact="personvern@link.example",
        emergency_numbers=[
            ("number", {"number": "113", "name": "Akutt fare", "name_nn": "", "name_en": "Danger"}),
            (
                "number",
                {"number": "116 123", "name": "Mental Helse", "name_nn": "", "name_en": ""},
            ),
        ],
    )
