"""The page of one group: how far it has come, who is in it, and what can be done now."""

from datetime import timedelta

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from linksite.intake import history
from linksite.intake.pages.base import DetailView
from linksite.intake.permissions import may
from network.models import Initiator

from ..actions.meetings import supported_ahead
from ..actions.proposals import CAN_BE_PROPOSED
from ..eligibility import pairs_among
from ..models import (
    HOLDING,
    OUT,
    GroupApplication,
    GroupSettings,
    GroupStatus,
    PlacementStatus,
    SelfHelpGroup,
)
from .forms import (
    AnswerForm,
    EndForm,
    FactsForm,
    HandOverForm,
    InitiatorsForm,
    StartForm,
    StartUpForm,
)
from .list import initiators_of
from .meetings import AddMeetingForm, MoveMeetingForm, NoteMeetingForm, RemoveMeetingForm

#: The actions on a group, by its status.
FILLING_FORMS = ["facts", "initiators", "start_up", "end"]
FORMS_WHEN = {
    GroupStatus.FORMING: FILLING_FORMS,
    GroupStatus.READY: ["start", *FILLING_FORMS],
    GroupStatus.STARTED: ["hand_over", "facts", "initiators", "add_meeting", "end"],
    GroupStatus.ON_ITS_OWN: ["facts", "add_meeting", "end"],
    GroupStatus.ENDED: [],
}
#: What the user must be allowed to see for a form.
ABOUT = {"initiators": Initiator, "start": GroupApplication, "answer": GroupApplication}
#: How many of the latest entries a page lists.
ENTRIES = 100
READ = "groups.view"
#: The parts of a page's context that name people.
NAMED = ["people", "reserves", "gone", "to_call"]


class GroupDetailView(DetailView):
    """Everything about one group that staff may know at this point of its life."""

    page_title = gettext_lazy("Group")
    fields = ["reference"]
    forms = {
        "facts": FactsForm,
        "initiators": InitiatorsForm,
        "start_up": StartUpForm,
        "start": StartForm,
        "hand_over": HandOverForm,
        "end": EndForm,
        "answer": AnswerForm,
        "add_meeting": AddMeetingForm,
        "move_meeting": MoveMeetingForm,
        "remove_meeting": RemoveMeetingForm,
        "note_meeting": NoteMeetingForm,
    }
    overtaken = gettext_lazy(
        "Nothing was saved, because something has changed since you opened the page "
        "(%(changes)s). Check, and send it again if it is still right."
    )

    def get_object(self, queryset=None):
        visible = SelfHelpGroup.objects.visible_to(self.request.user)
        related = visible.select_related("site", "offer", "topic", "area")
        return get_object_or_404(related, pk=self.pk)

    def accepts(self, action):
        return super().accepts(action) and self._may_see_whom(action)

    def offered(self):
        return [action for action in FORMS_WHEN[self.object.status] if self._is_offered(action)]

    def changes(self, form):
        """Return what has changed since; an answer about a place has no version of the group."""
        return super().changes(form) if "version" in form.cleaned_data else []

    def what_changed(self, form):
        return super().what_changed(form) or _("someone has answered")

    def get_context_data(self, bound=None, **kwargs):
        group = self.object
        entries = history.entries_of(group)
        return {
            **super().get_context_data(bound=bound, **kwargs),
            **self._people(),
            "group": group,
            "steps": steps(group),
            "counts": counts(group),
            "initiators": initiators_of(group, self.request.user),
            **names_go(group),
            "choose_url": f"{reverse('groups_board:form')}?group={group.pk}",
            "meetings": self._meetings((bound or {}).get("move_meeting")),
            "supported_ahead": supported_ahead(group),
            "now": timezone.now(),
            "timeline": [history.event(one) for one in entries.exclude(action=READ)[:ENTRIES]],
            "openings": entries.filter(action=READ)[:ENTRIES],
            "may_change": self.may_change,
            "may_see_people": may(self.request.user, "view", GroupApplication),
        }

    def _is_offered(self, action):
        too_early = action == "start" and not self.object.start_up_has_come
        return not too_early and self._may_see_whom(action)

    def _may_see_whom(self, action):
        return action not in ABOUT or may(self.request.user, "view", ABOUT[action])

    def _people(self):
        """Return who has a place, waits for one, or had one; nobody in a group out of sight."""
        visible = GroupApplication.objects.visible_to(self.request.user)
        if self.object.was_called_off:
            return {"to_call": to_call(self.object, visible)}
        if not self.object.shows_names:
            return {}
        people = self.object.placements.filter(application__in=visible)
        people = list(people.select_related("application"))
        placed = [one for one in people if one.status in HOLDING]
        filling = self.object.is_filling
        return {
            "people": placed,
            "unanswered": sum(one.status == PlacementStatus.PROPOSED for one in placed),
            "unsuited": [one for one in placed if filling and one.agrees is False],
            "apart": pairs_among(one.application for one in placed),
            "reserves": [one for one in people if _is_reserve(one)],
            "gone": [one for one in people if filling and one.status in OUT],
        }

    def _meetings(self, bound):
        """Return each meeting with the form that moves it, filled in if it was just sent."""
        chosen = bound.cleaned_data.get("meeting") if bound else None
        return [
            (meeting, bound if meeting == chosen else self._move_form(meeting))
            for meeting in self.object.meetings.all()
        ]

    def _move_form(self, meeting):
        form = MoveMeetingForm(instance=self.object, auto_id=f"move_meeting-{meeting.pk}-%s")
        form.suggest(meeting.at)
        return form

    def log_reading(self, context):
        if any(context.get(who) for who in NAMED):
            log(self.object, READ, user=self.request.user)


