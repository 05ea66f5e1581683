"""What a group is about, where it meets, how many it takes, and who gets it going."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed
from network.models import Initiator

from ..models import GroupStatus, PlacementStatus, SelfHelpGroup
from .locks import lock
from .placing import ask_next
from .readiness import settle
from .writing import save_group, unchanged


@transaction.atomic
def change(group: SelfHelpGroup, facts: dict, *, user, version: int) -> SelfHelpGroup:
    """Give the group with what `facts` says of its fields.

    More places go to those on its waiting list, in order; another least may make it ready, or no
    longer. Raises `ChangeNotAllowed` for a group that has ended, or if more places are taken than
    it would have; or `StaleApplication`.
    """
    group = _not_ended(group, version)
    before = group.most
    for name, value in facts.items():
        setattr(group, name, value)
    if group.most < group.places_taken:
        raise ChangeNotAllowed(_("More places than that are taken."))
    save_group(group, "groups.change", user, {"fields": sorted(facts)})
    if group.is_filling:
        _give_out(group, group.most - before)
        group = lock(group)
        settle(group)
    return group


def _give_out(group, places):
    """Propose new places to those who wait for this group, and to nobody else."""
    reserves = group.placements.filter(status=PlacementStatus.WAITING).count()
    for _number in range(min(places, reserves)):
        ask_next(group)


@transaction.atomic
def appoint(
    group: SelfHelpGroup, initiators: Iterable[Initiator], *, user, version: int
) -> SelfHelpGroup:
    """Give the group with those who get it going.

    Raises `ChangeNotAllowed` for a group that has ended, or `StaleApplication`.
    """
    group = _not_ended(group, version)
    group.initiators.set(initiators)
    save_group(group, "groups.change", user, {"fields": ["initiators"]})
    return group


def _not_ended(group, version):
    group = unchanged(group, version)
    if group.status == GroupStatus.ENDED:
        raise ChangeNotAllowed(_("The group has ended."))
    return group
