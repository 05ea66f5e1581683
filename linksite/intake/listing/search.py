"""Finding an application by what a caller says: reference, name, number, organisation.

Through the ORM, so that no personal data is copied into a search index.
"""

import re

from django.db.models import Q

from ..references import normalise

#: Fewer digits than this are not searched for as a phone number.
LEAST_DIGITS = 4


def matching(query: str, *, text_fields: list[str]) -> Q:
    """Return the condition that finds an application by reference or by person."""
    return Q(reference=normalise(query)) | matching_person(query, text_fields=text_fields)


def matching_person(query: str, *, text_fields: list[str]) -> Q:
    """Return the condition that all words are in one of `text_fields`, or the phone matches.

    Words may be parts of words, in any order; a number may be spaced in any way.
    """
    found = Q()
    for field in text_fields:
        found |= _all_words(field, query.split())
    if digits := _digits(query):
        found |= Q(phone__contains=digits)
    return found


def _all_words(field, words):
    condition = Q()
    for word in words:
        spelled = Q()
        for spelling in _spellings(word):
            spelled |= Q(**{f"{field}__icontains": spelling})
        condition &= spelled
    return condition


def _spellings(word):
    """Return `word` in several cases: SQLite ignores case only for a to z."""
    if word.isascii():
        return [word]
    return sorted({word, word.lower(), word.upper(), word.capitalize()})


def _digits(query):
    """Return the digits of a phone number as stored in the database, or nothing."""
    if not re.fullmatch(r"[\d\s()+./-]+", query):
        return ""
    digits = re.sub(r"\D", "", query).removeprefix("00")
    return digits if len(digits) >= LEAST_DIGITS else ""
