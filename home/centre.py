"""What the floors below may know of the centre."""

from wagtail.models import Site

from linksite.intake.centre import Centre

from .models import CentreSettings


def for_mail(site: Site) -> Centre:
    """Give what a mail says about the centre at `site`."""
    centre = CentreSettings.for_site(site)
    return Centre(name=centre.name, phone=centre.phone, email=centre.email)
