"""When a group is ready: at least four have a place and said yes to the time (features.md, 8)."""

from django.utils import timezone
from wagtail.log_actions import log

from ..models import GroupApplication, GroupStatus, PlacementStatus, SelfHelpGroup
from .writing import tell_start_up


def settle(group: SelfHelpGroup) -> None:
    """Make the locked group ready when enough have said yes, or take that back."""
    agreed = group.placements.filter(status=PlacementStatus.ACCEPTED, agrees=True)
    enough = group.start_up_at is not None and agreed.count() >= group.least
    if enough and group.status == GroupStatus.FORMING:
        _make_ready(group, agreed)
    elif not enough and group.status == GroupStatus.READY:
        group.status, group.ready_at = GroupStatus.FORMING, None
        group.save(update_fields=["status", "ready_at"])
        log(group, "groups.not_ready")


def _make_ready(group, agreed):
    group.status, group.ready_at = GroupStatus.READY, timezone.now()
    group.save(update_fields=["status", "ready_at"])
    log(group, "groups.ready")
    for placement in agreed.select_related("application__site"):
        placement.group = group
        tell_start_up(placement)
    # It begins at this time all the same, and nobody has written to them what becomes of it.
    absent = group.placements.filter(status=PlacementStatus.ACCEPTED, agrees=False)
    GroupApplication.objects.filter(placements__in=absent).call_today()
