"""The report's sections and their tables."""

from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linksite.intake.statuses import ClosingReason, Status
from linksite.intake.tally import Event
from linksite.report.periods import Period
from linksite.report.reading import ALL, NOTHING, RUNNING, last_full_month
from linksite.report.rounding import change
from linksite.report.tables import Row, Table, ranked

from .dimensions import DIMENSIONS, GROUP_QUEUE
from .figures import GROUPS, NETWORK_QUEUE, WAITED_FOR, Figures
from .notes import NO_CHANGE, NO_PERCENTILE, ROUNDED, UNFINISHED

#: The way to a place, and what of it each queue knows.
WAYS = {
    GROUP_QUEUE: [
        Event.RECEIVED,
        Event.CONTACTED,
        Event.CONVERSATION,
        Event.POOL,
        Event.PROPOSED,
        Event.PLACED,
        Event.STARTED,
    ],
    NETWORK_QUEUE: [
        Event.RECEIVED,
        Event.CONTACTED,
        Event.CONVERSATION,
        Event.PLACED,
        Event.STARTED,
    ],
}
#: How it ends otherwise, and who is back after that. Whoever signed up twice is counted twice as
#: signed up, and once here.
ENDS = [Event.CLOSED, Event.DUPLICATE, Event.CAME_BACK]
#: What is told of each value of a dimension.
COUNTED = [Event.RECEIVED, Event.STARTED]
#: Within how many days half and nine of ten get what they wait for.
MEDIAN, SLOWEST_TENTH = 50, 90
#: With more months than this, signups are given by the year.
MOST_MONTHS = 36


class Section(NamedTuple):
    name: str
    heading: str
    tables: list[Table]
    intro: str = ""

    def __bool__(self):
        return any(self.tables)


