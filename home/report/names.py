"""The names of what is counted, in the active language."""

from django.utils.translation import gettext as _

from linksite.intake.statuses import ClosingReason, Status
from linksite.report.reading import NOTHING

from .dimensions import DIMENSIONS


class Names:
    """Names for the values of a dimension; a partner is stored by its name."""

    def __init__(self):
        self._names = {
            **{name: one.names() for name, one in DIMENSIONS.items()},
            "reason": dict(ClosingReason.choices),
            "from": dict(Status.choices),
        }

    def of(self, dimension: str, value: str) -> str:
        """Return the name; a topic that is gone has only its slug left."""
        if value == NOTHING:
            return _("Not stated")
        return str(self._names.get(dimension, {}).get(value, value))
