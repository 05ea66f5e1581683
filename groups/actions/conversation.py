"""The introductory conversation: what a person told us on the phone, and what happens next."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed, check_open, check_seen, move, save
from linksite.intake.statuses import Status

from ..eligibility import keep_apart, let_meet
from ..models import GroupApplication

#: The statuses before the conversation.
BEFORE = [Status.NEW, Status.CONTACTED]


@transaction.atomic
def hold(
    application: GroupApplication,
    answers: dict,
    *,
    user: Any,
    version: int,
    waits: bool = False,
    call_on: date | None = None,
    apart: Iterable[GroupApplication] = (),
    together: Iterable[GroupApplication] = (),
) -> GroupApplication:
    """Save what was said in the conversation; `answers` are by field name.

    `waits` lets the person wait for a group, `call_on` sets the next call. `apart` are people in
    the queue whom they must not meet, `together` those whom they may meet after all. It can be
    held again to correct something; then the status stays as it is unless `waits` says otherwise.
    Where nobody is responsible, `user` is from now on.
    Raise `ChangeNotAllowed` for a closed application, or if somebody who has a place is to wait for
    one; or `StaleApplication`.
    """
    # Together, so that two conversations about each other never wait for each other.
    there = GroupApplication.objects.lock_all([application.pk, *(other.pk for other in apart)])
    current = check_seen(there, application, version)
    check_open(current)
    if waits and current.holds_place:
        raise ChangeNotAllowed(_("They already have a place."))
    _fill(current, answers)
    _set_next_call(current, waits, call_on)
    _note(current, call_on, user)
    _go_on(current, waits, user)
    for other in there.values():
        # Whoever has been erased meanwhile is not there.
        if other != current:
            keep_apart(current, other)
    for other in together:
        let_meet(current, other)
    return current


def _fill(current, answers):
    for name, answer in answers.items():
        if name == "topics":
            current.topics.set(answer)
        else:
            setattr(current, name, answer)


def _set_next_call(current, waits, call_on):
    follow_up_on = current.follow_up_on
    if call_on:
        current.follow_up_on = call_on
    elif waits and follow_up_on and follow_up_on <= timezone.localdate():
        # This conversation was that call.
        current.follow_up_on = None


def _note(current, call_on, user):
    # Not which answers: one of them is whom the person is kept apart from.
    data = {"again": current.conversation_at is not None}
    if call_on:
        data["on"] = call_on.isoformat()
    current.conversation_at = current.conversation_at or timezone.now()
    # So that the person goes on talking with somebody they know.
    current.assigned_to = current.assigned_to or user
    save(current, "intake.conversation", data, user)


def _go_on(current, waits, user):
    if current.status in BEFORE:
        move(current, Status.CONVERSATION, user=user)
    if waits and current.status != Status.WAITING:
        move(current, Status.WAITING, user=user)
