"""Links for templates: `{% load navigation_tags %}`."""

from urllib.parse import urlencode

from django import template
from wagtail.models import Page

from ..navigation import Navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context) -> Navigation:
    """Return the `Navigation` of the page shown, the same object throughout a request."""
    request = context["request"]
    if not hasattr(request, "_navigation"):
        page = context.get("page")
        request._navigation = Navigation(request, page if isinstance(page, Page) else None)
    return request._navigation


@register.simple_tag(takes_context=True)
def signup_url(context, **asked_for) -> str:
    """Return the signup page's address in this language, or nothing if there is none.

    Arguments are filled in: `{% signup_url interest="group" offer=page.slug as url %}`.
    """
    page = navigation(context).page_of_type("home.signuppage")
    return link_to(context, page, **asked_for) if page else ""


@register.simple_tag(takes_context=True)
def top_page(context, label: str) -> Page | None:
    """Return the page of the model `label` directly below the front page."""
    return navigation(context).page_of_type(label)


@register.simple_tag(takes_context=True)
def local_page(context, page: Page | None) -> Page | None:
    """Return `page` in the current language, or None if the visitor may not see it."""
    links = navigation(context)
    page = page and links.in_language(page)
    return page if page and page.live and links.may_see(page) else None


@register.simple_tag(takes_context=True)
def link_to(context, page: Page, **query) -> str:
    """Return the address of `page` with the parts of `query` that are not empty."""
    url = navigation(context).url_of(page) or ""
    filled = {name: value for name, value in query.items() if value}
    return f"{url}?{urlencode(filled)}" if filled else url


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, items):
    """Link to the other pages of a list; the rest of the address stays as it is."""
    numbers = items.paginator.get_elided_page_range(items.number, on_each_side=1, on_ends=1)
    return {
        "items": items,
        "page_numbers": numbers,
        "before": items.previous_page_number() if items.has_previous() else None,
        "after": items.next_page_number() if items.has_next() else None,
        "request": context["request"],
    }
