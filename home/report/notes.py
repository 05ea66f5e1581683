"""What to know before reading a number: on the page, below its table and in the workbook."""

from django.utils.translation import gettext_lazy as _

#: Below a table whose counts of people are rounded.
ROUNDED = _("Numbers of people are rounded to the nearest five: 1 and 2 become 0.")
UNFINISHED = _("Counted to the end of %(month)s, the last month that is over.")
#: Below a table with a number that is withheld.
NO_CHANGE = _(
    "“:” means not given: a change needs ten people in both periods, and a month is broken down "
    "when it is over."
)
NO_PERCENTILE = _(
    "“:” means not given: the median needs ten people, and the 90th percentile twenty."
)
#: For the whole report.
RULES = [
    _(
        "Things are counted when they happen, once for each application, without knowing "
        "afterwards whose it was. So the figures stay when applications are deleted."
    ),
    _(
        "The number that reached each step, and the number of groups, are exact. Every other "
        "number of people (by topic, area, partner, language, reason and the like) is rounded to "
        "the nearest five by itself: 1 and 2 become 0, 3 and 4 become 5. So these need not add up "
        "to the exact number, and what rounds to 0 in both periods is left out."
    ),
    _(
        "A calendar year, half-year, four-month period, quarter or month is rounded from its exact "
        "number. Any other period is the sum of these, and the month that is not over is left "
        "out, so that comparing periods, or today with yesterday, shows as little as can be about "
        "one person."
    ),
    NO_CHANGE,
    NO_PERCENTILE,
    _("People who left are counted again when they come back, and again if they leave once more."),
]
