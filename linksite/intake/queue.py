"""What a queue is: everything that one kind of application does beyond what all of them do.

An app subclasses `Queue`, and registers an instance of it when it starts. From then on
`application.queue` is that instance, and lists, mails, figures, My day and the signup know it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from wagtail.permissions import register_permission_policy

from .mail.kinds import COMMON_KINDS, MailKind
from .models import Application
from .permissions import ApplicationPermissionPolicy
from .statuses import ClosingReason, Status

SomeApplication = TypeVar("SomeApplication", bound=Application)


@dataclass(frozen=True)
class Way:
    """How a queue is signed up for on the public form."""

    #: The value of `interest` in addresses and forms. Stable, for partners link to it.
    interest: str
    #: What the visitor chooses it by, and a sentence that explains it.
    choice: str | Promise
    explanation: str | Promise
    #: Where its form stands, a floor above: `home.signup.forms.group.GroupForm`.
    form: str
    #: Fields of the signup page: the words of consent, and what happens next.
    consent: str
    next_steps: str
    #: Field of the centre's settings with the address that is told of a new application.
    notify: str

    @property
    def form_class(self) -> type:
        """The class that `form` names: a `home.signup.forms.base.SignupForm`."""
        return import_string(self.form)


class Queue(Generic[SomeApplication]):
    """What one queue does beyond what all do. Every hook runs in the transaction of its cause."""

    #: The application's model, and the name of the list in the admin.
    model: type[SomeApplication]
    listing: str
    #: The part of the vocabulary that is used, and what of it nobody sets by hand.
    statuses: tuple[Status, ...] = tuple(Status)
    set_by_actions: tuple[Status, ...] = ()
    closing_reasons: tuple[ClosingReason, ...] = tuple(ClosingReason)
    #: Two applications that are merged say so themselves.
    reasons_set_by_actions: tuple[ClosingReason, ...] = (ClosingReason.DUPLICATE,)
    #: The mails that only this queue sends.
    mails: tuple[MailKind, ...] = ()
    #: Fields that name the pages and snippets people applied for: those cannot be deleted.
    protected: tuple[str, ...] = ()
    #: None where nobody signs up on the public form.
    way: Way | None = None

    @property
    def reasons_by_hand(self) -> list[ClosingReason]:
        """The closing reasons that staff may choose."""
        return [one for one in self.closing_reasons if one not in self.reasons_set_by_actions]

    def confidential_terms(self) -> Iterable[str]:
        """Return the names that no mail may contain, in every language."""
        return ()

    def refusals(self, applications: Iterable[SomeApplication], status: str) -> dict[int, str]:
        """Return by key who cannot be moved to `status` by hand because of what it means, and why.

        The table of allowed changes has been asked already.
        """
        return {}

    def status_changed(self, application: SomeApplication, old: str, user: Any) -> None:
        """Do what follows from a change of status; the application is locked and saved."""

    def address_changed(self, application: SomeApplication) -> None:
        """Do what follows when mail goes to another address; the application is locked."""

    def merged(self, kept: SomeApplication, duplicate: SomeApplication) -> None:
        """Take over into `kept` what must still hold of an application about to be merged.

        Both are locked; `kept` is saved afterwards.
        """

    def erasing(self, application: SomeApplication) -> None:
        """Do what must happen before an application is deleted; it is locked."""

    def dimensions(self, application: SomeApplication) -> dict[str, list[str]]:
        """Return the values by which the figures break this queue's counts down further."""
        return {}

    def my_day(self, user: Any) -> list:
        """Return the sections of My day about the queue, none for a user who may not see it."""
        return []


_queues: list[Queue] = []


def register(queue: Queue) -> None:
    """Make a queue known. An app calls it once, in `ready()`."""
    queue.model.queue = queue
    register_permission_policy(queue.model, ApplicationPermissionPolicy(queue.model))
    _queues.append(queue)


def queues() -> list[Queue]:
    """Return every queue, in the order of the installed apps."""
    return list(_queues)


def mail_kinds() -> dict[str, MailKind]:
    """Return every mail by its name: those that all queues send, then the queues' own."""
    own = (kind for queue in queues() for kind in queue.mails)
    return {kind.name: kind for kind in [*COMMON_KINDS, *own]}
