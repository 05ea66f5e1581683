"""A group on its way to its first meeting: its details, its initiators, its start-up time.

It is ready when at least as many as it needs have a place and said yes to the time.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from linksite.intake.actions import ChangeNotAllowed
from network.models import Initiator

from ..models import (
    GroupApplication,
    GroupStatus,
    MeetingKind,
    Placement,
    PlacementStatus,
    SelfHelpGroup,
)
from .messages import ask_about_start_up, call_today, tell_start_up, write
from .proposals import _ask_reserves
from .records import note, save_group, unchanged

#: What members read on the page of their place.
READ_BY_MEMBERS = {"place", "venue", "meets"}


@transaction.atomic
def change(group: SelfHelpGroup, details: dict, *, user: Any, version: int) -> SelfHelpGroup:
    """Return the group with what `details` says of its fields.

    New places go to those on its waiting list, in order; another least may make it ready, or no
    longer. Who has been told that the time is set is told where and when it meets from now on; who
    has a place and did not say yes to the time is called. Raise `ChangeNotAllowed` for a group that
    has ended, or if more places are taken than it would have; or `StaleApplication`.
    """
    group = _not_ended(group, version)
    before = group.most
    changed = sorted(name for name, value in details.items() if getattr(group, name) != value)
    for name in changed:
        setattr(group, name, details[name])
    if group.most < group.places_taken:
        raise ChangeNotAllowed(_("More places than that are already taken."))
    save_group(group, "groups.change", user, {"fields": changed})
    if group.status == GroupStatus.READY and READ_BY_MEMBERS.intersection(changed):
        _tell_members(group)
    if group.is_filling:
        if group.most > before:
            _ask_reserves(group, group.most - before)
        _settle(group)
    return group


def _tell_members(group):
    for placement in accepted(group):
        if placement.agrees:
            write(placement, "something_changed")
        else:
            call_today(placement.application)


@transaction.atomic
def appoint(
    group: SelfHelpGroup, initiators: Iterable[Initiator], *, user: Any, version: int
) -> SelfHelpGroup:
    """Return the group with those who get it going.

    Raise `ChangeNotAllowed` for a group that has ended, or `StaleApplication`.
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


# The start-up time


@transaction.atomic
def propose_start_up(
    group: SelfHelpGroup, at: datetime, *, user: Any, version: int
) -> SelfHelpGroup:
    """Return the group with a start-up time that all who accepted are asked about, each by mail.

    Where there was a time before, the mail says that it does not hold any more. Raise
    `ChangeNotAllowed` for a group that has started, or `StaleApplication`.
    """
    group = unchanged(group, version)
    if not group.is_filling:
        raise ChangeNotAllowed(_("The group has already started."))
    moved = group.start_up_at is not None
    group.start_up_at, group.status, group.ready_at = at, GroupStatus.FORMING, None
    save_group(group, "groups.start_up", user, {"at": at.isoformat()})
    plan_start_up(group)
    for placement in accepted(group):
        ask_about_start_up(placement, moved=moved)
    return group


@transaction.atomic
def answer_start_up(placement: Placement, agrees: bool, *, user: Any = None) -> Placement:
    """Return the placement with the answer to the proposed time.

    Who says no keeps the place, and is called today; another time is asked about again. To give the
    place to the next is to decline it. Raise `ChangeNotAllowed` when nothing is asked.
    """
    return _answer_start_up(Placement.objects.lock(placement), agrees, user)


def _answer_start_up(placement, agrees, user=None):
    asked = placement.group.is_filling and placement.group.start_up_at
    if not asked or placement.status != PlacementStatus.ACCEPTED:
        raise ChangeNotAllowed(_("This has already been answered."))
    placement.agrees, placement.answered_at = agrees, timezone.now()
    placement.save_with_new_link()
    if not agrees:
        placement.application.call_today()
    note(placement, "groups.agree" if agrees else "groups.disagree", user)
    if agrees and placement.group.status == GroupStatus.READY:
        tell_start_up(placement)
    _settle(placement.group)
    return placement


def plan_start_up(group: SelfHelpGroup) -> None:
    # The same meeting at another time, so that a calendar moves it.
    group.meetings.update_or_create(
        kind=MeetingKind.START_UP, held=None, defaults={"at": group.start_up_at}
    )


def accepted(group: SelfHelpGroup) -> Iterator[Placement]:
    """Return the places in `group` that are accepted, each with its person."""
    placements = group.placements.filter(status=PlacementStatus.ACCEPTED)
    for placement in placements.select_related("application__site"):
        placement.group = group
        yield placement


# Ready


def _settle(group):
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
    # The group starts at this time all the same, and no mail has told them what happens now.
    absent = group.placements.filter(status=PlacementStatus.ACCEPTED, agrees=False)
    GroupApplication.objects.filter(placements__in=absent).call_today()
