"""A queue in Wagtail's admin: a list, the pages of each application, and one to enter one.

A queue subclasses this with its model, its filters and what it shows. It is never a snippet, never
in the search or reference index: those would show rows to people without its permission.
"""

from django.urls import path
from django.utils.functional import cached_property
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.viewsets.model import ModelViewSet

from ..listing.columns import common_columns
from ..listing.saved_views import ForgetView, SaveView
from ..listing.view import ApplicationIndexView
from .correct import CorrectView
from .detail import ApplicationDetailView
from .enter import EnterView, EntryForm
from .merge import MergeView
from .write import WriteView


class StaffViewSet(ModelViewSet):
    """A list and a page for each of its rows, which says itself what can be done."""

    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    add_to_admin_menu = True
    index_template_name = "intake/listing/index.html"
    index_results_template_name = "intake/listing/index_results.html"
    list_per_page = 50
    #: The views of Wagtail that it does not have.
    absent = ["edit", "delete", "history", "usage"]

    def get_common_view_kwargs(self, **kwargs):
        absent = {f"{view}_url_name": None for view in self.absent}
        return super().get_common_view_kwargs(**{**absent, **kwargs})

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
        ]

    @property
    def url_finder_class(self):
        """The finder of a row's page, for whom it is visible to; the site history uses it."""

        class URLFinder(ModelAdminURLFinder):
            edit_url_name = self.get_url_name("inspect")

            def get_edit_url(self, instance):
                visible = instance.is_visible_to(self.user)
                return self.construct_edit_url(instance) if visible else None

        return URLFinder


class ApplicationViewSet(StaffViewSet):
    """The base of both queues."""

    index_view_class = ApplicationIndexView
    inspect_view_class = ApplicationDetailView
    inspect_template_name = "intake/pages/detail.html"
    #: Related names shown in the list, as for `annotate()`, and the columns that show them.
    annotations = {}
    columns = []
    #: The export's columns besides those of all queues.
    export_columns = []
    #: What a search is for; see `Application.folded`.
    search_fields = ["name", "email"]
    #: Fields besides those of all queues when staff enter an application by hand.
    entry_fields = []
    entry_form = EntryForm

    @cached_property
    def list_display(self):
        return [*common_columns(self.get_url_name("inspect")), *self.columns]

    def get_common_view_kwargs(self, **kwargs):
        """Add what the queue says; by its filters an application's pages know their list."""
        pages = ("correct", "write", "merge", "save_view", "forget_view")
        names = {f"{page}_url_name": self.get_url_name(page) for page in pages}
        said = ("filterset_class", "annotations", "export_columns", "entry_form", "entry_fields")
        told = {name: getattr(self, name) for name in said}
        return super().get_common_view_kwargs(**{**names, **told, **kwargs})

    def page(self, view_class, name: str, rest: str = ""):
        """Return the address `<name>/<pk>/<rest>` of a page about one application."""
        return path(f"{name}/<int:pk>/{rest}", self.construct_view(view_class), name=name)

    def get_urlpatterns(self):
        """Add the pages of each application, and those of the list.

        A queue with more pages adds them: `[*super().get_urlpatterns(), self.page(View, "name")]`.
        """
        return [
            *super().get_urlpatterns(),
            path("new/", self.construct_view(EnterView), name="add"),
            self.page(CorrectView, "correct"),
            self.page(WriteView, "write", "<slug:kind>/"),
            self.page(MergeView, "merge", "<int:other>/"),
            path("views/save/", self.construct_view(SaveView), name="save_view"),
            path("views/<int:pk>/forget/", self.construct_view(ForgetView), name="forget_view"),
        ]
