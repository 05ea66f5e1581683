"""Who is in a group that is on its own: nobody here sees it any more (features.md, 2)."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry

from linksite.intake.duplicates import with_merged
from linksite.intake.statuses import Status

from ..history import PLACES
from ..models import GroupApplication, PlacementStatus, SelfHelpGroup


def put_out_of_sight(group: SelfHelpGroup) -> None:
    """Hide the members of the locked group, with what each of them sent before.

    What the history says of people's places stays, but no longer of which group.
    """
    # Who asks for another group by now is not lost from sight with this one.
    members = GroupApplication.objects.filter(
        placements__group=group, placements__status=PlacementStatus.STARTED, status=Status.CLOSED
    )
    hidden = [one.pk for member in members for one in with_merged(member)]
    visible = GroupApplication.objects.filter(pk__in=hidden, handed_over_at=None)
    visible.update(handed_over_at=timezone.now())
    _forget_in_history(group)


def _forget_in_history(group):
    people = ContentType.objects.get_for_model(GroupApplication)
    entries = ModelLogEntry.objects.filter(
        content_type=people,
        action__in=PLACES,
        timestamp__gte=group.created_at,
        data__group=group.reference,
    )
    entries = list(entries)
    for entry in entries:
        del entry.data["group"]
    ModelLogEntry.objects.bulk_update(entries, ["data"], batch_size=100)
