"""Finding an application by what a caller says: reference, name, number, organisation.

In the row itself, so that no personal data is copied into a search index.
"""

import re

from django.db.models import Q

from linksite.folded import MOST_WORDS, with_all_words

from ..references import normalise

#: Fewer digits than this are not searched for as a phone number.
LEAST_DIGITS = 4


def matching(query: str) -> Q:
    """Return the condition that finds an application by reference or by person."""
    return Q(reference=normalise(query)) | matching_person(query)


def matching_person(query: str) -> Q:
    """Return the condition that all words are in what somebody is called, or all in their address,
    or that the phone matches: spaced in any way, and if only by its last digits.
    """
    words = query.split()[:MOST_WORDS]
    found = with_all_words(query)
    if words:
        found |= Q(*(Q(email__icontains=word) for word in words))
    if digits := _digits(query):
        found |= Q(phone__contains=digits)
    return found


def _digits(query):
    """Return the digits of a phone number as stored in the database, or nothing."""
    if not re.fullmatch(r"[\d\s()+./-]+", query):
        return ""
    digits = re.sub(r"\D", "", query).removeprefix("00")
    return digits if len(digits) >= LEAST_DIGITS else ""
