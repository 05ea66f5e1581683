"""Registers what happens to applications in Wagtail's audit log, and the way to it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from . import history
from .menu import QueueHistoryMenuItem


@hooks.register("register_log_actions")
def register_log_actions(registry):
    history.register(registry)


@hooks.register("register_reports_menu_item")
def register_queue_history():
    url = reverse("wagtailadmin_reports:site_history")
    return QueueHistoryMenuItem(_("Who has done what"), url, name="history", icon_name="history")
