"""By what the report breaks its counts down; `Queue.dimensions` counts each under its name."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groups.models import Area, GroupApplication, Topic
from linksite.intake.models import HeardFrom
from linksite.report.reading import ALL

GROUP_QUEUE = GroupApplication._meta.model_name


class Dimension(NamedTuple):
    """One way to break counts down: a table with a row for each value."""

    queue: str
    caption: str | Promise
    #: What its rows are.
    heading: str | Promise
    #: The names of its values; a value without one is its own name.
    names: Callable[[], Mapping] = dict
    #: Groups are broken down by it as well.
    of_groups: bool = False
    #: Somebody may name several, so how many named none is not known.
    several: bool = False


DIMENSIONS = {
    "topic": Dimension(
        GROUP_QUEUE,
        _("By topic"),
        _("Topic"),
        lambda: {topic.slug: str(topic) for topic in Topic.objects.all()},
        of_groups=True,
        several=True,
    ),
    "area": Dimension(
        GROUP_QUEUE,
        _("By area"),
        _("Area"),
        lambda: {area.slug: str(area) for area in Area.objects.all()},
        of_groups=True,
    ),
    "partner": Dimension(ALL, _("By partner"), _("Partner organisation"), of_groups=True),
    "language": Dimension(ALL, _("By language"), _("Language"), lambda: dict(settings.LANGUAGES)),
    "source": Dimension(
        ALL,
        _("By how they heard about us"),
        _("Heard about us from"),
        lambda: dict(HeardFrom.choices),
    ),
}
