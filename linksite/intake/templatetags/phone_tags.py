"""Phone numbers for templates: `{% load phone_tags %}`."""

from django import template
from django.conf import settings
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import country_code_for_region

register = template.Library()


@register.filter
def as_dialled(number: PhoneNumber | str | None) -> str:
    """Return `number` as dialled in Norway: a foreign one begins with + and its country.

    Text that is not a number stays as it is; None becomes an empty text.
    """
    if not number or not number.is_valid():
        return str(number or "")
    here = country_code_for_region(settings.PHONENUMBER_DEFAULT_REGION)
    return number.as_national if number.country_code == here else number.as_international
