"""Somebody's address was wrong: what they still have to know about a place is written anew."""

from django.utils import timezone

from linksite.intake import mail

from ..models import GroupApplication, GroupStatus, PlacementStatus
from .proposing import time_to_answer
from .writing import (
    ask_about_start_up,
    call_today,
    propose_by_mail,
    tell_start_up,
    withdraw_unsent,
    write,
)

#: What is told once only; whom it did not reach is called.
NOT_AGAIN = ["place_lapsed", "place_gone"]


def write_anew(application: GroupApplication) -> None:
    """Send somebody, who is locked and has another address, what they still have to know.

    Links that were sent to the old address open nothing any more (groups.links).
    """
    if application.mails.filter(kind__in=NOT_AGAIN, status__in=mail.UNSENT).exists():
        call_today(application)
    withdraw_unsent(application)
    for placement in application.placements.filter(status__in=WORDS).select_related("group"):
        placement.application = application
        WORDS[placement.status](placement)


def _proposed(placement):
    # As if asked now, so that what the mail loses on its way is counted from here.
    placement.proposed_at, placement.reply_by = timezone.now(), time_to_answer(placement)
    placement.save(update_fields=["proposed_at", "reply_by"])
    propose_by_mail(placement)


def _accepted(placement):
    group = placement.group
    if group.status == GroupStatus.READY and placement.agrees:
        tell_start_up(placement)
    elif group.asks_about_start_up and placement.agrees is None:
        ask_about_start_up(placement)
    else:
        write(placement, "place_confirmed")


#: By how far the place has come. Who waits for one, or has left, is asked nothing now.
WORDS = {PlacementStatus.PROPOSED: _proposed, PlacementStatus.ACCEPTED: _accepted}
