"""The start-up meeting: a time proposed to all who accepted, and what they say to it."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed

from ..models import GroupStatus, MeetingKind, Placement, PlacementStatus, SelfHelpGroup
from .locks import lock_placement
from .readiness import settle
from .writing import (
    ask_about_start_up,
    note,
    save_group,
    save_with_new_link,
    tell_start_up,
    unchanged,
)


@transaction.atomic
def propose_start_up(group: SelfHelpGroup, at: datetime, *, user, version: int) -> SelfHelpGroup:
    """Give the group with a start-up time that all who accepted are asked about, each by mail.

    Where there was a time before, the mail says that it does not hold any more.
    Raises `ChangeNotAllowed` for a group that has started, or `StaleApplication`.
    """
    group = unchanged(group, version)
    if not group.is_filling:
        raise ChangeNotAllowed(_("The group has started already."))
    moved = group.start_up_at is not None
    group.start_up_at, group.status, group.ready_at = at, GroupStatus.FORMING, None
    save_group(group, "groups.start_up", user, {"at": at.isoformat()})
    plan_start_up(group)
    for placement in accepted(group):
        ask_about_start_up(placement, moved=moved)
    return group


@transaction.atomic
def answer_start_up(placement: Placement, agrees: bool, *, user=None) -> Placement:
    """Give the placement with the answer to the proposed time.

    Whoever says no keeps the place, and is called today; another time is asked about anew. To give
    the place to the next is to `decline` (features.md, 8). Raises `ChangeNotAllowed` when nothing
    is asked.
    """
    placement = lock_placement(placement)
    asked = placement.group.is_filling and placement.group.start_up_at
    if not asked or placement.status != PlacementStatus.ACCEPTED:
        raise ChangeNotAllowed(_("This has been answered already."))
    placement.agrees, placement.answered_at = agrees, timezone.now()
    save_with_new_link(placement)
    if not agrees:
        placement.application.call_today()
    note(placement, "groups.agree" if agrees else "groups.disagree", user)
    if agrees and placement.group.status == GroupStatus.READY:
        tell_start_up(placement)
    settle(placement.group)
    return placement


def plan_start_up(group: SelfHelpGroup) -> None:
    """Put the start-up meeting on the group's plan, or move it there."""
    # The same meeting at another time, so that a calendar moves it.
    group.meetings.update_or_create(
        kind=MeetingKind.START_UP, held=None, defaults={"at": group.start_up_at}
    )


def accepted(group: SelfHelpGroup) -> Iterator[Placement]:
    """Give the places in `group` that are accepted, each with its person."""
    placements = group.placements.filter(status=PlacementStatus.ACCEPTED)
    for placement in placements.select_related("application__site"):
        placement.group = group
        yield placement
