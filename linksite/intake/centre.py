"""What the queues and their mails know of the centre, which belongs to a higher layer."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string
from wagtail.models import Site


@dataclass(frozen=True)
class Centre:
    """A centre as its mails name it; what it has not filled in is empty.

    `minimum_age` is the age in years from which it takes people into groups.
    """

    name: str
    phone: str = ""
    email: str = ""
    minimum_age: int = 0


def centre_of(site: Site) -> Centre:
    """Return the centre of a site, by the function that the setting `INTAKE_CENTRE` names."""
    return import_string(settings.INTAKE_CENTRE)(site)
