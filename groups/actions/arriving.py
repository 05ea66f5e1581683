"""Who comes to the group, to its first meeting or later, and who keeps the place until then."""

from django.db import transaction
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed, move
from linksite.intake.statuses import ClosingReason, Status

from ..models import GroupStatus, Placement, PlacementStatus
from .locks import lock_placement
from .writing import note, save_with_new_link


@transaction.atomic
def arrive(placement: Placement, *, user=None, action: str = "groups.arrive") -> Placement:
    """Give the placement of somebody who has come, whose application is closed as started.

    Figures count them as started now, not before. `action` is how the history says it. Raises
    `ChangeNotAllowed` unless they have a place in a group that has started, and have not come yet.
    """
    placement = _to_come(placement)
    placement.status = PlacementStatus.STARTED
    save_with_new_link(placement)
    move(placement.application, Status.CLOSED, user=user, reason=ClosingReason.STARTED)
    note(placement, action, user)
    return placement


@transaction.atomic
def keep(placement: Placement, *, user=None) -> Placement:
    """Give the placement of a member who missed the first meeting, who is to be called today.

    Their application stays open, so that they are not lost, until they come or give the place up.
    Raises what `arrive` raises.
    """
    placement = _to_come(placement)
    placement.application.call_today()
    save_with_new_link(placement)
    note(placement, "groups.keep", user)
    return placement


def _to_come(placement):
    placement = lock_placement(placement)
    has_started = placement.group.status == GroupStatus.STARTED
    if not has_started or placement.status != PlacementStatus.ACCEPTED:
        raise ChangeNotAllowed(_("This has been answered already."))
    return placement
