"""How long names are kept of people whose group is on its own."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.log_actions import log

from linksite.intake.retention import erase

from .models import GroupApplication, GroupSettings, PlacementStatus, SelfHelpGroup
from .models.self_help_groups import OUT_OF_SIGHT

logger = logging.getLogger(__name__)


def delete_names_due() -> int:
    """Erase the members of groups that have been on their own long enough; return how many groups.

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
    group = SelfHelpGroup.objects.lock(group.pk)
    if group.names_deleted_at:
        return False
    came = group.placements.filter(status=PlacementStatus.STARTED)
    members = GroupApplication.objects.filter(placements__in=came, handed_over_at__isnull=False)
    for application in list(members):
        erase(application)
    # Members who now ask for another group stay, but not that they were in this one.
    came.delete()
    group.names_deleted_at = timezone.now()
    group.save(update_fields=["names_deleted_at"])
    log(group, "groups.delete_names")
    return True
