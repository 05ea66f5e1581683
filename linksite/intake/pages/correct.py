"""The page to correct contact details."""

from django import forms
from django.forms.models import fields_for_model, model_to_dict
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..models import ContactBy
from .base import ActionForm, ApplicationFormView

#: What can be corrected by hand. The rest is the person's own answer, or follows from actions.
CONTACT = ["name", "phone", "email", "contact_by", "leave_message", "language"]
UNREACHABLE = _("Enter a phone number or an email address.")


def check_can_be_reached(form: forms.Form) -> None:
    """Add an error when the person cannot be reached, or not in the way they prefer."""
    if form.has_error("email") or form.has_error("phone"):
        return
    email, phone = form.cleaned_data.get("email"), form.cleaned_data.get("phone")
    prefers = form.cleaned_data.get("contact_by")
    if not email and not phone:
        form.add_error("phone", UNREACHABLE)
    elif prefers == ContactBy.EMAIL and not email:
        form.add_error("email", _("Enter an email address, since they prefer email."))
    elif prefers in (ContactBy.PHONE, ContactBy.TEXT) and not phone:
        form.add_error("phone", _("Enter a phone number, since they prefer to be called."))


class CorrectForm(ActionForm):
    """The current contact details, to be corrected."""

    done = _("Contact details saved.")

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, application=application, **kwargs)
        self.fields.update(fields_for_model(type(application), CONTACT))
        self.initial = {**model_to_dict(application, CONTACT), **self.initial}

    def clean(self):
        super().clean()
        check_can_be_reached(self)
        return self.cleaned_data

    def save(self, user):
        details = {name: self.cleaned_data[name] for name in CONTACT}
        actions.correct(self.application, details, **self._seen(user))


class CorrectView(ApplicationFormView):
    form_class = CorrectForm
    page_title = _("Correct contact details")
    submit_label = _("Save")
