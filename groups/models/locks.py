"""Groups are locked before their people, so that two transactions cannot deadlock."""

from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TypeVar

from django.apps import apps
from django.db import transaction

from .placements import HOLDING

People = TypeVar("People")


class _GivenAPlace(Exception):
    """One of them got a place in another group before they were locked."""


def after_their_groups(pks: Collection[int], lock_people: Callable[[], People]) -> People:
    """Return what `lock_people()` returns, after locking the groups they have places in.

    If one of them gets a place in another group in between, all locks are released and taken again.
    """
    while True:
        with suppress(_GivenAPlace), transaction.atomic():
            locked = set(_groups_of(pks).select_for_update(of=("self",)).order_by("pk"))
            people = lock_people()
            # Nobody can give them another place from here on.
            if not locked.issuperset(_groups_of(pks)):
                raise _GivenAPlace
            return people


def _groups_of(pks):
    groups = apps.get_model("groups.SelfHelpGroup").objects
    return groups.filter(placements__application__in=pks, placements__status__in=HOLDING)
