"""Keeps the signup page, which holds the wording of consent and which partners link to.

Registers the figures.
"""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from linksite.intake.deletion_guard import keep_pages
from linksite.intake.permissions import PermissionMenuItem

from .models import HomePage, SignupPage
from .report.views import PERMISSION, FiguresSummaryItem, ReportView


def why_signup_stays(request, page) -> str:
    """Return why a page with the signup page in it stays; empty for others or a superuser."""
    held = SignupPage.objects.descendant_of(page, inclusive=True)
    if request.user.is_superuser or not held.exists():
        return ""
    return _(
        "“%(page)s” cannot be deleted: the signup page would be lost, along with the consent "
        "text and every link to it. An administrator can delete it."
    ) % {"page": page.get_admin_display_title()}


keep_pages(why_signup_stays)


@hooks.register("before_unpublish_page")
def keep_published(request, page):
    """Refuse to take down the signup page or a front page: signups, or a language, would go."""
    if request.user.is_superuser or not isinstance(page.specific, SignupPage | HomePage):
        return None
    text = _(
        "“%(page)s” cannot be unpublished: people sign up through it, or find all other pages "
        "below it. An administrator can unpublish it."
    )
    messages.error(request, text % {"page": page.get_admin_display_title()})
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("register_admin_urls")
def register_report():
    view = permission_required(PERMISSION)(ReportView.as_view())
    return [path("figures/", view, name="figures")]


@hooks.register("register_admin_menu_item")
def register_report_menu_item():
    return PermissionMenuItem(
        gettext_lazy("Figures"),
        reverse("figures"),
        name="figures",
        icon_name="table",
        order=150,
        may_see=lambda user: user.has_perm(PERMISSION),
    )


@hooks.register("construct_homepage_summary_items")
def add_report_to_front_page(request, items):
    items.append(FiguresSummaryItem(request))
