"""A member of a group that has started stops coming. The group stays closed: nobody is asked."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed

from ..models import GroupApplication, GroupStatus, Placement, PlacementStatus
from .locks import lock, lock_placement
from .proposing import give_place_back
from .writing import note, save_with_new_link


@transaction.atomic
def leave(placement: Placement, *, user=None) -> Placement:
    """Give the placement of a member who has left.

    The application stays closed as it was: they did start. Raises `ChangeNotAllowed` unless they
    are in a group that has started and is not on its own yet.
    """
    placement = lock_placement(placement)
    has_started = placement.group.status == GroupStatus.STARTED
    if not has_started or placement.status != PlacementStatus.STARTED:
        raise ChangeNotAllowed(_("They are not in the group any more."))
    return _leave(placement, user)


def leave_groups_of(application: GroupApplication, *, user=None) -> None:
    """Let somebody who asks for another group, and is locked, have left the one they were in.

    A group out of sight keeps them: nobody here knows any more who is in it.
    """
    member = {"status": PlacementStatus.STARTED, "group__status": GroupStatus.STARTED}
    for placement in application.placements.filter(**member).select_related("group"):
        placement.group, placement.application = lock(placement.group), application
        _leave(placement, user)


def _leave(placement, user):
    placement.status, placement.answered_at = PlacementStatus.RELEASED, timezone.now()
    save_with_new_link(placement)
    give_place_back(placement)
    note(placement, "groups.leave", user)
    return placement
