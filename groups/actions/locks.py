"""The one order in which groups and people are locked: the group first, people by key."""

from collections.abc import Iterable

from ..models import GroupApplication, Placement, SelfHelpGroup


def lock(group: SelfHelpGroup) -> SelfHelpGroup:
    """Give the group as it stands, locked until the transaction ends."""
    return SelfHelpGroup.objects.select_for_update().get(pk=group.pk)


def lock_person(application: GroupApplication) -> GroupApplication:
    """Give the application as it stands, locked; its group is locked already, or it has none."""
    return GroupApplication.objects.select_for_update().get(pk=application.pk)


def lock_people(applications: Iterable[GroupApplication]) -> None:
    """Lock several at once, so that two who want the same ones never wait for each other."""
    pks = [application.pk for application in applications]
    people = GroupApplication.objects.filter(pk__in=pks).order_by("pk")
    list(people.select_for_update().values_list("pk"))


def lock_placement(placement: Placement) -> Placement:
    """Give the placement as it stands with its group and application, all of them locked.

    Raises `ObjectDoesNotExist` if it has been erased meanwhile.
    """
    group = lock(SelfHelpGroup(pk=placement.group_id))
    application = lock_person(GroupApplication(pk=placement.application_id))
    placement = Placement.objects.select_for_update().get(pk=placement.pk)
    placement.group, placement.application = group, application
    return placement
