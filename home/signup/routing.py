"""What somebody asks for decides the queue their signup lands in.

Plain data. A new queue is a model (an app of its own on `linksite.intake`), a form (a subclass of
`home.forms.SignupForm`), texts on `SignupPage`, an address to notify in `CentreSettings`, and one
more row here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .forms.base import SignupForm
from .forms.group import GroupForm
from .forms.network import NetworkForm
from .targets import Finder, find_meeting, find_offer


@dataclass(frozen=True)
class Queue:
    """One way through the signup page."""

    #: The value of `interest` in addresses and forms. Stable: partners link to it.
    interest: str
    #: What the visitor chooses it by.
    choice: str
    explanation: str
    #: What is asked; its `model` is the queue.
    form: type[SignupForm]
    #: What an address may name (`?offer=…`), and who finds it. `home/signup_<aim>.html` shows it.
    aim: str
    find_aim: Finder
    #: Fields of the signup page: the words of consent, and what happens next.
    consent: str
    next_steps: str
    #: Field of the centre's settings: who is told.
    notify: str


QUEUES = [
    Queue(
        interest="group",
        choice=_("I would like to join a group"),
        explanation=_("For yourself, whatever you carry. You need no referral and no diagnosis."),
        form=GroupForm,
        aim="offer",
        find_aim=find_offer,
        consent="group_consent",
        next_steps="group_next",
        notify="notify_groups",
    ),
    Queue(
        interest="network",
        choice=_("I start groups, or represent an organisation"),
        explanation=_(
            "For initiators, contact points and partners. You can sign up several people at once."
        ),
        form=NetworkForm,
        aim="meeting",
        find_aim=find_meeting,
        consent="network_consent",
        next_steps="network_next",
        notify="notify_network",
    ),
]


def queue_for(asked: Mapping) -> Queue | None:
    """Give the queue for what an address or a form asks for, None if that cannot be told.

    Who names only an offer or a meeting has said enough.
    """
    named = [queue for queue in QUEUES if queue.interest == asked.get("interest")]
    aimed = [queue for queue in QUEUES if asked.get(queue.aim)]
    return next(iter(named or aimed), None)


def passed_on() -> set[str]:
    """Give the names that an address may carry to the form."""
    aims = {queue.aim for queue in QUEUES}
    return aims.union(*(queue.form.from_address for queue in QUEUES))
