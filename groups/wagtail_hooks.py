"""Registers the group queue, topics and areas, and keeps what people have asked for."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from linksite.intake.deletion_guard import keep_pages_applied_for, keep_snippets_applied_for
from linksite.intake.permissions import ApplicationPermissionPolicy

from . import history, my_day
from .initiators import InitiatorViewSet
from .matching.board_page import BoardViewSet
from .models import GroupApplication
from .queue.bulk import ProposeBulkAction
from .queue.viewset import AreaViewSet, GroupApplicationViewSet, TopicViewSet
from .self_help_groups.viewset import SelfHelpGroupViewSet

register_permission_policy(GroupApplication, ApplicationPermissionPolicy(GroupApplication))


register_snippet(TopicViewSet)


register_snippet(AreaViewSet)


keep_pages_applied_for(GroupApplication, "offer")


keep_snippets_applied_for(GroupApplication, "topics")


keep_snippets_applied_for(GroupApplication, "area")


@hooks.register("register_admin_viewset")
def register_viewset():
    return [GroupApplicationViewSet(), SelfHelpGroupViewSet()]


@hooks.register("register_admin_viewset")
def register_board():
    return [BoardViewSet(), InitiatorViewSet()]


@hooks.register("register_log_actions")
def register_log_actions(registry):
    history.register(registry)


@hooks.register("my_day_section", order=10)
def queue_section(user):
    return my_day.queue_section(user)


@hooks.register("my_day_section", order=11)
def groups_section(user):
    return my_day.groups_section(user)


hooks.register("register_bulk_action", ProposeBulkAction)
