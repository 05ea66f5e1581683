"""Entries of the admin's menu for who works a queue."""

from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .permissions import may
from .retention import queues


class QueueHistoryMenuItem(MenuItem):
    """The site history for who may see a queue but has no pages: Wagtail hides its own from them.

    The report shows each user only what they may see.
    """

    def is_shown(self, request):
        """Whether this user sees a queue and has no entry of Wagtail's."""
        pages = policy_registry.get_by_type(Page).explorable_root_instance(request.user)
        return pages is None and any(may(request.user, "view", queue) for queue in queues())
