"""Forms the demo's groups and lets them live, as staff and members would."""

from datetime import datetime, timedelta

from django.utils import timezone

from groups import retention
from groups.actions import lifecycle, meetings, places, preparation
from groups.models import GroupOfferPage, GroupSettings, Placement, PlacementStatus, SelfHelpGroup
from linksite.intake.actions import set_follow_up
from linksite.intake.statuses import Status

from . import clock, post
from .data import day, in_language, linked, read
from .queues import GroupQueue

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = 7 * DAY
#: What somebody answers when a place is proposed; no actions for no answer.
SAYING = {
    "agrees": [places.accept],
    "accepts": [places.accept],
    "declines": [places.decline],
    "withdraws": [places.decline, places.stop_waiting],
}
#: What a row says of the group itself.
FIELDS = ["name", "venue", "meets", "most"]
#: The answer of those who come to the first meeting.
AGREES = "agrees"


def load_groups(queue: GroupQueue, initiators: dict) -> None:
    """Make each group, the oldest first."""
    for story in linked(in_language(read("groups")["group"], "nb"), queue.made):
        Story(queue, initiators, story).tell()


class Story:
    """One group, by a row of `data/groups.toml`; days are counted back from today."""

    def __init__(self, queue: GroupQueue, initiators: dict, row: dict):
        self.queue = queue
        self.row = row
        self.worker = queue.staff["gruppe"]
        self.initiators = [initiators[name] for name in row["initiators"]]
        self.hours = clock.OfficeHours(queue.random)
        self.formed = self._days_ago(row["formed"])
        self.group = None

    def tell(self) -> None:
        """Do everything that happens to the group of the row."""
        self._form()
        self._answer()
        if "start_up" in self.row:
            self._agree()
        # Nobody's time to answer begins before the mail has left.
        post.deliver()
        with clock.at(self._later(6)):
            places.expire_lapsed()
        if "lasts" in self.row:
            self._start()
        if "hand_over" in self.row:
            self._hand_over()
        if "end" in self.row:
            self._change(self._days_ago(self.row["end"]), lifecycle.end)
        self._backdate()

    def _form(self):
        offer = GroupOfferPage.objects.filter(pk=self.row.get("offer")).first()
        people = [self._person(number) for number in range(len(self.row["people"]))]
        group = SelfHelpGroup(
            site=self.queue.site,
            offer=offer,
            topic_id=self._topic(offer),
            area_id=offer.area_id if offer else self.row["area"],
            created_at=self.formed,
            **{field: self.row[field] for field in FIELDS if field in self.row},
        )
        with clock.at(self.formed):
            self.group = lifecycle.form(group, people, self.initiators, user=self.worker)
        self.people = people

    def _topic(self, offer):
        topics = [topic.pk for topic in offer.topics] if offer else self.row["topics"]
        return topics[0] if topics else None

    def _person(self, number):
        ready = self.formed - DAY * (1 + number % 3)
        return self.queue.sign_up(Status.WAITING, self.row, until=ready)

    def _answer(self):
        """Let people answer a day or two after they were asked."""
        for number, (person, says) in enumerate(zip(self.people, self.row["people"], strict=True)):
            with clock.at(self._later(1 + number % 2)):
                self._say(person, SAYING.get(says, []))

    def _say(self, person, verbs):
        for verb in verbs:
            verb(self._placement(person), user=self._noted_by(person))
        if verbs:
            self._note_call(person)

    def _note_call(self, person):
        """Take back the call set for somebody without an e-mail address, as if made."""
        person.refresh_from_db()
        if not person.email and person.is_open:
            set_follow_up(person, None, user=self.worker, version=person.version)

    def _agree(self):
        """Ask whether the start-up time suits, and let people answer."""
        at = self.row["start_up"]
        self._change(self._later(3), preparation.propose_start_up, at)
        for number, (person, says) in enumerate(zip(self.people, self.row["people"], strict=True)):
            if says == AGREES:
                with clock.at(self._later(4 + number % 2)):
                    placement = self._placement(person)
                    preparation.answer_start_up(placement, True, user=self._noted_by(person))
                    self._note_call(person)

    def _start(self):
        accepted = self.group.placements.filter(status=PlacementStatus.ACCEPTED)
        at = self.row["start_up"] + 2 * HOUR
        self._change(at, lifecycle.start, list(accepted), supported=self.row["lasts"])
        # The latest meeting is still to be noted.
        for meeting in self.group.meetings.filter(held=None, at__lt=timezone.now() - WEEK):
            self._change(meeting.at + DAY, self._note_held, meeting)

    def _note_held(self, group, meeting, **seen):
        return meetings.note(meeting, True, **seen).group

    def _hand_over(self):
        at = self._days_ago(self.row["hand_over"])
        self._change(at, lifecycle.hand_over)
        days = GroupSettings.for_site(self.queue.site).delete_names_after_days
        with clock.at(min(at + DAY * (days + 1), timezone.now())):
            retention.delete_names_due()

    def _noted_by(self, person):
        """Return who notes somebody's answer: nobody, if the person can answer by mail."""
        return None if person.email else self.worker

    def _change(self, moment, action, *args, **options):
        self.group.refresh_from_db()
        options |= {"user": self.worker, "version": self.group.version}
        with clock.at(moment):
            self.group = action(self.group, *args, **options)

    def _placement(self, person):
        return Placement.objects.get(group=self.group, application=person)

    def _backdate(self):
        """Make places as old as the group: Django's own timestamps do not follow the clock."""
        self.group.placements.exclude(proposed_at=None).update(created_at=self.formed)

    def _days_ago(self, days) -> datetime:
        noon = timezone.make_aware(datetime.combine(day(-days), datetime.min.time())) + 12 * HOUR
        return self.hours.on_the_day_of(noon)

    def _later(self, days) -> datetime:
        return self.hours.on_the_day_of(self.formed + DAY * days)
