"""The demo's initiators."""

from groups.models import Topic
from network.models import Initiator

from .data import in_language, linked, read


def load_initiators(made: dict[str, int]) -> dict[str, Initiator]:
    """Return the new initiators by name."""
    rows = linked(in_language(read("groups")["initiator"], "nb"), made)
    return {name: _load(number, **row) for number, (name, row) in enumerate(rows.items(), 1)}


def _load(number, open_themes=(), organisation=None, **fields):
    # Obviously made up, yet valid for every check.
    reach = {"email": f"initiator{number}@example.org", "phone": f"+474100{number:04}"}
    initiator = Initiator.objects.create(organisation_id=organisation, **reach, **fields)
    for topic in Topic.objects.filter(pk__in=open_themes):
        topic.open_for.add(initiator)
    return initiator