class Sections:
    def __init__(self, figures: Figures):
        self.figures = figures
        self.names = {
            **{name: one.names() for name, one in DIMENSIONS.items()},
            "reason": dict(ClosingReason.choices),
            "from": dict(Status.choices),
        }
        periods = (figures.period.short, figures.before.short)
        self.compared = [*map(capfirst, periods), _("Change")]
        self.queues = {GROUP_QUEUE: _("Groups"), NETWORK_QUEUE: _("Network")}
        self.by_year = figures.period.length > MOST_MONTHS
        self.rounded = str(ROUNDED)
        if not figures.is_over:
            month = Period(last_full_month(), last_full_month())
            self.rounded += " " + UNFINISHED % {"month": month}

    def all(self) -> list[Section]:
        """Return every section in which anything happened."""
        sections = [
            self._signed_up(),
            self._waiting_times(),
            self._way(GROUP_QUEUE, _("From signing up to a group"), _("Step by step to a group")),
            self._way(
                NETWORK_QUEUE,
                _("From signing up to the network"),
                _("Step by step to the network"),
            ),
            self._groups(),
            self._by_what(),
        ]
        return [section for section in sections if section]

    def _signed_up(self):
        tables = [self._by_month(), self._broken_down("source"), self._source_by_month()]
        return Section("signed-up", _("Signed up"), [table for table in tables if table.rows])

    def _by_month(self):
        columns = {name: (queue, Event.RECEIVED) for queue, name in self.queues.items()}
        monthly, yearly = _("Signed up each month, by queue"), _("Signed up each year, by queue")
        return self._over_time("months", yearly if self.by_year else monthly, columns)

    def _source_by_month(self):
        sources = sorted(
            self.figures.values(ALL, Event.RECEIVED, "source"),
            key=lambda value: (value == NOTHING, self._name("source", value)),
        )
        columns = {
            self._name("source", source): (ALL, Event.RECEIVED, "source", source)
            for source in sources
        }
        monthly = _("Signed up each month, by how they heard about us")
        yearly = _("Signed up each year, by how they heard about us")
        caption = yearly if self.by_year else monthly
        table = self._over_time("sources-by-month", caption, columns)
        table.folded, table.note = True, self.rounded
        return table

    def _over_time(self, name, caption, columns):
        period = self.figures.period
        rows = [
            Row(
                capfirst(one.short),
                [self.figures.count(*what, period=one) for what in columns.values()],
            )
            for one in (period.years if self.by_year else period.months)
        ]
        rows_are = _("Year") if self.by_year else _("Month")
        return Table(name, caption, rows_are, [*columns], rows, why_withheld=str(NO_CHANGE))

    def _waiting_times(self):
        names = {
            Event.CONTACTED: _("first contact"),
            Event.PLACED: pgettext("in a group or the network", "a place"),
            Event.STARTED: pgettext("waited for", "the start"),
        }
        rows = [
            Row(f"{queue_name}: {names[event]}", self._days(queue, event))
            for queue, queue_name in self.queues.items()
            for event in WAITED_FOR
        ]
        columns = [
            _("Half, within days"),
            _("Nine out of ten, within days"),
            _("Half, %(period)s") % {"period": self.figures.before.short},
            _("Nine out of ten, %(period)s") % {"period": self.figures.before.short},
        ]
        caption = _("Days from signing up to …")
        intro = _(
            "Half waited no longer than the first number (the median), nine of ten no longer than "
            "the second (the 90th percentile)."
        )
        table = Table("days", caption, _("Until"), columns, rows, why_withheld=str(NO_PERCENTILE))
        return Section("days", _("How long people wait"), [table], intro)

    def _days(self, queue, event):
        periods = (self.figures.period, self.figures.before)
        return [
            self.figures.days(queue, event, percent, period)
            for period in periods
            for percent in (MEDIAN, SLOWEST_TENTH)
        ]

    def _way(self, queue, heading, caption):
        steps = [Row(str(step.label), self._compare(queue, step)) for step in WAYS[queue]]
        aside = [Row(str(end.label), self._compare(queue, end)) for end in ENDS]
        steps += [row for row in aside if not row.is_empty]
        way = self._compared(f"way-{queue}", caption, _("Step"), self.compared, steps)
        reasons = self._left(queue, "reason", _("Why people leave without starting"), _("Reason"))
        places = self._left(queue, "from", _("Where people leave"), _("Status they left from"))
        order = [str(status.label) for status in Status]
        places.rows.sort(key=lambda row: order.index(row.label) if row.label in order else 99)
        intro = _(
            "Each step is counted once for each application, in the month in which it was "
            "reached: some of those who started had signed up earlier."
        )
        tables = [table for table in (way, places, reasons) if table]
        return Section(f"way-{queue}", heading, tables, intro)

    def _left(self, queue, dimension, caption, rows_are):
        rows = self._rows(dimension, [(queue, Event.CLOSED)])
        name = f"left-{dimension}-{queue}"
        return self._compared(name, caption, rows_are, self.compared, rows, self.rounded)

    def _groups(self):
        events = [Event.GROUP_STARTED, Event.GROUP_ON_ITS_OWN, Event.GROUP_ENDED]
        rows = [Row(str(event.label), self._compare(GROUPS, event)) for event in events]
        running = _("Running at the end of the period")
        if not self.figures.is_over:
            running = _("Running now, and at the end of the previous period")
        rows.append(Row(running, self._compare(GROUPS, RUNNING)))
        table = self._compared("groups", _("Groups"), _("Groups"), self.compared, rows)
        return Section("groups", _("Groups started, running and ended"), [table])

    def _by_what(self):
        tables = [self._broken_down(name) for name in DIMENSIONS if name != "source"]
        intro = _(
            "One person can name several topics, so these add up to more than the number of "
            "signups."
        )
        heading = _("More about who signed up")
        return Section("by", heading, [table for table in tables if table], intro)

    def _broken_down(self, dimension):
        one, signed_up = DIMENSIONS[dimension], _("Signed up, %(period)s")
        periods = (self.figures.period.short, self.figures.before.short)
        names = [signed_up % {"period": period} for period in periods]
        columns = [*names, _("Change"), _("Started")]
        counted = [(one.queue, event) for event in COUNTED]
        if one.of_groups:
            counted.append((GROUPS, Event.GROUP_STARTED))
            columns.append(_("Groups started"))
        rows = self._rows(dimension, counted)
        return self._compared(dimension, one.caption, one.heading, columns, rows, self.rounded)

    def _compared(self, name, caption, rows_are, columns, rows, note=""):
        """Return a table of numbers now, before and their change."""
        return Table(
            name,
            caption,
            rows_are,
            columns,
            rows,
            changes=(2,),
            note=note,
            why_withheld=str(NO_CHANGE),
        )

    def _rows(self, dimension, counted):
        """Return a row for each value: the first of `counted` compared, the others of now."""
        values = set().union(*(self.figures.values(*one, dimension) for one in counted))
        return ranked([self._row(dimension, value, counted) for value in values])

    def _row(self, dimension, value, counted):
        others = (self.figures.count(*one, dimension, value) for one in counted[1:])
        cells = [*self._compare(*counted[0], dimension, value), *others]
        return Row(self._name(dimension, value), cells)

    def _compare(self, queue, *what):
        now = self.figures.count(queue, *what)
        before = self.figures.count(queue, *what, period=self.figures.before)
        # Groups are not people: none of them is too few.
        return [now, before, now - before if queue == GROUPS else change(now, before)]

    def _name(self, dimension, value):
        """Return the name of a value; a topic that is gone has only its slug left."""
        if value == NOTHING:
            return _("Not stated")
        return str(self.names.get(dimension, {}).get(value, value))
