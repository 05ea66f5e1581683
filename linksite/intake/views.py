"""The two pages of a queue: the list, and one application. Every row comes through `visible_to`."""

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField
from django.http import HttpResponseBadRequest, HttpResponseForbidden, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views import generic
from wagtail.log_actions import log

from . import actions, history, search, spreadsheets
from .export import Export
from .forms import ACTION_FORMS
from .pagination import CappedPaginator

#: One click away from the list; each is an address that can be shared.
QUICK_VIEWS = [
    (gettext_lazy("All"), {}),
    (pgettext_lazy("applications", "New"), {"status": "new"}),
    (gettext_lazy("Mine"), {"assigned_to": "{me}", "status": "open"}),
    (gettext_lazy("Overdue"), {"due": "overdue"}),
    (pgettext_lazy("applications", "Open"), {"status": "open"}),
    (pgettext_lazy("applications", "Closed"), {"status": "closed"}),
]


class ApplicationIndexView(generic.IndexView):
    """The queue: newest first, filtered, searched, paged and exported."""

    any_permission_required = ["view"]
    paginator_class = CappedPaginator
    #: Related names to fetch along with the rows, as for `annotate()`.
    annotations = {}
    #: What the export has beside the fields that all queues export.
    export_columns = []

    def get_base_queryset(self):
        """Give what the user may see."""
        return super().get_base_queryset().visible_to(self.request.user)

    def order_queryset(self, queryset):
        """Give the newest first, or the oldest; the id makes either order total."""
        if self.ordering == "submitted_at":
            return queryset.order_by("submitted_at", "pk")
        return queryset.newest_first()

    def filter_queryset(self, queryset):
        """Give what the filters let through: nothing, rather than all, if they make no sense."""
        return super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    def search_queryset(self, queryset):
        """Give what matches the search."""
        return queryset.filter(self.search_condition()) if self.is_searching else queryset

    def search_condition(self):
        """Give the condition that an application matches the search."""
        return search.matching(self.search_query, text_fields=self.search_fields)

    def paginate_queryset(self, queryset, page_size):
        """Find one page by its keys, then fetch what is shown of those rows alone.

        So the rows that are skipped on the way to page 500 are never looked at.
        """
        keys = queryset.values_list("pk", flat=True)
        paginator, page, _rows, several = super().paginate_queryset(keys, page_size)
        page.object_list = self.order_queryset(self._rows(page.object_list))
        return paginator, page, page.object_list, several

    def _rows(self, keys):
        rows = self.model.objects.filter(pk__in=list(keys)).select_related("assigned_to")
        return rows.annotate(**self.annotations).defer("message", "consent_text")

    def get_list_buttons(self, instance):
        """Give none: the reference is the one way in."""
        return []

    @cached_property
    def show_export_buttons(self):
        """Whether the user may export; the address itself is guarded in `get`."""
        return self.user_has_permission("export")

    def get(self, request, *args, **kwargs):
        """Give the list, or the export of what the list would show."""
        return self.export() if self.is_export else super().get(request, *args, **kwargs)

    def export(self):
        """Stream the export and log that it was taken; 403 for who may only look."""
        if not self.show_export_buttons:
            return HttpResponseForbidden(_("You may look at this queue, but not export it."))
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
        """Log it on the queue as a whole: filters by name only, what was searched for never."""
        filters = [*self.filters.form.changed_data, *(["search"] if self.is_searching else [])]
        data = {"format": extension, "count": queryset.count(), "filters": filters}
        title = str(self.model._meta.verbose_name_plural)
        # An entry needs an object; 0 is no application's key.
        log(self.model(pk=0), "intake.export", user=self.request.user, title=title, data=data)

    @property
    def quick_views(self):
        """The quick views: label, address, and whether it is the one shown."""
        shown = {key: value for key, value in self.request.GET.items() if value and key != "p"}
        shown.pop("_w_filter_fragment", None)
        for label, filters in QUICK_VIEWS:
            query = {key: value.format(me=self.request.user.pk) for key, value in filters.items()}
            url = f"{self.index_url}?{urlencode(query)}" if query else self.index_url
            yield {"label": label, "url": url, "is_shown": query == shown}


class ApplicationDetailView(generic.InspectView):
    """Everything about one application, what happened to it, and what can be done now."""

    any_permission_required = ["view"]
    page_title = pgettext_lazy("applications", "Application")
    forms = ACTION_FORMS

    def get_object(self, queryset=None):
        """Give the application, 404 for who may not see it."""
        visible = self.model.objects.visible_to(self.request.user)
        return get_object_or_404(visible.select_related("assigned_to", "site"), pk=self.pk)

    def get_field_display_value(self, field_name, field):
        """Give the value as people read it."""
        if hasattr(field, "labels"):
            return ", ".join(str(label) for label in field.labels(getattr(self.object, field_name)))
        if isinstance(field, BooleanField):
            return _("Yes") if getattr(self.object, field_name) else _("No")
        value = super().get_field_display_value(field_name, field)
        # Wagtail's sign for an empty list; the page has one for everything that is empty.
        return "" if value == "-" else value

    @cached_property
    def may_change(self):
        """Whether the user may do more than look."""
        return self.user_has_permission("change")

    def post(self, request, *args, **kwargs):
        """Do what was asked; show the page with everything typed when it cannot be done."""
        if not self.may_change:
            raise PermissionDenied
        action = request.POST.get("action")
        if action not in self.forms:
            return HttpResponseBadRequest()
        form = self._form(action, request.POST)
        if form.is_valid() and self._saved(form):
            messages.success(request, form.done)
            return redirect(request.path)
        context = self.get_context_data(bound={action: form})
        return self.render_to_response(context, status=409 if form.is_valid() else 422)

    def _saved(self, form):
        """Save the form and say whether that was possible; if not, tell the user why."""
        try:
            form.save(self.request.user)
        except actions.ChangeNotAllowed as error:
            messages.error(self.request, str(error))
        except actions.StaleApplication:
            messages.warning(self.request, self._what_happened(form.cleaned_data["version"]))
        else:
            return True
        self.object.refresh_from_db()
        return False

    def _what_happened(self, version):
        changes = history.changes_since(self.object, version)
        what = "; ".join(f"{change.user_display_name}: {change.message}" for change in changes)
        return _(
            "Nothing was saved, because the application has been changed since you opened it "
            "(%(changes)s). What you wrote still stands below: look, and send it again if it "
            "still fits."
        ) % {"changes": what}

    def _form(self, action, data=None):
        form_class = self.forms[action]
        return form_class(data, application=self.object, auto_id=f"{action}-%s")

    def get_context_data(self, bound=None, **kwargs):
        """Add the `action_forms`, the `timeline`, the `openings` and the mails."""
        context = super().get_context_data(**kwargs)
        if self.may_change:
            forms = {action: self._form(action) for action in self.forms}
            context["action_forms"] = {**forms, **(bound or {})}
        return {
            **context,
            "application": self.object,
            "timeline": history.timeline(self.object),
            "openings": history.openings(self.object),
            "mails": self.object.mails.all(),
            "assignee": get_user_display_name(self.object.assigned_to),
        }

    def render_to_response(self, context, **response_kwargs):
        """Log that the page was read, whichever way it was asked for."""
        actions.opened(self.object, user=self.request.user)
        return super().render_to_response(context, **response_kwargs)
