"""What the floors below may know of the centre."""

from wagtail.models import Site

from linksite.intake.centre import Centre

from .models import CentreSettings


def at_site(site: Site) -> Centre:
    """Give what the queues and their mails know of the centre at `site`."""
    centre = CentreSettings.for_site(site)
    return Centre(
        name=centre.name,
        phone=centre.phone,
        email=centre.email,
        minimum_age=centre.minimum_age,
    )
