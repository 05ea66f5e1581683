"""Somebody's address was wrong: what they still have to know about a place is sent again."""

from linksite.intake.mail import outbox

from ..models import GroupApplication, GroupStatus, PlacementStatus
from .messages import ask_about_start_up, call_today, tell_start_up, withdraw_unsent, write
from .proposals import _ask_again

#: What is told once only; those whom it did not reach are called.
NOT_AGAIN = ["place_lapsed", "place_gone"]


def resend(application: GroupApplication) -> None:
    """Send somebody, who is locked and has another address, what they still have to know.

    Links sent to the old address no longer open anything (see `groups.links`).
    """
    if application.mails.filter(kind__in=NOT_AGAIN, status__in=outbox.UNSENT).exists():
        call_today(application)
    withdraw_unsent(application)
    for placement in application.placements.filter(status__in=AGAIN).select_related("group"):
        placement.application = application
        AGAIN[placement.status](placement)


def _accepted(placement):
    group = placement.group
    if group.status == GroupStatus.READY and placement.agrees:
        tell_start_up(placement)
    elif group.asks_about_start_up and placement.agrees is None:
        ask_about_start_up(placement)
    else:
        write(placement, "place_confirmed")


#: By how far the place has come. Who waits for one, or has left, is asked nothing now.
AGAIN = {PlacementStatus.PROPOSED: _ask_again, PlacementStatus.ACCEPTED: _accepted}
