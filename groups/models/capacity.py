"""Whether an offer has places: found from its dates, its groups and who has a place in them."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from .waiting_list import length_of_waiting_list


class OfferState(models.TextChoices):
    """Whether an offer takes applications; never set by hand."""

    OPEN = "open", _("Places available")
    FULL = "full", _("Full, waiting list open")
    CLOSED = "closed", _("Signup has closed")


class GroupOfferQuerySet(PageQuerySet):
    def with_places(self):
        """Annotate what is known of the groups formed for the offer, over all its translations.

        `places_held`: places taken; `under_way`: whether groups have started and none takes people
        in; `people_waiting`: how many are on the waiting list.
        """
        return self.annotate(
            places_held=places_held(),
            under_way=under_way(),
            people_waiting=length_of_waiting_list(),
        )

    def not_closed(self):
        """Return those that take applications or have a waiting list today."""
        return self.exclude(is_over())

    def has_places(self):
        """Return those of `with_places()` that still have a free place."""
        return self.not_closed().filter(most__gt=F("places_held") + F("taken_beforehand"))

    def chosen_in(self, rows):
        """Return those that one of `rows` is about, as a filter offers them."""
        chosen = self.filter(Exists(rows.filter(offer=OuterRef("pk"))))
        return chosen.defer_streamfields().next_first()

    def next_first(self):
        """Sort by start-up date, then those without one, then the closed."""
        closed = models.Case(models.When(is_over(), then=1), default=0)
        return self.order_by(closed, F("starts_on").asc(nulls_last=True), "title", "pk")


def is_over() -> Q:
    """Return the condition that an offer's last day has passed, or its group has started.

    A group that has started is closed: nobody new comes in.
    """
    today = timezone.localdate()
    return Q(apply_by__lt=today) | Q(apply_by=None, starts_on__lt=today) | Q(under_way())


def under_way() -> Q:
    """Return the condition that an offer's groups have started, and none takes people in."""
    return Q(Exists(_groups().filter(started_at__isnull=False))) & ~Q(Exists(_groups().filling()))


def places_held():
    """Return a subquery for the places taken in the groups forming for an offer."""
    taken = (
        _groups()
        .filling()
        .order_by()
        .values("offer__translation_key")
        .annotate(total=Sum("places_taken"))
    )
    return Coalesce(Subquery(taken.values("total")), 0)


def _groups():
    """Return the groups formed for the offer in the row of the outer query."""
    groups = apps.get_model("groups.SelfHelpGroup").objects
    return groups.filter(offer__translation_key=OuterRef("translation_key"))
