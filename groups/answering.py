"""What somebody sees and answers by the link in a mail.

The link is the authority: it needs no account and no cookie. Opening it changes nothing, for mail
scanners open links; an answer is sent with a button and spends the link it was sent by.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.core.signing import BadSignature
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from linksite.intake.actions import ChangeNotAllowed, StaleApplication
from linksite.intake.links import by_link
from linksite.intake.statuses import Status

from . import actions, calendars
from .actions.locks import lock_placement
from .actions.on_behalf import agree
from .links import answer_path, read_token, token_of
from .models import GroupStatus, Placement, PlacementStatus


@dataclass(frozen=True)
class Page:
    """What somebody may be shown: its heading, and the verb behind each of its buttons."""

    name: str
    heading: str
    answers: dict = field(default_factory=dict)
    status: int = 200

    @property
    def template(self) -> str:
        """The part of the page that is its own."""
        return f"groups/answer_{self.name}.html"


OFFER = {"yes": actions.accept, "no": actions.decline}
GIVE_BACK = {"no": actions.decline}
PROPOSED = Page("proposed", _("We have a suggestion for you"), OFFER)
LATE = Page("late", _("Would you still like the place?"), OFFER)
WAITING = Page("waiting", _("You are on the waiting list"), GIVE_BACK)
ACCEPTED = Page("accepted", _("Thank you for saying yes"), GIVE_BACK)
ASKED = Page("asked", _("Does this time suit you?"), {"yes": agree, "no": actions.decline})
AGREED = Page("agreed", _("Thank you, we have noted your yes"), GIVE_BACK)
SET = Page("set", _("The time is set"), GIVE_BACK)
DECLINED = Page("declined", _("We have noted your no"), {"no": actions.stop_waiting})
LEFT = Page("left", _("You are off the list"))
GONE = Page("gone", _("This link can no longer be used"), status=410)
REFUSED = Page("refused", _("Something has changed since we wrote to you"), status=409)

#: Who presses twice, or in two windows, is shown for so long what came of it.
TWICE = timedelta(minutes=2)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """Give the page of a place, or take an answer; a friendly page with 410 for a spent link."""
    placement, turn = _opened(token)
    if request.method == "POST" and placement:
        return by_link(_take(request, placement, turn))
    return by_link(_show(request, _page(placement, turn), placement))


@require_safe
def appointment(request, token):
    """Give the start-up meeting as a calendar file, once the time is set."""
    placement, turn = _opened(token)
    if _page(placement, turn) is not SET:
        return by_link(_show(request, GONE))
    content = calendars.start_up(placement.group, get_language())
    response = HttpResponse(content, content_type=calendars.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{calendars.FILENAME}"'
    return by_link(response)


def _opened(token):
    """Give the placement that a link is about and its turn; None for no link of ours."""
    try:
        pk, turn = read_token(token)
    except BadSignature:
        return None, 0
    known = Placement.objects.select_related("group", "application__site")
    return known.filter(pk=pk, application__anonymised_at=None).first(), turn


def _take(request, placement, turn):
    """Do what was answered and lead to the page with the newest link."""
    try:
        placement = _do(placement, turn, request.POST.get("answer", ""))
    except StaleApplication:
        if not _has_just_answered(placement):
            return _show(request, GONE)
    except (ChangeNotAllowed, ObjectDoesNotExist):
        # Why not, such as somebody they are to be kept apart from, is for staff to know.
        return _show(request, REFUSED)
    placement.refresh_from_db(fields=["turn"])
    waits = "?waits" if request.POST.get("answer") == "keep" else ""
    return HttpResponseRedirect(answer_path(placement, get_language()) + waits, status=303)


@transaction.atomic
def _do(placement, turn, said):
    """Give the placement after what was said; what its page does not offer changes nothing."""
    placement = lock_placement(placement)
    if placement.turn != turn:
        raise StaleApplication
    verb = _page_of(placement).answers.get(said)
    if verb:
        verb(placement)
    return placement


def _has_just_answered(placement):
    return placement.answered_at is not None and timezone.now() - placement.answered_at < TWICE


def _page(placement, turn):
    return _page_of(placement) if placement and placement.turn == turn else GONE


def _page_of(placement):
    """Give the page that fits how things stand."""
    find = PAGES.get(placement.status)
    return find(placement) if find else GONE


def _accepted(placement):
    group = placement.group
    if not group.start_up_at:
        return ACCEPTED
    if placement.agrees:
        return SET if group.status == GroupStatus.READY else AGREED
    return ASKED if group.start_up_at > timezone.now() else ACCEPTED


def _waiting(placement):
    return WAITING if _can_still_join(placement) else GONE


def _expired(placement):
    return LATE if _can_still_join(placement) else GONE


def _can_still_join(placement):
    in_reach = [Status.CONVERSATION, Status.WAITING]
    return placement.group.is_filling and placement.application.status in in_reach


def _declined(placement):
    pages = {Status.WAITING: DECLINED, Status.CLOSED: LEFT}
    return pages.get(placement.application.status, GONE)


#: By how far the place has come. Who was called off or sits in the group has no page.
PAGES = {
    PlacementStatus.PROPOSED: lambda placement: PROPOSED,
    PlacementStatus.ACCEPTED: _accepted,
    PlacementStatus.WAITING: _waiting,
    PlacementStatus.EXPIRED: _expired,
    PlacementStatus.DECLINED: _declined,
}


def _show(request, page, placement=None):
    context = {"answer": page}
    if placement:
        context |= {
            "placement": placement,
            "group": placement.group,
            "in_time": placement.reply_by and placement.reply_by > timezone.now(),
            "waits": "waits" in request.GET,
            "calendar_url": reverse("groups:appointment", args=[token_of(placement)]),
        }
    return render(request, "groups/answer.html", context, status=page.status)
