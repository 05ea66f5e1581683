"""Registers the network queue, meetings and partners, and keeps what people have asked for."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from linksite.intake.deletion_guard import keep_pages_applied_for
from linksite.intake.permissions import ApplicationPermissionPolicy

from . import my_day
from .meetings.list import NetworkMeetingsViewSet
from .models import NetworkApplication
from .queue.viewset import NetworkApplicationViewSet, OrganisationViewSet

register_permission_policy(NetworkApplication, ApplicationPermissionPolicy(NetworkApplication))


register_snippet(OrganisationViewSet)


keep_pages_applied_for(NetworkApplication, "meeting")


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [NetworkApplicationViewSet(), NetworkMeetingsViewSet()]


@hooks.register("my_day_section", order=20)
def network_section(user):
    return my_day.section(user)
