"""A queue in Wagtail's admin: a list and one page for each application, nothing else.

A queue subclasses this with its model, its filters and what it shows. It is never a snippet, never
in the search or reference index: those would show rows to people without its permission.
"""

from django.urls import path
from django.utils.functional import cached_property
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.viewsets.model import ModelViewSet

from .columns import common_columns
from .views import ApplicationDetailView, ApplicationIndexView


class ApplicationURLFinder(ModelAdminURLFinder):
    """The page of an application, for who may see it."""

    def get_edit_url(self, instance):
        """Give its address, or None for who may not see it."""
        visible = type(instance).objects.visible_to(self.user).filter(pk=instance.pk)
        return self.construct_edit_url(instance) if visible.exists() else None


class ApplicationViewSet(ModelViewSet):
    """The ground for both queues."""

    index_view_class = ApplicationIndexView
    inspect_view_class = ApplicationDetailView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    add_to_admin_menu = True
    template_prefix = "intake/"
    list_per_page = 50
    #: Related names shown in the list, as for `annotate()`, and the columns that show them.
    annotations = {}
    columns = []
    #: What the export has beside the fields that all queues export.
    export_columns = []
    search_fields = ["name", "email"]

    @cached_property
    def list_display(self):
        """The columns of the list."""
        return [*common_columns(self.get_url_name("inspect")), *self.columns]

    def get_common_view_kwargs(self, **kwargs):
        """Leave out the addresses of the views that a queue does not have."""
        absent = ["add", "edit", "delete", "history", "usage"]
        names = dict.fromkeys((f"{view}_url_name" for view in absent), None)
        return super().get_common_view_kwargs(**{**names, **kwargs})

    def get_index_view_kwargs(self, **kwargs):
        """Add what the list and the export need to know."""
        return super().get_index_view_kwargs(
            annotations=self.annotations, export_columns=self.export_columns, **kwargs
        )

    def get_urlpatterns(self):
        """Give the list, its results and one page for each application."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
        ]

    @property
    def url_finder_class(self):
        """Finds the page of an application, for instance for the site history report."""
        names = {"edit_url_name": self.get_url_name("inspect")}
        return type("ApplicationURLFinder", (ApplicationURLFinder,), names)
