"""What somebody signs up for when they come from a page: a group offer or a network meeting.

The address names it (`?offer=<slug>`, `?meeting=<slug>`). Since then it may have filled, closed or
gone; then the person is asked what they want instead.
"""

from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Page

from groups.models import GroupOfferPage, OfferState
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


def find_offer(slug: str, page: Page) -> Target:
    """Return the group offer called `slug` in its current state; `page` is the signup page."""
    offer = _find(GroupOfferPage.objects.with_places(), slug, page)
    if offer is None:
        gone = _(
            "The group you were looking for is no longer here. We can look for another one for you."
        )
        return Target(slug, notice=gone, instead=(FIND_A_GROUP,))
    return Target(slug, offer, *STATES[offer.state])


def find_meeting(slug: str, page: Page) -> Target:
    """Return the network meeting called `slug` in its current state."""
    meeting = _find(NetworkMeetingPage.objects.with_places(), slug, page)
    if meeting is None:
        gone = _("The meeting you were looking for is no longer here.")
        return Target(slug, notice=gone, instead=(JOIN_ANYWAY,))
    if not meeting.takes_signups:
        over = _("You can no longer sign up for this meeting.")
        return Target(slug, meeting, over, (JOIN_ANYWAY,))
    return Target(slug, meeting)


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


def _find(pages, slug, here):
    """Return the live page called `slug` in any language of this centre, best that of `here`."""
    this_centre = _below_front_pages(here)
    named = pages.live().filter(this_centre, slug=slug)
    translations = pages.live().filter(
        this_centre, translation_key__in=named.order_by().values("translation_key")
    )

    found = sorted(translations, key=lambda page: page.locale_id != here.locale_id)
    named = next((page for page in found if page.slug == slug), None)
    same = (page for page in found if named and page.translation_key == named.translation_key)
    return next(same, None)


def _below_front_pages(here) -> Q:
    """Return the condition of being below this centre's front page in any language."""
    front = Page.objects.ancestor_of(here).filter(depth=here.depth - 1)
    paths = Page.objects.filter(translation_key__in=front.values("translation_key"))
    below = Q()
    for path in paths.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return below
