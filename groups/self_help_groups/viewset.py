"""The self-help groups in Wagtail's admin: their list, a page for each, papers and calendar."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from linksite.intake.pages.viewset import StaffViewSet

from ..models import SelfHelpGroup
from .detail import GroupDetailView
from .list import GroupIndexView, columns
from .meetings import MeetingsView
from .papers import CalendarView, ParticipantsView, StatementView


class SelfHelpGroupViewSet(StaffViewSet):
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
    index_view_class = GroupIndexView
    inspect_view_class = GroupDetailView
    inspect_template_name = "groups/self_help_groups/detail.html"
    absent = ["add", *StaffViewSet.absent]
    search_fields = ["name", "reference"]

    @property
    def list_display(self):
        return columns(self.get_url_name("inspect"))

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("meetings/", self.construct_view(MeetingsView), name="meetings"),
            self._page("statement", StatementView),
            self._page("participants", ParticipantsView),
            self._page("calendar", CalendarView),
        ]

    def _page(self, name, view_class):
        return path(f"<int:pk>/{name}/", self.construct_view(view_class), name=name)
