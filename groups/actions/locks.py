"""The one order in which groups and people are locked: the group first."""

from ..models import GroupApplication, Placement, SelfHelpGroup


def lock(group: SelfHelpGroup) -> SelfHelpGroup:
    """Give the group as it stands, locked until the transaction ends."""
    return SelfHelpGroup.objects.select_for_update().get(pk=group.pk)


def lock_placement(placement: Placement) -> Placement:
    """Give the placement as it stands with its group and application, all of them locked."""
    group = lock(SelfHelpGroup(pk=placement.group_id))
    application = GroupApplication.objects.lock(placement.application_id)
    placement = Placement.objects.select_for_update().get(pk=placement.pk)
    placement.group, placement.application = group, application
    return placement
