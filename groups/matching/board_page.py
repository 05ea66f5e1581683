"""The board of what could start now, in Wagtail's admin."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from linksite.intake.permissions import PermissionMenuItem, may

from ..models import Area, Availability, GroupApplication, SelfHelpGroup, Topic
from .board import board
from .form_group import choose_people
from .pool import SHORT_EVENINGS


def may_see_board(user) -> bool:
    """Return whether `user` may see both who waits and which groups there are."""
    return may(user, "view", GroupApplication) and may(user, "view", SelfHelpGroup)


class BoardFilters(forms.Form):
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), required=False, empty_label=_("All topics")
    )
    area = forms.ModelChoiceField(
        label=_("Area"), queryset=Area.objects.all(), required=False, empty_label=_("All areas")
    )


class BoardView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "groups/matching/board.html"
    page_title = _("What could start now")
    header_icon = "calendar-check"

    def dispatch(self, request, *args, **kwargs):
        if not may_see_board(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        user, filters = self.request.user, BoardFilters(self.request.GET)
        filters.is_valid()
        chosen = {name: filters.cleaned_data.get(name) for name in ("topic", "area")}
        return {
            **super().get_context_data(**kwargs),
            "board": board(user, **chosen),
            "filters": filters,
            "is_filtered": any(chosen.values()),
            "evenings": [(SHORT_EVENINGS[when], when.label) for when in Availability],
            "may_form": may(user, "add", SelfHelpGroup),
            "form_url": reverse("groups_board:form"),
        }


class BoardViewSet(ViewSet):
    """The board, and the page for choosing people that it leads to."""

    name = "groups_board"
    url_prefix = "groups/board"
    icon = "calendar-check"
    menu_label = _("Could start now")
    menu_order = 112
    add_to_admin_menu = True

    def menu_item_class(self, **kwargs):
        return PermissionMenuItem(may_see=may_see_board, **kwargs)

    def get_urlpatterns(self):
        return [
            path("", BoardView.as_view(), name="index"),
            path("form/", choose_people, name="form"),
        ]
