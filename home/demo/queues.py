"""Fills the demo's two queues: some hundred people, the latest an hour ago."""

from datetime import datetime
from itertools import cycle

from django.utils import timezone
from wagtail.models import Site

from groups import eligibility
from groups.models import AgeBand, Area, Availability, GroupApplication, GroupOfferPage, OfferKind
from linksite.intake import actions
from linksite.intake.models import HeardFrom
from linksite.intake.statuses import Status
from network.models import Cooperation, NetworkApplication, Nominee, Organisation

from .case_work import CaseWork
from .conversations import GroupCaseWork
from .data import day, linked, read
from .people import Crowd

#: Groups that begin earlier meet in the daytime.
ADULTS = [band.value for band in AgeBand if band.youngest >= 18]
#: In how many days staff follow up, in turn. Some of these days have passed, so that the queue has
#: something to remind of. A few have none.
FOLLOW_UPS = [0, 6, 3, -1, 9, 0, 12, None, 2, 5, -3, 7]


class Queue:
    """What the signups of both queues have in common."""

    def __init__(self, site: Site, made: dict[str, int], staff: dict, crowd: Crowd):
        self.site = site
        self.made = made
        self.staff = staff
        self.crowd = crowd
        self.random = crowd.random
        self.follow_ups = cycle(FOLLOW_UPS)

    def rows(self, kind: str) -> list[dict]:
        """Return the rows of one of the queues in `data/queues.toml`."""
        return linked(read("queues")[kind], self.made)

    def follow_up(self, work: CaseWork) -> None:
        """Set when somebody who has been in touch hears from the centre again."""
        days = next(self.follow_ups)
        on = None if days is None else day(days)
        moment = max(work.hours.on_the_day_of(work.moment), work.moment)
        work.change(moment, actions.set_follow_up, on)


class GroupQueue(Queue):
    def load(self) -> None:
        """Fill the queue with those who are in no group yet."""
        for row in self.rows("group"):
            people = [self.sign_up(state, row) for state in row["states"]]
            if row.get("kept_apart"):
                eligibility.keep_apart(*people[:2])

    def sign_up(self, state: str, row: dict, until: datetime | None = None) -> GroupApplication:
        """Return a new applicant who is in `state`, at the latest by `until`."""
        work = self._received(state, row, until)
        work.go(state, until or timezone.now())
        if until:
            # A group takes over: nobody has to call.
            work.change(work.moment, actions.set_follow_up, None)
        elif work.application.is_open and state != Status.NEW:
            self.follow_up(work)
        return work.application

    def _received(self, state, row, until):
        offer = GroupOfferPage.objects.filter(pk=row.get("offer")).first()
        staff = self.staff["gruppe"]
        application = GroupApplication(
            site=self.site,
            offer=offer,
            area=self._area(row, offer),
            age_band=self.random.choice(row.get("ages", ADULTS)),
            availability=self._evenings(row, offer),
            consent_heard_by=staff if row.get("by_phone") else None,
            **{
                **self.crowd.applicant(state, row.get("language"), until),
                **self._heard(offer),
                **row.get("fields", {}),
            },
        )
        topics = offer.topics if offer else row.get("topics", [])
        work = GroupCaseWork(application, staff, self.random)
        work.receive(
            notify="" if row.get("by_phone") else "grupper@example.org",
            user=application.consent_heard_by,
            save_related=lambda application: application.topics.set(topics),
        )
        return work

    def _area(self, row, offer):
        if offer and offer.area:
            return offer.area
        found = Area.objects.filter(pk=row.get("area")).first()
        return found or self.random.choice(Area.objects.all())

    def _evenings(self, row, offer):
        evening = row.get("evening") or self._evening_of(offer)
        others = [choice for choice in Availability.values if choice != evening]
        return sorted([evening, self.random.choice(others)], key=Availability.values.index)

    def _evening_of(self, offer):
        if offer is None or offer.weekday is None:
            return self.random.choice(Availability.values)
        weekdays = [*Availability.values[:5], "weekend", "weekend"]
        return (
            "daytime" if offer.starts_at and offer.starts_at.hour < 15 else weekdays[offer.weekday]
        )

    def _heard(self, offer):
        came = offer and offer.kind == OfferKind.AFTER_COURSE
        return {"heard_from": HeardFrom.COURSE} if came else {}


class NetworkQueue(Queue):
    """Organisations and people who want to join the network."""

    def load(self) -> None:
        for row in self.rows("network"):
            self._sign_up(row["state"], row)

    def _sign_up(self, state, row):
        application = NetworkApplication(
            site=self.site,
            meeting_id=row.get("meeting"),
            **self._organisation(row),
            **self.crowd.contact(state),
        )
        people = [
            Nominee(application=application, **one) for one in self.crowd.nominated(row["people"])
        ]
        work = CaseWork(application, self.staff["nettverk"], self.random)
        work.receive(
            notify="nettverk@example.org",
            save_related=lambda application: Nominee.objects.bulk_create(people),
        )
        work.go(state, timezone.now())
        if work.application.is_open and state != Status.NEW:
            self.follow_up(work)

    def _organisation(self, row):
        if "partner" not in row:
            cooperation = [Cooperation.INFORMATION]
            kind = {"organisation_kind": row["kind"], "cooperation": cooperation}
            return {"organisation": row["organisation"], **kind}
        partner = Organisation.objects.get(pk=self.made[f"organisation:{row['partner']}"])
        return {
            "partner": partner,
            "organisation": partner.name,
            "organisation_number": partner.number,
            "organisation_kind": partner.kind,
            "cooperation": partner.cooperation or [Cooperation.GUIDANCE],
        }
