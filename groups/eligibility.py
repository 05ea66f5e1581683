"""People who must not be in the same group: relatives, colleagues, former partners.

Nobody is told, and no reason is kept anywhere.
"""

from collections.abc import Iterable
from itertools import combinations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linksite.intake.centre import centre_of
from linksite.text import fold

from .models import HOLDING, AgeBand, GroupApplication, KeepApart


def younger_than(minimum: int) -> list[str]:
    """Return the bands that begin below `minimum` years."""
    return [band.value for band in AgeBand if band.youngest < minimum]


def too_young(applications: Iterable[GroupApplication]) -> dict[int, str]:
    """Return the refusals, by key, of people younger than their centre's minimum age."""
    applications = list(applications)
    sites = {application.site for application in applications}
    minimum = {site: centre_of(site).minimum_age for site in sites}
    text = _("Groups at this centre are for people aged %(age)d and over.")
    return {
        application.pk: text % {"age": minimum[application.site]}
        for application in applications
        if application.age_band in younger_than(minimum[application.site])
    }


def keep_apart(one: GroupApplication, other: GroupApplication) -> None:
    first, second = sorted([one.pk, other.pk])
    KeepApart.objects.get_or_create(one_id=first, other_id=second)


def let_meet(one: GroupApplication, other: GroupApplication) -> None:
    first, second = sorted([one.pk, other.pk])
    KeepApart.objects.filter(one=first, other=second).delete()


def kept_apart_from(application: GroupApplication) -> set[int]:
    """Return the keys of the people whom somebody must not meet."""
    pairs = KeepApart.objects.filter(Q(one=application) | Q(other=application))
    return {pk for pair in pairs.values_list("one_id", "other_id") for pk in pair} - {
        application.pk
    }


def met_by(application: GroupApplication) -> QuerySet[GroupApplication]:
    """Return the people whom somebody must not meet but who have a place in the same group."""
    groups = application.placements.holding().values("group")
    others = GroupApplication.objects.filter(pk__in=kept_apart_from(application))
    return others.filter(placements__group__in=groups, placements__status__in=HOLDING).distinct()


def pass_on(one: GroupApplication, other: GroupApplication) -> None:
    """Keep `other`, which is locked, apart from everybody that `one` is kept apart from."""
    for pk in kept_apart_from(one) - {other.pk}:
        keep_apart(other, GroupApplication(pk=pk))
    names = [*other.keep_apart_from.splitlines(), *one.keep_apart_from.splitlines()]
    other.keep_apart_from = "\n".join(dict.fromkeys(names))


def pairs_among(applications: Iterable[GroupApplication]) -> list[tuple]:
    """Return the pairs among `applications` that are kept apart for certain."""
    by_pk = {application.pk: application for application in applications}
    pairs = KeepApart.objects.filter(one__in=by_pk, other__in=by_pk)
    return [(by_pk[one], by_pk[other]) for one, other in pairs.values_list("one_id", "other_id")]


def named_pairs_among(applications: Iterable[GroupApplication]) -> list[tuple]:
    """Return the pairs where one has named somebody called as the other: staff have to ask."""
    pairs = combinations(applications, 2)
    return [(one, other) for one, other in pairs if _names(one, other) or _names(other, one)]


def may_meet(application: GroupApplication, members: Iterable[GroupApplication]) -> bool:
    """Return whether somebody can be proposed for a group with `members` without staff asking."""
    members = list(members)
    apart = kept_apart_from(application)
    return not any(member.pk in apart for member in members) and not any(
        _names(application, member) or _names(member, application) for member in members
    )


def _names(application, other):
    """Return whether all words of a name that `application` gave are in the name of `other`."""
    words = set(fold(other.name).split())
    lines = (fold(line).split() for line in application.keep_apart_from.splitlines())
    return any(line and words.issuperset(line) for line in lines)
