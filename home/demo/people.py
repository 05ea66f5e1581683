"""Makes up the people who sign up, the same ones in every demo."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import count, cycle
from random import Random

from django.utils import timezone

from linksite.intake.models import ContactBy, HeardFrom
from linksite.intake.references import ALPHABET, normalise
from linksite.intake.statuses import ClosingReason, Status

from .data import LANGUAGES, day, in_language, read

#: How many days ago somebody in a state may have signed up. A few new ones have waited too long.
SIGNED_UP = {
    Status.NEW: (0, 4),
    Status.CONTACTED: (3, 9),
    Status.CONVERSATION: (6, 16),
    Status.WAITING: (15, 48),
    Status.PLACED: (18, 62),
    ClosingReason.STARTED: (45, 118),
}
CLOSED_EARLIER = (25, 110)
#: How many days before a group was formed its people may have signed up.
BEFORE_A_GROUP = (14, 45)
#: One in so many gave no e-mail address.
WITHOUT_EMAIL = 11


class Crowd:
    """People to come, one after the other, drawn with `random`."""

    def __init__(self, random: Random):
        self.random = random
        self.numbers = count(1)
        data = read("queues")
        self.nominees = cycle(data["nominees"]["names"])
        self.contacts = cycle(data["nominees"]["contacts"])
        self.speaking = {p["language"]: (cycle(p["names"]), p["messages"]) for p in data["people"]}
        self.consent = {code: in_language(read("pages/signup"), code) for code in LANGUAGES}

    def applicant(self, state: str, language: str | None = None, until=None) -> dict:
        """Return the fields of somebody who asks for a group and is in `state` by `until`."""
        language = language or self.random.choices(LANGUAGES, (32, 6, 3))[0]
        names, messages = self.speaking[language]
        message = self.random.choice([*messages, "", ""])
        signup = self._signup(state, language, "group", until)
        return {**signup, "name": next(names), "message": message}

    def contact(self, state: str) -> dict:
        """Return the fields of somebody who signs up an organisation for the network."""
        message = self.random.choice(read("queues")["nominees"]["messages"])
        name = next(self.contacts)
        return {**self._signup(state, "nb", "network"), "name": name, "message": message}

    def nominated(self, people: int) -> Iterator[dict]:
        """Yield the fields of `people` nominated people."""
        for _ in range(people):
            role = self.random.choice(read("queues")["nominees"]["roles"])
            yield {"name": next(self.nominees), "role": role, **self._reach()}

    def _signup(self, state, language, queue, until=None):
        at = self._before(until) if until else self._signed_up(state)
        return {
            **self._reach(),
            "reference": normalise("".join(self.random.choices(ALPHABET, k=6))),
            "contact_by": self.random.choice(ContactBy.values),
            "leave_message": self.random.random() < 0.4,
            "heard_from": self.random.choice(HeardFrom.values),
            "language": language,
            "consent_text": self.consent[language][f"{queue}_consent"],
            "consented_at": at,
            "submitted_at": at,
            "last_step_at": at,
        }

    def _reach(self):
        # Obviously made up, yet valid for every check.
        number = next(self.numbers)
        email = f"person{number}@example.org" if number % WITHOUT_EMAIL else ""
        return {"email": email, "phone": f"+474000{number:04}"}

    def _signed_up(self, state):
        days = self.random.randint(*SIGNED_UP.get(state, CLOSED_EARLIER))
        at = self._some_time_on(day(-days))
        return min(at, timezone.now() - timedelta(minutes=self.random.randint(5, 90)))

    def _before(self, moment):
        days = timedelta(days=self.random.randint(*BEFORE_A_GROUP))
        return self._some_time_on((moment - days).date())

    def _some_time_on(self, date):
        clock = time(self.random.randint(7, 22), self.random.randint(0, 59))
        return timezone.make_aware(datetime.combine(date, clock))
