"""Keeps pages that people have applied for: deleting one would lose what they asked for."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page


def keep_pages_applied_for(model, field: str) -> None:
    """Refuse in the admin to delete a page that an application of `model` points at by `field`.

    The same goes for a page above it. The answer tells nobody who applied, or how many.
    """

    def refuse(request, pages):
        for page in pages:
            if isinstance(page, Page) and _applied_for(model, field, page):
                messages.error(request, _message(page))
                return redirect("wagtailadmin_explore", page.get_parent().pk)
        return None

    def before_bulk_action(request, action_type, pages, action):
        return refuse(request, pages) if action_type == "delete" else None

    hooks.register("before_delete_page", lambda request, page: refuse(request, [page]))
    hooks.register("before_bulk_action", before_bulk_action)


def _applied_for(model, field, page):
    return model.objects.filter(**{f"{field}__path__startswith": page.path}).exists()


def _message(page):
    return _(
        "“%(page)s” cannot be deleted: people have signed up for it or for a page below it. "
        "Unpublish it instead."
    ) % {"page": page.get_admin_display_title()}
