"""Loads the demo centre, all of it or nothing."""

from random import Random

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from groups.models import GroupApplication
from network.models import NetworkApplication

from . import post
from .figures import load_years
from .initiators import load_initiators
from .people import Crowd
from .queues import GroupQueue, NetworkQueue
from .self_help_groups import load_groups
from .site.centre import load_lists, load_settings, open_site
from .site.media import load_media
from .site.pages import FRONT_PAGE, backdate, load_pages
from .site.staff import PASSWORD, load_staff
from .site.translations import add_locales, translate

#: Any number: it makes the demo the same every time.
SEED = 14


def content() -> str:
    """Return what prevents loading: the first thing found in the database, or nothing."""
    if Page.objects.filter(depth__gt=1).exclude(pk__in=_welcome_page()).exists():
        return "pages"
    if GroupApplication.objects.exists() or NetworkApplication.objects.exists():
        return "applications"
    # Accounts with a known password do not belong beside anybody's real one.
    return "users" if get_user_model().objects.exists() else ""


@transaction.atomic
def load(password: str = PASSWORD) -> None:
    """Make the demo centre in a database without content."""
    # References are indexed once at the end: after each save it would take too long.
    with disable_reference_index_auto_update():
        _load(password)
    call_command("rebuild_references_index", verbosity=0)


def _load(password):
    staff = load_staff(password)
    editor = staff["redaktor"]
    add_locales()
    made = {**load_media(editor), **load_lists()}
    pages = load_pages(made, editor)
    site = open_site(pages[FRONT_PAGE])
    for page in _welcome_page():
        page.delete()
    load_settings(site, made)
    translate(pages, editor)
    backdate(pages)
    _load_people(site, made, staff)
    load_years(Random(SEED))  # noqa: S311


def _load_people(site, made, staff):
    crowd = Crowd(Random(SEED))  # noqa: S311
    queue = GroupQueue(site, made, staff, crowd)
    load_groups(queue, load_initiators(made))
    queue.load()
    NetworkQueue(site, made, staff, crowd).load()
    post.deliver()


def _welcome_page():
    """Return the page that Wagtail's own migrations make: the only one without a type of ours."""
    return Page.objects.filter(depth=2, content_type__model="page", latest_revision=None)
