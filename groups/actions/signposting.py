"""Signposting, the “not us” exit: another service fits better, and what was told is not kept."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from linksite.intake.actions import ChangeNotAllowed, check_seen, move, save
from linksite.intake.duplicates import with_merged
from linksite.intake.mail import outbox
from linksite.intake.models import MailStatus
from linksite.intake.queue import mail_kinds
from linksite.intake.statuses import ClosingReason, Status
from network.models import Organisation

from ..history import forget_groups, place_entries
from ..models import OUT, QUESTIONS, GroupApplication, KeepApart, PlacementStatus
from .messages import withdraw_unsent

#: Deleted, since the group reveals what they came for; kept only if they came to the group.
LET_GO = [*OUT, PlacementStatus.WAITING]
#: What somebody told us, which goes when nobody needs it any more.
EMPTIED = [
    "message",
    "helper",
    "expectations",
    "agreed",
    "keep_apart_from",
    "offer",
    "on_waiting_list",
    *QUESTIONS,
]


@transaction.atomic
def signpost(
    application: GroupApplication,
    partner: Organisation | None,
    *,
    user: Any,
    version: int,
    consents: bool = False,
    by_mail: bool = False,
) -> GroupApplication:
    """Close and empty the application of somebody signposted to `partner`, or to nobody.

    `consents`: the person agreed, talking with `user`, that we may pass on name and number.
    `by_mail` sends them the name of the partner; that mail stays in the history, for it holds
    nothing they told us and only the partner that `referred_to` names as well. Applications merged
    into this one are emptied too. Raise `ChangeNotAllowed` for a closed application, or while a
    mail written by hand is being sent; or `StaleApplication`.
    """
    # All at once, so that this and a merge cannot deadlock.
    locked = GroupApplication.objects.lock_all([one.pk for one in with_merged(application)])
    current = check_seen(locked, application, version)
    merged = [other for other in locked.values() if other != current]
    consents = consents and partner is not None
    # First, because the figures still count by topic and area, without knowing whom.
    move(current, Status.CLOSED, user=user, reason=_reason(partner))
    if partner and by_mail and current.email:
        outbox.queue(current, "onward", partner=_words(partner))
    current.referred_to = partner
    current.referral_consented_at = timezone.now() if consents else None
    _forget(current)
    for other in merged:
        _forget(other)
        other.version += 1
        other.save()
    data = {"partner": partner is not None, "consent": consents, "merged": len(merged)}
    return save(current, "groups.not_us", data, user)


def _reason(partner):
    return ClosingReason.REFERRED_ON if partner else ClosingReason.NOT_FOR_US


def _words(partner):
    return "\n".join(filter(None, [partner.name, partner.website]))


def _forget(application):
    for name in EMPTIED:
        field = application._meta.get_field(name)
        if field.many_to_many:
            getattr(application, name).clear()
        else:
            setattr(application, name, field.get_default())
    application.notes.all().delete()
    application.placements.filter(status__in=LET_GO).delete()
    _forget_in_history(application)
    _forget_letters(application)
    withdraw_unsent(application)
    KeepApart.objects.filter(Q(one=application) | Q(other=application)).delete()


def _forget_in_history(application):
    """Remove from the history the groups of the deleted placements."""
    came_to = application.placements.values_list("group__reference", flat=True)
    entries = place_entries().filter(object_id=str(application.pk))
    forget_groups(entry for entry in entries if entry.data.get("group") not in came_to)


def _forget_letters(application):
    """Keep of what staff wrote by hand only that it was sent, and when; the rest is not sent."""
    by_hand = [kind.name for kind in mail_kinds().values() if kind.by_hand]
    # Locked, for what is emptied must not be sent any more.
    letters = list(application.mails.filter(kind__in=by_hand).select_for_update())
    for letter in letters:
        if letter.status == MailStatus.SENDING:
            raise ChangeNotAllowed(
                _("An email you wrote is being sent right now. Try again in a few minutes.")
            )
        if letter.status == MailStatus.QUEUED:
            letter.status = MailStatus.FAILED
        letter.body = ""
    application.mails.bulk_update(letters, ["body", "status"])
