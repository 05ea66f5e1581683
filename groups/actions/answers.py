"""What somebody says on the phone about their place, noted by staff."""

from functools import partial

from django.db import transaction

from linksite.intake.actions import StaleApplication

from ..models import Placement
from .locks import lock_placement
from .members import arrive, leave
from .messages import note
from .places import accept, decline, release
from .preparation import answer_start_up


def agree(placement: Placement, *, user=None) -> Placement:
    """Give the placement with a yes to the start-up time."""
    return answer_start_up(placement, True, user=user)


def disagree(placement: Placement, *, user=None) -> Placement:
    """Give the placement, kept, of somebody whom the start-up time does not suit."""
    return answer_start_up(placement, False, user=user)


#: What can be said, and the verb that does it.
ANSWERS = {
    "accept": accept,
    "decline": decline,
    "agree": agree,
    "disagree": disagree,
    "arrive": partial(arrive, action="groups.arrive_later"),
    "release": release,
    "leave": leave,
}


@transaction.atomic
def answer_for(placement: Placement, answer: str, *, user, turn: int) -> Placement:
    """Give the placement with one of `ANSWERS`, as `user` noted it.

    Raises `StaleApplication` if the person has answered meanwhile, or what the verb raises.
    """
    if lock_placement(placement).turn != turn:
        raise StaleApplication
    return ANSWERS[answer](placement, user=user)


@transaction.atomic
def note_refused(placement: Placement) -> None:
    """Note that an answer by the link could not be taken, and let them be called, who are open.

    Raises `ObjectDoesNotExist` if the place has been erased meanwhile.
    """
    placement = lock_placement(placement)
    if placement.application.is_open:
        placement.application.call_today()
        note(placement, "groups.refused")
