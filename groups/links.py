"""The link by which somebody answers about their place. It names no group and no person."""

from django.urls import reverse
from django.utils import translation

from linksite.intake import links

from .models import Placement

PURPOSE = "groups.place"
#: How long a link can be opened, in seconds; when an answer is due stands on its page.
LONGEST = 90 * 24 * 60 * 60


def token_of(placement: Placement) -> str:
    """Give the token of the newest link; whatever was sent earlier is spent."""
    return links.sign(PURPOSE, placement.pk, placement.turn)


def answer_path(placement: Placement, language: str) -> str:
    """Give the address of the newest link on its own site, in `language`."""
    with translation.override(language):
        return reverse("groups:answer", args=[token_of(placement)])


def answer_url(placement: Placement) -> str:
    """Give the whole address, in the language of the applicant."""
    application = placement.application
    return application.site.root_url + answer_path(placement, application.language)


def read_token(token: str) -> tuple[int, int]:
    """Give the placement's key and the turn; raise `BadSignature` for one too old or not ours."""
    pk, turn = links.read(PURPOSE, token, max_age=LONGEST)
    return pk, turn
