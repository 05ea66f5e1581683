"""Registers the log actions of applications, and the links to the pages about them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import policy_registry

from . import history
from .deletion_guard import keep_what_people_applied_for
from .listing.bulk_steps import AssignBulkAction, FollowUpBulkAction, StatusBulkAction
from .my_day import MyDayPanel
from .pages.mail_wording import MailTextViewSet
from .permissions import PermissionMenuItem, may
from .queue import queues

keep_what_people_applied_for()


@hooks.register("register_log_actions")
def register_log_actions(registry):
    history.register_actions(registry, history.ACTIONS)


@hooks.register("register_admin_viewset")
def register_mail_texts():
    return MailTextViewSet()


def sees_queues_but_no_pages(user) -> bool:
    """Wagtail hides its own entry from these; the report shows each user what they may see."""
    pages = policy_registry.get_by_type(Page).explorable_root_instance(user)
    return pages is None and any(may(user, "view", queue.model) for queue in queues())


@hooks.register("register_reports_menu_item")
def register_queue_history():
    return PermissionMenuItem(
        _("Who has done what"),
        reverse("wagtailadmin_reports:site_history"),
        name="history",
        icon_name="history",
        may_see=sees_queues_but_no_pages,
    )


@hooks.register("construct_homepage_panels")
def add_my_day(request, panels):
    panels.append(MyDayPanel())


for bulk_action in (AssignBulkAction, FollowUpBulkAction, StatusBulkAction):
    hooks.register("register_bulk_action", bulk_action)
