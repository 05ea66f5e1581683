"""A place proposed: held while the person thinks, or the last place in the line for one."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed, move
from linksite.intake.statuses import Status

from ..eligibility import kept_apart_from, may_meet, too_young
from ..models import GroupApplication, GroupSettings, Placement, PlacementStatus, SelfHelpGroup
from .locks import lock, lock_people, lock_person
from .messages import note, propose_by_mail, save_with_new_link

#: Whoever stands here can be proposed for a group.
CAN_BE_PROPOSED = [Status.CONVERSATION, Status.WAITING]


@transaction.atomic
def propose(group: SelfHelpGroup, application: GroupApplication, *, user=None) -> Placement:
    """Hold a place for somebody and ask them; give the placement.

    When all places are taken they come last on the group's waiting list, or stay where they are on
    it. Raises `ChangeNotAllowed`
    where they cannot be proposed: a group that takes nobody, a person who has no conversation
    behind them, has a place, or must not meet somebody in it.
    """
    group, application = lock(group), lock_person(application)
    check_may_be_proposed(group, application)
    placement, is_new = Placement.objects.get_or_create(group=group, application=application)
    placement.group, placement.application = group, application
    if group.places_left:
        return _hold(placement, user)
    keeps_turn = placement.status == PlacementStatus.WAITING and not is_new
    return placement if keeps_turn else put_last(placement, user)


@transaction.atomic
def add(
    group: SelfHelpGroup, applications: Iterable[GroupApplication], *, user=None
) -> SelfHelpGroup:
    """Propose a place in the group to each of `applications`, in that order; give the group.

    Those for whom there is no place come on its waiting list. Raises `ChangeNotAllowed` if one of
    them cannot be proposed; then nobody is asked.
    """
    applications = list(applications)
    lock(group)
    lock_people(applications)
    for application in applications:
        propose(group, application, user=user)
    return lock(group)


def why_not(group: SelfHelpGroup, application: GroupApplication, young: dict[int, str]) -> str:
    """Give why somebody cannot be proposed, or nothing; whom they must not meet is another matter.

    `young` has, by key, who is too young and how that is said.
    """
    if not group.is_filling:
        return _("The group takes nobody in any more.")
    if application.status not in CAN_BE_PROPOSED:
        return _("Only who has had the conversation and waits can be proposed.")
    if application.site_id != group.site_id:
        return _("They have signed up with another centre.")
    return young.get(application.pk, "")


def check_may_be_proposed(group, application):
    refusal = why_not(group, application, too_young([application]))
    if refusal:
        raise ChangeNotAllowed(refusal)
    check_may_meet(application, group.placements.holding())


def check_may_meet(application, placements):
    if kept_apart_from(application).intersection(placements.values_list("application", flat=True)):
        raise ChangeNotAllowed(_("Somebody in the group is to be kept apart from this person."))


def put_last(placement, user):
    placement.status, placement.created_at = PlacementStatus.WAITING, timezone.now()
    save_with_new_link(placement)
    note(placement, "groups.wait", user)
    return placement


def _hold(placement, user):
    placement.proposed_at = timezone.now()
    placement.reply_by = time_to_answer(placement)
    placement.answered_at = placement.agrees = None
    take_place(placement)
    placement.status = PlacementStatus.PROPOSED
    save_with_new_link(placement)
    move(placement.application, Status.PROPOSED, user=user)
    note(placement, "groups.propose", user)
    propose_by_mail(placement)
    return placement


def ask_anew(placement: Placement) -> None:
    """Ask as if now were the first time: all the time to answer counts from here."""
    placement.proposed_at, placement.reply_by = timezone.now(), time_to_answer(placement)
    placement.save(update_fields=["proposed_at", "reply_by"])
    propose_by_mail(placement)


def time_to_answer(placement: Placement) -> datetime:
    """Give until when somebody can answer who is asked now."""
    days = GroupSettings.for_site(placement.group.site).reply_within_days
    return _end_of_day(timezone.now() + timedelta(days=days))


def _end_of_day(moment):
    """Give the last second of the day: people are told a day, and all of it is theirs."""
    return timezone.localtime(moment).replace(hour=23, minute=59, second=59, microsecond=0)


def take_place(placement: Placement) -> None:
    """Count the place as taken; its group is locked."""
    _count(placement.group, 1)


def give_place_back(placement: Placement) -> None:
    """Count the place as free again; its group is locked."""
    _count(placement.group, -1)


def _count(group, more):
    group.places_taken += more
    group.save(update_fields=["places_taken"])


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
