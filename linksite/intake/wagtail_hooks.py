"""Registers the log actions of applications, and the links to the pages about them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from . import history
from .deletion_guard import keep_what_people_applied_for
from .listing.bulk_steps import AssignBulkAction, FollowUpBulkAction, StatusBulkAction
from .my_day import MyDayPanel
from .pages.mail_wording import MailTextViewSet
from .site_history import QueueHistoryMenuItem

keep_what_people_applied_for()


@hooks.register("register_log_actions")
def register_log_actions(registry):
    history.register(registry)


@hooks.register("register_admin_viewset")
def register_mail_texts():
    return MailTextViewSet()


@hooks.register("register_reports_menu_item")
def register_queue_history():
    url = reverse("wagtailadmin_reports:site_history")
    return QueueHistoryMenuItem(_("Who has done what"), url, name="history", icon_name="history")


@hooks.register("construct_homepage_panels")
def add_my_day(request, panels):
    panels.append(MyDayPanel())


for bulk_action in (AssignBulkAction, FollowUpBulkAction, StatusBulkAction):
    hooks.register("register_bulk_action", bulk_action)
