"""Fields that several forms of staff share."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LaterDayField(forms.DateField):
    """A day to come, or today, which the browser shows in a calendar."""

    # Such an input takes a day in this format only, in whatever language the page is.
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"passed": _("Choose today or a later day.")}

    def validate(self, value):
        """Raise `ValidationError` for a day that has passed."""
        super().validate(value)
        if value and value < timezone.localdate():
            raise forms.ValidationError(self.error_messages["passed"], code="passed")
