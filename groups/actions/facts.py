"""What a group is about, where it meets, how many it takes, and who gets it going."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed
from network.models import Initiator

from ..models import GroupStatus, SelfHelpGroup
from .in_line import ask_reserve, reserves
from .locks import lock, lock_people
from .readiness import settle
from .start_up import accepted
from .writing import call_today, save_group, unchanged, write

#: What stands on the page of a place.
READ_BY_MEMBERS = {"place", "venue", "meets"}


@transaction.atomic
def change(group: SelfHelpGroup, facts: dict, *, user, version: int) -> SelfHelpGroup:
    """Give the group with what `facts` says of its fields.

    More places go to those on its waiting list, in order; another least may make it ready, or no
    longer. Who has been told that the time is set is told where and when it meets from now on; who
    has a place and did not say yes to the time is called.
    Raises `ChangeNotAllowed` for a group that has ended, or if more places are taken than
    it would have; or `StaleApplication`.
    """
    group = _not_ended(group, version)
    before = group.most
    changed = sorted(name for name, value in facts.items() if getattr(group, name) != value)
    for name in changed:
        setattr(group, name, facts[name])
    if group.most < group.places_taken:
        raise ChangeNotAllowed(_("More places than that are taken."))
    save_group(group, "groups.change", user, {"fields": changed})
    if group.status == GroupStatus.READY and READ_BY_MEMBERS.intersection(changed):
        _tell_members(group)
    if group.is_filling:
        _give_out(group, group.most - before)
        group = lock(group)
        settle(group)
    return group


def _tell_members(group):
    for placement in accepted(group):
        if placement.agrees:
            write(placement, "something_changed")
        else:
            call_today(placement.application)


def _give_out(group, places):
    """Propose new places to those who wait for this group, and to nobody else."""
    if places > 0:
        # Several are asked in one transaction, in an order that is not that of their keys.
        lock_people(reserves(group))
    for _number in range(places):
        if ask_reserve(group) is None:
            break


@transaction.atomic
def appoint(
    group: SelfHelpGroup, initiators: Iterable[Initiator], *, user, version: int
) -> SelfHelpGroup:
    """Give the group with those who get it going.

    Raises `ChangeNotAllowed` for a group that has ended, or `StaleApplication`.
    """
    group, initiators = _not_ended(group, version), list(initiators)
    changed = ["initiators"] if set(initiators) != set(group.initiators.all()) else []
    group.initiators.set(initiators)
    save_group(group, "groups.change", user, {"fields": changed})
    return group


def _not_ended(group, version):
    group = unchanged(group, version)
    if group.status == GroupStatus.ENDED:
        raise ChangeNotAllowed(_("The group has ended."))
    return group
