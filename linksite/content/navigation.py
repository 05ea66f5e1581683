"""What every page of a site links to: its menu, languages, breadcrumbs and signup page."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.urls import Resolver404, resolve, translate_url
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, PageViewRestriction, Site

#: Shorter than Django's names, and as people call them.
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk"}


@dataclass(frozen=True)
class Link:
    """A link in the menu; `current` is the value of its `aria-current`."""

    title: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class LanguageLink:
    """A link to the same page in one language, or at least to the front page."""

    code: str
    name: str
    url: str
    is_current: bool


def restrictions() -> list[PageViewRestriction]:
    """Return what keeps pages from being seen by everybody."""
    return list(PageViewRestriction.objects.select_related("page"))


class Navigation:
    """The links around a request's page, if it has one; each is looked up on first use.

    `home` and all that depends on it is None or empty where there is no site.
    """

    def __init__(self, request, page=None):
        self.request = request
        self.page = page

    def may_see(self, page: Page) -> bool:
        """Return whether the visitor may see `page`, and learn that it is there."""
        above = [one for one in self._restrictions if page.path.startswith(one.page.path)]
        return all(restriction.accept_request(self.request) for restriction in above)

    @cached_property
    def _restrictions(self):
        known = getattr(self.page, "restrictions_anywhere", None)
        return restrictions() if known is None else known

    @cached_property
    def homes(self) -> dict[str, Page]:
        """The live front pages of the site by language, in the order of the settings."""
        return self._translations_of(self.site.root_page) if self.site else {}

    @cached_property
    def translations(self) -> dict[str, Page]:
        """The live versions of this page in each language of the site, itself included."""
        return self._translations_of(self.page) if self.page else {}

    @cached_property
    def site(self) -> Site | None:
        return Site.find_for_request(self.request)

    def _translations_of(self, page):
        of_page = [one for one in self._translated if one.translation_key == page.translation_key]
        found = {one.locale.language_code: one for one in of_page}
        return {code: found[code] for code, _name in settings.LANGUAGES if code in found}

    @cached_property
    def _translated(self):
        keys = {page.translation_key for page in (self.page, self.site.root_page) if page}
        return list(Page.objects.filter(translation_key__in=keys).live().select_related("locale"))

    @cached_property
    def home(self) -> Page | None:
        if self.page:
            by_locale = {home.locale_id: home for home in self.homes.values()}
            return by_locale.get(self.page.locale_id)
        return self.homes.get(get_language()) or next(iter(self.homes.values()), None)

    @property
    def home_url(self) -> str | None:
        """The address of the front page in the current language."""
        return self.home and self.url_of(self.home)

    @property
    def canonical_url(self) -> str:
        """The absolute address of the page, or of the page it is an alias of."""
        return (self.page.alias_of or self.page).full_url

    @property
    def parent_url(self) -> str | None:
        """The address of the list that the page belongs to."""
        return self.breadcrumbs[-1].url if self.breadcrumbs else self.home_url

    @cached_property
    def top_pages(self) -> list[Page]:
        """The live pages directly below the front page."""
        return list(self.home.get_children().live()) if self.home else []

    @property
    def menu(self) -> list[Link]:
        """The top pages that editors have put in the menu."""
        shown = [page for page in self.top_pages if page.show_in_menus and self.may_see(page)]
        return [Link(page.title, self.url_of(page), self._current(page)) for page in shown]

    def _current(self, page):
        if self.page is None or not self.page.path.startswith(page.path):
            return ""
        return "page" if self.page.pk == page.pk else "true"

    @cached_property
    def breadcrumbs(self) -> list[Link]:
        """The pages above this one, the front page first; empty on the front page."""
        if not (self.page and self.home) or self.page.pk == self.home.pk:
            return []
        above = [page for page in self.top_pages if self.page.is_descendant_of(page)]
        if self.page.depth > self.home.depth + 2:
            above = self.page.get_ancestors().live().filter(depth__gt=self.home.depth)
        return [Link(page.title, self.url_of(page)) for page in [self.home, *above]]

    def page_of_type(self, label: str) -> Page | None:
        """Return the top page of the model `label`, such as `home.signuppage`."""
        model = tuple(label.split("."))
        fitting = (
            page for page in self.top_pages if page.cached_content_type.natural_key() == model
        )
        return next(fitting, None)

    def in_language(self, page: Page) -> Page:
        """Return the translation of `page` in the current language, or `page` itself."""
        if self.home is None or page.locale_id == self.home.locale_id:
            return page
        known = (top for top in self.top_pages if top.translation_key == page.translation_key)
        return next(known, None) or page.localized

    def url_of(self, page: Page) -> str | None:
        """Return the address of `page` as seen from this site."""
        return page.get_url(self.request)

    @property
    def alternates(self) -> list[LanguageLink]:
        """The translations for `hreflang`, without those that repeat another language's text."""
        written = {code: p for code, p in self.translations.items() if p.alias_of_id is None}
        return [self._language(code, page.full_url) for code, page in written.items()]

    @property
    def default_url(self) -> str | None:
        """The absolute address for speakers of any other language."""
        page = self.translations.get(settings.LANGUAGE_CODE)
        return page and page.full_url

    @property
    def languages(self) -> list[LanguageLink]:
        """For each language of the site, a link to this page in it, or to its front page."""
        return [self._language(code, self._url_in(code)) for code in self.homes]

    def _language(self, code, url):
        name = LANGUAGE_NAMES.get(code) or capfirst(get_language_info(code)["name_local"])
        return LanguageLink(code, name, url, code == get_language())

    def _url_in(self, code):
        if self.page is None and self._is_view():
            return translate_url(self.request.get_full_path(), code)
        if code not in self.translations:
            return self.url_of(self.homes[code])
        # Keeps the filters of a list, or the offer that somebody signs up for.
        query = self.request.GET.urlencode()
        return self.url_of(self.translations[code]) + (f"?{query}" if query else "")

    def _is_view(self):
        """Return whether the address is a view's such as the search, not a page's or nobody's."""
        try:
            return bool(resolve(self.request.path_info).namespace)
        except (Resolver404, Http404):
            return False
