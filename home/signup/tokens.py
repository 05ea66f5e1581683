"""What the signup page signs: the form as somebody opened it, and the way to a receipt."""

import hashlib
import secrets
import time
from dataclasses import dataclass

from django.core import signing

from linksite.intake import links

FORM, RECEIPT = "home.signup.form", "home.receipt"


#: Nobody reads and fills in the form quicker than this (seconds).
SHORTEST = 2


#: A form may lie open for this long: over a night and a day (seconds).
LONGEST = 36 * 60 * 60


#: A receipt can be opened again for this long (seconds).
RECEIPT_AGE = 30 * 24 * 60 * 60


@dataclass(frozen=True)
class FormToken:
    """One opening of the form: which one, with which words of consent, how long ago."""

    nonce: str
    words: str
    age: float

    @property
    def too_fast(self) -> bool:
        """Whether no person could have filled the form in since."""
        return self.age < SHORTEST

    def shows(self, consent: str) -> bool:
        """Tell whether the form was opened with these words of consent."""
        return self.words == _digest(consent)


def form_token(consent: str) -> str:
    """Give the token of a form opened now with these words of consent."""
    opened = [secrets.token_urlsafe(12), _digest(consent), time.time()]
    return signing.dumps(opened, salt=FORM)


def read_form_token(token: str) -> FormToken | None:
    """Give what a token says, None for one that is too old or not ours."""
    try:
        nonce, words, opened = signing.loads(token, salt=FORM, max_age=LONGEST)
    except signing.BadSignature:
        return None
    return FormToken(nonce, words, time.time() - opened)


def _digest(words):
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def receipt_token(reference: str) -> str:
    """Give the token in the address of a receipt; anybody can read the reference in it."""
    return links.sign(RECEIPT, reference)


def read_receipt_token(token: str) -> str:
    """Give the reference; raise `signing.BadSignature` for a token too old or not ours."""
    [reference] = links.read(RECEIPT, token, max_age=RECEIPT_AGE)
    return reference
