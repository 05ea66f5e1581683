"""The names of what is counted, in the active language."""

from django.conf import settings
from django.utils.translation import gettext as _

from groups.models import Area, Topic
from linksite.intake.models import HeardFrom
from linksite.intake.statuses import ClosingReason, Status
from linksite.report.reading import NOTHING


class Names:
    """Names for the values of a dimension; a partner is stored by its name."""

    def __init__(self):
        self._names = {
            "topic": {topic.slug: str(topic) for topic in Topic.objects.all()},
            "area": {area.slug: str(area) for area in Area.objects.all()},
            "source": dict(HeardFrom.choices),
            "language": dict(settings.LANGUAGES),
            "reason": dict(ClosingReason.choices),
            "from": dict(Status.choices),
        }

    def of(self, dimension: str, value: str) -> str:
        """Return the name; a topic that is gone has only its slug left."""
        if value == NOTHING:
            return _("Not stated")
        return str(self._names.get(dimension, {}).get(value, value))
