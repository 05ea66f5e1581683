"""What somebody says about their place: by the link in a mail, or on the phone to staff."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

from linksite.intake.actions import StaleApplication

from ..models import Placement
from .members import _arrive_later, _leave
from .places import _accept, _decline, _release, _stop_waiting
from .preparation import _answer_start_up
from .records import note

#: What can be said, or noted by staff, and what that does.
ANSWERS: dict[str, Callable[..., Placement]] = {
    "accept": _accept,
    "decline": _decline,
    "agree": partial(_answer_start_up, agrees=True),
    "disagree": partial(_answer_start_up, agrees=False),
    "stop_waiting": _stop_waiting,
    "arrive": _arrive_later,
    "release": _release,
    "leave": _leave,
}
#: What only the person says, by the link.
BY_LINK_ONLY = {"stop_waiting"}
BY_STAFF = [answer for answer in ANSWERS if answer not in BY_LINK_ONLY]


@transaction.atomic
def answer_for(placement: Placement, answer: str, *, user: Any, turn: int) -> Placement:
    """Return the placement with one of `BY_STAFF`, as `user` noted it.

    Raise `StaleApplication` if the person has answered meanwhile, or what the verb raises.
    """
    return ANSWERS[answer](_at_turn(placement, turn), user=user)


@transaction.atomic
def answer_by_link(
    placement: Placement, choose: Callable[[Placement], str | None], *, turn: str
) -> None:
    """Do what a person said on the page of `turn`; nothing if `choose` returns no answer.

    `choose(placement)` is asked when the placement is locked. Raise `StaleApplication` for a page
    that was answered already or overtaken by something newer, or what the verb raises.
    """
    placement = _at_turn(placement, turn)
    if answer := choose(placement):
        ANSWERS[answer](placement)


def _at_turn(placement, turn):
    placement = Placement.objects.lock(placement)
    if str(placement.turn) != str(turn):
        raise StaleApplication
    return placement


@transaction.atomic
def note_refused(placement: Placement) -> None:
    """Note that an answer by the link could not be taken, and ask for a call while it is open.

    Raise `ObjectDoesNotExist` if the place has been erased meanwhile.
    """
    placement = Placement.objects.lock(placement)
    if placement.application.is_open:
        placement.application.call_today()
        note(placement, "groups.refused")
