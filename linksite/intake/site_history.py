"""Wagtail's report of who has done what, with a bounded number of queries."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .history import with_assignees


class SiteHistoryView(LogEntriesView):
    """Looks up for all rows at once whom applications were assigned to."""

    def decorate_paginated_queryset(self, queryset):
        return with_assignees(super().decorate_paginated_queryset(queryset))


#: They stand before Wagtail's at the same addresses, which its names go on leading to.
urlpatterns = decorate_urlpatterns(
    [
        path("", SiteHistoryView.as_view()),
        path("results/", SiteHistoryView.as_view(results_only=True)),
    ],
    require_admin_access,
)
