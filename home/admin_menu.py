"""The menu as a page of links, for a browser without JavaScript: Wagtail's own is a script."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import Menu, admin_menu
from wagtail.admin.views.generic import WagtailAdminTemplateMixin


def links_in(menu: Menu, request: HttpRequest) -> Iterator[dict]:
    """Give label and address of each item of `menu` that the user sees, with the `items` in it.

    What only opens something on the page, by a script, is left out.
    """
    for item in sorted(menu.menu_items_for_request(request), key=lambda item: item.order):
        inner = getattr(item, "menu", None)
        items = list(links_in(inner, request)) if inner else []
        if items or not item.url.startswith("#"):
            yield {"label": item.label, "url": item.url, "items": items}


class MenuView(WagtailAdminTemplateMixin, TemplateView):
    """The whole menu, one's own account and the way out."""

    template_name = "home/admin_menu.html"
    page_title = _("Menu")
    header_icon = "list-ul"

    def get_breadcrumbs_items(self):
        """Give the way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the links."""
        return super().get_context_data(links=links_in(admin_menu, self.request), **kwargs)
