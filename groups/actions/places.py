"""Places: accepted, declined, taken back or run out, and then offered to the next."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed, move
from linksite.intake.mail.outbox import UNSENT
from linksite.intake.models import MailStatus
from linksite.intake.statuses import ClosingReason, Status

from ..history import forget_groups, place_entries
from ..models import HOLDING, GroupApplication, Placement, PlacementStatus, SelfHelpGroup
from ..models.self_help_groups import OUT_OF_SIGHT
from . import proposals
from .messages import ask_about_start_up, call_today, withdraw_unsent, write
from .preparation import _settle
from .records import note

logger = logging.getLogger(__name__)

#: The place is theirs, and they can still give it back.
HELD = [PlacementStatus.PROPOSED, PlacementStatus.ACCEPTED]


@dataclass(frozen=True)
class Exit:
    """One way out of a group: what the place becomes, what the history says, and who hears of it.

    `mail` is written to whoever held a place; `call` asks staff to call them today.
    """

    status: PlacementStatus
    action: str
    mail: str = ""
    call: bool = False


#: What leaving a place means, by how it comes about.
EXITS = {
    # By the person, or by staff who were told on the phone.
    "declined": Exit(PlacementStatus.DECLINED, "groups.decline"),
    # Nobody answered in time: a mail may not have reached them.
    "expired": Exit(PlacementStatus.EXPIRED, "groups.expire", "place_lapsed", call=True),
    # By staff.
    "taken_out": Exit(PlacementStatus.RELEASED, "groups.take_out", "place_called_off", call=True),
    # Did not come to the first meeting: it has been agreed with them that they wait.
    "missed": Exit(PlacementStatus.RELEASED, "groups.miss", call=True),
    # The group started without an answer from them, or ended before it started.
    "left_behind": Exit(PlacementStatus.RELEASED, "groups.without", "place_called_off", call=True),
    "called_off": Exit(
        PlacementStatus.RELEASED, "groups.called_off", "place_called_off", call=True
    ),
    # The application was closed.
    "closed": Exit(PlacementStatus.RELEASED, "groups.release"),
    # A member of a started group stops coming. The group stays closed: nobody is asked.
    "left": Exit(PlacementStatus.RELEASED, "groups.leave"),
}


@transaction.atomic
def accept(placement: Placement, *, user: Any = None) -> Placement:
    """Take the place; return the placement, accepted or, if the last place has gone, waiting.

    An answer that comes too late still gets the place if one is free. `user` is who noted it when
    it was said on the phone. Raise `ChangeNotAllowed` where there is nothing to accept any more, or
    when somebody has accepted meanwhile whom they must not meet.
    """
    return _accept(Placement.objects.lock(placement), user)


def _accept(placement, user=None):
    late = placement.status == PlacementStatus.EXPIRED
    if late:
        proposals.check_may_be_proposed(placement.group, placement.application)
    elif placement.status != PlacementStatus.PROPOSED:
        raise ChangeNotAllowed(_("This has already been answered."))
    # Staff may have learnt of it after both were asked: then the first to accept comes.
    proposals.check_may_meet(placement.application, placement.group.placements.members())
    placement.answered_at = timezone.now()
    if late and not placement.group.places_left:
        proposals._put_last(placement, user)
        write(placement, "place_gone")
        return placement
    if late:
        proposals._occupy(placement.group)
        move(placement.application, Status.PROPOSED, user=user)
    placement.status = PlacementStatus.ACCEPTED
    placement.save_with_new_link()
    move(placement.application, Status.PLACED, user=user)
    note(placement, "groups.accept", user)
    write(placement, "place_confirmed")
    # People who answer by the link see the question about the time on its page.
    if user and placement.group.asks_about_start_up:
        ask_about_start_up(placement)
    return placement


@transaction.atomic
def decline(placement: Placement, *, user: Any = None) -> Placement:
    """Return the placement, declined: the place goes to the next, the person back to the pool.

    Raise `ChangeNotAllowed` where there is nothing to decline any more.
    """
    return _decline(Placement.objects.lock(placement), user)


def _decline(placement, user=None):
    _check(placement, *HELD, PlacementStatus.EXPIRED, PlacementStatus.WAITING)
    return _vacate(placement, EXITS["declined"], user)


@transaction.atomic
def release(placement: Placement, *, user: Any = None) -> Placement:
    """Return the placement, taken from somebody by staff: they are told, and called today.

    Raise `ChangeNotAllowed` where there is nothing to take.
    """
    return _release(Placement.objects.lock(placement), user)


def _release(placement, user=None):
    _check(placement, *HELD, PlacementStatus.WAITING)
    return _vacate(placement, EXITS["taken_out"], user)


@transaction.atomic
def stop_waiting(placement: Placement, *, user: Any = None) -> Placement:
    """Close the application of somebody who declined and does not want to wait for another group.

    Raise `ChangeNotAllowed` when things have moved on since they declined.
    """
    return _stop_waiting(Placement.objects.lock(placement), user)


def _stop_waiting(placement, user=None):
    application = placement.application
    declined = placement.status == PlacementStatus.DECLINED
    if not declined or application.status != Status.WAITING:
        raise ChangeNotAllowed(_("This has already been answered."))
    placement.save_with_new_link()
    write(placement, "off_list")
    move(application, Status.CLOSED, user=user, reason=ClosingReason.WITHDREW)
    return placement


def _check(placement, *statuses):
    if placement.status not in statuses:
        raise ChangeNotAllowed(_("This has already been answered."))


def _vacate(placement, way_out, user=None):
    """Let somebody out of a group by `way_out`, and ask the next if it takes people in.

    The place is saved before the application moves. Who only stood on the waiting list may
    meanwhile have a place in another group, and keeps it.
    """
    was, application = placement.status, placement.application
    placement.status, placement.answered_at = way_out.status, timezone.now()
    placement.agrees = None
    if was in HOLDING:
        proposals._free(placement.group)
    if was in HELD:
        withdraw_unsent(application)
    placement.save_with_new_link()
    if way_out.call:
        application.call_today()
    if was in HELD and application.holds_place:
        move(application, Status.WAITING, user=user)
    note(placement, way_out.action, user)
    if was in HELD:
        if way_out.mail:
            write(placement, way_out.mail)
        _pass_on(placement.group)
    return placement


def _pass_on(group):
    """Ask the next in order, and see whether the group is ready without whoever left."""
    proposals._ask_next(group)
    _settle(group)


# What time brings about


def expire_lapsed() -> int:
    """Free the proposed places that nobody answered about; return how many.

    Safe to run at any time, also twice at once. One that fails is logged and tried again next time.
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
    placement = Placement.objects.lock(placement)
    if placement.status != PlacementStatus.PROPOSED or placement.reply_by > timezone.now():
        return False
    mail = placement.application.mails.filter(kind="place").first()
    if mail and mail.status in UNSENT:
        # It names a day that has passed: they are asked again.
        if mail.status == MailStatus.QUEUED:
            withdraw_unsent(placement.application)
            proposals._ask_again(placement)
            # Or nobody would learn of an address that takes no mail.
            call_today(placement.application)
        return False
    sent_at = mail.sent_at if mail else None
    deadline = deadline_of(placement.proposed_at, placement.reply_by, sent_at)
    if deadline > placement.reply_by:
        placement.proposed_at, placement.reply_by = mail.sent_at, deadline
        placement.save(update_fields=["proposed_at", "reply_by"])
    if deadline > timezone.now():
        return False
    _vacate(placement, EXITS["expired"])
    return True


