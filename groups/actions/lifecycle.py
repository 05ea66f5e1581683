"""A group's life: formed, ready, started, on its own, ended."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from linksite.intake import tally
from linksite.intake.actions import ChangeNotAllowed
from network.models import Initiator

from ..models import (
    GroupApplication,
    GroupStatus,
    Placement,
    PlacementStatus,
    SelfHelpGroup,
)
from ..models.self_help_groups import ALLOWED_STEPS
from .meetings import SUPPORTED_MEETINGS, plan_supported, supported_ahead
from .members import _arrive, _keep, _put_out_of_sight
from .places import EXITS, _vacate
from .preparation import accepted, plan_start_up
from .proposals import _add
from .records import save_group, unchanged

#: Asked, or waiting to be asked, without having accepted.
HANGING_ON = [PlacementStatus.PROPOSED, PlacementStatus.WAITING]
#: The queue by which figures know groups.
FIGURES = SelfHelpGroup._meta.model_name


@transaction.atomic
def form(
    group: SelfHelpGroup,
    applications: Iterable[GroupApplication],
    initiators: Iterable[Initiator] = (),
    *,
    user: Any,
) -> SelfHelpGroup:
    """Save a new group and propose a place in it to each of `applications`, in that order.

    Those for whom there is no place go on its waiting list. Raise `ChangeNotAllowed` if one of
    them cannot be proposed; then nothing is saved.
    """
    # Nobody else can see the row before the end, so it needs no lock.
    group.save(force_insert=True)
    group.initiators.set(initiators)
    log(group, "groups.form", user=user)
    if group.start_up_at:
        plan_start_up(group)
    _add(group, [application.pk for application in applications], user)
    return group


@transaction.atomic
def start(
    group: SelfHelpGroup,
    came: Iterable[Placement],
    waits: Iterable[Placement] = (),
    *,
    supported: int = SUPPORTED_MEETINGS[-1],
    user: Any,
    version: int,
) -> SelfHelpGroup:
    """Return the group, started with those who `came` to the first of `supported` meetings.

    Who came has arrived: the application is closed as started. Everybody else who has a place keeps
    it, is called today, and counts as started once they come; but `waits`, and who was asked and
    has not answered, go back to the pool, to be called today. Those are told by mail as well; with
    those who `waits` it has been agreed. Raise `ChangeNotAllowed` if nobody came, somebody who came
    has no place, the group is not ready, or the day of the meeting is still to come; or
    `StaleApplication`.
    """
    group = unchanged(group, version)
    people = _lock_people(group)
    who_came, who_waits = ({placement.pk for placement in some} for some in (came, waits))
    members = [one for one in people if one.status == PlacementStatus.ACCEPTED]
    _check_may_start(group, who_came, members)
    group.status, group.started_at = GroupStatus.STARTED, timezone.now()
    save_group(group, "groups.start", user)
    for placement in members:
        if placement.pk in who_came:
            _arrive(placement, user)
        elif placement.pk in who_waits:
            _vacate(placement, EXITS["missed"], user)
        else:
            _keep(placement, user)
    _let_go(people, HANGING_ON, "left_behind", user)
    plan_supported(group, supported)
    _count(group, tally.Event.GROUP_STARTED)
    return group


def _lock_people(group):
    """Return the places in a locked group, each with its person, locked as well."""
    pks = group.placements.values_list("application_id", flat=True)
    people = GroupApplication.objects.lock_members(list(pks))
    placements = list(group.placements.select_for_update())
    for placement in placements:
        placement.group, placement.application = group, people[placement.application_id]
    return placements


def _check_may_start(group, came, members):
    _check_step(group, GroupStatus.STARTED)
    if not group.start_up_has_come:
        raise ChangeNotAllowed(_("The start-up meeting has not taken place yet."))
    if not came:
        raise ChangeNotAllowed(_("Tick who came to the first meeting."))
    if not came <= {placement.pk for placement in members}:
        raise ChangeNotAllowed(_("Someone you ticked no longer has a place."))


def _let_go(people, statuses, way_out, user):
    for placement in people:
        if placement.status in statuses:
            _vacate(placement, EXITS[way_out], user)


@transaction.atomic
def hand_over(group: SelfHelpGroup, *, user: Any, version: int) -> SelfHelpGroup:
    """Return the group, on its own: from now on nobody sees who is in it, only how many.

    Supported meetings still ahead are cancelled; the follow-up visit stays. Raise
    `ChangeNotAllowed` if it has not started, or while somebody keeps a place without having come;
    or `StaleApplication`.
    """
    group = unchanged(group, version)
    _check_step(group, GroupStatus.ON_ITS_OWN)
    if any(accepted(group)):
        raise ChangeNotAllowed(
            _(
                "Someone is keeping a place but has not come yet. First record whether they have "
                "come."
            )
        )
    group.status, group.on_its_own_at = GroupStatus.ON_ITS_OWN, timezone.now()
    save_group(group, "groups.hand_over", user)
    supported_ahead(group).delete()
    _put_out_of_sight(group)
    _count(group, tally.Event.GROUP_ON_ITS_OWN)
    return group


@transaction.atomic
def end(group: SelfHelpGroup, *, user: Any, version: int) -> SelfHelpGroup:
    """Return the group, ended. Whoever has not come to it goes back to the pool.

    Raise `ChangeNotAllowed` if it has ended, or `StaleApplication`.
    """
    group = unchanged(group, version)
    _check_step(group, GroupStatus.ENDED)
    had_started = group.started_at is not None
    people = _lock_people(group)
    group.status, group.ended_at = GroupStatus.ENDED, timezone.now()
    save_group(group, "groups.end", user)
    _let_go(people, [PlacementStatus.ACCEPTED, *HANGING_ON], "called_off", user)
    group.meetings.filter(held=None, at__gt=timezone.now()).delete()
    _put_out_of_sight(group)
    if had_started:
        _count(group, tally.Event.GROUP_ENDED)
    return group


def _count(group, event):
    partner = group.offer.provider if group.offer else None
    tally.tally(
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
        raise ChangeNotAllowed(
            _("The group has not got that far yet, or is already past that point.")
        )
