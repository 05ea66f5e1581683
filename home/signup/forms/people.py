"""People whom an organisation signs up: a row for each."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.queue import people

from .fields import EmailField, LineField, PhoneField


class NomineeForm(people.NomineeForm):
    """One row, as tolerant as the rest of the form."""

    name = LineField(label=_("Name"), room=200, required=False)
    email = EmailField(label=_("Email"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    role = LineField(label=_("Role"), room=100, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "ds-input"

    def clean_name(self):
        """Ask for a name where anything else is filled in, without calling it mandatory."""
        if not self.cleaned_data["name"] and self.has_changed():
            raise forms.ValidationError(people.NO_NAME)
        return self.cleaned_data["name"]


PeopleFormSet = people.people_formset(NomineeForm)
