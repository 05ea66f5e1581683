"""The signup form's fields, tolerant of what people type."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

TOO_LONG = _(
    "This is too long. It has %(show_value)d characters, and there is room for %(limit_value)d."
)


def or_blank(choices) -> list:
    """Return the choices of an optional select."""
    return [("", _("Not chosen")), *choices]


class RoomFor:
    """A text field with `room` for a number of characters.

    It reports what is too long; the browser's `maxlength` would silently cut what is pasted.
    """

    def __init__(self, *, room: int, **kwargs):
        super().__init__(validators=[MaxLengthValidator(room, TOO_LONG)], **kwargs)


class LineField(RoomFor, forms.CharField):
    """Text on one line; line breaks and runs of spaces count as one space."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class TextField(RoomFor, forms.CharField):
    widget = forms.Textarea
