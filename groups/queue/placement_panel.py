"""What the page of an application says of the groups somebody has or had a place in."""

from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import ModelLogEntry

from linksite.intake.permissions import may

from ..models import OUT, SelfHelpGroup
from ..models.self_help_groups import OUT_OF_SIGHT

#: What shows somebody's name and number to staff: a group's page, and the sheet printed from it.
READS = ["groups.view", "groups.print"]


#: How many of the latest reads the panel lists.
SHOWN = 50


class PlacementPanelMixin:
    """Adds the panel to an application's page, for who may see groups."""

    def get_context_data(self, **kwargs):
        """Add the `placements`, the newest first, and who has read of them on a group's page.

        A group out of sight is left out: nobody is to learn who was in it.
        """
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
    """Give the log entries of who has opened or printed a group while somebody stood in it."""
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
