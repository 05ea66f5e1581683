"""Public addresses that are not pages."""

from django.urls import path

from . import feeds
from .search import search

app_name = "home"
urlpatterns = [
    path("search/", search, name="search"),
    path("feed/rss.xml", feeds.RssFeed(), name="rss"),
    path("feed/atom.xml", feeds.AtomFeed(), name="atom"),
]
