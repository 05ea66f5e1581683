"""What the signup page signs: the form as it was opened, and the link to a receipt."""

import hashlib
import secrets
import time
from dataclasses import dataclass

from django.core import signing

from linksite.intake import links

FORM, RECEIPT = "home.signup.form", "home.receipt"
#: Nobody reads and fills in the form faster than this (seconds).
SHORTEST = 2
#: A form may be left open for this long: a day and a night (seconds).
LONGEST = 36 * 60 * 60
#: A receipt can be opened again for this long (seconds).
RECEIPT_AGE = 30 * 24 * 60 * 60


@dataclass(frozen=True)
class FormToken:
    """One opening of the form: which one, with which wording of consent, how long ago."""

    nonce: str
    words: str
    age: float

    @property
    def too_fast(self) -> bool:
        """Whether nobody could have filled in the form since.

        One opened in the future was opened by a clock that runs ahead, which tells nothing.
        """
        return 0 <= self.age < SHORTEST

    def shows(self, consent: str) -> bool:
        """Return whether the form was opened with this wording of consent."""
        return self.words == _digest(consent)


def form_token(consent: str) -> str:
    """Return the token of a form opened now with this wording of consent."""
    opened = [secrets.token_urlsafe(12), _digest(consent), time.time()]
    return signing.dumps(opened, salt=FORM)


def read_form_token(token: str) -> FormToken | None:
    """Return what a token says, None for one that is too old or forged."""
    try:
        nonce, words, opened = signing.loads(token, salt=FORM, max_age=LONGEST)
    except signing.BadSignature:
        return None
    return FormToken(nonce, words, time.time() - opened)


def _digest(words):
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def receipt_token(reference: str) -> str:
    """Return the token in the address of a receipt; anybody can read the reference in it."""
    return links.sign(RECEIPT, reference)


def read_receipt_token(token: str) -> str:
    """Return the reference; raise `signing.BadSignature` for a token too old or forged."""
    [reference] = links.read(RECEIPT, token, max_age=RECEIPT_AGE)
    return reference
