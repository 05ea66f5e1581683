"""Candidates for a group: people who asked for it, and people it may suit."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from linksite.intake.listing.columns import waiting

from ..models import OUT, GroupApplication, Placement, PlacementStatus
from .ages import AgeSpan
from .criteria import Wanted
from .pool import SHORT_EVENINGS, pool

#: More people than anybody reads through; the board's cells narrow them down.
SHOWN = 100
#: Very many may share an institution's phone: this many are compared, and this many named.
COMPARED, TWINS = 1000, 3


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be chosen, and what to know first."""

    person: GroupApplication
    flags: list[str]

    @property
    def evenings(self) -> str:
        """When they could come, in short; empty when they have not said."""
        return ", ".join(
            str(label) for when, label in SHORT_EVENINGS.items() if when in self.person.availability
        )

    @property
    def waited(self) -> str:
        return waiting(self.person)


@dataclass(frozen=True)
class Candidates:
    """People to choose from, each list with those who have waited longest first."""

    chosen: list[Candidate]
    fitting: list[Candidate]
    others: list[Candidate]
    #: There are more than are shown.
    has_more: bool

    @property
    def people(self) -> list[GroupApplication]:
        """The applications of those chosen, in the order in which they are asked."""
        return [candidate.person for candidate in self.chosen]

    @property
    def ages(self) -> AgeSpan:
        return AgeSpan.of(person.age_band for person in self.people)


def candidates(user, wanted: Wanted, chosen: list[int], group=None) -> Candidates:
    """Return the people whom `user` may choose among, with what matters about each.

    `chosen` are the keys of those ticked; people who have left the pool meanwhile are dropped.
    """
    free = pool(user)
    fitting = _keys(free.filter(wanted.exactly()))
    others = [key for key in _keys(free.filter(wanted.loosely())) if key not in fitting]
    has_more = len(fitting) + len(others) > SHOWN
    fitting, others = fitting[:SHOWN], others[: max(0, SHOWN - len(fitting))]
    people = _described(free.filter(pk__in=[*chosen, *fitting, *others]))
    twins = _twins(user, people)
    described = {
        person.pk: Candidate(person, _flags(person, twins[person.pk], wanted, group))
        for person in people
    }
    return Candidates(
        chosen=[described[pk] for pk in described if pk in chosen],
        fitting=[described[pk] for pk in fitting if pk not in chosen and pk in described],
        others=[described[pk] for pk in others if pk not in chosen and pk in described],
        has_more=has_more,
    )


def _keys(people):
    """Return the keys of the first of them, each once, however many of their topics match."""
    first = people.distinct().longest_first().values_list("pk", "submitted_at")
    return [pk for pk, _when in first[: SHOWN + 1]]


def _described(people):
    placements = Prefetch("placements", Placement.objects.select_related("group"))
    people = people.select_related("offer", "area", "site")
    return people.prefetch_related("topics", placements).longest_first()


def _twins(user, people):
    """Return, by key, the references of open applications with a person's e-mail or phone."""
    visible = GroupApplication.objects.visible_to(user).open().alias(address=Lower("email"))
    visible = visible.only("reference", "email", "phone")
    emails = {person.email.lower() for person in people if person.email}
    phones = {person.phone for person in people if person.phone}
    same = [*visible.filter(address__in=emails).order_by("pk")[:COMPARED]]
    same += visible.filter(phone__in=phones).order_by("pk")[:COMPARED]
    references = defaultdict(dict)
    for other in same:
        references[other.email.lower()][other.reference] = None
        references[other.phone][other.reference] = None
    return {person.pk: _others(person, references) for person in people}


def _others(person, references):
    """Return the references other than the person's own that share a contact detail."""
    details = [detail for detail in (person.email.lower(), person.phone) if detail]
    found = {reference: None for detail in details for reference in references[detail]}
    return [reference for reference in found if reference != person.reference]


def _flags(person, twins, wanted, group):
    """Return what to know about somebody before they are asked."""
    flags = []
    if twins:
        same = {"references": ", ".join(twins[:TWINS])}
        flags.append(_("Same email or phone as %(references)s") % same)
    if person.on_waiting_list:
        flags.append(_("On the waiting list for the offer"))
    if person.offer and not (wanted.offer and _is_same(person.offer, wanted.offer)):
        flags.append(_("Asked for %(offer)s") % {"offer": person.offer.title})
    if not person.email:
        flags.append(_("No email: call"))
    return [*flags, *_placement_flags(person, group)]


def _is_same(offer, other):
    return offer.translation_key == other.translation_key


def _placement_flags(person, group):
    for placement in person.placements.all():
        name = {"group": placement.group.name}
        if placement.status == PlacementStatus.WAITING and placement.group.is_filling:
            yield _("On the waiting list for %(group)s") % name
        elif group and placement.group_id == group.pk and placement.status in OUT:
            yield _("Had a place in this group, but gave it up or did not answer")
        elif placement.status == PlacementStatus.DECLINED:
            yield _("Declined a place in another group")
