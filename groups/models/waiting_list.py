"""The waiting list of an offer: who signed up when it was full, in that order."""

from django.apps import apps
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from linksite.intake.statuses import HOLDING_STATUSES, OPEN_STATUSES

WAITING_STATUSES = [status for status in OPEN_STATUSES if status not in HOLDING_STATUSES]


def waiting_list_position(application) -> int | None:
    """Return somebody's position, from 1, on the waiting list of their offer, or None."""
    if not (
        application.offer_id
        and application.on_waiting_list
        and application.status in WAITING_STATUSES
    ):
        return None
    same_moment = Q(submitted_at=application.submitted_at, pk__lt=application.pk)
    earlier = Q(submitted_at__lt=application.submitted_at) | same_moment
    return _waiting().filter(earlier, offer=application.offer_id).count() + 1


def length_of_waiting_list():
    """Return a subquery for the length of an offer's waiting list, on its page."""
    # Applications refer to the offer in its first language.
    waiting = (
        _waiting()
        .filter(offer__translation_key=OuterRef("translation_key"))
        .order_by()
        .values("offer__translation_key")
        .annotate(total=Count("pk"))
    )
    return Coalesce(Subquery(waiting.values("total")), 0)


def _waiting():
    applications = apps.get_model("groups.GroupApplication").objects
    return applications.filter(on_waiting_list=True, status__in=WAITING_STATUSES)
