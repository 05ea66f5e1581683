"""From one application to the next, without going back to the list.

The address keeps the filters and the order of the list, also through the pages beside an
application. It does not keep the search text, which may be a name.
"""

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

#: The order of a list that begins with those who have waited longest.
OLDEST_FIRST = "submitted_at"


def waited_longest(**filters) -> dict:
    """Return `filters` in the order in which people are to be called."""
    return {**filters, "ordering": OLDEST_FIRST}


def filters_in(data: QueryDict, filterset_class) -> QueryDict:
    """Return the filters and the order of the list in `data`, and nothing else."""
    kept = QueryDict(mutable=True)
    for name in [*_names(filterset_class), "ordering"]:
        if values := [value for value in data.getlist(name) if value]:
            kept.setlist(name, values)
    return kept


def _names(filterset_class):
    """Yield the names under which the filters are in an address; a range has two."""
    for name, one in filterset_class.base_filters.items():
        suffixes = getattr(one.extra.get("widget"), "suffixes", None)
        yield from [f"{name}_{suffix}" for suffix in suffixes] if suffixes else [name]


class KeepsTheList:
    """Keeps the list's filters in the links of the pages about an application."""

    filterset_class = None

    @cached_property
    def filters_of_list(self) -> QueryDict:
        return filters_in(self.request.GET, self.filterset_class)

    @property
    def list_query(self) -> str:
        """The filters as a query string; empty for a list that shows everything."""
        return f"?{self.filters_of_list.urlencode()}" if self.filters_of_list else ""

    def with_list(self, url: str) -> str:
        """Return `url` with the filters; one that has a query already stays as it is."""
        return url if "?" in url else url + self.list_query


def neighbours(view) -> dict[str, str]:
    """Return the addresses of the `list`, and of the `previous` and `next` application, if any.

    They are those of the application that `view` shows to its user.
    """
    model, application = view.model, view.object
    filters = view.filters_of_list
    found = view.filterset_class(filters, queryset=model.objects.visible_to(view.request.user))
    rows = found.qs if found.is_valid() else model.objects.none()
    at, pk = application.submitted_at, application.pk
    # The condition on the time alone tells the database where in the index to begin.
    newer = rows.filter(Q(submitted_at__gt=at) | Q(pk__gt=pk), submitted_at__gte=at)
    older = rows.filter(Q(submitted_at__lt=at) | Q(pk__lt=pk), submitted_at__lte=at)
    before = newer.order_by("submitted_at", "pk").values_list("pk", flat=True).first()
    after = older.newest_first().values_list("pk", flat=True).first()
    if filters.get("ordering") == OLDEST_FIRST:
        before, after = after, before
    urls = {"list": reverse(view.index_url_name)}
    for name, key in (("previous", before), ("next", after)):
        if key:
            urls[name] = reverse(view.inspect_url_name, args=[key])
    return {name: view.with_list(url) for name, url in urls.items()}
