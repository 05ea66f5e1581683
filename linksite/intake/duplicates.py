"""One person who signed up twice: pointed out, and merged by somebody who has looked.

Never by itself: two people in one household share a phone.
"""

from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from . import tally
from .actions import ChangeNotAllowed, check_seen, move, save
from .models import Application
from .statuses import HOLDING_STATUSES, OPEN_STATUSES, ClosingReason, Status

#: An institution's phone may be in very many applications; a page lists only this many.
MOST = 10
#: How far an application has come, in ascending order; anything open counts more than closed.
WAY = [Status.CLOSED, *OPEN_STATUSES]
#: Taken over by the one that is kept where it is empty, so that the person can be reached.
REACHED_BY = ["email", "phone"]


def of(application: Application, user) -> QuerySet:
    """Return the latest applications with the same e-mail or phone that `user` may see.

    Those already merged with it are left out.
    """
    merged = [one.pk for one in with_merged(application)]
    visible = type(application).objects.visible_to(user)
    visible = visible.exclude(pk__in=[*merged, application.duplicate_of_id or application.pk])
    keys = [_latest(same) for same in _same(application, visible)]
    found = {key for latest in keys for key in latest}
    return visible.filter(pk__in=found).newest_first()[:MOST]


def _same(application, visible):
    """Yield what to look through: one query for each index."""
    if application.email:
        by_email = visible.alias(lower_email=Lower("email"))
        yield by_email.filter(lower_email=Lower(Value(application.email)))
    if application.phone:
        yield visible.filter(phone=application.phone)


def _latest(applications):
    return applications.newest_first().values_list("pk", flat=True)[:MOST]


def with_merged(application: Application) -> list[Application]:
    """Return the application and those that were merged into it, directly or indirectly."""
    found = level = [application]
    while level := list(type(application).objects.filter(duplicate_of__in=level)):
        found = [*found, *level]
    return found


def merged_into(application: Application, user) -> list[Application]:
    """Return those merged into the application that `user` may see, newest first."""
    keys = [one.pk for one in with_merged(application)[1:]]
    visible = type(application).objects.visible_to(user)
    return list(visible.filter(pk__in=keys).newest_first()) if keys else []


def furthest_first(one: Application, other: Application) -> list[Application]:
    """Return the two, first the one to keep: it has come further, or else came first."""
    return sorted([one, other], key=lambda each: (-_way(each), each.submitted_at, each.pk))


def has_come_further(one: Application, other: Application) -> bool:
    """Return whether `one` has a status further along than that of `other`."""
    return _way(one) > _way(other)


def _way(application):
    return WAY.index(application.status)


def missing_in(kept: Application, other: Application) -> list[str]:
    """Return the fields by which `other` can be reached and `kept` cannot."""
    return [name for name in REACHED_BY if getattr(other, name) and not getattr(kept, name)]


def why_not(kept: Application, other: Application) -> str:
    """Return why `other` cannot be merged into `kept`; empty when it can."""
    if type(kept) is not type(other) or kept.pk == other.pk:
        return _("Only applications in the same queue can be merged.")
    if not kept.is_open:
        return _("Merge them the other way round: the one you keep must be open.")
    if other.duplicate_of_id:
        return _("That application has already been merged.")
    if other.status in HOLDING_STATUSES:
        return _("That application has a place. Keep that one, or free its place first.")
    return ""


@transaction.atomic
def merge(
    kept: Application, other: Application, *, user, version: int, other_version: int
) -> Application:
    """Close `other` as a duplicate of `kept`, and return `kept`.

    What belongs to `other` stays with it, so that mail to one address never turns up at another;
    the history of `kept` shows both. Only an address or a number that `kept` lacks goes on with
    it, the turn of an open one, and what its queue takes over (`Queue.merged`). Taking `other` up
    again undoes the rest. Raise `ChangeNotAllowed`, or `StaleApplication` when either has been
    changed since it was seen.
    """
    if reason := why_not(kept, other):
        raise ChangeNotAllowed(reason)
    locked = type(kept).objects.lock_all([kept.pk, other.pk])
    kept = check_seen(locked, kept, version)
    other = check_seen(locked, other, other_version)
    other.duplicate_of = kept
    taken = _take_over_contact(kept, other)
    # First, for what is closed has nothing any more that could be taken over.
    _take_over_turn(kept, other)
    kept.queue.merged(kept, other)
    if other.is_open:
        move(other, Status.CLOSED, user=user, reason=ClosingReason.DUPLICATE)
    save(other, "intake.merged", {"into": kept.pk, "reference": kept.reference}, user)
    tally.count_as_one(kept, other)
    data = {"other": other.pk, "reference": other.reference, "fields": taken}
    return save(kept, "intake.merge", data, user)


def _take_over_turn(kept, other):
    """Keep for `kept` the turn of an open `other`: when they asked, the day of the next step."""
    if other.is_open:
        kept.submitted_at = min(kept.submitted_at, other.submitted_at)
        days = [kept.follow_up_on, other.follow_up_on]
        kept.follow_up_on = min(filter(None, days), default=None)


def _take_over_contact(kept, other):
    """Return the contact fields that `kept` lacked and has taken over from `other`.

    Nothing is sent or redirected: a mail keeps the address it was written to.
    """
    taken = missing_in(kept, other)
    for name in taken:
        setattr(kept, name, getattr(other, name))
    if "phone" in taken:
        # The answer was about that phone, which others may listen to.
        kept.leave_message = other.leave_message
    return taken
