"""Registers the warning about pages that should be published or taken down by now and are not."""

from datetime import timedelta

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision
from wagtail.permissions import page_permission_policy

from .shared_facts import ALONG, SharedFacts

#: `publish_scheduled` runs every five minutes; this long after its time a page is late.
LATE = timedelta(minutes=30)
#: So many are named.
MOST = 20


def late_for(user) -> list[Page]:
    """Return the pages that `user` may edit and whose time has passed without effect."""
    if not page_permission_policy.user_has_permission(user, "change"):
        return []
    limit = timezone.now() - LATE
    waiting = Revision.page_revisions.filter(approved_go_live_at__lt=limit)
    keys = [int(key) for key in waiting.values_list("object_id", flat=True)[:MOST]]
    pages = Page.objects.filter(pk__in=keys) | Page.objects.filter(live=True, expire_at__lt=limit)
    allowed = page_permission_policy.instances_user_has_permission_for(user, "change")
    return list(pages.filter(pk__in=allowed.values("pk"))[:MOST])


class LatePagesPanel(Component):
    """A warning with the pages; empty while all goes well."""

    name = "late_pages"
    order = 5
    template_name = "content/late_pages.html"

    def get_context_data(self, parent_context):
        return {"pages": late_for(parent_context["request"].user)}


@hooks.register("construct_homepage_panels")
def add_late_pages(request, panels):
    panels.append(LatePagesPanel())


@hooks.register("register_log_actions")
def register_log_actions(registry):
    text = _("Unpublished along with the page it is a translation of")
    registry.register_action(ALONG, text, text)


@hooks.register("before_copy_page")
def refuse_alias(request, page):
    """Refuse an alias of an offer or a meeting: it would be a second one with places of its own."""
    if request.method == "POST" and request.POST.get("alias"):
        if isinstance(page.specific, SharedFacts):
            text = _("“%(page)s” cannot have an alias: people would sign up for something twice.")
            messages.error(request, text % {"page": page.get_admin_display_title()})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
