"""Keeps pages and snippets that people have applied for from being deleted with one click.

Deleting one would lose what they asked for. The answer does not say who applied, or how many.
"""

from collections.abc import Callable

from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from .queue import queues

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
    """Return the first of `things` that stays, and say why; None if all may go."""
    for thing in things:
        if why := reason(request, thing):
            messages.error(request, why)
            return thing
    return None


def keep_what_people_applied_for() -> None:
    """Keep what applications point at by the `protected` fields of their queue.

    Of a page the pages above it stay as well.
    """
    keep_pages(_why_page_stays)
    keep_snippets(_why_snippet_stays)


def _why_page_stays(request, page):
    for model, field in _protected():
        if issubclass(field.related_model, Page):
            below = {f"{field.name}__path__startswith": page.path}
            if model.objects.filter(**below).exists():
                return _(
                    "“%(page)s” cannot be deleted: people have signed up for it or for a page "
                    "below it. Unpublish it instead."
                ) % {"page": page.get_admin_display_title()}
    return ""


def _why_snippet_stays(request, snippet):
    for model, field in _protected():
        if isinstance(snippet, field.related_model):
            if model.objects.filter(**{field.name: snippet}).exists():
                return _(
                    "“%(name)s” cannot be deleted: it has been chosen in signups. You can rename "
                    "it instead."
                ) % {"name": snippet}
    return ""


def _protected():
    for queue in queues():
        for name in queue.protected:
            yield queue.model, queue.model._meta.get_field(name)
