"""Registers the group queue, the groups, topics, areas and initiators in Wagtail's admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import history
from .initiators import InitiatorViewSet
from .matching.board_page import BoardViewSet
from .queue.bulk import ProposeBulkAction
from .queue.viewset import AreaViewSet, GroupApplicationViewSet, TopicViewSet
from .self_help_groups.viewset import SelfHelpGroupViewSet

register_snippet(TopicViewSet)
register_snippet(AreaViewSet)
hooks.register("register_bulk_action", ProposeBulkAction)


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [
        GroupApplicationViewSet(),
        SelfHelpGroupViewSet(),
        BoardViewSet(),
        InitiatorViewSet(),
    ]


@hooks.register("register_log_actions")
def register_log_actions(registry):
    history.register(registry)
