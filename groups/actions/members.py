"""Who comes to the group, to its first meeting or later, and who keeps the place until then."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from linksite.intake.actions import ChangeNotAllowed, move
from linksite.intake.duplicates import with_merged
from linksite.intake.retention import erase
from linksite.intake.statuses import ClosingReason, Status

from ..history import forget_groups, place_entries
from ..models import (
    GroupApplication,
    GroupSettings,
    GroupStatus,
    Placement,
    PlacementStatus,
    SelfHelpGroup,
)
from ..models.self_help_groups import OUT_OF_SIGHT
from .locks import lock, lock_placement
from .messages import note, save_with_new_link
from .proposals import give_place_back


@transaction.atomic
def arrive(placement: Placement, *, user=None, action: str = "groups.arrive") -> Placement:
    """Give the placement of somebody who has come, whose application is closed as started.

    Figures count them as started now, not before. `action` is how the history says it. Raises
    `ChangeNotAllowed` unless they have a place in a group that has started, and have not come yet.
    """
    placement = _to_come(placement)
    placement.status = PlacementStatus.STARTED
    save_with_new_link(placement)
    move(placement.application, Status.CLOSED, user=user, reason=ClosingReason.STARTED)
    note(placement, action, user)
    return placement


@transaction.atomic
def keep(placement: Placement, *, user=None) -> Placement:
    """Give the placement of a member who missed the first meeting, who is to be called today.

    Their application stays open, so that they are not lost, until they come or give the place up.
    Raises what `arrive` raises.
    """
    placement = _to_come(placement)
    placement.application.call_today()
    save_with_new_link(placement)
    note(placement, "groups.keep", user)
    return placement


def _to_come(placement):
    placement = lock_placement(placement)
    has_started = placement.group.status == GroupStatus.STARTED
    if not has_started or placement.status != PlacementStatus.ACCEPTED:
        raise ChangeNotAllowed(_("This has been answered already."))
    return placement


@transaction.atomic
def leave(placement: Placement, *, user=None) -> Placement:
    """Give the placement of a member who has left.

    The application stays closed as it was: they did start. Raises `ChangeNotAllowed` unless they
    are in a group that has started and is not on its own yet.
    """
    placement = lock_placement(placement)
    has_started = placement.group.status == GroupStatus.STARTED
    if not has_started or placement.status != PlacementStatus.STARTED:
        raise ChangeNotAllowed(_("They are not in the group any more."))
    return _leave(placement, user)


def leave_groups_of(application: GroupApplication, *, user=None) -> None:
    """Let somebody who asks for another group, and is locked, have left the one they were in.

    A group out of sight keeps them: nobody here knows any more who is in it.
    """
    member = {"status": PlacementStatus.STARTED, "group__status": GroupStatus.STARTED}
    for placement in application.placements.filter(**member).select_related("group"):
        placement.group, placement.application = lock(placement.group), application
        _leave(placement, user)


def _leave(placement, user):
    placement.status, placement.answered_at = PlacementStatus.RELEASED, timezone.now()
    save_with_new_link(placement)
    give_place_back(placement)
    note(placement, "groups.leave", user)
    return placement


def put_out_of_sight(group: SelfHelpGroup) -> None:
    """Hide the members of the locked group, with what each of them sent before.

    What the history says of people's places stays, but no longer of which group.
    """
    # Who asks for another group by now is not lost from sight with this one.
    members = GroupApplication.objects.filter(
        placements__group=group, placements__status=PlacementStatus.STARTED, status=Status.CLOSED
    )
    hidden = [one.pk for member in members for one in with_merged(member)]
    # Nor is who sits in another group by what was merged here.
    elsewhere = Placement.objects.filter(
        status=PlacementStatus.STARTED, group__status=GroupStatus.STARTED
    ).exclude(group=group)
    visible = GroupApplication.objects.filter(pk__in=hidden, handed_over_at=None)
    visible = visible.exclude(placements__in=elsewhere)
    visible.update(handed_over_at=timezone.now())
    since = place_entries().filter(timestamp__gte=group.created_at)
    forget_groups(since.filter(data__group=group.reference))


logger = logging.getLogger(__name__)


def delete_names_due() -> int:
    """Erase the members of groups that are on their own for long enough; give how many groups.

    A group that fails is logged and tried again next time.
    """
    groups = SelfHelpGroup.objects.filter(status__in=OUT_OF_SIGHT, names_deleted_at=None)
    groups = groups.annotate(since=Coalesce("on_its_own_at", "ended_at")).select_related("site")
    due = [group for group in groups if group.since <= _limit(group.site)]
    return sum(_delete(group) for group in due)


def _delete(group):
    try:
        return _delete_names(group)
    except Exception:
        logger.exception("The names of group %s could not be deleted", group.pk)
        return False


def _limit(site):
    days = GroupSettings.for_site(site).delete_names_after_days
    return timezone.now() - timedelta(days=days)


@transaction.atomic
def _delete_names(group):
    group = lock(group)
    if group.names_deleted_at:
        return False
    came = group.placements.filter(status=PlacementStatus.STARTED)
    members = GroupApplication.objects.filter(placements__in=came, handed_over_at__isnull=False)
    for application in list(members):
        erase(application)
    # Of those who ask for another group by now, it is forgotten that they were in this one.
    came.delete()
    group.names_deleted_at = timezone.now()
    group.save(update_fields=["names_deleted_at"])
    log(group, "groups.delete_names")
    return True
