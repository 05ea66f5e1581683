"""A place proposed: held while the person thinks, or a turn on the group's waiting list.

And who is asked next when a place is free.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed, move
from linksite.intake.statuses import Status

from ..eligibility import kept_apart_from, may_meet, too_young
from ..models import (
    GroupApplication,
    GroupSettings,
    Placement,
    PlacementStatus,
    SelfHelpGroup,
)
from .messages import propose_by_mail
from .records import note

logger = logging.getLogger(__name__)

#: From these statuses somebody can be proposed for a group.
CAN_BE_PROPOSED = [Status.CONVERSATION, Status.WAITING]


@transaction.atomic
def propose(group: SelfHelpGroup, application: GroupApplication, *, user: Any = None) -> Placement:
    """Hold a place for somebody and ask them; return the placement.

    When all places are taken they come last on the group's waiting list, or stay where they are on
    it. Raise `ChangeNotAllowed` where they cannot be proposed: a group that takes nobody, a person
    who has had no conversation, has a place, or must not meet somebody in it.
    """
    [placement] = _add(SelfHelpGroup.objects.lock(group.pk), [application.pk], user)
    return placement


@transaction.atomic
def add(
    group: SelfHelpGroup, applications: Iterable[GroupApplication], *, user: Any = None
) -> SelfHelpGroup:
    """Propose a place in the group to each of `applications`, in that order; return the group.

    Those for whom there is no place go on its waiting list. Raise `ChangeNotAllowed` if one of
    them cannot be proposed; then nobody is asked.
    """
    group = SelfHelpGroup.objects.lock(group.pk)
    _add(group, [application.pk for application in applications], user)
    return group


def _add(group, pks, user):
    locked = GroupApplication.objects.lock_members(pks)
    if not locked.keys() >= set(pks):
        raise GroupApplication.DoesNotExist
    return [_propose(group, locked[pk], user) for pk in pks]


def why_not(group: SelfHelpGroup, application: GroupApplication, young: dict[int, str]) -> str:
    """Return why somebody cannot be proposed, or "". Who must not meet is another matter.

    `young` has the refusals of people who are too young, by key.
    """
    if not group.is_filling:
        return _("The group is not taking any more people.")
    if application.status not in CAN_BE_PROPOSED:
        return _(
            "You can only propose a place to someone who has had the introductory conversation and "
            "is waiting for a group."
        )
    if application.site_id != group.site_id:
        return _("They signed up with another centre.")
    return young.get(application.pk, "")


def check_may_be_proposed(group: SelfHelpGroup, application: GroupApplication) -> None:
    """Raise `ChangeNotAllowed` where somebody cannot be proposed, or must not meet somebody."""
    if refusal := why_not(group, application, too_young([application])):
        raise ChangeNotAllowed(refusal)
    check_may_meet(application, group.placements.holding())


def check_may_meet(application: GroupApplication, placements) -> None:
    """Raise `ChangeNotAllowed` if somebody must not meet one of those with the `placements`."""
    if kept_apart_from(application).intersection(placements.values_list("application", flat=True)):
        raise ChangeNotAllowed(_("This person must be kept apart from someone in the group."))


def _propose(group, application, user=None):
    check_may_be_proposed(group, application)
    placement, is_new = Placement.objects.get_or_create(group=group, application=application)
    placement.group, placement.application = group, application
    if group.places_left:
        return _hold(placement, user)
    keeps_turn = placement.status == PlacementStatus.WAITING and not is_new
    return placement if keeps_turn else _put_last(placement, user)


def _put_last(placement, user):
    placement.status, placement.created_at = PlacementStatus.WAITING, timezone.now()
    placement.save_with_new_link()
    note(placement, "groups.wait", user)
    return placement


def _hold(placement, user):
    placement.proposed_at = timezone.now()
    placement.reply_by = time_to_answer(placement)
    placement.answered_at = placement.agrees = None
    placement.status = PlacementStatus.PROPOSED
    _occupy(placement.group)
    placement.save_with_new_link()
    move(placement.application, Status.PROPOSED, user=user)
    note(placement, "groups.propose", user)
    propose_by_mail(placement)
    return placement


def _ask_again(placement):
    """Ask as if now were the first time: all the time to answer counts from here."""
    placement.proposed_at, placement.reply_by = timezone.now(), time_to_answer(placement)
    placement.save(update_fields=["proposed_at", "reply_by"])
    propose_by_mail(placement)


def time_to_answer(placement: Placement) -> datetime:
    """Return until when somebody who is asked now can answer: the last second of that day."""
    days = GroupSettings.for_site(placement.group.site).reply_within_days
    last = timezone.localtime(timezone.now() + timedelta(days=days))
    return last.replace(hour=23, minute=59, second=59, microsecond=0)


def _occupy(group, places=1):
    group.places_taken += places
    group.save(update_fields=["places_taken"])


def _free(group):
    _occupy(group, -1)


# Who is next


def ask_reserves() -> int:
    """Ask those who could not be asked when a place in their group was free; return how many.

    They could not be asked earlier: they had a place elsewhere, or had to be kept apart from
    somebody who has left since. Safe to run at any time, also twice at once. A group that fails is
    logged and tried again next time.
    """
    short = SelfHelpGroup.objects.filling().filter(places_taken__lt=F("most"))
    short = short.filter(placements__status=PlacementStatus.WAITING).distinct()
    return sum(_fill(group) for group in list(short))


def _fill(group):
    asked = 0
    try:
        # Each in a transaction of its own, so that nobody is locked while the next is looked for.
        while ask_reserve(group):
            asked += 1
    except Exception:
        logger.exception("The places of group %s could not be filled", group.pk)
    return asked


@transaction.atomic
def ask_reserve(group: SelfHelpGroup) -> Placement | None:
    """Propose a free place to the next on the group's own waiting list, and to nobody else.

    Return that placement, None if no place is free or nobody on the list can be asked.
    """
    group = SelfHelpGroup.objects.lock(group.pk)
    return _ask_first(group, _reserves(group)) if group.places_left else None


def _ask_next(group):
    """Propose a free place to the next in order: the waiting list, then the pool of its offer."""
    return _ask_first(group, chain(_reserves(group), _pool_of_offer(group)))


def _ask_first(group, people):
    """Propose a place to the first of `people` who may come, who is locked only then."""
    members = group.placements.holding().people()
    for person in people if group.is_filling else ():
        if _may_come(person, members):
            # Somebody else may be quicker, or erase them.
            for locked in GroupApplication.objects.lock_members([person.pk]).values():
                with suppress(ChangeNotAllowed):
                    return _propose(group, locked)
    return None


def _ask_reserves(group, places):
    """Propose up to `places` to the group's own waiting list; all on it are locked together."""
    pks = [person.pk for person in _reserves(group)]
    locked = GroupApplication.objects.lock_members(pks)
    for person in [locked[pk] for pk in pks if pk in locked]:
        if places and _may_come(person, group.placements.holding().people()):
            with suppress(ChangeNotAllowed):
                _propose(group, person)
                places -= 1


def _may_come(person, members):
    return person.status in CAN_BE_PROPOSED and may_meet(person, members)


def _reserves(group):
    """Return those on the group's own waiting list, in order."""
    waiting = group.placements.filter(status=PlacementStatus.WAITING).order_by("created_at", "pk")
    return (placement.application for placement in waiting.select_related("application"))


def _pool_of_offer(group):
    if group.offer is None:
        return []
    # Applications refer to the offer in its first language, a group may do so in another.
    of_offer = {"offer__translation_key": group.offer.translation_key}
    pool = GroupApplication.objects.in_pool().filter(**of_offer).longest_first()
    # Only the keys: thousands may wait, and mostly the first can be asked.
    keys = pool.exclude(placements__group=group).values_list("pk", flat=True)
    return chain.from_iterable(GroupApplication.objects.filter(pk=pk) for pk in keys)
