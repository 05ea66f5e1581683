"""Places: proposed, held while the person thinks, accepted, freed and offered to the next."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed, move
from linksite.intake.statuses import HOLDING_STATUSES, ClosingReason, Status

from ..keeping_apart import kept_apart_from, may_meet
from ..models import (
    GroupApplication,
    GroupSettings,
    Placement,
    PlacementStatus,
    SelfHelpGroup,
)
from .locks import lock, lock_person, lock_placement
from .readiness import settle
from .writing import ask_about_start_up, day, note, save_with_new_link, write

logger = logging.getLogger(__name__)

#: Whoever stands here can be proposed for a group.
CAN_BE_PROPOSED = [Status.CONVERSATION, Status.WAITING]
#: The place is theirs, and they can still give it back.
HELD = [PlacementStatus.PROPOSED, PlacementStatus.ACCEPTED]


@transaction.atomic
def propose(group: SelfHelpGroup, application: GroupApplication, *, user=None) -> Placement:
    """Hold a place for somebody and ask them; give the placement.

    When all places are taken they come last on the group's waiting list. Raises `ChangeNotAllowed`
    where they cannot be proposed: a group that takes nobody, a person who has no conversation
    behind them, has a place, or must not meet somebody in it.
    """
    group, application = lock(group), lock_person(application)
    _check_may_be_proposed(group, application)
    placement, _new = Placement.objects.get_or_create(group=group, application=application)
    placement.group, placement.application = group, application
    return _hold(placement, user) if group.places_left else _put_last(placement, user)


def _check_may_be_proposed(group, application):
    if not group.is_filling:
        raise ChangeNotAllowed(_("The group takes nobody in any more."))
    if application.status not in CAN_BE_PROPOSED:
        raise ChangeNotAllowed(_("Only who has had the conversation and waits can be proposed."))
    holding = group.placements.holding().values_list("application", flat=True)
    if kept_apart_from(application).intersection(holding):
        raise ChangeNotAllowed(_("Somebody in the group is to be kept apart from this person."))


def _put_last(placement, user):
    placement.status, placement.created_at = PlacementStatus.WAITING, timezone.now()
    save_with_new_link(placement)
    note(placement, "groups.wait", user)
    return placement


def _hold(placement, user):
    days = GroupSettings.for_site(placement.group.site).reply_within_days
    placement.proposed_at = timezone.now()
    placement.reply_by = _end_of_day(placement.proposed_at + timedelta(days=days))
    placement.answered_at = placement.agrees = None
    _take_place(placement)
    placement.status = PlacementStatus.PROPOSED
    save_with_new_link(placement)
    application = placement.application
    if not application.email:
        # Nobody can write to them, so somebody has to call.
        application.follow_up_on = timezone.localdate()
    move(application, Status.PROPOSED, user=user)
    note(placement, "groups.propose", user)
    write(placement, "place", reply_by=day(placement.reply_by, application.language))
    return placement


def _end_of_day(moment):
    """Give the last second of the day: people are told a day, and all of it is theirs."""
    return timezone.localtime(moment).replace(hour=23, minute=59, second=59, microsecond=0)


@transaction.atomic
def accept(placement: Placement, *, user=None) -> Placement:
    """Take the place; give the placement, accepted or, if the last place has gone, waiting.

    Whoever answers too late still gets the place if one is free. `user` is who noted it when it was
    said on the phone. Raises `ChangeNotAllowed` where there is nothing to accept any more.
    """
    placement = lock_placement(placement)
    late = placement.status == PlacementStatus.EXPIRED
    if late:
        _check_may_be_proposed(placement.group, placement.application)
    elif placement.status != PlacementStatus.PROPOSED:
        raise ChangeNotAllowed(_("This has been answered already."))
    placement.answered_at = timezone.now()
    if late and not placement.group.places_left:
        _put_last(placement, user)
        write(placement, "place_gone")
        return placement
    if late:
        _take_place(placement)
        move(placement.application, Status.PROPOSED, user=user)
    return _accepted(placement, user)


def _accepted(placement, user):
    placement.status = PlacementStatus.ACCEPTED
    save_with_new_link(placement)
    move(placement.application, Status.PLACED, user=user)
    note(placement, "groups.accept", user)
    if placement.group.start_up_at and placement.group.start_up_at > timezone.now():
        ask_about_start_up(placement)
    else:
        write(placement, "place_confirmed")
    return placement


@transaction.atomic
def decline(placement: Placement, *, user=None) -> Placement:
    """Give the placement, declined: the place goes to the next, the person back to the pool.

    Raises `ChangeNotAllowed` where there is nothing to decline any more.
    """
    answerable = [*HELD, PlacementStatus.EXPIRED, PlacementStatus.WAITING]
    return _leave(placement, PlacementStatus.DECLINED, answerable, "groups.decline", user)


@transaction.atomic
def release(placement: Placement, *, user=None) -> Placement:
    """Give the placement, freed by staff. Raises `ChangeNotAllowed` where there is nothing to."""
    answerable = [*HELD, PlacementStatus.WAITING]
    return _leave(placement, PlacementStatus.RELEASED, answerable, "groups.release", user)


@transaction.atomic
def stop_waiting(placement: Placement, *, user=None) -> GroupApplication:
    """Close the application of somebody who declined and does not want to wait for another group.

    Raises `ChangeNotAllowed` when things have moved on since they declined.
    """
    placement = lock_placement(placement)
    application = placement.application
    declined = placement.status == PlacementStatus.DECLINED
    if not declined or application.status != Status.WAITING:
        raise ChangeNotAllowed(_("This has been answered already."))
    save_with_new_link(placement)
    return move(application, Status.CLOSED, user=user, reason=ClosingReason.WITHDREW)


def expire_lapsed() -> int:
    """Free the proposed places that nobody answered about; give how many.

    Can be run at any time, also twice at once. One that fails is logged and tried again next time.
    """
    return sum(_try_to_expire(placement) for placement in list(Placement.objects.lapsed()))


def _try_to_expire(placement):
    try:
        return _expire(placement)
    except ObjectDoesNotExist:  # Erased meanwhile.
        return False
    except Exception:
        logger.exception("Placement %s could not run out", placement.pk)
        return False


@transaction.atomic
def _expire(placement):
    placement = lock_placement(placement)
    if placement.status != PlacementStatus.PROPOSED or placement.reply_by > timezone.now():
        return False
    # Somebody should call: a mail may not have reached them.
    placement.application.follow_up_on = timezone.localdate()
    _leave_group(placement, PlacementStatus.EXPIRED, "groups.expire", user=None)
    write(placement, "place_lapsed")
    return True


def free_places_of(application: GroupApplication, *, user=None) -> None:
    """Free the place somebody holds who has gone back to the pool or left. They are locked."""
    for placement in application.placements.filter(status__in=HELD).select_related("group"):
        placement.group, placement.application = lock(placement.group), application
        _leave_group(placement, PlacementStatus.RELEASED, "groups.release", user)


def _leave(placement, status, answerable, action, user):
    placement = lock_placement(placement)
    if placement.status not in answerable:
        raise ChangeNotAllowed(_("This has been answered already."))
    return _leave_group(placement, status, action, user)


def _leave_group(placement, status, action, user):
    """Free the place, put the person back in the pool, and ask the next.

    Who only stood on the waiting list may meanwhile have a place in another group, and keeps it.
    """
    held = placement.status in HELD
    placement.status, placement.answered_at = status, timezone.now()
    placement.agrees = None
    if held:
        _give_place_back(placement)
    save_with_new_link(placement)
    application = placement.application
    if held and application.status in HOLDING_STATUSES:
        move(application, Status.WAITING, user=user)
    note(placement, action, user)
    if held:
        ask_next(placement.group)
        settle(placement.group)
    return placement


def ask_next(group: SelfHelpGroup) -> Placement | None:
    """Propose one free place to the next in order; give that placement, None if nobody waits."""
    if not group.is_filling:
        return None
    for application in next_in_line(group):
        try:
            with transaction.atomic():
                return propose(group, application)
        except ChangeNotAllowed:
            continue
    return None


def next_in_line(group: SelfHelpGroup) -> Iterator[GroupApplication]:
    """Give those to ask, in order: the group's own waiting list, then the pool of its offer."""
    members = [p.application for p in group.placements.holding().select_related("application")]
    waiting = group.placements.filter(status=PlacementStatus.WAITING).order_by("created_at", "pk")
    own = (p.application for p in waiting.select_related("application"))
    for application in chain(own, _pool_of_offer(group)):
        if application.status in CAN_BE_PROPOSED and may_meet(application, members):
            yield application


def _pool_of_offer(group):
    if group.offer is None:
        return []
    # Applications name the offer in its first language, a group may name it in another.
    of_offer = {"offer__translation_key": group.offer.translation_key}
    pool = GroupApplication.objects.in_pool().filter(**of_offer).longest_first()
    return pool.exclude(placements__group=group)


def _take_place(placement):
    placement.group.places_taken += 1
    placement.group.save(update_fields=["places_taken"])


def _give_place_back(placement):
    placement.group.places_taken -= 1
    placement.group.save(update_fields=["places_taken"])
