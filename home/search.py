"""The search over all pages of a centre, in the language shown."""

import re

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, Q, Value, When
from django.shortcuts import render
from wagtail.models import Page

from linksite.content.navigation import Navigation
from linksite.text import fold

from .centre import CentreSettings

PER_PAGE = 10
#: More words than this find nothing that fewer do not.
MOST_WORDS = 20
#: Endings of Norwegian and English words; a shorter stem finds too much.
ENDING = re.compile(r"(?<=\w{4})(ene|ane|er|ar|en|et|es|e|a|s)$")


class SearchForm(forms.Form):
    """The search; text that is too long counts as none."""

    q = forms.CharField(max_length=200, required=False)


def search(request):
    """Show the pages that match the query; without a query, the form alone."""
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    links = request._navigation = Navigation(request)
    centre = CentreSettings.for_request(request)
    paginator = Paginator(Page.objects.none(), PER_PAGE)
    if links.home and query:
        pages = Page.objects.descendant_of(links.home).live().public().specific()
        # The first that finds anything; each counts once.
        tried = (
            Paginator(found, PER_PAGE) for found in find(pages, query, groups_of(centre.synonyms))
        )
        paginator = next((one for one in tried if one.count), paginator)
    results = paginator.get_page(request.GET.get("page"))
    needs_help = is_about(query, centre.crisis_words)
    context = {"query": query, "results": results, "needs_help": needs_help}
    return render(request, "home/search.html", context)


def groups_of(synonyms: str) -> list[set[str]]:
    """Return the words that mean the same, folded: a set for each line."""
    lines = [filter(None, map(fold, line.split(","))) for line in synonyms.splitlines()]
    return [set(words) for words in lines]


def is_about(query: str, words: str) -> bool:
    """Return whether one of `words`, which commas separate, is in the query."""
    asked = fold(query)
    return any(word in asked for word in filter(None, map(fold, re.split("[,\n]", words))))


def find(pages, query: str, synonyms: list[set[str]] = ()):
    """Yield the `pages` with all words of `query`, then those with all without their endings.

    A word may be part of another, and one that means the same counts as well. Those with all words
    in the title come first.
    """
    words = fold(query).split()[:MOST_WORDS]
    for asked in (words, [ENDING.sub("", word) for word in words]) if words else ():
        same = [{word}.union(*(group for group in synonyms if word in group)) for word in asked]
        first = Case(When(_all_in("title", same), then=Value(0)), default=Value(1))
        yield pages.filter(_all_in("text", same)).order_by(first, "-first_published_at", "pk")


def _all_in(name, same):
    condition = Q()
    for words in same:
        either = Q()
        for word in sorted(words):
            either |= Q(**{f"words__{name}__contains": word})
        condition &= either
    return condition
