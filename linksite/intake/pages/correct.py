"""The page to correct contact details."""

from django.forms.models import fields_for_model, model_to_dict
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..fields import check_can_be_reached
from .base import ActionForm, ApplicationFormView

#: What can be corrected by hand. The rest is the person's own answer, or follows from actions.
CONTACT = ["name", "phone", "email", "contact_by", "leave_message", "language"]
UNREACHABLE = {
    "neither": _("Enter a phone number or an email address."),
    "email": _("Enter an email address, since they prefer email."),
    "phone": _("Enter a phone number, since they prefer to be called."),
}


class CorrectForm(ActionForm):
    """The current contact details, to be corrected."""

    done = _("Contact details saved.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.update(fields_for_model(type(self.instance), CONTACT))
        self.initial = {**model_to_dict(self.instance, CONTACT), **self.initial}

    def clean(self):
        super().clean()
        check_can_be_reached(self, UNREACHABLE)
        return self.cleaned_data

    def save(self, user):
        details = {name: self.cleaned_data[name] for name in CONTACT}
        actions.correct(self.instance, details, **self._seen(user))


class CorrectView(ApplicationFormView):
    form_class = CorrectForm
    page_title = _("Correct contact details")
    submit_label = _("Save")
