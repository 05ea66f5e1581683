"""Registers the warning about pages that are late."""

from wagtail import hooks

from .schedule import LatePagesPanel


@hooks.register("construct_homepage_panels")
def add_late_pages(request, panels):
    panels.append(LatePagesPanel())
