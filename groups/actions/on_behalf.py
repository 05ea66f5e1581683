"""What somebody says on the phone about their place, noted by staff."""

from functools import partial

from django.db import transaction

from linksite.intake.actions import StaleApplication

from ..models import Placement
from .arriving import arrive
from .leaving import leave
from .locks import lock_placement
from .placing import accept, decline, release
from .start_up import answer_start_up


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
