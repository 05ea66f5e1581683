"""Norwegian organisation numbers, as issued by the Brønnøysund registers."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def normalise(text: str) -> str:
    """Return the nine digits however they were typed: `NO 123 456 785 MVA` → `123456785`.

    Anything that does not look like an organisation number is returned as typed.
    """
    match = re.fullmatch(r"(?:NO)?((?:[\s.-]*\d){9})[\s.-]*(?:MVA)?", text.strip(), re.IGNORECASE)
    return re.sub(r"\D", "", match[1]) if match else text.strip()


def is_valid(number: str) -> bool:
    """Return whether nine digits carry the right check digit (modulus 11)."""
    if not re.fullmatch(r"[0-9]{9}", number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return (11 - total % 11) % 11 == int(number[8])


def validate(number: str) -> None:
    """Raise `ValidationError` unless `number` is a valid organisation number."""
    if not is_valid(number):
        raise ValidationError(
            _("This is not an organisation number. It should have nine digits. Please check them."),
            code="organisation_number",
        )


class OrganisationNumberField(forms.CharField):
    """An organisation number, however it is typed."""

    default_validators = [validate]

    def to_python(self, value):
        return normalise(super().to_python(value))
