"""Registers the group queue, topics and areas, and keeps what people have asked for."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from linksite.intake.keeping import keep_pages_applied_for, keep_snippets_applied_for
from linksite.intake.permissions import ApplicationPermissionPolicy

from . import history
from .models import GroupApplication
from .viewsets import AreaViewSet, GroupApplicationViewSet, TopicViewSet

register_permission_policy(GroupApplication, ApplicationPermissionPolicy(GroupApplication))
register_snippet(TopicViewSet)
register_snippet(AreaViewSet)
keep_pages_applied_for(GroupApplication, "offer")
keep_snippets_applied_for(GroupApplication, "topics")
keep_snippets_applied_for(GroupApplication, "area")


@hooks.register("register_admin_viewset")
def register_viewset():
    return GroupApplicationViewSet()


@hooks.register("register_log_actions")
def register_log_actions(registry):
    history.register(registry)
