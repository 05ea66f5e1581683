"""Whether an offer has places: found from its dates, its groups and who has a place in them."""

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from linksite.intake.statuses import HOLDING_STATUSES, OPEN_STATUSES


class OfferState(models.TextChoices):
    """Whether an offer takes applications; the page finds out by itself."""

    OPEN = "open", _("Has places")
    FULL = "full", _("Full, waiting list open")
    CLOSED = "closed", _("Signup has closed")


class GroupOfferQuerySet(PageQuerySet):
    """Offers with what their state depends on."""

    def with_places(self):
        """Add what is known of the groups formed for the offer, over all its translations.

        `places_held`: places taken; `under_way`: whether they have started without another one that
        takes people in; `people_waiting`: how many are on the waiting list.
        """
        return self.annotate(
            places_held=places_held(),
            under_way=under_way(),
            people_waiting=length_of_waiting_list(),
        )

    def not_closed(self):
        """Give those that take applications or have a waiting list today."""
        return self.exclude(is_over())

    def has_places(self):
        """Give those of `with_places()` that still have a free place."""
        return self.not_closed().filter(most__gt=F("places_held") + F("taken_beforehand"))

    def next_first(self):
        """Give the order of the list: by start-up date, then those without one, then the closed."""
        closed = models.Case(models.When(is_over(), then=1), default=0)
        return self.order_by(closed, F("starts_on").asc(nulls_last=True), "title", "pk")


def is_over() -> Q:
    """Give the condition that an offer's last day to sign up has passed, or its group has started.

    A group that has started is closed: nobody new comes in.
    """
    today = timezone.localdate()
    return Q(apply_by__lt=today) | Q(apply_by=None, starts_on__lt=today) | Q(under_way())


def under_way() -> Q:
    """Give the condition that an offer's groups have started, and none takes people in."""
    return Q(Exists(_groups().filter(started_at__isnull=False))) & ~Q(Exists(_groups().filling()))


def places_held():
    """Give the places taken in the groups that are forming for an offer, as a subquery."""
    taken = (
        _groups()
        .filling()
        .order_by()
        .values("offer__translation_key")
        .annotate(total=Sum("places_taken"))
    )
    return Coalesce(Subquery(taken.values("total")), 0)


def _groups():
    """Give the groups formed for the offer of the row that the query around this looks at."""
    groups = apps.get_model("groups.SelfHelpGroup").objects
    return groups.filter(offer__translation_key=OuterRef("translation_key"))


WAITING_STATUSES = [status for status in OPEN_STATUSES if status not in HOLDING_STATUSES]


def waiting_list_position(application) -> int | None:
    """Give which place somebody has on the waiting list of their offer; None if they have none."""
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
    """Give how many are on the waiting list of an offer, as a subquery on its page."""
    # They all name the offer in its first language.
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