def deadline_of(proposed_at: datetime, reply_by: datetime, sent_at: datetime | None) -> datetime:
    """Return until when a place is held: the days that its mail left late are added.

    `sent_at` is when that mail was sent, None if none was.
    """
    if sent_at is None:
        return reply_by
    late = timezone.localdate(sent_at) - timezone.localdate(proposed_at)
    return reply_by + max(late, timedelta())


# What follows from a change of the application, which is locked after its groups


def give_up(application: GroupApplication, *, user: Any = None) -> None:
    """Free the place that somebody who is closed holds, and take them off every waiting list."""
    for placement in application.placements.filter(status__in=HELD):
        _vacate(_found(placement, application), EXITS["closed"], user)
    for placement in application.placements.filter(status=PlacementStatus.WAITING):
        placement.status, placement.answered_at = PlacementStatus.RELEASED, timezone.now()
        placement.save_with_new_link()


def erase_places_of(application: GroupApplication) -> None:
    """Let the place of somebody who is to be erased go to the next in order.

    A group out of sight keeps its count, because it still has as many members. The history no
    longer says which groups they were asked for.
    """
    forget_groups(place_entries().filter(object_id=str(application.pk)))
    seen = application.placements.holding().exclude(group__status__in=OUT_OF_SIGHT)
    for placement in seen:
        held, group = placement.status in HELD, _found(placement, application).group
        proposals._free(group)
        placement.delete()
        if held:
            _pass_on(group)


def _found(placement, application):
    """Return the placement with its group as it is now; it was locked before the application."""
    placement.group = SelfHelpGroup.objects.get(pk=placement.group_id)
    placement.application = application
    return placement
