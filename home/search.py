"""The search over all pages of a centre, in the language shown."""

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from wagtail.models import Page

from linksite.content.navigation import Navigation
from linksite.content.search import words_of

PER_PAGE = 10


class SearchForm(forms.Form):
    """The search; text that is too long counts as none."""

    q = forms.CharField(max_length=200, required=False)


def search(request):
    """Show the pages that match the query; without a query, the form alone."""
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    links = request._navigation = Navigation(request)
    found = []
    if links.home and query:
        found = find(Page.objects.descendant_of(links.home).live().public(), query)
    results = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "home/search.html", {"query": query, "results": results})


def find(pages, query: str):
    """Return the `pages` with all words of `query`, else those with titles beginning like them."""
    if not words_of(query):
        return []
    found = pages.specific().search(query, operator="and")
    return found if found.count() else pages.specific().autocomplete(query, operator="and")
