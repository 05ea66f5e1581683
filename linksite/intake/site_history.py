"""Wagtail's report of who has done what, with a bounded number of queries."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .history import with_assignees
from .permissions import may
from .queue import queues


class SiteHistoryView(LogEntriesView):
    """Looks up for all rows at once whom applications were assigned to."""

    def decorate_paginated_queryset(self, queryset):
        """Return the log entries of a page."""
        return with_assignees(super().decorate_paginated_queryset(queryset))


#: They stand before Wagtail's at the same addresses, which its names go on leading to.
urlpatterns = decorate_urlpatterns(
    [
        path("", SiteHistoryView.as_view()),
        path("results/", SiteHistoryView.as_view(results_only=True)),
    ],
    require_admin_access,
)


class QueueHistoryMenuItem(MenuItem):
    """The site history for who may see a queue but has no pages: Wagtail hides its own from them.

    The report shows each user only what they may see.
    """

    def is_shown(self, request):
        """Whether this user sees a queue and has no entry of Wagtail's."""
        pages = policy_registry.get_by_type(Page).explorable_root_instance(request.user)
        return pages is None and any(may(request.user, "view", queue.model) for queue in queues())
