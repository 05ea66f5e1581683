"""My day: what staff should look at first, each figure linked to the list behind it.

Each queue has its sections (`Queue.my_day`), only for those who may see what they count. A figure
counts through the same filters as the list it opens, so the two always agree.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.forms import Media
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import Component

from . import working_days
from .listing.filters import Due, MailState
from .listing.neighbours import waited_longest
from .queue import queues
from .statuses import Status

#: Counting stops here.
MOST = 1000
#: How many things to do are listed; the figures lead to the rest.
TASKS = 10


@dataclass(frozen=True)
class Figure:
    """A count, and the address of the list that holds exactly those.

    `asks`: somebody has to do something about them; `is_urgent`: that is late.
    """

    label: str
    count: int
    url: str
    asks: bool = True
    is_urgent: bool = False

    @property
    def number(self) -> str:
        """The count in words, capped, so that nobody waits for a full count."""
        if self.count <= MOST:
            return intcomma(self.count)
        return _("more than %(count)s") % {"count": intcomma(MOST)}


@dataclass(frozen=True)
class Task:
    """Something to do at a certain time, and the page where it is done.

    `to_note`: its time has passed, and nobody has noted whether it was held.
    """

    at: datetime
    what: str
    whose: str
    url: str
    to_note: bool = False

    @property
    def is_today(self) -> bool:
        return timezone.localdate(self.at) == timezone.localdate()


@dataclass(frozen=True)
class Link:
    """A page to go on to that has no figure of its own."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Section:
    """The figures and this week's tasks of one queue, and links to further pages."""

    title: str
    url: str
    icon: str
    figures: list[Figure]
    tasks: list[Task] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def counted(rows) -> int:
    """Return the number of `rows`, at most one more than `MOST`."""
    return rows.order_by()[: MOST + 1].count()


class QueueFigures:
    """The figures of one queue, each counted by the filters that its list opens with."""

    def __init__(self, filterset_class, user):
        self.filterset_class = filterset_class
        model = filterset_class._meta.model
        self.visible = model.objects.visible_to(user)
        self.url = reverse(model.queue.listing)

    def figure(
        self, label: str, *, is_late: bool = False, asks: bool = True, **filters: Any
    ) -> Figure:
        """Return the count of what `filters` match; urgent if `is_late` and not 0."""
        count = counted(self.filterset_class(filters, queryset=self.visible).qs)
        url = f"{self.url}?{urlencode(filters)}"
        return Figure(label, count, url, asks=asks, is_urgent=is_late and count > 0)

    def common(self) -> list[Figure]:
        """Return the figures that every queue begins with."""
        since = working_days.last_working_day()
        return [
            self.figure(new_since(since), status=Status.NEW.value, received_from=since.isoformat()),
            self.figure(_("To call today"), **waited_longest(due=Due.TODAY.value)),
            self.figure(_("Overdue"), **waited_longest(due=Due.OVERDUE.value), is_late=True),
            self.figure(_("Emails not sent"), mail=MailState.STUCK.value, is_late=True),
        ]


def new_since(day: date) -> str:
    """Return the label for the last working day: on a Monday it is Friday, so nobody is missed."""
    if (timezone.localdate() - day).days == 1:
        return _("New since yesterday")
    return _("New since %(weekday)s") % {"weekday": date_format(day, "l")}


class MyDayPanel(Component):
    """The panel on the admin's front page; empty for users who see no queue."""

    name = "my_day"
    order = 10
    template_name = "intake/my_day/panel.html"

    @property
    def media(self):
        """The style sheet; looked up late, since it has no name before files are collected."""
        return Media(css={"all": [versioned_static("admin/my-day.css")]})

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        found = [section for queue in queues() for section in queue.my_day(user)]
        tasks = [task for section in found for task in section.tasks]
        asking = [figure for section in found for figure in section.figures if figure.asks]
        return {
            "sections": found,
            "tasks": sorted(tasks, key=attrgetter("at"))[:TASKS],
            "done": not tasks and not any(figure.count for figure in asking),
            "today": timezone.localdate(),
        }
