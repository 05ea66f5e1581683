"""Members of a group: attendance at the first meeting, who leaves, and who is out of sight."""

import logging
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed, move
from linksite.intake.duplicates import with_merged
from linksite.intake.statuses import ClosingReason, Status

from ..history import forget_groups, place_entries
from ..models import (
    GroupApplication,
    GroupStatus,
    Placement,
    PlacementStatus,
)
from .places import EXITS, _found, _vacate
from .records import note

logger = logging.getLogger(__name__)


def _arrive_later(placement, user=None):
    """Note somebody who came after the first meeting; figures count them as started now."""
    return _arrive(placement, user, "groups.arrive_later")


def _arrive(placement, user=None, action="groups.arrive"):
    """Close the application of somebody who came as started.

    Raise `ChangeNotAllowed` unless they have a place in a group that has started, and have not come
    yet.
    """
    _check_to_come(placement)
    placement.status = PlacementStatus.STARTED
    placement.save_with_new_link()
    move(placement.application, Status.CLOSED, user=user, reason=ClosingReason.STARTED)
    note(placement, action, user)
    return placement


def _keep(placement, user=None):
    """Let a member who missed the first meeting keep the place, to be called today.

    Their application stays open, so that they are not lost, until they come or give the place up.
    """
    _check_to_come(placement)
    placement.application.call_today()
    placement.save_with_new_link()
    note(placement, "groups.keep", user)
    return placement


def _check_to_come(placement):
    has_started = placement.group.status == GroupStatus.STARTED
    if not has_started or placement.status != PlacementStatus.ACCEPTED:
        raise ChangeNotAllowed(_("This has already been answered."))


def _leave(placement, user=None):
    """Let a member leave. The application stays closed as it was: they did start.

    Raise `ChangeNotAllowed` unless they are in a group that has started and is not on its own yet.
    """
    has_started = placement.group.status == GroupStatus.STARTED
    if not has_started or placement.status != PlacementStatus.STARTED:
        raise ChangeNotAllowed(_("They are no longer in the group."))
    return _vacate(placement, EXITS["left"], user)


def leave_groups_of(application: GroupApplication, *, user: Any = None) -> None:
    """Let somebody who asks for another group, and is locked, leave the one they were in.

    They stay in a group that is on its own: nobody here knows any more who is in it.
    """
    member = {"status": PlacementStatus.STARTED, "group__status": GroupStatus.STARTED}
    for placement in application.placements.filter(**member):
        _vacate(_found(placement, application), EXITS["left"], user)


def _put_out_of_sight(group):
    """Hide the members of the locked group, with what each of them sent before.

    The history of people's places stays, but no longer says in which group.
    """
    # Whoever asks for another group by now stays in sight.
    members = GroupApplication.objects.filter(
        placements__group=group, placements__status=PlacementStatus.STARTED, status=Status.CLOSED
    )
    hidden = [one.pk for member in members for one in with_merged(member)]
    # So does whoever is in another group by what was merged here.
    elsewhere = Placement.objects.filter(
        status=PlacementStatus.STARTED, group__status=GroupStatus.STARTED
    ).exclude(group=group)
    visible = GroupApplication.objects.filter(pk__in=hidden, handed_over_at=None)
    visible = visible.exclude(placements__in=elsewhere)
    visible.update(handed_over_at=timezone.now())
    since = place_entries().filter(timestamp__gte=group.created_at)
    forget_groups(since.filter(data__group=group.reference))
