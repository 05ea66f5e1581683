"""Who is asked next when a place is free, in which order."""

import logging
from collections.abc import Iterable, Iterator
from itertools import chain

from django.db import transaction
from django.db.models import F

from linksite.intake.actions import ChangeNotAllowed

from ..keeping_apart import may_meet
from ..models import GroupApplication, Placement, PlacementStatus, SelfHelpGroup
from .locks import lock
from .proposing import CAN_BE_PROPOSED, propose

logger = logging.getLogger(__name__)


def ask_next(group: SelfHelpGroup) -> Placement | None:
    """Propose one free place to the next in order; give that placement, None if nobody waits."""
    return _ask_first(group, next_in_line(group)) if group.is_filling else None


@transaction.atomic
def ask_reserve(group: SelfHelpGroup) -> Placement | None:
    """Propose a free place to the next on the group's own waiting list, and to nobody else.

    Gives that placement; None if no place is free, or nobody on the list can be asked.
    """
    group = lock(group)
    free = group.is_filling and group.places_left
    return _ask_first(group, _who_may_come(group, reserves(group))) if free else None


def ask_reserves() -> int:
    """Ask whoever could not be asked when a place in their group was free; give how many.

    They may have had a place elsewhere, or had to be kept apart from somebody who has left. Can be
    run at any time, also twice at once. A group that fails is logged and tried again next time.
    """
    short = SelfHelpGroup.objects.filling().filter(places_taken__lt=F("most"))
    short = short.filter(placements__status=PlacementStatus.WAITING).distinct()
    return sum(_fill(group) for group in list(short))


def _fill(group):
    try:
        # Each in a transaction of its own, so that nobody is locked while the next is looked for.
        return sum(1 for _placement in iter(lambda: ask_reserve(group), None))
    except Exception:
        logger.exception("The places of group %s could not be filled", group.pk)
        return 0


def next_in_line(group: SelfHelpGroup) -> Iterator[GroupApplication]:
    """Give those to ask, in order: the group's own waiting list, then the pool of its offer."""
    return _who_may_come(group, chain(reserves(group), _pool_of_offer(group)))


def _ask_first(group, people: Iterable[GroupApplication]):
    for application in people:
        try:
            with transaction.atomic():
                return propose(group, application)
        except (ChangeNotAllowed, GroupApplication.DoesNotExist):
            # Somebody else was quicker, or has erased them.
            continue
    return None


def _who_may_come(group, people):
    members = [p.application for p in group.placements.holding().select_related("application")]
    for application in people:
        if application.status in CAN_BE_PROPOSED and may_meet(application, members):
            yield application


def reserves(group: SelfHelpGroup) -> Iterator[GroupApplication]:
    """Give those on the group's own waiting list, in order."""
    waiting = group.placements.filter(status=PlacementStatus.WAITING).order_by("created_at", "pk")
    return (placement.application for placement in waiting.select_related("application"))


def _pool_of_offer(group):
    if group.offer is None:
        return []
    # Applications name the offer in its first language, a group may name it in another.
    of_offer = {"offer__translation_key": group.offer.translation_key}
    pool = GroupApplication.objects.in_pool().filter(**of_offer).longest_first()
    # The keys alone: thousands may wait, and the first of them mostly comes.
    keys = pool.exclude(placements__group=group).values_list("pk", flat=True)
    return chain.from_iterable(GroupApplication.objects.filter(pk=pk) for pk in keys)
