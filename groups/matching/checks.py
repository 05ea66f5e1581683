"""Checks before a group is formed. Staff cannot overrule those that block it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linksite.intake.centre import centre_of
from network.models import Initiator, Training

from ..eligibility import named_pairs_among, pairs_among, younger_than
from ..models import GroupApplication, GroupOfferPage, SelfHelpGroup, Topic
from .ages import AgeSpan

#: One initiator can start a group; two do it better.
RECOMMENDED_INITIATORS = 2


@dataclass(frozen=True)
class Caution:
    """A warning about a group; a `key` that has changed means that it has to be seen again."""

    key: str
    text: str
    #: It cannot be overruled.
    forbids: bool = False


def about(
    group: SelfHelpGroup,
    chosen: list[GroupApplication],
    members: list[GroupApplication] = (),
    initiators: Iterable[Initiator] | None = (),
) -> list[Caution]:
    """Return the checks on asking `chosen` to join `members` in the group.

    Its initiators carry `leads` (see `with_leads`); None leaves them out.
    """
    together = [*members, *chosen]
    return list(
        chain(
            _pairs(together, chosen),
            _centres(group, chosen),
            _too_young(group, chosen),
            _wishes(group, chosen),
            _ages(together),
            _numbers(group, chosen, members),
            _unsaid(group),
            () if initiators is None else _initiators(group, list(initiators)),
        )
    )


def _pairs(together, chosen):
    """Name both, in an order that does not show who asked for it, and never why."""
    certain = {_sorted(pair) for pair in pairs_among(together) if set(pair) & set(chosen)}
    named = {_sorted(pair) for pair in named_pairs_among(together) if set(pair) & set(chosen)}
    for one, other in sorted(certain, key=str):
        text = _("%(one)s and %(other)s must not be in the same group. Take one of them out.")
        yield Caution(f"apart-{one.pk}-{other.pk}", text % _names(one, other), forbids=True)
    for one, other in sorted(named - certain, key=str):
        text = _(
            "%(one)s and %(other)s may need to be kept apart: a name we were given is similar "
            "to one of theirs. Ask before you propose both."
        )
        yield Caution(f"name-{one.pk}-{other.pk}", text % _names(one, other))


def _sorted(pair):
    return tuple(sorted(pair, key=lambda person: person.pk))


def _names(one, other):
    people = {"one": one, "other": other}
    return {key: f"{person.name} ({person.reference})" for key, person in people.items()}


def _centres(group, chosen):
    if any(person.site_id != group.site_id for person in chosen):
        yield Caution("centres", _("They signed up with different centres."), forbids=True)


def _too_young(group, chosen):
    minimum = centre_of(group.site).minimum_age
    bands = younger_than(minimum)
    young = [person.name for person in chosen if person.age_band in bands]
    if young:
        text = ngettext(
            "%(names)s is under %(age)d, the minimum age for groups at this centre. Take them out.",
            "%(names)s are under %(age)d, the minimum age for groups at this centre. Take them "
            "out.",
            len(young),
        )
        values = {"names": ", ".join(young), "age": minimum}
        yield Caution("young", text % values, forbids=True)


def _wishes(group, chosen):
    """Name people who asked for something else; leaving it open is no other wish."""
    offers = {group.offer_id}
    if group.offer:
        same = GroupOfferPage.objects.filter(translation_key=group.offer.translation_key)
        offers = set(same.values_list("pk", flat=True))
    others = [
        person
        for person in chosen
        if (person.offer_id and person.offer_id not in offers)
        or (person.area_id and group.area_id and person.area_id != group.area_id)
    ]
    if others:
        text = ngettext(
            "%(names)s asked for another offer or another area.",
            "These people asked for another offer or another area: %(names)s.",
            len(others),
        )
        key = "-".join(str(person.pk) for person in others)
        names = ", ".join(person.name for person in others)
        yield Caution(f"wishes-{key}", text % {"names": names})


def _unsaid(group):
    if not group.venue and not group.meets:
        text = _("Neither a venue nor a time is set: people will be asked without knowing either.")
        yield Caution("unsaid", text)


def _ages(together):
    ages = AgeSpan.of(person.age_band for person in together)
    if ages.is_wide:
        text = _("Ages %(years)s: the range may be more than fifteen years.")
        yield Caution(f"ages-{ages.years}", text % {"years": ages.years})


def _numbers(group, chosen, members):
    few = group.least - len(members) - len(chosen)
    if few > 0:
        text = ngettext(
            "One short of the minimum. You can form the group now and add people later.",
            "%(count)d short of the minimum. You can form the group now and add people later.",
            few,
        )
        yield Caution(f"few-{few}", text % {"count": few})
    late = chosen[group.places_left :]
    if late:
        text = ngettext(
            "One more than there are places for. %(names)s goes on the group's waiting list.",
            "%(count)d more than there are places for. %(names)s go on the group's waiting "
            "list, in that order.",
            len(late),
        )
        names = ", ".join(person.name for person in late)
        yield Caution(f"late-{len(late)}", text % {"count": len(late), "names": names})


def _initiators(group, initiators) -> Iterator[Caution]:
    if not initiators:
        yield Caution("nobody", _("No initiator. A group needs one, or preferably two."))
    elif len(initiators) < RECOMMENDED_INITIATORS:
        yield Caution("alone", _("Only one initiator. We recommend two together."))
    yield from on_open_themes(group, initiators)
    for initiator in initiators:
        yield from _initiator(initiator)


def on_open_themes(group: SelfHelpGroup, initiators: Iterable[Initiator]) -> Iterator[Caution]:
    """Yield a check for each initiator who would lead a group on their own open theme."""
    topics = topics_of(group)
    for initiator in initiators:
        if topics & {theme.pk for theme in initiator.open_themes.all()}:
            text = _("The group is about something %(name)s is going through themselves.")
            yield Caution(f"theme-{initiator.pk}", text % {"name": initiator.name})


def _initiator(initiator):
    name = {"name": initiator.name}
    if initiator.leads >= initiator.at_most:
        text = ngettext(
            "%(name)s already has %(leads)d of at most %(at_most)d group.",
            "%(name)s already has %(leads)d of at most %(at_most)d groups.",
            initiator.at_most,
        )
        values = {**name, "leads": initiator.leads, "at_most": initiator.at_most}
        yield Caution(f"busy-{initiator.pk}", text % values)
    if initiator.training != Training.TRAINED:
        text = _("%(name)s: %(training)s.")
        values = {**name, "training": initiator.get_training_display().lower()}
        yield Caution(f"training-{initiator.pk}", text % values)


def topics_of(group: SelfHelpGroup) -> set[int]:
    """Return the keys of all the topics of a group: its own, and those of its offer."""
    topics: set[Topic] = {group.topic, *(group.offer.topics if group.offer else [])}
    return {topic.pk for topic in topics if topic}
