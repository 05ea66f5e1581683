"""The signup form of somebody who starts groups or represents an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linksite.contact_details import EmailField, PhoneField
from network.models import Cooperation, NetworkApplication, Organisation, OrganisationKind
from network.organisation_numbers import OrganisationNumberField
from network.queue import people

from ..targets import find_meeting, with_room_for
from .base import CONSENT, MORE, REACH, TARGET, Section, SignupForm
from .fields import LineField, or_blank

CONTACT = Section(_("Contact person"), ["name"])
ORGANISATION = Section(
    _("The organisation"),
    ["organisation", "organisation_number", "organisation_kind", "cooperation"],
    hint=_("Skip this if you are coming on your own."),
)
PEOPLE = Section(
    _("People you are signing up"),
    ["people"],
    hint=_(
        "One row for each person. Leave it empty if you are only signing up yourself. We ask "
        "everyone whether they want to take part, so only sign up people who know about it."
    ),
    template="components/form/people.html",
)


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


class NetworkForm(SignupForm):
    """A signup for the network: oneself, or several people from an organisation."""

    model = NetworkApplication
    sections = [TARGET, CONTACT, REACH, ORGANISATION, PEOPLE, MORE, CONSENT]
    target_name = "meeting"
    find_target = staticmethod(find_meeting)
    from_address = [
        *SignupForm.from_address,
        "organisation",
        "organisation_number",
        "organisation_kind",
        "cooperation",
    ]

    meeting = forms.CharField(required=False, widget=forms.HiddenInput)
    organisation = LineField(
        label=_("Organisation"),
        room=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    organisation_number = OrganisationNumberField(
        label=_("Organisation number"),
        required=False,
        help_text=_("Nine digits, if you have it to hand."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    organisation_kind = forms.ChoiceField(
        label=_("Kind of organisation"), choices=or_blank(OrganisationKind.choices), required=False
    )
    cooperation = forms.MultipleChoiceField(
        label=_("How would you like to work with us?"),
        choices=Cooperation.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data=None, *, target, **kwargs):
        self.unfinished = "more_people" in (data or {})
        self.people = PeopleFormSet(data, unfinished=self.unfinished)
        super().__init__(data, target=with_room_for(len(self.people.filled) or 1, target), **kwargs)
        self.fields["name"].help_text = _("The person we talk to about this signup.")

    def clean(self):
        for error in self.people.non_form_errors():
            self.add_error(None, error)
        return super().clean()

    def values(self):
        keeps = self.target.keeps(self.cleaned_data.get("instead", ""))
        number = self.cleaned_data["organisation_number"]
        return {
            **{name: self.cleaned_data[name] for name in ORGANISATION.fields},
            "partner": Organisation.objects.filter(number=number).first() if number else None,
            "meeting": self.target.page.original if keeps else None,
        }

    def save_related(self, application):
        self.people.save(application)