def _is_reserve(placement):
    """Return whether somebody waits for a place in the group, and has none in another."""
    can_come = placement.application.status in CAN_BE_PROPOSED
    return placement.status == PlacementStatus.WAITING and can_come


def to_call(group, applications) -> list:
    """Return the places that people lost when the group ended, if they are due a call."""
    let_go = group.placements.filter(
        status=PlacementStatus.RELEASED, answered_at__gte=group.ended_at
    )
    called = applications.follow_up_due()
    return list(let_go.filter(application__in=called).select_related("application"))


def counts(group) -> dict[str, int]:
    """Return how many have given which answer, and how many have not answered.

    `accepted` and `unanswered` are about the place; `agreed`, `unsuited` and `silent` about the
    time.
    """
    accepted, asked = Q(status=PlacementStatus.ACCEPTED), Q(status=PlacementStatus.PROPOSED)
    return group.placements.aggregate(
        accepted=Count("pk", filter=accepted),
        unanswered=Count("pk", filter=asked),
        agreed=Count("pk", filter=Q(status__in=HOLDING, agrees=True)),
        unsuited=Count("pk", filter=accepted & Q(agrees=False)),
        silent=Count("pk", filter=asked | accepted & Q(agrees=None)),
    )


def steps(group) -> list[dict]:
    """Return the steps of a group's life: label, when it was reached, and whether it is now."""
    reached = {
        GroupStatus.FORMING: group.created_at,
        GroupStatus.READY: group.ready_at,
        GroupStatus.STARTED: group.started_at,
        GroupStatus.ON_ITS_OWN: group.on_its_own_at,
        GroupStatus.ENDED: group.ended_at,
    }
    return [
        {"label": status.label, "at": at, "is_now": status == group.status}
        for status, at in reached.items()
    ]


def names_go(group) -> dict:
    """Return for how many days a group out of sight keeps names, and when they are deleted."""
    days = GroupSettings.for_site(group.site).delete_names_after_days
    since = group.on_its_own_at or group.ended_at
    at = since + timedelta(days=days) if since else None
    return {"days_until_names_go": days, "names_go_at": at}
