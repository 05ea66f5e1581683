"""Lets staff work on a demo application as they would, at the times when they did."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from linksite.intake import actions
from linksite.intake.models import Application
from linksite.intake.statuses import ClosingReason, Status

from . import clock
from .data import read

TALKED = [Status.CONTACTED, Status.CONVERSATION]
#: The way to each state. A queue skips what it does not use; what follows the pool is done by
#: forming a group (`self_help_groups`).
WAYS = {
    Status.NEW: [],
    Status.CONTACTED: TALKED[:1],
    Status.CONVERSATION: TALKED,
    Status.WAITING: [*TALKED, Status.WAITING],
    Status.PLACED: [*TALKED, Status.PLACED],
    ClosingReason.STARTED: [*TALKED, Status.PLACED, Status.CLOSED],
    ClosingReason.WITHDREW: [*TALKED, Status.CLOSED],
    ClosingReason.REFERRED_ON: [*TALKED, Status.CLOSED],
    ClosingReason.NOT_REACHED: [Status.CONTACTED, Status.CLOSED],
    ClosingReason.NOT_FOR_US: [Status.CONTACTED, Status.CLOSED],
    ClosingReason.DUPLICATE: [Status.CLOSED],
}


def way_to(state: str, application: Application) -> list[Status]:
    """Return the statuses it goes through until it is in `state`."""
    return [status for status in WAYS[state] if status in application.queue.statuses]


class CaseWork:
    """What `worker` does with one application."""

    def __init__(self, application: Application, worker, random: Random):
        self.application = application
        self.worker = worker
        self.random = random
        self.hours = clock.OfficeHours(random)
        #: When something was done last.
        self.moment = application.submitted_at

    def receive(self, **options) -> None:
        """Receive the signup, with all that this sets off."""
        with clock.at(self.application.submitted_at):
            actions.receive(self.application, **options)

    def go(self, state: str, until: datetime) -> None:
        """Assign the application and work on it until, at `until`, it is in `state`."""
        way = way_to(state, self.application)
        moments = self.hours.between(self.application.submitted_at, until, len(way))
        if way:
            self._take_on(moments[0])
            self.moment = moments[-1]
        for moment, status in zip(moments, way, strict=True):
            self._step(moment, status, state)

    def note(self, moment: datetime, text: str) -> None:
        with clock.at(moment):
            note = actions.add_note(self.application, text, user=self.worker)
        type(note).objects.filter(pk=note.pk).update(created_at=moment)

    def change(self, moment: datetime, action: Callable, *args, **options) -> None:
        """Do one of the `actions` that change the application."""
        options |= {"user": self.worker, "version": self.application.version}
        with clock.at(moment):
            self.application = action(self.application, *args, **options)

    def _take_on(self, moment):
        with clock.at(moment):
            actions.opened(self.application, user=self.worker)
        if self.random.random() < 0.85:
            self.change(moment, actions.assign, self.worker)

    def _step(self, moment, status, state):
        if self.random.random() < 0.5:
            self.note(moment, self.random.choice(read("queues")["notes"][status]))
        self._move(moment, status, state)

    def _move(self, moment, status, state):
        if status == Status.CONTACTED:
            reached = state != ClosingReason.NOT_REACHED
            self.change(moment, actions.log_call, reached=reached)
        else:
            reason = state if status == Status.CLOSED else ""
            self.change(moment, _move, status, reason=reason)


def _move(application, status, *, user, version, reason):
    """Move it by `actions.move`, since not every reason can be chosen by hand."""
    with actions.changing(application, version) as current:
        return actions.move(current, status, user=user, reason=reason)
