"""Counts what happens to applications and groups, once each, and forgets to whom.

The words used, as in `Tally`: `queue` is the model name of the application or, for what happens to
groups, of the group; `event` is one of `Event`. An empty `dimension` is the event itself, counted
once. Otherwise the row is about one dimension with its `value`: what a queue breaks its counts down
by (`Queue.dimensions`: topics and areas by slug, a partner by its name), `days` (since signing up,
for median and percentile), `reason` (`ClosingReason`) and `from` (the `Status` in which somebody
left).
"""

from collections import Counter
from datetime import date

from django.db import transaction
from django.db.models import Count, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Tally
from .statuses import ClosingReason, Status


class Event(TextChoices):
    """What is counted. The first seven lead from interest to a first meeting."""

    RECEIVED = "received", _("Signed up")
    CONTACTED = "contacted", _("First contact")
    CONVERSATION = "conversation", _("Introductory conversation")
    POOL = "waiting", _("Waiting for a group")
    PROPOSED = "proposed", _("Place proposed")
    PLACED = "placed", _("Has a place")
    STARTED = "started", _("Started")
    CLOSED = "closed", _("Left without starting")
    DUPLICATE = "duplicate", _("Had signed up before")
    CAME_BACK = "came_back", _("Came back after that")
    GROUP_STARTED = "group_started", _("Group started")
    GROUP_ON_ITS_OWN = "group_on_its_own", _("Group on its own")
    GROUP_ENDED = "group_ended", _("Group ended")


#: Reaching a status is the event of the same name. Each of these means that contact was made.
CONTACT = [Status.CONTACTED, Status.CONVERSATION, Status.WAITING, Status.PROPOSED, Status.PLACED]
#: What a row says; rows that say the same can be merged.
SAID = ["month", "queue", "event", "dimension", "value"]


def count(application, event: str, **more: str) -> None:
    """Count that `event` happened to `application`, the first time it does.

    `more` are further dimensions. Marks the application, which the caller saves.
    """
    if event in application.counted:
        return
    application.counted = [*application.counted, str(event)]
    dimensions = {**_dimensions(application), **{k: [v] for k, v in more.items()}}
    if event != Event.RECEIVED:
        waited = timezone.now() - application.submitted_at
        dimensions["days"] = [str(max(0, waited.days))]
    tally(type(application)._meta.model_name, event, dimensions)


def _dimensions(application):
    common = {"source": [application.heard_from], "language": [application.language]}
    return {**common, **application.queue.dimensions(application)}


def count_status(application) -> None:
    """Count the status that `application` has reached, and the first contact if it is one."""
    if application.status in CONTACT:
        count(application, Event.CONTACTED)
    if application.status in Event.values and application.status != Status.CLOSED:
        count(application, application.status)


def count_closing(application, old: str, reason: str) -> None:
    """Count that `application` was closed for `reason`, in the status `old`.

    Somebody who has started once is not counted as leaving without a start.
    """
    if Event.STARTED in application.counted:
        return
    if reason == ClosingReason.STARTED:
        count(application, Event.STARTED)
    elif reason == ClosingReason.DUPLICATE:
        count(application, Event.DUPLICATE)
    else:
        count(application, Event.CLOSED, reason=str(reason), **{"from": str(old)})


def count_coming_back(application) -> None:
    """Count that a closed `application` is open again, so that its next ending counts too.

    Those who left minus those who came back are the ones who are gone.
    """
    ended = {Event.CLOSED, Event.DUPLICATE} & {*application.counted}
    if ended:
        count(application, Event.CAME_BACK)
        ended.add(Event.CAME_BACK)
        application.counted = [event for event in application.counted if event not in ended]


def count_as_one(kept, duplicate) -> None:
    """Mark in `kept` what was counted of its `duplicate`, so that nobody is counted twice.

    A duplicate that had ended on its own was a signup of its own, and so is `kept`. Marks `kept`,
    which the caller saves.
    """
    if Event.DUPLICATE not in duplicate.counted:
        return
    ended = {Event.STARTED, Event.CLOSED, Event.CAME_BACK, Event.DUPLICATE}
    already = {*duplicate.counted} - {*ended, *kept.counted}
    kept.counted = [*kept.counted, *sorted(already)]


def tally(queue: str, event: str, dimensions: dict[str, list[str]], on: date | None = None) -> None:
    """Count that `event` happened, once for itself and once for each value of each dimension."""
    told = [("", "")]
    told += [(name, value) for name, values in dimensions.items() for value in values if value]
    month = (on or timezone.localdate()).replace(day=1)
    Tally.objects.bulk_create(
        Tally(month=month, queue=queue, event=event, dimension=name, value=value[:255])
        for name, value in told
    )


def add_up() -> int:
    """Merge rows that say the same; return how many rows went. Safe beside other runs."""
    rows = Tally.objects.values(*SAID).annotate(rows=Count("pk")).filter(rows__gt=1)
    return sum(_add_up(month) for month in sorted({row["month"] for row in rows}))


@transaction.atomic
def _add_up(month):
    # What another run has merged meanwhile is gone once it releases its locks.
    rows = list(Tally.objects.select_for_update().filter(month=month).order_by("pk"))
    totals = Counter()
    for row in rows:
        totals[tuple(getattr(row, name) for name in SAID)] += row.count
    Tally.objects.filter(month=month, pk__in=[row.pk for row in rows]).delete()
    Tally.objects.bulk_create(
        Tally(**dict(zip(SAID, said, strict=True)), count=total) for said, total in totals.items()
    )
    return len(rows) - len(totals)
