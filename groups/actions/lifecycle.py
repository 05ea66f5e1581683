"""A group's life: forming, ready, started, on its own, ended."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from linksite.intake import tally
from linksite.intake.actions import ChangeNotAllowed
from network.models import Initiator

from ..models import GroupApplication, GroupStatus, Placement, PlacementStatus, SelfHelpGroup
from ..models.self_help_groups import ALLOWED_STEPS
from .locks import lock_people
from .meetings import SUPPORTED_MEETINGS, plan_supported, supported_ahead
from .members import arrive, keep, put_out_of_sight
from .messages import save_group, unchanged
from .places import release
from .preparation import accepted, plan_start_up
from .proposals import add

#: They were asked, or wait to be, and have said nothing that gives them a place.
HANGING_ON = [PlacementStatus.PROPOSED, PlacementStatus.WAITING]


#: The queue by which figures know groups.
FIGURES = SelfHelpGroup._meta.model_name


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
    return add(group, applications, user=user)


@transaction.atomic
def start(
    group: SelfHelpGroup,
    came: Iterable[Placement],
    waits: Iterable[Placement] = (),
    *,
    supported: int = SUPPORTED_MEETINGS[-1],
    user,
    version: int,
) -> SelfHelpGroup:
    """Give the group, started with those who `came` to the first of `supported` meetings.

    Who came has arrived: the application is closed as started. Everybody else who has a place keeps
    it, is called today, and counts as started once they come; but `waits`, and who was asked and
    has not answered, go back to the pool, to be called today. These are told by mail as well; with
    those who `waits` it has been agreed. Raises `ChangeNotAllowed` if nobody
    came, somebody who came has no place, the group is not ready, or the day of the meeting is still
    to come; or `StaleApplication`.
    """
    group = unchanged(group, version)
    missed = partial(release, action="groups.miss", tell=False)
    verbs = dict.fromkeys((placement.pk for placement in waits), missed)
    verbs |= {placement.pk: arrive for placement in came}
    members = list(accepted(group))
    _check_may_start(group, [pk for pk in verbs if verbs[pk] is arrive], members)
    group.status, group.started_at = GroupStatus.STARTED, timezone.now()
    save_group(group, "groups.start", user)
    lock_people(_everybody(group))
    for placement in members:
        verbs.get(placement.pk, keep)(placement, user=user)
    _send_back(group, HANGING_ON, "groups.without", user)
    group.refresh_from_db()
    plan_supported(group, supported)
    _count(group, tally.Event.GROUP_STARTED)
    return group


def _check_may_start(group, came, members):
    _check_step(group, GroupStatus.STARTED)
    if not group.start_up_has_come:
        raise ChangeNotAllowed(_("The start-up meeting has not been yet."))
    if not came:
        raise ChangeNotAllowed(_("Say who came to the first meeting."))
    if not set(came) <= {placement.pk for placement in members}:
        raise ChangeNotAllowed(_("Somebody you ticked has no place any more."))


def _send_back(group, statuses, action, user):
    """Let nobody who was asked hang on: back to the pool, to be called today."""
    for placement in group.placements.filter(status__in=statuses):
        release(placement, user=user, action=action)


@transaction.atomic
def hand_over(group: SelfHelpGroup, *, user, version: int) -> SelfHelpGroup:
    """Give the group, on its own: from now on nobody sees who is in it, only how many.

    Supported meetings still ahead are taken off the plan; the follow-up visit stays. Raises
    `ChangeNotAllowed` if it has not started, or while somebody keeps a place who has not come; or
    `StaleApplication`.
    """
    group = unchanged(group, version)
    _check_step(group, GroupStatus.ON_ITS_OWN)
    if any(accepted(group)):
        raise ChangeNotAllowed(
            _("Somebody keeps a place and has not come yet. Note first whether they have come.")
        )
    group.status, group.on_its_own_at = GroupStatus.ON_ITS_OWN, timezone.now()
    save_group(group, "groups.hand_over", user)
    supported_ahead(group).delete()
    put_out_of_sight(group)
    _count(group, tally.Event.GROUP_ON_ITS_OWN)
    return group


@transaction.atomic
def end(group: SelfHelpGroup, *, user, version: int) -> SelfHelpGroup:
    """Give the group, ended. Whoever has not come to it goes back to the pool.

    Raises `ChangeNotAllowed` if it has ended, or `StaleApplication`.
    """
    group = unchanged(group, version)
    _check_step(group, GroupStatus.ENDED)
    had_started = group.started_at is not None
    group.status, group.ended_at = GroupStatus.ENDED, timezone.now()
    save_group(group, "groups.end", user)
    lock_people(_everybody(group))
    _send_back(group, [PlacementStatus.ACCEPTED, *HANGING_ON], "groups.called_off", user)
    group.refresh_from_db()
    group.meetings.filter(held=None, at__gt=timezone.now()).delete()
    put_out_of_sight(group)
    if had_started:
        _count(group, tally.Event.GROUP_ENDED)
    return group


def _everybody(group):
    return GroupApplication.objects.filter(placements__group=group).only("pk")


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
        raise ChangeNotAllowed(_("The group is not that far yet, or further already."))
