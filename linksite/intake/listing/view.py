"""The list of a queue: filtered, searched, paged, exported."""

from django.http import HttpResponseForbidden, QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.views import generic
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.log_actions import log

from ..statuses import Status
from . import search, spreadsheets
from .export import Export
from .filters import OPEN, Due
from .neighbours import OLDEST_FIRST, filters_in, waited_longest
from .pagination import CappedPaginator, FoundPaginator
from .saved_views import SavedViewForm, views_of


class ChoiceColumn(BulkActionsCheckboxColumn):
    """A checkbox for each row, which works without a script as well."""

    cell_template_name = "intake/listing/cells/choose.html"


class ChoosesSeveral:
    """Adds checkboxes to a list for users who may change what it lists."""

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


class ApplicationIndexView(ChoosesSeveral, generic.IndexView):
    """The queue: newest first unless asked otherwise, filtered, searched, paged and exported."""

    any_permission_required = ["view"]
    #: Related names fetched with the rows, as for `annotate()`.
    annotations = {}
    #: The export's columns besides those of all queues.
    export_columns = []
    save_view_url_name = forget_view_url_name = None

    def get_base_queryset(self):
        return super().get_base_queryset().visible_to(self.request.user)

    def order_queryset(self, queryset):
        """Order newest or oldest first; the id makes either order total."""
        if self.ordering == OLDEST_FIRST:
            return queryset.order_by("submitted_at", "pk")
        return queryset.newest_first()

    def filter_queryset(self, queryset):
        """Return nothing, rather than everything, for filters that make no sense."""
        return super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    def search_queryset(self, queryset):
        return queryset.filter(self.search_condition()) if self.is_searching else queryset

    def search_condition(self):
        """Return the condition that an application matches the search."""
        return search.matching(self.search_query, text_fields=self.search_fields)

    @property
    def paginator_class(self):
        """The paginator; a search reads the queue as rarely as it can."""
        return FoundPaginator if self.is_searching else CappedPaginator

    def paginate_queryset(self, queryset, page_size):
        """Find one page by its keys, then fetch only the rows shown.

        The rows skipped on the way to page 500 are then never read.
        """
        keys = queryset.values_list("pk", flat=True)
        paginator, page, _rows, several = super().paginate_queryset(keys, page_size)
        page.object_list = self.order_queryset(self._rows(page.object_list))
        return paginator, page, page.object_list, several

    def _rows(self, keys):
        rows = self.model.objects.filter(pk__in=list(keys)).select_related("assigned_to")
        return rows.with_overdue().annotate(**self.annotations).defer("message", "consent_text")

    def get_list_buttons(self, instance):
        """Return none: the reference is the only link to the application."""
        return []

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

    @cached_property
    def shown_filters(self):
        """The filters and the order shown, as in the address."""
        return filters_in(self.request.GET, self.filterset_class)

    @property
    def quick_views(self):
        """The quick views: label, address, and whether it is the one shown."""
        for label, filters in QUICK_VIEWS:
            if filters.get("status", Status.NEW) in [*self.model.queue.statuses, OPEN]:
                me = self.request.user.pk
                values = {name: value.format(me=me) for name, value in filters.items()}
                yield self._view(label, urlencode(values))

    @cached_property
    def saved_views(self):
        """The user's own views of this queue, like the quick views, each with its key."""
        saved = views_of(self.request.user, self.model)
        return [{**self._view(view.name, view.query), "pk": view.pk} for view in saved]

    def _view(self, label, query):
        is_shown = QueryDict(query) == self.shown_filters and not self.is_searching
        return {
            "label": label,
            "url": f"{self.index_url}?{query}".rstrip("?"),
            "is_shown": is_shown,
        }

    @cached_property
    def saving(self):
        """The form that saves the filters under a name; None where they have one already."""
        named = any(view["is_shown"] for view in [*self.quick_views, *self.saved_views])
        if named or not self.shown_filters:
            return None
        query = {"query": self.shown_filters.urlencode()}
        return SavedViewForm(initial=query, filterset_class=self.filterset_class)
