"""What every list that staff work through has in common."""

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.http import urlencode
from wagtail.admin.views import generic

from .neighbours import filters_in
from .pagination import CappedPaginator


class ListView(generic.IndexView):
    """A list that is equally fast however long it is, with views that are one click away."""

    any_permission_required = ["view"]
    paginator_class = CappedPaginator
    #: The label and the filters of each quick view.
    views = []

    def get_base_queryset(self):
        return super().get_base_queryset().visible_to(self.request.user)

    def filter_queryset(self, queryset):
        """Return nothing, rather than everything, for filters that make no sense."""
        return super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    def paginate_queryset(self, queryset, page_size):
        """Find one page by its keys, then fetch only the rows shown.

        The rows skipped on the way to page 500 are then never read.
        """
        keys = queryset.values_list("pk", flat=True)
        paginator, page, _keys, several = super().paginate_queryset(keys, page_size)
        rows = self.model.objects.filter(pk__in=list(page.object_list))
        page.object_list = self.with_details(self.order_queryset(rows))
        return paginator, page, page.object_list, several

    def with_details(self, rows):
        """Return the rows of one page with what their columns show."""
        return rows

    def get_list_buttons(self, instance):
        """Return none: the reference is the only link."""
        return []

    @cached_property
    def shown_filters(self):
        """The filters and the order shown, as in the address."""
        return filters_in(self.request.GET, self.filterset_class)

    @property
    def quick_views(self):
        """The quick views: label, address, and whether it is the one shown."""
        return [self._view(label, urlencode(filters)) for label, filters in self.views]

    def _view(self, label, query):
        is_shown = QueryDict(query) == self.shown_filters and not self.is_searching
        return {
            "label": label,
            "url": f"{self.index_url}?{query}".rstrip("?"),
            "is_shown": is_shown,
        }
