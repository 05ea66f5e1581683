"""The self-help groups in Wagtail's admin: their list, a page for each, papers and calendar."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from linksite.intake.pages.viewset import VisibleURLFinder

from ..models import SelfHelpGroup
from .detail import GroupDetailView
from .list import GroupIndexView, columns
from .meetings import MeetingsView
from .papers import CalendarView, ParticipantsView, StatementView


class SelfHelpGroupViewSet(ModelViewSet):
    """The groups from the first idea of them until they have ended.

    Groups are formed on the board and never deleted by hand. They are no snippets and in no index:
    who is in one and what it is about is only for users who may see groups.
    """

    model = SelfHelpGroup
    name = "self_help_groups"
    url_prefix = "groups/self-help-groups"
    icon = "group"
    menu_label = _("Self-help groups")
    menu_order = 115
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = GroupIndexView
    inspect_view_class = GroupDetailView
    inspect_template_name = "groups/self_help_groups/detail.html"
    index_template_name = "intake/listing/index.html"
    index_results_template_name = "intake/listing/index_results.html"
    list_per_page = 50
    search_fields = ["name", "reference"]

    @property
    def list_display(self):
        return columns(self.get_url_name("inspect"))

    @property
    def url_finder_class(self):
        """Leads to the page of a group, for instance from the site history report."""
        names = {"edit_url_name": self.get_url_name("inspect")}
        return type("GroupURLFinder", (VisibleURLFinder,), names)

    def get_common_view_kwargs(self, **kwargs):
        """Leave out the addresses of the views that groups do not have."""
        absent = ["add", "edit", "delete", "history", "usage"]
        names = dict.fromkeys((f"{view}_url_name" for view in absent), None)
        return super().get_common_view_kwargs(**{**names, **kwargs})

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("meetings/", self.construct_view(MeetingsView), name="meetings"),
            *(path(f"<int:pk>/{name}/", view, name=name) for name, view in self._papers()),
        ]

    def _papers(self):
        views = {
            "statement": StatementView,
            "participants": ParticipantsView,
            "calendar": CalendarView,
        }
        return [(name, self.construct_view(view)) for name, view in views.items()]
