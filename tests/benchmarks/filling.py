"""A centre that received many applications over some years, everything else in proportion."""

from datetime import timedelta
from itertools import islice

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone
from wagtail.models import Site

from groups.models import (
    AgeBand,
    Area,
    Availability,
    GroupApplication,
    GroupMeeting,
    GroupOfferPage,
    GroupStatus,
    MeetingKind,
    Placement,
    PlacementStatus,
    SelfHelpGroup,
    Topic,
)
from linksite.intake.models import HeardFrom, Tally
from linksite.intake.statuses import ClosingReason, Status
from linksite.intake.tally import Event

#: Of twenty: one of each open status, the rest closed. So 5 % wait in the pool and 30 % are open,
#: far more than in a centre of several years.
OPEN = [status for status in Status if status != Status.CLOSED]
CYCLE = 20
#: All sign up within the same years for every size, so that only the number differs.
YEARS = timedelta(days=3 * 365)
#: Every so many applications share an e-mail address.
SAME_ADDRESS = 50
#: One group, of so many members and mostly ended, for so many applications.
GROUP_EVERY, MEMBERS = 40, 6
#: Meetings of each group that has started, a week apart; those in the past were held.
MEETINGS, WEEK = [3, 4, 5], timedelta(weeks=1)
BATCH = 2000
ADULTS = [band.value for band in AgeBand if band.youngest >= 18]


class Filling:
    """Fills the group queue, besides what is there."""

    def __init__(self, size: int):
        self.size = size
        self.now, self.site = timezone.now(), Site.objects.first()
        self.topics, self.areas = list(Topic.objects.all()), list(Area.objects.all())
        self.offers = list(GroupOfferPage.objects.filter(locale__language_code="nb"))
        self.staff = list(get_user_model().objects.all()[:5])

    def fill(self) -> None:
        """Add applications with their topics, groups with their places, and figures."""
        for batch in _batches(self._application(n) for n in range(self.size)):
            made = GroupApplication.objects.bulk_create(batch)
            self._give_topics(made)
        self._form_groups()
        Tally.objects.bulk_create(self._tallies(), batch_size=BATCH)
        if connection.vendor == "postgresql":
            # As its autovacuum would within a minute: no centre gets so many at once.
            connection.cursor().execute("VACUUM ANALYZE")

    def _application(self, n):
        turn = n % CYCLE
        status = OPEN[turn] if turn < len(OPEN) else Status.CLOSED
        at = self._ago(n, self.size)
        return GroupApplication(
            site=self.site,
            # In order, since random ones collide at a hundred thousand; with digits that none has.
            reference=f"0{n:06}",
            name=f"Deltaker {n}",
            email=f"deltaker{n - n % SAME_ADDRESS % 2}@example.org",
            phone=f"+4741{n:06}",
            language=["nb", "nb", "nn", "en"][n % 4],
            heard_from=_one(HeardFrom.values, n),
            consent_text="Ja",
            consented_at=at,
            submitted_at=at,
            last_step_at=min(at + timedelta(days=n % 20), self.now),
            status=status,
            **self._wish(n),
            **(self._closed(n) if status == Status.CLOSED else self._worked(n)),
        )

    def _wish(self, n):
        return {
            "offer": _one(self.offers, n) if n % 3 else None,
            "area": _one(self.areas, n // 3),
            "age_band": _one(ADULTS, n // 7),
            "availability": [_one(Availability.values, n), _one(Availability.values, n + 3)],
        }

    def _closed(self, n):
        reason = ClosingReason.STARTED if n % 2 else ClosingReason.WITHDREW
        return {"closed_at": self.now, "closing_reason": reason}

    def _worked(self, n):
        day = timezone.localdate() + timedelta(days=n % 60 - 10)
        return {
            "assigned_to": _one(self.staff, n) if n % 3 else None,
            "follow_up_on": day if n % 4 else None,
        }

    def _give_topics(self, applications):
        through = GroupApplication.topics.through
        through.objects.bulk_create(
            through(groupapplication_id=one.pk, topic_id=_one(self.topics, one.pk + more).pk)
            for one in applications
            for more in range(1 + one.pk % 2)
        )

    def _form_groups(self):
        numbers = range(self.size // GROUP_EVERY)
        groups = SelfHelpGroup.objects.bulk_create([self._group(n) for n in numbers], BATCH)
        GroupMeeting.objects.bulk_create(self._meetings(groups), BATCH)
        started = self._people(Status.CLOSED)
        held = self._people(Status.PLACED)
        for group in groups:
            forming = group.status == GroupStatus.FORMING
            people, status = (
                (held, PlacementStatus.ACCEPTED) if forming else (started, PlacementStatus.STARTED)
            )
            Placement.objects.bulk_create(
                Placement(group=group, application_id=pk, status=status)
                for pk in islice(people, MEMBERS)
            )

    def _meetings(self, groups):
        for n, group in enumerate(groups):
            for week in range(_one(MEETINGS, n) if group.started_at else 0):
                at = group.started_at + week * WEEK
                kind = MeetingKind.SUPPORTED if week else MeetingKind.START_UP
                if at < self.now:
                    yield GroupMeeting(group=group, kind=kind, at=at, held=True)
                elif group.status == GroupStatus.STARTED:
                    yield GroupMeeting(group=group, kind=kind, at=at)

    def _people(self, status):
        made = GroupApplication.objects.filter(status=status, reference__startswith="0")
        return made.order_by("pk").values_list("pk", flat=True).iterator()

    def _group(self, n):
        # One of twenty is forming, one has started: the rest have ended.
        status = {0: GroupStatus.FORMING, 1: GroupStatus.STARTED}.get(n % 20, GroupStatus.ENDED)
        at = self._ago(n, self.size // GROUP_EVERY)
        return SelfHelpGroup(
            site=self.site,
            name=f"Gruppe {n}",
            topic=_one(self.topics, n),
            area=_one(self.areas, n),
            status=status,
            places_taken=MEMBERS,
            created_at=at,
            start_up_at=at,
            started_at=None if status == GroupStatus.FORMING else at,
            on_its_own_at=at if status == GroupStatus.ENDED else None,
            ended_at=at if status == GroupStatus.ENDED else None,
        )

    def _ago(self, n, of):
        """Return the time of the `n`th latest of `of`, spread evenly."""
        return self.now - YEARS * n / of

    def _tallies(self):
        """Yield the counts of the new applications, merged as `tend` does each night."""
        months = sorted({self._ago(n, 100).date().replace(day=1) for n in range(100)})
        count = max(1, self.size // len(months))
        for month in months:
            for event in list(Event)[:8]:
                for dimension, value in self._told():
                    yield Tally(
                        month=month,
                        queue="groupapplication",
                        event=event,
                        dimension=dimension,
                        value=value,
                        count=count if not dimension else max(1, count // 10),
                    )

    def _told(self):
        yield ("", "")
        yield from (("source", value) for value in HeardFrom.values)
        yield from (("topic", topic.slug) for topic in self.topics)
        yield from (("area", area.slug) for area in self.areas)
        yield from (("days", str(days)) for days in range(90))


def _one(things, n):
    return things[n % len(things)]


def _batches(things):
    things = iter(things)
    while batch := list(islice(things, BATCH)):
        yield batch
