"""What an application's mails say about the centre. The centre itself is on a higher floor."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string
from wagtail.models import Site


@dataclass(frozen=True)
class Centre:
    """A centre as its mails name it; what it has not filled in is empty."""

    name: str
    phone: str = ""
    email: str = ""


def centre_of(site: Site) -> Centre:
    """Give the centre of a site, from the function that the setting `INTAKE_CENTRE` names."""
    return import_string(settings.INTAKE_CENTRE)(site)
