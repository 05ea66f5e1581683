"""The queue of people who want to join a group."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linksite.intake.queue import Queue, Way
from linksite.intake.statuses import ClosingReason, Status

from . import my_day
from .actions import members, places, resending
from .eligibility import pass_on, too_young
from .mails import MAILS
from .models import QUESTIONS, GroupApplication, GroupOfferPage, PlacementStatus, Topic

#: What came out of the conversation.
CONVERSATION = ["conversation_at", "expectations", "agreed"]


class GroupQueue(Queue[GroupApplication]):
    """People who ask for a place in a self-help group."""

    model = GroupApplication
    listing = "group_applications:index"
    #: A place is proposed and accepted (groups.actions.places), which moves the application along.
    set_by_actions = (Status.PROPOSED, Status.PLACED)
    #: Whoever came to a first meeting has started.
    reasons_set_by_actions = (ClosingReason.STARTED, ClosingReason.DUPLICATE)
    mails = MAILS
    protected = ("offer", "topics", "area", "referred_to")
    way = Way(
        interest="group",
        choice=_("I would like to join a group"),
        explanation=_(
            "For you, whatever you are going through. You do not need a referral or a diagnosis."
        ),
        form="home.signup.forms.group.GroupForm",
        consent="group_consent",
        next_steps="group_next",
        notify="notify_groups",
    )

    def confidential_terms(self) -> Iterator[str]:
        """Return topics, offers and their courses, in every language."""
        for topic in Topic.objects.values_list("name", "name_nn", "name_en"):
            yield from topic
        for offer in GroupOfferPage.objects.values_list("title", "course"):
            yield from offer

    def refusals(self, applications: Iterable[GroupApplication], status: str) -> dict[int, str]:
        """Let nobody wait who is too young for the centre's groups, or would lose a place by it."""
        if status != Status.WAITING:
            return {}
        text = gettext("They have a place. Record their answer on the group's page.")
        holding = [one.pk for one in applications if one.holds_place]
        return {**too_young(applications), **dict.fromkeys(holding, text)}

    def status_changed(self, application: GroupApplication, old: str, user: Any) -> None:
        """Free the place of somebody who is closed; who comes back leaves their group."""
        if application.status == Status.CLOSED:
            places.give_up(application, user=user)
        elif old == Status.CLOSED:
            members.leave_groups_of(application, user=user)

    def address_changed(self, application: GroupApplication) -> None:
        """Write to the right address what was sent to the wrong one about a place they have."""
        resending.resend(application)

    def merged(self, kept: GroupApplication, duplicate: GroupApplication) -> None:
        """Keep `kept` apart from the same people, and let it ask and wait for what was asked there.

        What was asked for or said there counts where nothing was said yet.
        """
        pass_on(duplicate, kept)
        if not duplicate.is_open:
            return
        for name in ["offer", *QUESTIONS, *CONVERSATION]:
            if name != "topics":
                setattr(kept, name, getattr(kept, name) or getattr(duplicate, name))
        if not kept.topics.exists():
            kept.topics.set(duplicate.topics.all())
        self._take_over_waiting(kept, duplicate)

    def _take_over_waiting(self, kept, duplicate):
        """Let `kept` wait where `duplicate` did, for the offer and for groups."""
        if kept.offer_id == duplicate.offer_id:
            kept.on_waiting_list |= duplicate.on_waiting_list
        waiting = duplicate.placements.filter(status=PlacementStatus.WAITING)
        waiting.exclude(group__in=kept.placements.values("group")).update(application=kept)

    def erasing(self, application: GroupApplication) -> None:
        """Let the place they had go to the next in order."""
        places.erase_places_of(application)

    def dimensions(self, application: GroupApplication) -> dict[str, list[str]]:
        """Return topic, area and the partner whose offer it is."""
        partner = application.offer.provider if application.offer else None
        return {
            "topic": [topic.slug for topic in application.topics.all()],
            "area": [application.area.slug if application.area else ""],
            "partner": [partner.name if partner else ""],
        }

    def my_day(self, user: Any) -> list:
        """Return the sections on the queue and on the groups themselves."""
        return [*filter(None, [my_day.queue_section(user), my_day.groups_section(user)])]
