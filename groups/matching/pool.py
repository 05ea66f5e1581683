"""The pool as the board and the page for choosing people read it: by topic, area and evening."""

from django.db.models import Count, Max, Min, Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import pgettext_lazy

from ..models import Availability, GroupApplication, Placement, PlacementStatus
from ..models.self_help_groups import FILLING

#: In an address: no topic or no area in particular.
ANY = "any"
#: Where there is little room for the labels of `Availability`.
SHORT_EVENINGS = {
    Availability.MONDAY: pgettext_lazy("short for an evening", "Mon"),
    Availability.TUESDAY: pgettext_lazy("short for an evening", "Tue"),
    Availability.WEDNESDAY: pgettext_lazy("short for an evening", "Wed"),
    Availability.THURSDAY: pgettext_lazy("short for an evening", "Thu"),
    Availability.FRIDAY: pgettext_lazy("short for an evening", "Fri"),
    Availability.DAYTIME: pgettext_lazy("short for weekdays before evening", "Day"),
    Availability.WEEKEND: pgettext_lazy("short for Saturday and Sunday", "Weekend"),
}


def pool(user):
    """Return the people who wait for a group and whom `user` may see, with `evenings` as text."""
    waiting = GroupApplication.objects.visible_to(user).in_pool().order_by()
    # A list in JSON reads the same as text in both databases.
    return waiting.annotate(evenings=Cast("availability", TextField()))


def said(evening: str) -> Q:
    """Return the condition that somebody in the pool said they could come then."""
    return Q(evenings__contains=f'"{evening}"')


def unsaid() -> Q:
    """Return the condition that somebody in the pool has not said when they could come."""
    return Q(evenings="[]")


def lined_up():
    """Return the placements on the waiting lists of groups that still take people."""
    return Placement.objects.filter(status=PlacementStatus.WAITING, group__status__in=FILLING)


def figures() -> dict:
    """Return the aggregates for some of the pool; bands sort as text just as they do by age."""
    return {
        "waiting": Count("pk"),
        "first": Min("age_band", filter=Q(age_band__gt="")),
        "last": Max("age_band"),
        "ageless": Count("pk", filter=Q(age_band="")),
        "since": Min("submitted_at"),
        "lined_up": Count("pk", filter=Q(pk__in=lined_up().values("application"))),
    }
