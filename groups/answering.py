"""What people see and answer by the link in a mail.

The link is the authority: it needs no account and no cookie, and shows the current state. Opening
it changes nothing, for mail scanners open links; an answer is sent with a button, and counts for
what its page showed.
"""

from contextlib import suppress
from dataclasses import dataclass, field

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from linksite.intake.actions import ChangeNotAllowed, StaleApplication
from linksite.intake.links import opened_by_link
from linksite.intake.statuses import Status

from .actions.answers import answer_by_link, note_refused
from .actions.proposals import CAN_BE_PROPOSED
from .links import opened
from .models import GroupStatus, PlacementStatus
from .self_help_groups import calendar


@dataclass(frozen=True)
class Page:
    """What somebody may be shown: its heading, and the answer behind each of its buttons.

    `sure` is the page that asks once more before something is given up; a link leads to it.
    """

    name: str
    heading: str
    answers: dict = field(default_factory=dict)
    status: int = 200
    sure: "Page | None" = None

    @property
    def template(self) -> str:
        return f"groups/answer/{self.name}.html"


OFFER = {"yes": "accept", "no": "decline"}
DECLINE = {"no": "decline"}
GIVE_BACK = Page("give_back", _("Do you want to give up your place?"))
WAIT_NO_MORE = Page("wait_no_more", _("Should we take you off this waiting list?"))
TAKE_OFF = Page("take_off", _("Should we take you off the list?"))
PROPOSED = Page("proposed", _("We have a suggestion for you"), OFFER)
LATE = Page("late", _("Would you still like the place?"), OFFER)
WAITING = Page("waiting", _("You are on the waiting list"), DECLINE, sure=WAIT_NO_MORE)
ACCEPTED = Page("accepted", _("Thank you for saying yes"), DECLINE, sure=GIVE_BACK)
ASKED = Page(
    "asked",
    _("Does this time suit you?"),
    {"yes": "agree", "other": "disagree", **DECLINE},
    sure=GIVE_BACK,
)
OTHER_TIME = Page(
    "other_time", _("You keep your place"), {"yes": "agree", **DECLINE}, sure=GIVE_BACK
)
AGREED = Page("agreed", _("Thank you. We have noted that you said yes"), DECLINE, sure=GIVE_BACK)
SET = Page("set", _("The time is set"), DECLINE, sure=GIVE_BACK)
KEPT = Page("kept", _("The place is still yours"), DECLINE, sure=GIVE_BACK)
DECLINED = Page(
    "declined", _("We have noted that you said no"), {"no": "stop_waiting"}, sure=TAKE_OFF
)
LEFT = Page("left", _("You are no longer on the list"))
GONE = Page("gone", _("This link does not work"), status=410)
REFUSED = Page("refused", _("Something has changed since we wrote to you"), status=409)


@csrf_exempt
@opened_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """Show the page of a place, or take an answer. A friendly page with 410 if there is none."""
    placement = opened(token)
    if request.method == "POST" and placement:
        return _take(request, placement)
    return _show(request, _page_of(placement), placement)


@opened_by_link
@require_safe
def appointment(request, token):
    """Return the start-up meeting as a calendar file, once the time is set."""
    placement = opened(token)
    if _page_of(placement) is not SET:
        return _show(request, GONE)
    content = calendar.start_up(placement.group, get_language())
    response = HttpResponse(content, content_type=calendar.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{calendar.FILENAME}"'
    return response


def _take(request, placement):
    """Apply the answer, and redirect to the page, which shows the result."""
    said = request.POST.get("answer", "")
    try:
        turn = request.POST.get("turn", "")
        # What the page of that turn does not offer changes nothing.
        answer_by_link(placement, lambda now: _page_of(now).answers.get(said), turn=turn)
    except StaleApplication:
        return _back(request, "?older")
    except (ChangeNotAllowed, ObjectDoesNotExist):
        # The reason may be somebody they are kept apart from, so it is left to staff to tell.
        with suppress(ObjectDoesNotExist):
            note_refused(placement)
        return _show(request, REFUSED)
    return _back(request, "?waits" if said == "keep" else "")


def _back(request, told):
    return HttpResponseRedirect(request.path + told, status=303)


def _page_of(placement):
    """Return the page for a place; people who were called off, or have come, have none."""
    if not placement:
        return GONE
    group, person = placement.group, placement.application
    can_still_join = group.is_filling and person.status in CAN_BE_PROPOSED
    match placement.status:
        case PlacementStatus.PROPOSED:
            return PROPOSED
        case PlacementStatus.ACCEPTED:
            return _accepted(placement)
        case PlacementStatus.WAITING if can_still_join:
            return WAITING
        case PlacementStatus.EXPIRED if can_still_join:
            return LATE
        case PlacementStatus.DECLINED:
            return {Status.WAITING: DECLINED, Status.CLOSED: LEFT}.get(person.status, GONE)
    return GONE


def _accepted(placement):
    group = placement.group
    if not group.is_filling:
        return KEPT
    if group.start_up_at and placement.agrees:
        return SET if group.status == GroupStatus.READY else AGREED
    if not group.start_up_at or group.start_up_at <= timezone.now():
        return ACCEPTED
    return ASKED if placement.agrees is None else OTHER_TIME


def _show(request, page, placement=None):
    if page.sure and "sure" in request.GET:
        page = page.sure
    context = {"answer": page}
    if placement:
        context |= {
            "placement": placement,
            "group": placement.group,
            "in_time": placement.reply_by and placement.reply_by > timezone.now(),
            "waits": "waits" in request.GET,
            "older": "older" in request.GET,
            "calendar_url": reverse("groups:appointment", kwargs=request.resolver_match.kwargs),
        }
    return render(request, "groups/answer/base.html", context, status=page.status)
