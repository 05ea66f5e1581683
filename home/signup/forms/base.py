"""What everybody is asked, whatever they sign up for."""

from dataclasses import dataclass
from itertools import chain

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from linksite.contact_details import EmailField, PhoneField
from linksite.content.navigation import LANGUAGE_NAMES
from linksite.intake.fields import check_can_be_reached
from linksite.intake.models import ContactBy, HeardFrom

from ..traps import TrappedForm
from .fields import LineField, TextField, or_blank


@dataclass(frozen=True)
class Section:
    """A part of the form as shown: its heading and its fields."""

    heading: str
    fields: list[str]
    hint: str = ""
    template: str = "components/form/section.html"


TARGET = Section("", ["instead"], template="components/form/target.html")
REACH = Section(
    _("How can we reach you?"),
    ["phone", "email", "contact_by", "leave_message", "language"],
    hint=_("Enter a phone number, an email address, or both."),
)
MORE = Section(_("Anything else?"), ["message", "heard_from"])
CONSENT = Section(_("Consent"), ["consent"], template="components/form/consent.html")
UNREACHABLE = {
    "neither": _("Enter a phone number or an email address."),
    "email": _("Enter an email address, since you prefer email."),
    "phone": _("Enter a phone number, or choose email below."),
}


#: The id of the button that sends the form.
SEND = "send"
REQUIRED, OPTIONAL = _("Must be filled in"), _("Optional")
#: Fields with another tag, or none.
TAGS = {
    "phone": _("Phone or email"),
    "email": _("Phone or email"),
    "instead": "",
    "leave_message": "",
}


def languages() -> list:
    """Return the languages of correspondence, each under its own name."""
    own = {code: get_language_info(code)["name_local"] for code, _name in settings.LANGUAGES}
    return [(code, LANGUAGE_NAMES.get(code) or capfirst(name)) for code, name in own.items()]


#: The fields of every application that are the visitor's own words.
KEPT = ["name", *REACH.fields, *MORE.fields]


class SignupForm(TrappedForm):
    """The base of each queue's form.

    A subclass sets its `model`, its `sections` in their order, and what an address may fill in:
    never anything about a person. `values()` returns its own fields of the application.
    """

    model = None
    sections = [TARGET, REACH, MORE, CONSENT]
    from_address = ["language", "heard_from"]
    #: What an address may name (`?offer=…`), shown by `home/signup/target_<name>.html`, and who
    #: finds it: `find_target(name, signup_page, request)`.
    target_name = ""
    find_target = None
    #: The rows of people signed up.
    people = ()
    #: Whether the person is too young for the centre, so that nothing may be kept.
    is_under_age = False

    instead = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ["required", "invalid_choice"], _("Choose what you would like instead.")
        ),
    )
    name = LineField(
        label=_("Name"),
        room=200,
        help_text=_("What can we call you? A first name is enough."),
        error_messages={"required": _("Enter a name, so that we know who to ask for.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailField(label=_("Email"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    contact_by = forms.ChoiceField(
        label=_("How would you like us to contact you?"),
        choices=ContactBy.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    leave_message = forms.BooleanField(
        label=_("You can leave a message if I do not answer"), required=False
    )
    language = forms.ChoiceField(
        label=_("Which language should we use?"),
        choices=languages,
        widget=forms.RadioSelect,
        required=False,
    )
    message = TextField(
        label=_("Message"),
        room=5000,
        required=False,
        help_text=_(
            "You do not need to say why you are coming. Please do not write anything about "
            "other people. There is room for 5,000 characters."
        ),
    )
    heard_from = forms.ChoiceField(
        label=_("How did you hear about us?"), choices=or_blank(HeardFrom.choices), required=False
    )
    consent = forms.BooleanField(
        label=_("Yes, I consent"),
        error_messages={
            "required": _(
                "Tick the box if you agree. Without your consent we are not allowed to keep what "
                "you send."
            )
        },
    )

    def __init__(self, data=None, *, page_language, minimum_age, target, **kwargs):
        super().__init__(data, **kwargs)
        self.minimum_age = minimum_age
        self.page_language = page_language
        self.target = target
        self.initial.setdefault("language", page_language)
        self._ask_instead()
        self.fields["consent"].help_text = self.consent_text
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "ds-input"
            field.tag = TAGS.get(name, REQUIRED if field.required else OPTIONAL)

    def _ask_instead(self):
        if not self.target.instead:
            del self.fields["instead"]
            return
        field = self.fields["instead"]
        field.label, field.choices = self.target.notice, self.target.instead
        if len(self.target.instead) == 1:
            field.widget.input_type = "checkbox"

    @classmethod
    def prefilled(cls, address) -> dict:
        """Return what the address may fill in; ignore the rest."""
        return {
            name: cls.base_fields[name].widget.value_from_datadict(address, {}, name)
            for name in cls.from_address
            if name in address
        }

    # Validation

    def is_valid(self):
        return super().is_valid() and self._people_are_valid()

    def _people_are_valid(self):
        return all(row.is_valid() for row in self.people)

    def clean_language(self):
        return self.cleaned_data["language"] or self.page_language

    def clean(self):
        """Spring the traps last, when all else is in order."""
        check_can_be_reached(self, UNREACHABLE)
        if not self.errors and self._people_are_valid():
            self.spring_traps()
        return self.cleaned_data

    # What is shown

    def parts(self):
        """Yield each section with its bound fields."""
        for section in self.sections:
            yield {"section": section, "fields": list(self._bound(section))}

    def _bound(self, section):
        for name in section.fields:
            if name == "people":
                yield from chain.from_iterable(self.people)
            elif name in self.fields:
                yield self[name]

    def problems(self):
        """Yield each error with the id of what it is about, in the order of the page."""
        for message in self.non_field_errors():
            yield {"target": SEND, "message": message}
        traps = Section("", self.traps)
        for field in chain.from_iterable(map(self._bound, [*self.sections, traps])):
            for message in field.errors:
                yield {"target": id_of(field), "message": message}

    # What is saved

    def application(self, **fields):
        """Return the application, not saved; `fields` are those the visitor does not fill in."""
        return self.model(
            **{name: self.cleaned_data[name] for name in KEPT},
            **self.values(),
            **fields,
            consent_text=self.consent_text,
            consented_at=timezone.now(),
            submission_key=self.submission_key,
        )

    def values(self) -> dict:
        """Return this queue's own fields of the application."""
        return {}

    def save_related(self, application):
        """Save related rows of a saved application."""


def id_of(field) -> str:
    """Return the id that a link to a field leads to: of several choices the first."""
    if field.name == "captcha":
        return SEND  # The check is hidden where there is no JavaScript, and nobody needs it.
    ids = [field.id_for_label, *(option.id_for_label for option in field)]
    return next(filter(None, ids), SEND)
