"""Registers the network queue, meetings and partners in Wagtail's admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .meetings.list import NetworkMeetingsViewSet
from .queue.viewset import NetworkApplicationViewSet, OrganisationViewSet

register_snippet(OrganisationViewSet)


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [NetworkApplicationViewSet(), NetworkMeetingsViewSet()]
