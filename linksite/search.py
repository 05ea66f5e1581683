"""The search of pages, pictures, documents and partners: Wagtail's, asked for words only.

To SQLite a lone quotation mark or an operator is an error, and to both databases so are a thousand
words.
"""

import re
from copy import copy

from modelsearch.backends import database
from modelsearch.query import MATCH_NONE, And, Or

#: More words than this find nothing that fewer do not.
MOST_WORDS = 20


def words_of(query: str) -> str:
    """Return the words of a query in lower case, at most `MOST_WORDS`, with single spaces."""
    return " ".join(re.findall(r"\w+", query.lower())[:MOST_WORDS])


class AsksForWords:
    """Comes before a search backend."""

    def search(self, query, model_or_queryset, *args, **kwargs):
        return self._ask(super().search, query, model_or_queryset, *args, **kwargs)

    def autocomplete(self, query, model_or_queryset, *args, **kwargs):
        return self._ask(super().autocomplete, query, model_or_queryset, *args, **kwargs)

    def _ask(self, search, query, where, *args, **kwargs):
        return search(_tamed(query) or MATCH_NONE, where, *args, **kwargs)


def _tamed(query):
    """Return a query of words, also one that is put together of others; None if none is left."""
    if isinstance(query, str):
        return words_of(query)
    tamed = copy(query)
    if isinstance(query, And | Or):
        tamed.subqueries = list(filter(None, map(_tamed, query.subqueries[:MOST_WORDS])))
        return tamed if tamed.subqueries else None
    if hasattr(query, "query_string"):
        tamed.query_string = words_of(query.query_string)
        return tamed if tamed.query_string else None
    return query


def SearchBackend(params: dict):
    """Return the backend for the database there is; Wagtail looks for this name."""
    plain = type(database.SearchBackend(params))
    return type("WordsBackend", (AsksForWords, plain), {})(params)
