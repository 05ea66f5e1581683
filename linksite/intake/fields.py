"""Fields that several forms of staff share."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import ContactBy


class LaterDayField(forms.DateField):
    """A day from today on, which the browser shows in a calendar."""

    # A date input takes this format only, whatever the language of the page.
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"passed": _("Choose today or a later day.")}

    def validate(self, value):
        super().validate(value)
        if value and value < timezone.localdate():
            raise forms.ValidationError(self.error_messages["passed"], code="passed")


def check_can_be_reached(form: forms.Form, texts: dict) -> None:
    """Add an error when the person cannot be reached, or not in the way they prefer.

    `texts` says so: when there is `neither`, or no `email` or no `phone` though they prefer it.
    """
    if form.has_error("email") or form.has_error("phone"):
        return
    email, phone = form.cleaned_data.get("email"), form.cleaned_data.get("phone")
    prefers = form.cleaned_data.get("contact_by")
    if not email and not phone:
        form.add_error("phone", texts["neither"])
    elif prefers == ContactBy.EMAIL and not email:
        form.add_error("email", texts["email"])
    elif prefers in {ContactBy.PHONE, ContactBy.TEXT} and not phone:
        form.add_error("phone", texts["phone"])


#: The longest number that is a key in every database.
DIGITS = 18


def as_key(value) -> int | None:
    """Return a key, or the key of a row, as a number; None for what cannot be one."""
    key = str(getattr(value, "pk", value))
    return int(key) if key.isdecimal() and len(key) <= DIGITS else None
