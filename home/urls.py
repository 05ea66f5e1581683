"""Public addresses that are not pages."""

from django.urls import path

from . import feeds, views

app_name = "home"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("feed/rss.xml", feeds.RssFeed(), name="rss"),
    path("feed/atom.xml", feeds.AtomFeed(), name="atom"),
]
