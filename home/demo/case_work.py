"""Lets staff work on a demo application as they would, and then lets it have happened earlier."""

from collections.abc import Callable
from datetime import datetime

from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from linksite.intake import actions
from linksite.intake.models import Application
from linksite.intake.statuses import ClosingReason, Status

TALKED = [Status.CONTACTED, Status.CONVERSATION]
PLACED = [*TALKED, Status.WAITING, Status.PROPOSED, Status.PLACED]
#: The way to each state. A queue skips what it does not use.
WAYS = {
    Status.NEW: [],
    Status.CONTACTED: TALKED[:1],
    Status.CONVERSATION: TALKED,
    Status.WAITING: PLACED[:3],
    Status.PROPOSED: PLACED[:4],
    Status.PLACED: PLACED,
    ClosingReason.STARTED: [*PLACED, Status.CLOSED],
    ClosingReason.WITHDREW: [*TALKED, Status.CLOSED],
    ClosingReason.REFERRED_ON: [*TALKED, Status.CLOSED],
    ClosingReason.NOT_REACHED: [Status.CONTACTED, Status.CLOSED],
    ClosingReason.NOT_FOR_US: [Status.CONTACTED, Status.CLOSED],
    ClosingReason.DUPLICATE: [Status.CLOSED],
}


def way_to(state: str, application: Application) -> list[Status]:
    """Give the statuses it goes through until it is in `state`."""
    return [status for status in WAYS[state] if status in application.statuses]


class CaseWork:
    """What `worker` does with one application. Every step is given the moment it was taken."""

    def __init__(self, application: Application, worker):
        self.application = application
        self.worker = worker
        self.moments = [application.submitted_at]
        log(application, "intake.receive")

    def open(self, at: datetime) -> None:
        """Read it."""
        actions.opened(self.application, user=self.worker)
        self.moments.append(at)

    def note(self, at: datetime, text: str) -> None:
        """Write a note on it."""
        note = actions.add_note(self.application, text, user=self.worker)
        type(note).objects.filter(pk=note.pk).update(created_at=at)
        self.moments.append(at)

    def change(self, at: datetime, action: Callable, *args, **options) -> None:
        """Do one of the `actions` that change it."""
        version = self.application.version
        self.application = action(
            self.application, *args, user=self.worker, version=version, **options
        )
        self.moments.append(at)

    def backdate(self) -> None:
        """Give the history the moments that the steps were given; each left one line in the log."""
        entries = list(ModelLogEntry.objects.for_instance(self.application).order_by("pk"))
        for entry, moment in zip(entries, self.moments, strict=True):
            entry.timestamp = moment
        ModelLogEntry.objects.bulk_update(entries, ["timestamp"])
        if self.application.closed_at:
            queue = type(self.application).objects.filter(pk=self.application.pk)
            queue.update(closed_at=self.moments[-1])
