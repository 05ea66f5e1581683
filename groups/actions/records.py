"""How verbs begin and end: a group locked as it was seen, then saved, and what changed noted."""

from typing import Any

from wagtail.log_actions import log

from linksite.intake.actions import StaleApplication, save

from ..models import Placement, SelfHelpGroup


def unchanged(group: SelfHelpGroup, version: int) -> SelfHelpGroup:
    """Return the group as it is now, locked. Raise `StaleApplication` if it is not at `version`."""
    group = SelfHelpGroup.objects.lock(group.pk)
    if group.version != version:
        raise StaleApplication
    return group


def save_group(group: SelfHelpGroup, action: str, user: Any, data: dict | None = None) -> None:
    """Save a locked group as its next version and log `action`."""
    group.version += 1
    group.save()
    log(group, action, user=user, data={**(data or {}), "version": group.version})


def note(placement: Placement, action: str, user: Any = None) -> None:
    """Log `action` with the person, and save what has changed about them."""
    save(placement.application, action, {"group": placement.group.reference}, user)
