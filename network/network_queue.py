"""The queue of people and organisations who want to join the network for initiators."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linksite.intake.queue import Queue, Way
from linksite.intake.statuses import ClosingReason, Status

from . import my_day
from .models import NetworkApplication


class NetworkQueue(Queue[NetworkApplication]):
    model = NetworkApplication
    listing = "network_applications:index"
    #: A subset of the way: nobody waits for a group here.
    statuses = (
        Status.NEW,
        Status.CONTACTED,
        Status.CONVERSATION,
        Status.PLACED,
        Status.CLOSED,
    )
    closing_reasons = (
        ClosingReason.STARTED,
        ClosingReason.WITHDREW,
        ClosingReason.NOT_REACHED,
        ClosingReason.NOT_FOR_US,
        ClosingReason.DUPLICATE,
    )
    protected = ("meeting", "partner")
    way = Way(
        interest="network",
        choice=_("I start groups, or represent an organisation"),
        explanation=_(
            "For initiators, contact points and partners. You can sign up several people at once."
        ),
        form="home.signup.forms.network.NetworkForm",
        consent="network_consent",
        next_steps="network_next",
        notify="notify_network",
    )

    def dimensions(self, application: NetworkApplication) -> dict[str, list[str]]:
        return {"partner": [application.partner.name if application.partner else ""]}

    def my_day(self, user: Any) -> list:
        return [*filter(None, [my_day.section(user)])]
