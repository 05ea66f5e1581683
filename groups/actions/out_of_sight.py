"""Who is in a group that is on its own: nobody here sees it any more (features.md, 2)."""

from django.utils import timezone

from linksite.intake.duplicates import with_merged
from linksite.intake.statuses import Status

from ..history import forget_groups, place_entries
from ..models import GroupApplication, GroupStatus, Placement, PlacementStatus, SelfHelpGroup


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
