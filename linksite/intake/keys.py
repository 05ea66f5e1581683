"""Choices of rows by their keys, which come out of an address or a form and can be anything."""

from django import forms
from django.core.exceptions import ValidationError

#: The longest number that is a key in every database.
DIGITS = 18


def as_key(value) -> int | None:
    """Give a key, or the key of a row, as a number; None for what cannot be one."""
    key = str(getattr(value, "pk", value))
    return int(key) if key.isdecimal() and len(key) <= DIGITS else None


class Bounded:
    """Makes a number that no database can hold a choice that does not exist.

    Django sees to it for plain keys, not for those of pages and not where several are chosen.
    """

    def clean(self, value):
        """Give what was chosen. Raises `ValidationError` for anything that is no choice."""
        try:
            return super().clean(value)
        except OverflowError as error:
            code = "invalid_choice"
            raise ValidationError(
                self.error_messages[code], code=code, params={"value": value}
            ) from error


class RowField(Bounded, forms.ModelChoiceField):
    """A choice of one row."""


class RowsField(Bounded, forms.ModelMultipleChoiceField):
    """A choice of several rows."""
