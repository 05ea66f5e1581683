"""A group's life: forming, ready, started, on its own, ended."""

from collections.abc import Iterable
from datetime import datetime, timedelta

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
    GroupMeeting,
    GroupStatus,
    MeetingKind,
    Placement,
    PlacementStatus,
    SelfHelpGroup,
)
from ..models.self_help_groups import ALLOWED_STEPS
from .locks import lock, lock_people, lock_placement
from .meetings import SUPPORTED_MEETINGS
from .placing import decline, propose, release
from .readiness import settle
from .writing import (
    ask_about_start_up,
    note,
    save_group,
    save_with_new_link,
    tell_start_up,
    unchanged,
)

#: The queue by which figures know groups.
FIGURES = "selfhelpgroup"
#: Initiators come back after about six weeks (seed 3).
WEEK = timedelta(weeks=1)
FOLLOW_UP_AFTER = 6 * WEEK


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
        _plan_start_up(group)
    applications = list(applications)
    lock_people(applications)
    for application in applications:
        propose(group, application, user=user)
    return lock(group)


@transaction.atomic
def propose_start_up(group: SelfHelpGroup, at: datetime, *, user, version: int) -> SelfHelpGroup:
    """Give the group with a start-up time that all who accepted are asked about, each by mail.

    Raises `ChangeNotAllowed` for a group that has started, or `StaleApplication`.
    """
    group = unchanged(group, version)
    if not group.is_filling:
        raise ChangeNotAllowed(_("The group has started already."))
    group.start_up_at, group.status, group.ready_at = at, GroupStatus.FORMING, None
    save_group(group, "groups.start_up", user, {"at": at.isoformat()})
    _plan_start_up(group)
    for placement in _accepted(group):
        ask_about_start_up(placement)
    return group


@transaction.atomic
def answer_start_up(placement: Placement, agrees: bool, *, user=None) -> Placement:
    """Give the placement with the answer to the proposed time.

    Whoever says no gives the place to the next, without anybody learning whose it was, and goes
    back to the pool (features.md, 8). Raises `ChangeNotAllowed` when nothing is asked.
    """
    placement = lock_placement(placement)
    asked = placement.group.is_filling and placement.group.start_up_at
    if not asked or placement.status != PlacementStatus.ACCEPTED:
        raise ChangeNotAllowed(_("This has been answered already."))
    if not agrees:
        return decline(placement, user=user)
    placement.agrees, placement.answered_at = True, timezone.now()
    save_with_new_link(placement)
    note(placement, "groups.agree", user)
    if placement.group.status == GroupStatus.READY:
        tell_start_up(placement)
    settle(placement.group)
    return placement


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
    who came has no place, or the group is not ready; or `StaleApplication`.
    """
    group = unchanged(group, version)
    came = {placement.pk for placement in came}
    present = [placement for placement in _accepted(group) if placement.pk in came]
    _check_step(group, GroupStatus.STARTED)
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
    _plan_meetings(group, supported)
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
        placement = release(placement, user=user)
        application = placement.application
        if application.is_open:
            application.follow_up_on = timezone.localdate()
            application.save(update_fields=["follow_up_on"])


@transaction.atomic
def hand_over(group: SelfHelpGroup, *, user, version: int) -> SelfHelpGroup:
    """Give the group, on its own: from now on nobody sees who is in it, only how many.

    Raises `ChangeNotAllowed` if it has not started, or `StaleApplication`.
    """
    group = unchanged(group, version)
    _check_step(group, GroupStatus.ON_ITS_OWN)
    group.status, group.on_its_own_at = GroupStatus.ON_ITS_OWN, timezone.now()
    save_group(group, "groups.hand_over", user)
    _put_out_of_sight(group)
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
    _put_out_of_sight(group)
    if had_started:
        _count(group, figures.Event.GROUP_ENDED)
    return group


def _everybody(group):
    return GroupApplication.objects.filter(placements__group=group).only("pk")


def _put_out_of_sight(group):
    # Who asks for another group by now is not lost from sight with this one.
    members = GroupApplication.objects.filter(
        placements__group=group,
        placements__status=PlacementStatus.STARTED,
        status=Status.CLOSED,
    )
    members.filter(handed_over_at=None).update(handed_over_at=timezone.now())


def _plan_start_up(group):
    # The same meeting at another time, so that a calendar moves it.
    group.meetings.update_or_create(
        kind=MeetingKind.START_UP, held=None, defaults={"at": group.start_up_at}
    )


def _plan_meetings(group, supported):
    """Plan the other supported meetings, a week apart, and the visit after about six weeks."""
    # By the clock on the wall, which may be put forward or back meanwhile.
    start = timezone.make_naive(group.start_up_at)
    later = [(MeetingKind.SUPPORTED, start + week * WEEK) for week in range(1, supported)]
    visit = (MeetingKind.FOLLOW_UP, start + FOLLOW_UP_AFTER)
    GroupMeeting.objects.bulk_create(
        GroupMeeting(group=group, kind=kind, at=timezone.make_aware(at))
        for kind, at in [*later, visit]
    )
    group.meetings.filter(kind=MeetingKind.START_UP, held=None).update(held=True)


def _accepted(group):
    accepted = group.placements.filter(status=PlacementStatus.ACCEPTED)
    for placement in accepted.select_related("application__site"):
        placement.group = group
        yield placement


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
