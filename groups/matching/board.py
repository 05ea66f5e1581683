"""What could start now: who waits in the pool, by offer, and by topic, area and evening.

It names nobody. The database adds up in a fixed number of queries, however large the pool is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import Count, F, Max, Q
from django.utils.http import urlencode
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from linksite.content.translations import once_each
from linksite.intake.permissions import may
from network.models import Initiator

from ..initiators import free_initiators
from ..models import LEAST, AgeBand, Area, Availability, GroupOfferPage, SelfHelpGroup, Topic
from .ages import AgeSpan
from .pool import ANY, SHORT_EVENINGS, figures, pool, said, unsaid

#: More rows than anybody reads; the best come first.
SHOWN = 50


@dataclass(frozen=True)
class People:
    """Figures about some of those who wait."""

    waiting: int
    ages: AgeSpan
    since: datetime
    #: How many of them are on the waiting list of a group that is forming.
    lined_up: int

    @property
    def waited(self) -> str:
        """How long the first of them has waited, in words."""
        return timesince(self.since, depth=1)

    @classmethod
    def of(cls, row: dict) -> "People":
        """Return the figures in one row of `pool.figures()`."""
        bands = [AgeBand(band) if band else None for band in (row["first"], row["last"])]
        return cls(
            waiting=row["waiting"],
            ages=AgeSpan(*bands, unknown=row["ageless"]),
            since=row["since"],
            lined_up=row["lined_up"],
        )


@dataclass(frozen=True)
class Evening:
    """How many could come one evening. People who have not said when are counted too."""

    when: Availability
    said: int
    unsaid: int
    query: str

    @property
    def short(self) -> str:
        return SHORT_EVENINGS[self.when]

    @property
    def could_come(self) -> int:
        """All who have not said that they cannot."""
        return self.said + self.unsaid

    @property
    def words(self) -> str:
        """The same in words, for people who do not see the table."""
        values = {"evening": self.when.label, "count": self.could_come, "unsaid": self.unsaid}
        if not self.unsaid:
            return _("%(evening)s: %(count)d could come") % values
        return _("%(evening)s: %(count)d could come, %(unsaid)d of whom have not answered") % values

    @property
    def is_enough(self) -> bool:
        return self.could_come >= LEAST


@dataclass(frozen=True)
class OfferRow:
    offer: GroupOfferPage
    people: People
    groups: list[SelfHelpGroup]
    #: How many initiators are free for it; None if the user may not see initiators.
    initiators: int | None

    @property
    def least(self) -> int:
        return self.offer.least

    @property
    def is_enough(self) -> bool:
        return self.people.waiting >= self.least

    @property
    def query(self) -> str:
        """The query string that lists these people."""
        return urlencode({"offer": self.offer.pk})


@dataclass(frozen=True)
class TopicRow:
    """A topic in an area; either may be None, for people who named none."""

    topic: Topic | None
    area: Area | None
    people: People
    evenings: list[Evening]
    #: How many others are open to any topic or any area.
    open_to_it: int
    initiators: int | None
    least = LEAST

    @property
    def is_enough(self) -> bool:
        """Whether enough people asked for exactly this."""
        return self.people.waiting >= self.least

    @property
    def best_evening(self) -> int:
        """How many could come on the evening that suits the most."""
        return max(evening.could_come for evening in self.evenings)

    @property
    def query(self) -> str:
        """The query string that lists these people."""
        return urlencode(_keys(self.topic, self.area))


@dataclass(frozen=True)
class Board:
    """The best rows, and how many more there are."""

    waiting: int
    offers: list[OfferRow]
    more_offers: int
    topics: list[TopicRow]
    more_topics: int


def board(user, *, topic: Topic | None = None, area: Area | None = None) -> Board:
    """Return what `user` may see of the pool, best first, narrowed down to a topic or an area."""
    free = _free_themes(user)
    offers, more_offers = _by_offer(user, free, topic, area)
    topics, more_topics = _by_topic(user, free, topic, area)
    return Board(pool(user).count(), offers, more_offers, topics, more_topics)


def _by_offer(user, free, topic, area):
    waiting = pool(user).exclude(offer=None)
    if topic:
        waiting = waiting.filter(offer__offer_topics__topic=topic)
    if area:
        waiting = waiting.filter(offer__area=area)
    # People who signed up in another language asked for the same group.
    waiting = waiting.values(key=F("offer__translation_key"))
    waiting = waiting.annotate(least=Max("offer__least"), **figures())
    best = sorted(waiting, key=lambda row: (row["waiting"] < row["least"], -row["waiting"]))
    return _offer_rows(best[:SHOWN], free), max(0, len(best) - SHOWN)


def _offer_rows(best, free):
    keys = [row["key"] for row in best]
    offers, groups = _offers(keys), _groups(keys)
    return [
        OfferRow(
            offer=offers[row["key"]],
            people=People.of(row),
            groups=groups.get(row["key"], []),
            initiators=_how_many(free, {topic.pk for topic in offers[row["key"]].topics}),
        )
        for row in best
    ]


def _offers(keys):
    pages = once_each(GroupOfferPage.objects.filter(translation_key__in=keys)).with_places()
    pages = pages.select_related("area").prefetch_related("offer_topics").defer_streamfields()
    return {page.translation_key: page for page in pages}


def _groups(keys):
    groups = {}
    filling = SelfHelpGroup.objects.filling().filter(offer__translation_key__in=keys)
    for group in filling.annotate(offer_key=F("offer__translation_key")).order_by("created_at"):
        groups.setdefault(group.offer_key, []).append(group)
    return groups


def _by_topic(user, free, topic, area):
    rows = list(_topic_figures(user, topic, area))
    topics, areas = _named(Topic, rows, "topics"), _named(Area, rows, "area")
    waiting = {(row["topics"], row["area"]): row["waiting"] for row in rows}
    rows = [
        _topic_row(row, topics.get(row["topics"]), areas.get(row["area"]), waiting, free)
        for row in rows
    ]
    rows.sort(key=attrgetter("people.since"))
    rows.sort(key=attrgetter("best_evening", "people.waiting"), reverse=True)
    return rows[:SHOWN], max(0, len(rows) - SHOWN)


def _topic_figures(user, topic, area):
    """Return the figures by topic and area, without people who asked only for an offer."""
    asked = Q(offer=None) | Q(topics__isnull=False)
    if topic:
        asked &= Q(topics=topic) | Q(topics=None)
    if area:
        asked &= Q(area=area) | Q(area=None)
    evenings = {when.value: Count("pk", filter=said(when)) for when in Availability}
    unsaid_of = Count("pk", filter=unsaid())
    # All about the topics in one condition, so that the database looks them up once.
    rows = pool(user).filter(asked).values("topics", "area")
    return rows.annotate(unsaid=unsaid_of, **figures(), **evenings)


def _named(model, rows, key):
    return model.objects.in_bulk({row[key] for row in rows if row[key]})


def _topic_row(row, topic, area, waiting, free):
    wider = {(topic and topic.pk, None), (None, area and area.pk), (None, None)}
    wider.discard((row["topics"], row["area"]))
    keys = _keys(topic, area)
    return TopicRow(
        topic=topic,
        area=area,
        people=People.of(row),
        evenings=[
            Evening(when, row[when], row["unsaid"], urlencode({**keys, "evening": when.value}))
            for when in Availability
        ],
        open_to_it=sum(waiting.get(key, 0) for key in wider),
        initiators=_how_many(free, {topic.pk} if topic else set()),
    )


def _keys(topic, area):
    return {"topic": topic.pk if topic else ANY, "area": area.pk if area else ANY}


def _free_themes(user) -> list[set[int]] | None:
    """Return the open themes of each free initiator; None if `user` may not see initiators."""
    if not may(user, "view", Initiator):
        return None
    free = free_initiators().prefetch_related("open_themes")
    return [{theme.pk for theme in initiator.open_themes.all()} for initiator in free]


def _how_many(free: list[set[int]] | None, topics: Iterable[int]) -> int | None:
    """Return how many of the `free` have none of `topics` as an open theme."""
    return None if free is None else sum(themes.isdisjoint(topics) for themes in free)
