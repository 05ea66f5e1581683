"""Somebody's address was wrong: what they still have to know about a place is written anew."""

from django.utils import timezone

from linksite.intake.mail_kinds import KINDS
from linksite.intake.models import MailStatus

from ..models import GroupApplication, GroupStatus, PlacementStatus
from .proposing import time_to_answer
from .writing import ask_about_start_up, propose_by_mail, tell_start_up, write


def write_anew(application: GroupApplication) -> None:
    """Send somebody, who is locked and has another address, what they still have to know.

    Links that were sent to the old address open nothing any more (groups.links).
    """
    with_link = [kind.name for kind in KINDS.values() if "link" in kind.placeholders]
    unsent = application.mails.filter(kind__in=with_link, status=MailStatus.QUEUED)
    unsent.update(status=MailStatus.FAILED)
    for placement in application.placements.filter(status__in=WORDS).select_related("group"):
        placement.application = application
        WORDS[placement.status](placement)


def _proposed(placement):
    placement.reply_by = time_to_answer(placement)
    placement.save(update_fields=["reply_by"])
    propose_by_mail(placement)


def _accepted(placement):
    group = placement.group
    if group.status == GroupStatus.READY and placement.agrees:
        tell_start_up(placement)
    elif _asks(group) and placement.agrees is None:
        ask_about_start_up(placement)
    else:
        write(placement, "place_confirmed")


def _asks(group):
    return group.is_filling and group.start_up_at and group.start_up_at > timezone.now()


#: By how far the place has come. Who waits for one, or has left, is asked nothing now.
WORDS = {PlacementStatus.PROPOSED: _proposed, PlacementStatus.ACCEPTED: _accepted}
