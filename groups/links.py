"""The link by which people answer about their place. It names no group and no person."""

from django.conf import settings
from django.core.signing import BadSignature
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from linksite.intake import links

from .models import Placement

PURPOSE = "groups.place"
#: For how many seconds a link can be opened; its page says until when to answer.
LONGEST = 90 * 24 * 60 * 60


def token_of(placement: Placement) -> str:
    """Return the token of a link to the place, valid until the person's address changes."""
    return links.sign(PURPOSE, placement.pk, _marks(placement)[0])


def answer_path(placement: Placement, language: str) -> str:
    with translation.override(language):
        return reverse("groups:answer", args=[token_of(placement)])


def answer_url(placement: Placement) -> str:
    """Return the full address, in the language of the applicant."""
    application = placement.application
    return application.site.root_url + answer_path(placement, application.language)


def opened(token: str) -> Placement | None:
    """Return the placement that a link is about.

    None for a link that is too old, is not ours, or was sent to an address that has been corrected
    since: somebody else may read mail there.
    """
    try:
        pk, mark = links.read(PURPOSE, token, max_age=LONGEST)
    except BadSignature:
        return None
    known = Placement.objects.select_related("group", "application__site")
    placement = known.filter(pk=pk, application__anonymised_at=None).first()
    return placement if placement and mark in _marks(placement) else None


def _marks(placement):
    """Return a digest of the person's address for each valid secret key, newest first."""
    email = placement.application.email.lower()
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(PURPOSE, email, secret=key).hexdigest()[:16] for key in keys]
