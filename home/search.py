"""The search over all pages of a centre, in the language shown."""

import re

from django import forms
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.shortcuts import render
from wagtail.models import Page

from linksite.content.navigation import Navigation

PER_PAGE = 10


class SearchForm(forms.Form):
    """What is searched for; too long or with a NUL in it, it counts as nothing."""

    q = forms.CharField(max_length=200, required=False)


def search(request):
    """Show the pages that fit what was asked for; without a question, the form alone."""
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    links = request._navigation = Navigation(request)
    context = {"query": query, "results": results(links.home, query, request.GET.get("page"))}
    return render(request, "home/search.html", context)


def results(home: Page | None, query: str, number: str | None) -> ListPage:
    """Give one page of the live pages below `home` that anybody may read and that fit `query`."""
    found = find(Page.objects.descendant_of(home).live().public(), query) if home and query else []
    return Paginator(found, PER_PAGE).get_page(number)


def find(pages, query: str):
    """Give the `pages` with all the words of `query`, else those whose titles have them begun.

    Only words count: a lone quotation mark or an operator is an error to SQLite's search.
    """
    words = " ".join(re.findall(r"\w+", query.lower()))
    if not words:
        return []
    found = pages.specific().search(words, operator="and")
    return found if found.count() else pages.specific().autocomplete(words, operator="and")
