"""Keeps in the admin what must not go with one click: a page or snippet that people applied for.

Deleting it would lose what they asked for. The answer tells nobody who applied, or how many.
"""

from collections.abc import Callable

from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

#: Says why something stays, as people read it; empty when it may go.
Reason = Callable[[HttpRequest, Model], str]


def keep_pages(reason: Reason) -> None:
    """Refuse to delete a page that there is a `reason` to keep, alone or with others."""

    def refuse(request, pages):
        kept = _first_kept(request, reason, pages)
        return redirect("wagtailadmin_explore", kept.get_parent().pk) if kept else None

    def before_bulk_action(request, action_type, objects, action):
        pages = [thing for thing in objects if isinstance(thing, Page)]
        return refuse(request, pages) if action_type == "delete" else None

    hooks.register("before_delete_page", lambda request, page: refuse(request, [page]))
    hooks.register("before_bulk_action", before_bulk_action)


def keep_snippets(reason: Reason) -> None:
    """Refuse to delete a snippet that there is a `reason` to keep, alone or with others."""

    def refuse(request, snippets):
        kept = _first_kept(request, reason, snippets)
        return redirect(kept.snippet_viewset.get_url_name("list")) if kept else None

    # Wagtail runs this hook for a bulk deletion too.
    hooks.register("before_delete_snippet", refuse)


def _first_kept(request, reason, things):
    """Give the first of `things` that stays, and tell the user why; None if all may go."""
    for thing in things:
        if why := reason(request, thing):
            messages.error(request, why)
            return thing
    return None


def keep_pages_applied_for(model: type[Model], field: str) -> None:
    """Keep a page that an application of `model` points at by `field`, and the pages above it."""

    def reason(request, page):
        applied_for = model.objects.filter(**{f"{field}__path__startswith": page.path})
        return _page_stays(page) if applied_for.exists() else ""

    keep_pages(reason)


def keep_snippets_applied_for(model: type[Model], field: str) -> None:
    """Keep a snippet that an application of `model` points at by `field`."""
    kept = model._meta.get_field(field).related_model

    def reason(request, snippet):
        if not isinstance(snippet, kept) or not model.objects.filter(**{field: snippet}).exists():
            return ""
        return _snippet_stays(snippet)

    keep_snippets(reason)


def _page_stays(page):
    return _(
        "“%(page)s” cannot be deleted: people have signed up for it or for a page below it. "
        "Unpublish it instead."
    ) % {"page": page.get_admin_display_title()}


def _snippet_stays(snippet):
    return _(
        "“%(name)s” cannot be deleted: it has been chosen in signups. You can rename it instead."
    ) % {"name": snippet}
