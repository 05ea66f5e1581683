"""A group's life: forming, ready, started, on its own, ended."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from linksite.intake import figures
from linksite.intake.actions import ChangeNotAllowed, move
from linksite.intake.statuses import ClosingReason, Status
from network.models import Initiator

from ..models import (
    GroupApplication,
    GroupStatus,
    Placement,
    PlacementStatus,
    SelfHelpGroup,
)
from ..models.self_help_groups import ALLOWED_STEPS
from .locks import lock, lock_people, lock_placement
from .meetings import SUPPORTED_MEETINGS, plan_supported, supported_ahead
from .out_of_sight import put_out_of_sight
from .placing import release
from .proposing import propose
from .start_up import accepted, plan_start_up
from .writing import note, save_group, save_with_new_link, unchanged

#: The queue by which figures know groups.
FIGURES = "selfhelpgroup"


@transaction.atomic
def form(
    group: SelfHelpGroup,
    applications: Iterable[GroupApplication],
    initiators: Iterable[Initiator] = (),
    *,
    user,
) -> SelfHelpGroup:
    """Save a new group and propose a place in it to each of `applications`, in that order.

    Those for whom there is no place come on its waiting list. Raises `ChangeNotAllowed` if one of
    them cannot be proposed; then nothing is saved.
    """
    group.save(force_insert=True)
    group.initiators.set(initiators)
    log(group, "groups.form", user=user)
    if group.start_up_at:
        plan_start_up(group)
    applications = list(applications)
    lock_people(applications)
    for application in applications:
        propose(group, application, user=user)
    return lock(group)


@transaction.atomic
def start(
    group: SelfHelpGroup,
    came: Iterable[Placement],
    *,
    supported: int = SUPPORTED_MEETINGS[-1],
    user,
    version: int,
) -> SelfHelpGroup:
    """Give the group, started with those who `came` to the first of `supported` meetings.

    Who came has arrived: the application is closed as started. Everybody else who was asked goes
    back to the pool, to be called today. Raises `ChangeNotAllowed` if nobody came, somebody
    who came has no place, the group is not ready, or the day of the meeting is still to come; or
    `StaleApplication`.
    """
    group = unchanged(group, version)
    came = {placement.pk for placement in came}
    present = [placement for placement in accepted(group) if placement.pk in came]
    _check_step(group, GroupStatus.STARTED)
    if not group.start_up_has_come:
        raise ChangeNotAllowed(_("The start-up meeting has not been yet."))
    if not present:
        raise ChangeNotAllowed(_("Say who came to the first meeting."))
    if len(present) < len(came):
        raise ChangeNotAllowed(_("Somebody you ticked has no place any more."))
    group.status, group.started_at = GroupStatus.STARTED, timezone.now()
    save_group(group, "groups.start", user)
    lock_people(_everybody(group))
    for placement in present:
        _arrive(placement, user)
    _send_back(group, user)
    group.refresh_from_db()
    plan_supported(group, supported)
    _count(group, figures.Event.GROUP_STARTED)
    return group


def _arrive(placement, user):
    placement = lock_placement(placement)
    placement.status = PlacementStatus.STARTED
    save_with_new_link(placement)
    move(placement.application, Status.CLOSED, user=user, reason=ClosingReason.STARTED)
    note(placement, "groups.arrive", user)


def _send_back(group, user):
    """Let nobody who was asked hang on: back to the pool, to be called today."""
    waiting = [PlacementStatus.PROPOSED, PlacementStatus.ACCEPTED, PlacementStatus.WAITING]
    for placement in group.placements.filter(status__in=waiting):
        release(placement, user=user)


@transaction.atomic
def hand_over(group: SelfHelpGroup, *, user, version: int) -> SelfHelpGroup:
    """Give the group, on its own: from now on nobody sees who is in it, only how many.

    Supported meetings still ahead are taken off the plan; the follow-up visit stays. Raises
    `ChangeNotAllowed` if it has not started, or `StaleApplication`.
    """
    group = unchanged(group, version)
    _check_step(group, GroupStatus.ON_ITS_OWN)
    group.status, group.on_its_own_at = GroupStatus.ON_ITS_OWN, timezone.now()
    save_group(group, "groups.hand_over", user)
    supported_ahead(group).delete()
    put_out_of_sight(group)
    _count(group, figures.Event.GROUP_ON_ITS_OWN)
    return group


@transaction.atomic
def end(group: SelfHelpGroup, *, user, version: int) -> SelfHelpGroup:
    """Give the group, ended. One that never started sends everybody back to the pool.

    Raises `ChangeNotAllowed` if it has ended, or `StaleApplication`.
    """
    group = unchanged(group, version)
    _check_step(group, GroupStatus.ENDED)
    had_started = group.started_at is not None
    group.status, group.ended_at = GroupStatus.ENDED, timezone.now()
    save_group(group, "groups.end", user)
    if not had_started:
        lock_people(_everybody(group))
        _send_back(group, user)
        group.refresh_from_db()
    group.meetings.filter(held=None, at__gt=timezone.now()).delete()
    put_out_of_sight(group)
    if had_started:
        _count(group, figures.Event.GROUP_ENDED)
    return group


def _everybody(group):
    return GroupApplication.objects.filter(placements__group=group).only("pk")


def _count(group, event):
    partner = group.offer.provider if group.offer else None
    figures.tally(
        FIGURES,
        event,
        {
            "topic": [group.topic.slug] if group.topic else [],
            "area": [group.area.slug] if group.area else [],
            "partner": [partner.name] if partner else [],
        },
    )


def _check_step(group, status):
    if status not in ALLOWED_STEPS[GroupStatus(group.status)]:
        raise ChangeNotAllowed(_("The group is not that far yet, or further already."))
