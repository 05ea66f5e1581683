"""Makes the demo centre: its site, settings, topics, areas and partners."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from groups.models import Area, GroupSettings, Topic
from network.models import Organisation

from ...centre import CentreSettings
from ..data import in_language, linked, read

#: What the demo's pages refer to by name: `topic:grief`, `area:centre`, `organisation:hospital`.
MODELS = {"topic": Topic, "area": Area, "organisation": Organisation}


def load_lists() -> dict[str, int]:
    """Return the primary keys of the new topics, areas and partners, by reference."""
    rows = in_language(read("centre"), "nb")
    return {
        f"{kind}:{name}": model.objects.create(**fields).pk
        for kind, model in MODELS.items()
        for name, fields in rows[kind].items()
    }


def open_site(front_page: Page) -> Site:
    """Return the default site with `front_page` in place of Wagtail's welcome page."""
    site, _created = Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": front_page, **address()}
    )
    return site


def move_site() -> None:
    """Update the default site's address if the settings name another one now."""
    for site in Site.objects.filter(is_default_site=True).exclude(**address()):
        site.hostname, site.port = address().values()
        site.save()


def address() -> dict:
    """Return the host and port of the settings' address, as fields of a site."""
    url = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    return {"hostname": url.hostname, "port": url.port or (443 if url.scheme == "https" else 80)}


def load_settings(site: Site, made: dict[str, int]) -> None:
    fields = linked(in_language(read("centre")["settings"], "nb"), made)
    numbers = [("number", number) for number in fields.pop("emergency_numbers")]
    CentreSettings.objects.create(site=site, emergency_numbers=numbers, **fields)
    GroupSettings.objects.create(site=site, **read("centre")["forming_groups"])
    Site.objects.filter(pk=site.pk).update(site_name=fields["name"])
