"""Fills the demo's two queues: some sixty people, from the one who signed up an hour ago on."""

from itertools import accumulate
from random import Random

from django.utils import timezone
from wagtail.models import Site

from groups.models import AgeBand, Area, Availability, GroupApplication, GroupOfferPage, OfferKind
from linksite.intake import actions
from linksite.intake.models import HeardFrom
from linksite.intake.statuses import ClosingReason, Status
from network.models import Cooperation, NetworkApplication, Nominee, Organisation

from .case_work import CaseWork, way_to
from .data import day, linked, read
from .people import Crowd

#: Any number: it makes the demo the same every time.
SEED = 14
ADULTS = [band for band in AgeBand if band.youngest >= 18]


class Queues:
    """The signups of the demo centre and what its staff have done with them."""

    def __init__(self, site: Site, made: dict[str, int], staff: dict):
        self.site = site
        self.made = made
        self.staff = staff
        self.random = Random(SEED)  # noqa: S311
        self.crowd = Crowd(self.random)

    def load(self) -> None:
        """Fill both queues."""
        for row in linked(read("queues")["group"], self.made):
            for state in row["states"]:
                self._group(state, row)
        for row in linked(read("queues")["network"], self.made):
            self._network(row["state"], row)

    # Signing up

    def _group(self, state, row):
        offer = GroupOfferPage.objects.filter(pk=row.get("offer")).first()
        application = GroupApplication.objects.create(
            site=self.site,
            offer=offer,
            on_waiting_list=row.get("on_waiting_list", False),
            area=(offer and offer.area) or self.random.choice(Area.objects.all()),
            age_band=self.random.choice(ADULTS),
            availability=self.random.sample(Availability.values, 2),
            **{**self.crowd.applicant(state, row.get("language")), **self._heard(offer)},
        )
        application.topics.set(offer.topics if offer else [])
        self._work(application, state, self.staff["gruppe"])

    def _heard(self, offer):
        came = offer and offer.kind == OfferKind.AFTER_COURSE
        return {"heard_from": HeardFrom.COURSE} if came else {}

    def _network(self, state, row):
        application = NetworkApplication.objects.create(
            site=self.site,
            meeting_id=row.get("meeting"),
            **self._organisation(row),
            **self.crowd.contact(state),
        )
        people = self.crowd.nominated(row["people"])
        Nominee.objects.bulk_create(Nominee(application=application, **one) for one in people)
        self._work(application, state, self.staff["nettverk"])

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

    # What staff do then

    def _work(self, application, state, worker):
        work = CaseWork(application, worker)
        way = way_to(state, application)
        if way:
            self._take_on(work, way, state)
        work.backdate()

    def _take_on(self, work, way, state):
        moments = self._moments(work.application.submitted_at, len(way))
        work.open(moments[0])
        if self.random.random() < 0.85:
            work.change(moments[0], actions.assign, work.worker)
        for at, status in zip(moments, way, strict=True):
            self._step(work, at, status, state)
        if work.application.is_open and self.random.random() < 0.7:
            self._follow_up(work, moments[-1])

    def _step(self, work, at, status, state):
        if self.random.random() < 0.5:
            work.note(at, self.random.choice(read("queues")["notes"][status]))
        reason = state if status == Status.CLOSED and state in ClosingReason else ""
        work.change(at, actions.change_status, status, reason=reason)

    def _follow_up(self, work, at):
        # Some of these days are over: that is what the queue reminds of.
        work.change(at, actions.set_follow_up, day(self.random.randint(-4, 10)))

    def _moments(self, start, steps):
        """Give a moment for each step, spread over the time since somebody signed up."""
        span = (timezone.now() - start) / (steps + 1)
        early = self.random.uniform(0.4, 0.9)
        spread = [self._at_work(start + span * (step + early)) for step in range(steps)]
        return list(accumulate(spread, max, initial=start))[1:]

    def _at_work(self, moment):
        """Give a moment in office hours of the same day, or now if that is still to come."""
        hour, minute = self.random.randint(9, 14), self.random.randint(0, 59)
        return min(timezone.localtime(moment).replace(hour=hour, minute=minute), timezone.now())
