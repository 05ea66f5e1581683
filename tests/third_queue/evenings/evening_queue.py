"""The one class that says what this queue does beyond what all do."""

from linksite.intake.my_day import QueueFigures, Section
from linksite.intake.permissions import may
from linksite.intake.queue import Queue, Way
from linksite.intake.statuses import ClosingReason, Status

from .filters import EveningFilters
from .models import EveningApplication


class EveningQueue(Queue):
    model = EveningApplication
    listing = "evening_applications:index"
    statuses = (Status.NEW, Status.CONTACTED, Status.CLOSED)
    closing_reasons = (ClosingReason.WITHDREW, ClosingReason.DUPLICATE)
    way = Way(
        interest="evening",
        choice="I would like to come to an evening",
        explanation="An evening about self-help.",
        form="tests.third_queue.evenings.form.EveningForm",
        consent="group_consent",
        next_steps="group_next",
        notify="notify_groups",
    )

    def refusals(self, applications, status):
        late = [one for one in applications if status == Status.CLOSED and one.town == "Bodø"]
        return {one.pk: "Nobody from Bodø is closed." for one in late}

    def status_changed(self, application, old, user):
        application.notes.create(text=f"from {old}", author=user)

    def confidential_terms(self):
        return ["Informasjonskveld"]

    def dimensions(self, application):
        return {"area": [application.town]}

    def my_day(self, user):
        if not may(user, "view", EveningApplication):
            return []
        queue = QueueFigures(EveningFilters, user)
        return [Section("Evenings", queue.url, "date", queue.common())]
