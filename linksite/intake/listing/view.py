"""The list of a queue: filtered, searched, paged, exported."""

from django.http import HttpResponseForbidden, StreamingHttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.log_actions import log

from ..statuses import Status
from . import search, spreadsheets
from .base import ListView
from .export import Export
from .filters import OPEN, Due
from .neighbours import OLDEST_FIRST, waited_longest
from .pagination import CappedPaginator, FoundPaginator
from .saved_views import SavedViewForm, views_of


class ChoiceColumn(BulkActionsCheckboxColumn):
    """A checkbox for each row, which works without a script as well."""

    cell_template_name = "intake/listing/cells/choose.html"


#: One click away in the list; each is an address that can be shared.
QUICK_VIEWS = [
    (gettext_lazy("All"), {}),
    (pgettext_lazy("applications", "Open"), {"status": "open"}),
    (pgettext_lazy("applications", "New"), {"status": "new"}),
    (gettext_lazy("Mine"), {"assigned_to": "{me}", "status": "open"}),
    (gettext_lazy("To call today"), waited_longest(due=Due.TODAY)),
    (gettext_lazy("Overdue"), waited_longest(due=Due.OVERDUE)),
    (pgettext_lazy("applications", "Waiting for a group"), waited_longest(status=Status.WAITING)),
    (pgettext_lazy("applications", "Closed"), {"status": "closed"}),
]


class ApplicationIndexView(ListView):
    """The queue: newest first unless asked otherwise, filtered, searched, paged and exported."""

    #: Related names fetched with the rows, as for `annotate()`.
    annotations = {}
    #: The export's columns besides those of all queues.
    export_columns = []
    save_view_url_name = forget_view_url_name = None

    @cached_property
    def may_choose(self):
        """Whether the user may do something with what they choose."""
        return self.user_has_permission("change")

    @cached_property
    def columns(self):
        column = ChoiceColumn("choose", obj_type="application")
        return [column, *super().columns] if self.may_choose else super().columns

    @property
    def bulk_actions(self):
        """The label and address of each bulk action, for a page without scripts."""
        opts = self.model._meta
        actions = bulk_action_registry.get_bulk_actions_for_model(opts.app_label, opts.model_name)
        for action in sorted(actions, key=lambda action: action.action_priority):
            address = [opts.app_label, opts.model_name, action.action_type]
            url = reverse("wagtail_bulk_action", args=address)
            yield {"label": action.display_name, "url": url}

    def order_queryset(self, queryset):
        """Order newest or oldest first; the id makes either order total."""
        if self.ordering == OLDEST_FIRST:
            return queryset.order_by("submitted_at", "pk")
        return queryset.newest_first()

    def search_queryset(self, queryset):
        return queryset.filter(self.search_condition()) if self.is_searching else queryset

    def search_condition(self):
        """Return the condition that an application matches the search."""
        return search.matching(self.search_query)

    @property
    def paginator_class(self):
        """The paginator; a search reads the queue as rarely as it can."""
        return FoundPaginator if self.is_searching else CappedPaginator

    def with_details(self, rows):
        rows = rows.select_related("assigned_to").with_overdue().annotate(**self.annotations)
        return rows.defer("message", "consent_text")

    @cached_property
    def show_export_buttons(self):
        """Whether the user may export; `export` checks it again."""
        return self.user_has_permission("export")

    def get(self, request, *args, **kwargs):
        return self.export() if self.is_export else super().get(request, *args, **kwargs)

    def export(self):
        """Stream the export and log it; 403 for users who may only look."""
        if not self.show_export_buttons:
            return HttpResponseForbidden(_("You can view this queue, but not export it."))
        extension, queryset = self.request.GET["export"], self.get_queryset()
        self._log_export(extension, queryset)
        export = Export(self.model, self.export_columns)
        stream = {"csv": spreadsheets.stream_csv, "xlsx": spreadsheets.stream_xlsx}[extension]
        response = StreamingHttpResponse(
            stream(export.headings, export.rows(queryset)),
            content_type=spreadsheets.CONTENT_TYPES[extension],
        )
        filename = f"{self.get_filename()}.{extension}"
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response

    def _log_export(self, extension, queryset):
        """Log it for the whole queue: filters by name only, the search text never."""
        filters = [*self.filters.form.changed_data, *(["search"] if self.is_searching else [])]
        data = {"format": extension, "count": queryset.count(), "filters": filters}
        title = str(self.model._meta.verbose_name_plural)
        # An entry needs an object; 0 is no application's key.
        log(self.model(pk=0), "intake.export", user=self.request.user, title=title, data=data)

    def get_add_url(self):
        url = super().get_add_url()
        return f"{url}?{self.shown_filters.urlencode()}" if url and self.shown_filters else url

    def get_table(self, object_list):
        table = super().get_table(object_list)
        table.filters = self.shown_filters
        return table

    @property
    def views(self):
        """The views whose status the queue uses, with the user's key where they ask for it."""
        me = self.request.user.pk
        for label, filters in QUICK_VIEWS:
            if filters.get("status", Status.NEW) in [*self.model.queue.statuses, OPEN]:
                yield label, {name: value.format(me=me) for name, value in filters.items()}

    @cached_property
    def saved_views(self):
        """The user's own views of this queue, like the quick views, each with its key."""
        saved = views_of(self.request.user, self.model)
        return [{**self._view(view.name, view.query), "pk": view.pk} for view in saved]

    @cached_property
    def saving(self):
        """The form that saves the filters under a name; None where they have one already."""
        named = any(view["is_shown"] for view in [*self.quick_views, *self.saved_views])
        if named or not self.shown_filters:
            return None
        query = {"query": self.shown_filters.urlencode()}
        return SavedViewForm(initial=query, filterset_class=self.filterset_class)
