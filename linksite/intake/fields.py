"""Fields that several forms of staff share."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name

from .models import ContactBy
from .permissions import who_may
from .statuses import Status

#: Nobody is put off further than this without a word: they would be in no list until then.
SOON_ENOUGH = timedelta(days=92)
#: A day beyond this is a slip of the keyboard.
FURTHEST = timedelta(days=2 * 365)
WHY_SO_LATE = _(
    "That is more than three months away. Write why, so that it can be understood later."
)


class LaterDayField(forms.DateField):
    """A day from today on, which the browser shows in a calendar.

    It is `SOON_ENOUGH`, or no further than `FURTHEST` where the form asks why (`too_late`).
    """

    # A date input takes this format only, whatever the language of the page.
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {
        "passed": _("Choose today or a later day."),
        "far": _("That is too far away. Check the year."),
        "late": _("That is more than three months away. Choose an earlier day."),
    }

    def __init__(self, *, asks_why=False, **kwargs):
        super().__init__(**kwargs)
        self.asks_why = asks_why

    def validate(self, value):
        super().validate(value)
        if value and value < timezone.localdate():
            raise forms.ValidationError(self.error_messages["passed"], code="passed")
        if value and value > timezone.localdate() + FURTHEST:
            raise forms.ValidationError(self.error_messages["far"], code="far")
        if not self.asks_why and too_late(value):
            raise forms.ValidationError(self.error_messages["late"], code="late")


def too_late(day: date | None) -> bool:
    """Return whether a day needs a reason."""
    return day is not None and day > timezone.localdate() + SOON_ENOUGH


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


class AssigneeField(forms.ModelChoiceField):
    """Who takes care of an application; nobody if left empty."""

    def __init__(self):
        super().__init__(None, label=_("Assigned to"), required=False, empty_label=_("Nobody"))

    def offer(self, model) -> None:
        """Let those be chosen who may change a queue."""
        self.queryset = who_may("change", model)

    def label_from_instance(self, obj):
        return get_user_display_name(obj)


class AsksWhy(forms.Form):
    """Asks for a `reason` if the `status` chosen is that it is closed, and for none otherwise."""

    #: The error without one.
    no_reason = ""

    def offer_reasons(self, queue):
        reasons = [(reason.value, reason.label) for reason in queue.reasons_by_hand]
        self.fields["reason"].choices = [("", _("Choose a reason")), *reasons]

    def clean(self):
        data = super().clean()
        closing = data.get("status") == Status.CLOSED
        if closing and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", self.no_reason)
        data["reason"] = data.get("reason", "") if closing else ""
        return data


#: The longest number that is a key in every database.
DIGITS = 18


def as_key(value) -> int | None:
    """Return a key, or the key of a row, as a number; None for what cannot be one."""
    key = str(getattr(value, "pk", value))
    return int(key) if key.isdecimal() and len(key) <= DIGITS else None
