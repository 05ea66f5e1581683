"""Confidential terms: what no mail may say is what somebody came for.

Whoever reads over a shoulder must learn nothing. What a queue is about it says itself, by
`Queue.confidential_terms`.
"""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..queue import queues

#: Words that begin so tell enough in a subject.
IN_A_SUBJECT = ["self-help", "self help", "selvhjelp", "sjølvhjelp", "samtalegrupp"]
#: A name may be inflected as in Norwegian, or be in the genitive.
ENDINGS = "(?:n|en|a|et|er|ene|ar|ane|s|ens|as|ets)?"


def confidential_terms() -> set[str]:
    """Return all names that no mail may contain, in every language."""
    return {
        term.strip() for queue in queues() for term in queue.confidential_terms() if term.strip()
    }


def found_in(text: str, words: Iterable[str], endings: str = ENDINGS) -> list[str]:
    """Return those of `words` that occur in `text`, whatever their case, spaces and ending."""
    return sorted(word for word in words if _pattern(word, endings).search(text))


def _pattern(word, endings):
    spaced = r"\s+".join(re.escape(part) for part in word.split())
    return re.compile(rf"(?<!\w){spaced}{endings}(?!\w)", re.IGNORECASE)


def check_body(body: str) -> None:
    """Raise `ValidationError` when the text of a mail tells what somebody came for."""
    _refuse(found_in(body, confidential_terms()))


def check_subject(subject: str) -> None:
    """Raise `ValidationError` when a subject contains one; there "self-help" is one too."""
    _refuse(told_at_a_glance(subject))


def told_at_a_glance(text: str) -> list[str]:
    """Return the confidential terms in a text seen by itself: a subject, a calendar entry."""
    begun = found_in(text, IN_A_SUBJECT, endings=r"\w*")
    return [*begun, *found_in(text, confidential_terms())]


def _refuse(words):
    if words:
        quoted = ", ".join(_("“%(word)s”") % {"word": word} for word in words)
        raise ValidationError(
            _("Others may see this email, so it must not say %(words)s. Put it another way.")
            % {"words": quoted}
        )
