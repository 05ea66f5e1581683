"""What somebody signs up for when they come from a page: a group offer or a network meeting.

The address names it (`?offer=<slug>`, `?meeting=<slug>`). Since then it may have filled, closed or
gone; then the person is asked what they want instead.
"""

from dataclasses import dataclass, replace
from itertools import chain, islice
from urllib.parse import unquote

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from groups.models import GroupOfferPage, OfferState
from linksite.content.navigation import Navigation
from linksite.text import fold
from network.models import NetworkMeetingPage

WAITING_LIST, ANY_GROUP, NEXT_MEETING = "waiting_list", "any_group", "next_meeting"


@dataclass(frozen=True)
class Target:
    """An offer or a meeting somebody asked for by its `slug`.

    `page` is its page, in the visitor's language if possible. `notice` says why it cannot be had,
    and `instead` holds the alternatives; both are empty when it can.
    """

    slug: str = ""
    page: Page | None = None
    notice: str = ""
    instead: tuple = ()

    def keeps(self, instead: str) -> bool:
        """Return whether somebody who chose `instead` still asks for the page."""
        return self.page is not None and (not self.instead or instead == WAITING_LIST)


FIND_A_GROUP = (ANY_GROUP, _("Find another group that fits me"))
JOIN_ANYWAY = (NEXT_MEETING, _("Join the network, and let me know about the next meeting"))
STATES = {
    OfferState.OPEN: ("", ()),
    OfferState.FULL: (
        _("This group is full at the moment. What would you like?"),
        ((WAITING_LIST, _("Put me on the waiting list for this group")), FIND_A_GROUP),
    ),
    OfferState.CLOSED: (
        _("You can no longer sign up for this group. We can look for another one for you."),
        (FIND_A_GROUP,),
    ),
}


UNKNOWN = _("We cannot find what the address you came by names.")


def find_offer(name: str, page: Page, request) -> Target:
    """Return the group offer that an address names, in its current state.

    `page` is the signup page.
    """
    offer, was_there = _find(GroupOfferPage.objects.with_places(), name, page, request)
    if offer:
        return Target(offer.slug, offer, *STATES[offer.state])
    if was_there:
        gone = _(
            "The group you were looking for is no longer here. We can look for another one for you."
        )
        return Target(name, notice=gone, instead=(FIND_A_GROUP,))
    return Target(name, notice=UNKNOWN, instead=(FIND_A_GROUP,))


def find_meeting(name: str, page: Page, request) -> Target:
    """Return the network meeting that an address names, in its current state."""
    meeting, was_there = _find(NetworkMeetingPage.objects.with_places(), name, page, request)
    if meeting is None:
        gone = _("The meeting you were looking for is no longer here.") if was_there else UNKNOWN
        return Target(name, notice=gone, instead=(JOIN_ANYWAY,))
    if not meeting.takes_signups:
        over = _("You can no longer sign up for this meeting.")
        return Target(meeting.slug, meeting, over, (JOIN_ANYWAY,))
    return Target(meeting.slug, meeting)


def with_room_for(people: int, target: Target) -> Target:
    """Return the meeting, asking what they want instead if it cannot take all `people`."""
    if target.page is None or target.instead:
        return target
    # No lock: two signups at once may still share the last place, and staff confirm each of them.
    left = target.page.places_left
    if left is None or people <= left:
        return target
    too_many = ngettext(
        "There is %(left)d place left at this meeting, and you are signing up %(people)d "
        "people. Sign up fewer, or:",
        "There are %(left)d places left at this meeting, and you are signing up %(people)d "
        "people. Sign up fewer, or:",
        left,
    )
    notice = too_many % {"left": left, "people": people}
    return replace(target, notice=notice, instead=(JOIN_ANYWAY,))


def _find(pages, name, here, request):
    """Return the page that `name` names, or None, and whether there was such a page.

    The page is live, of this centre, may be seen by the visitor, and is in the language of `here`
    if possible. What may not be seen was never there.
    """
    links = Navigation(request, here)
    this_centre = pages.filter(_below_front_pages(here))
    named = this_centre.filter(slug=name).order_by().values("translation_key")
    found = [*this_centre.filter(translation_key__in=named)]
    if not found:
        found = [*this_centre.filter(translation_key__in=_alike(this_centre, _bare(name)))]
    found.sort(key=lambda one: one.locale_id != here.locale_id)
    key = next((one.translation_key for one in found if one.slug == name), None)
    same = [one for one in found if key in {None, one.translation_key} and links.may_see(one)]
    live = (one for one in same if one.live)
    return next(live, None), any(one.first_published_at for one in same)


def _alike(pages, wanted):
    """Return the translation key of the page called so, now or before it was renamed.

    A mail program, a poster or a hurried typist may have changed capitals, hyphens and what stands
    at the end.
    """
    now = pages.values_list("translation_key", "slug")
    moved = Redirect.objects.filter(redirect_page__in=pages.order_by().values("pk"))
    before = moved.values_list("redirect_page__translation_key", "old_path")
    alike = (key for key, path in chain(now, before) if _bare(path.rpartition("/")[2]) == wanted)
    return list(islice(alike, 1)) if wanted else []


def _bare(name):
    return fold(unquote(name)).replace(" ", "")


def _below_front_pages(here) -> Q:
    """Return the condition of being below this centre's front page in any language."""
    front = Page.objects.ancestor_of(here).filter(depth=here.depth - 1)
    paths = Page.objects.filter(translation_key__in=front.values("translation_key"))
    below = Q()
    for path in paths.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return below
