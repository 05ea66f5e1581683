"""Which tables are drawn, and how. The others say enough by themselves."""

from django.utils.translation import gettext as _

from linksite.intake.report import plots

from .figures import GROUP_QUEUE, NETWORK_QUEUE
from .sections import Section

NOW_AND_BEFORE = (0, 1)
#: By a table's name. What has few rows, or is of few people, is read as well from the table.
DRAWN = {
    "months": plots.months,
    "source": plots.bars,
    "days": plots.spans,
    f"way-{GROUP_QUEUE}": plots.bars,
    f"left-reason-{GROUP_QUEUE}": plots.bars,
    f"way-{NETWORK_QUEUE}": plots.bars,
    "groups": plots.bars,
    "topic": plots.bars,
    "area": plots.bars,
    "partner": plots.bars,
}


def illustrate(sections: list[Section]) -> None:
    """Give each table that is drawn its plot, and the words for who does not see it."""
    for table in (table for section in sections for table in section.tables):
        draw = DRAWN.get(table.name)
        if draw and table:
            table.plot = draw(table, NOW_AND_BEFORE)
            table.alt = _("Plot: %(caption)s. The table after it has all its numbers.") % {
                "caption": table.caption
            }
