"""The signup form's fields, tolerant of what people type."""

from django import forms
from django.core.validators import EmailValidator, MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

TOO_LONG = _(
    "This is too long. It has %(show_value)d characters, and there is room for %(limit_value)d."
)


def tidy(sent: QueryDict) -> QueryDict:
    """Return what was sent without null characters, which no database takes and nobody types."""
    tidied = QueryDict(mutable=True)
    for name, values in sent.lists():
        tidied.setlist(name, [value.replace("\0", "") for value in values])
    return tidied


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


class EmailField(RoomFor, forms.EmailField):
    widget = forms.EmailInput(
        attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}
    )
    default_validators = [
        EmailValidator(_("This is not an email address. It should look like name@example.no."))
    ]

    def __init__(self, **kwargs):
        super().__init__(room=254, max_length=None, **kwargs)


class PhoneField(PhoneNumberField):
    """A phone number as people type it, shown again as it was typed."""

    default_error_messages = {
        "invalid": _(
            "We cannot call this phone number. Norwegian numbers have eight digits. Numbers "
            "from abroad begin with + and the country code."
        )
    }

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        super().__init__(widget=widget, **kwargs)
