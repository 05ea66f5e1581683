"""The panel on an application's page about the groups somebody has or had a place in."""

from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import ModelLogEntry

from linksite.intake.permissions import may

from ..models import OUT, SelfHelpGroup
from ..models.self_help_groups import OUT_OF_SIGHT

#: What shows names and numbers to staff: opening a group's page, and printing its sheet.
READS = ["groups.view", "groups.print"]
#: How many of the latest reads the panel lists.
SHOWN = 50


class PlacementPanelMixin:
    """Adds the panel for users who may see groups."""

    def get_context_data(self, **kwargs):
        """Leave out a group out of sight: nobody is to learn who was in it."""
        context = super().get_context_data(**kwargs)
        if not may(self.request.user, "view", SelfHelpGroup):
            return context
        placements = self.object.placements.exclude(group__status__in=OUT_OF_SIGHT)
        placements = placements.select_related("group").order_by("-created_at", "-pk")
        return {
            **context,
            "placements": placements,
            "group_reads": reads(placements),
            "extra_panels": [*context["extra_panels"], "groups/queue/placement_panel.html"],
        }


def reads(placements):
    """Return the log entries of opening or printing a group while somebody was in it."""
    shown = [_shown(placement) for placement in placements]
    if not shown:
        return []
    groups = ContentType.objects.get_for_model(SelfHelpGroup)
    entries = ModelLogEntry.objects.filter(content_type=groups, action__in=READS)
    return entries.filter(reduce(or_, shown)).select_related("user").order_by("-timestamp")[:SHOWN]


def _shown(placement):
    shown = Q(object_id=str(placement.group_id), timestamp__gte=placement.created_at)
    if placement.status not in OUT or placement.answered_at is None:
        return shown
    return shown & Q(timestamp__lte=placement.answered_at)
