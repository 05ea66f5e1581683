"""Whether an offer has places: found from its dates, its places and who has one."""

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet


class OfferState(models.TextChoices):
    """Whether an offer takes applications; the page finds out by itself."""

    OPEN = "open", _("Has places")
    FULL = "full", _("Full, waiting list open")
    CLOSED = "closed", _("Signup has closed")


class GroupOfferQuerySet(PageQuerySet):
    """Offers with what their state depends on."""

    def with_places(self):
        """Count the places taken along, over all translations of the offer."""
        return self.annotate(places_held=places_held())

    def not_closed(self):
        """Give those that take applications or have a waiting list today."""
        return self.exclude(is_over())

    def has_places(self):
        """Give those of `with_places()` that still have a free place."""
        return self.not_closed().filter(
            most__gt=models.F("places_held") + models.F("taken_beforehand")
        )

    def next_first(self):
        """Give the order of the list: by start-up date, then those without one, then the closed."""
        closed = models.Case(models.When(is_over(), then=1), default=0)
        return self.order_by(closed, models.F("starts_on").asc(nulls_last=True), "title", "pk")


def is_over() -> models.Q:
    """Give the condition that an offer's last day to sign up has passed."""
    today = timezone.localdate()
    return models.Q(apply_by__lt=today) | models.Q(apply_by=None, starts_on__lt=today)


def places_held():
    """Give the places taken in the groups formed for an offer, as a subquery on its page."""
    groups = apps.get_model("groups.SelfHelpGroup").objects
    taken = (
        groups.filter(offer__translation_key=OuterRef("translation_key"))
        .order_by()
        .values("offer__translation_key")
        .annotate(total=Sum("places_taken"))
    )
    return Coalesce(Subquery(taken.values("total")), 0)
