"""Places: accepted, given back, run out, and then offered to the next."""

import logging
from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed, move
from linksite.intake.mail.outbox import UNSENT
from linksite.intake.models import MailStatus
from linksite.intake.statuses import HOLDING_STATUSES, ClosingReason, Status

from ..history import forget_groups, place_entries
from ..models import GroupApplication, Placement, PlacementStatus
from ..models.self_help_groups import OUT_OF_SIGHT
from .locks import lock, lock_placement
from .messages import (
    ask_about_start_up,
    call_today,
    note,
    save_with_new_link,
    withdraw_unsent,
    write,
)
from .preparation import settle
from .proposals import (
    ask_anew,
    ask_next,
    check_may_be_proposed,
    check_may_meet,
    give_place_back,
    put_last,
    take_place,
)

logger = logging.getLogger(__name__)


#: The place is theirs, and they can still give it back.
HELD = [PlacementStatus.PROPOSED, PlacementStatus.ACCEPTED]


@transaction.atomic
def accept(placement: Placement, *, user=None) -> Placement:
    """Take the place; give the placement, accepted or, if the last place has gone, waiting.

    Whoever answers too late still gets the place if one is free. `user` is who noted it when it was
    said on the phone. Raises `ChangeNotAllowed` where there is nothing to accept any more, or when
    somebody has accepted meanwhile whom they must not meet.
    """
    placement = lock_placement(placement)
    late = placement.status == PlacementStatus.EXPIRED
    if late:
        check_may_be_proposed(placement.group, placement.application)
    elif placement.status != PlacementStatus.PROPOSED:
        raise ChangeNotAllowed(_("This has been answered already."))
    # Staff may have learnt of it after both were asked: then the first to accept comes.
    check_may_meet(placement.application, placement.group.placements.members())
    placement.answered_at = timezone.now()
    if late and not placement.group.places_left:
        put_last(placement, user)
        write(placement, "place_gone")
        return placement
    if late:
        take_place(placement)
        move(placement.application, Status.PROPOSED, user=user)
    return _accepted(placement, user)


def _accepted(placement, user):
    placement.status = PlacementStatus.ACCEPTED
    save_with_new_link(placement)
    move(placement.application, Status.PLACED, user=user)
    note(placement, "groups.accept", user)
    write(placement, "place_confirmed")
    # Whoever answers by the link sees the question about the time on its page.
    if user and placement.group.asks_about_start_up:
        ask_about_start_up(placement)
    return placement


@transaction.atomic
def decline(placement: Placement, *, user=None) -> Placement:
    """Give the placement, declined: the place goes to the next, the person back to the pool.

    Raises `ChangeNotAllowed` where there is nothing to decline any more.
    """
    answerable = [*HELD, PlacementStatus.EXPIRED, PlacementStatus.WAITING]
    return _leave(placement, PlacementStatus.DECLINED, answerable, "groups.decline", user)


@transaction.atomic
def release(
    placement: Placement, *, user=None, action: str = "groups.take_out", tell: bool = True
) -> Placement:
    """Give the placement, taken from somebody by staff: they are told, and called today.

    `action` is why, as the history says it; without `tell` no mail is sent. Raises
    `ChangeNotAllowed` where there is nothing to take.
    """
    placement = lock_placement(placement)
    held = placement.status in HELD
    answerable = [*HELD, PlacementStatus.WAITING]
    placement = _leave(placement, PlacementStatus.RELEASED, answerable, action, user)
    if held and tell:
        write(placement, "place_called_off")
    call_today(placement.application)
    return placement


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
    write(placement, "off_list")
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
    if placement.status != PlacementStatus.PROPOSED or not _time_is_over(placement):
        return False
    # Somebody should call: a mail may not have reached them.
    placement.application.call_today()
    _leave_group(placement, PlacementStatus.EXPIRED, "groups.expire", user=None)
    write(placement, "place_lapsed")
    return True


def _time_is_over(placement):
    """Tell whether the time to answer is over; what the mail lost of it is added.

    A mail that has not left yet tells a day that has passed: they are asked anew.
    """
    if placement.reply_by > timezone.now():
        return False
    mail = placement.application.mails.filter(kind="place").first()
    if mail and mail.status in UNSENT:
        if mail.status == MailStatus.QUEUED:
            withdraw_unsent(placement.application)
            ask_anew(placement)
            # Else nobody would learn of an address that takes no mail.
            call_today(placement.application)
        return False
    late = _days_late(placement, mail) if mail and mail.sent_at else 0
    if late > 0:
        placement.proposed_at = mail.sent_at
        placement.reply_by += timedelta(days=late)
        placement.save(update_fields=["proposed_at", "reply_by"])
    return placement.reply_by <= timezone.now()


def _days_late(placement, mail):
    asked, sent = timezone.localdate(placement.proposed_at), timezone.localdate(mail.sent_at)
    return (sent - asked).days


def free_places_of(application: GroupApplication, *, user=None) -> None:
    """Free the place somebody holds who has gone back to the pool or left. They are locked."""
    for placement in application.placements.filter(status__in=HELD).select_related("group"):
        placement.group, placement.application = lock(placement.group), application
        _leave_group(placement, PlacementStatus.RELEASED, "groups.release", user)


def erase_places_of(application: GroupApplication) -> None:
    """Give the place of somebody who is to be erased, and is locked, to the next in order.

    A group out of sight keeps its count: it still has so many in it. The history no longer says
    which groups they were asked for.
    """
    forget_groups(place_entries().filter(object_id=str(application.pk)))
    seen = application.placements.holding().exclude(group__status__in=OUT_OF_SIGHT)
    for placement in seen.select_related("group"):
        held, placement.group = placement.status in HELD, lock(placement.group)
        give_place_back(placement)
        placement.delete()
        if held:
            ask_next(placement.group)
            settle(placement.group)


def stop_waiting_for_groups(application: GroupApplication) -> None:
    """Take somebody off the waiting lists of all groups who is closed, and locked."""
    for placement in application.placements.filter(status=PlacementStatus.WAITING):
        placement.status, placement.answered_at = PlacementStatus.RELEASED, timezone.now()
        save_with_new_link(placement)


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
    application = placement.application
    if held:
        give_place_back(placement)
        withdraw_unsent(application)
    save_with_new_link(placement)
    if held and application.status in HOLDING_STATUSES:
        move(application, Status.WAITING, user=user)
    note(placement, action, user)
    if held:
        ask_next(placement.group)
        settle(placement.group)
    return placement
