"""Addresses and numbers as people type them: the same fields in every form.

What can be reached is taken, however it is written; what cannot is refused with what is wrong, and
nothing that stands beside it is dropped. The model fields differ from those of the packages in what
forms make of them only, so migrations know nothing of them.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field import formfields, modelfields

#: No address under these names is ever reached from here (RFC 2606, RFC 6761, RFC 6762).
NOWHERE = re.compile(r"(^|\.)(example|internal|invalid|local|localhost|test)$", re.IGNORECASE)
NOT_IN_ADDRESSES = re.compile(r"[\s@,;:<>()\[\]\\]|[^\x00-\x7f]")
NOT_IN_DOMAINS = re.compile(r"[^\w.-]|_")
LONGEST_ADDRESS, LONGEST_LOCAL_PART = 254, 64
#: What people write before a number without saying anything more.
LABEL = re.compile(r"^\s*(tlf|tel|telefon|phone|mob|mobil|mobile|nr)\b[\s.:]*", re.IGNORECASE)
NUMBER = re.compile(r"[\d\s()+./\u2010-\u2015\u2212-]*")


def tidy_address(text: str) -> str:
    """Return an email address without what a keyboard or a mail program puts around it."""
    text = unicodedata.normalize("NFKC", text).strip()
    text = re.sub(r"^mailto:", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^<(.*)>$", r"\1", text).rstrip(".,;")
    return re.sub(r"\s*([@.])\s*", r"\1", text)


def check_address(address: str) -> None:
    """Raise `ValidationError`, which says what is wrong, unless mail can be sent to `address`."""
    name, at, domain = address.rpartition("@")
    wrong = NOT_IN_ADDRESSES.findall(name) + NOT_IN_DOMAINS.findall(domain)
    if not at:
        raise ValidationError(
            _("There is no @ in this email address. It should look like name@example.no."),
            code="no_at",
        )
    if wrong:
        named = ", ".join(
            gettext("a space") if one.isspace() else f"“{one}”" for one in dict.fromkeys(wrong)
        )
        raise ValidationError(
            _(
                "An email address cannot contain this: %(characters)s. It should look like "
                "name@example.no."
            ),
            code="characters",
            params={"characters": named},
        )
    if domain and ("." not in domain or NOWHERE.search(domain)):
        raise ValidationError(
            _(
                "Email cannot be sent to “%(domain)s”, which is after the @. It should look like "
                "name@example.no."
            ),
            code="domain",
            params={"domain": domain},
        )
    if len(address) > LONGEST_ADDRESS or len(name) > LONGEST_LOCAL_PART:
        raise ValidationError(_("This email address is too long to be one."), code="too_long")
    check_form(address)


#: Whatever else no address can be, such as two dots in a row.
check_form = EmailValidator(
    _("This is not an email address. It should look like name@example.no."), allowlist=[]
)


def beside_number(text: str) -> str:
    """Return what stands in `text` beside a phone number; empty when nothing does."""
    text = LABEL.sub("", text)
    return text.removeprefix(NUMBER.match(text)[0]).strip()


class EmailField(forms.EmailField):
    widget = forms.EmailInput(
        attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}
    )
    default_validators = [check_address]

    def __init__(self, **kwargs):
        # The browser would silently cut what is longer.
        super().__init__(**{**kwargs, "max_length": None})

    def to_python(self, value):
        return tidy_address(super().to_python(value))


class PhoneField(formfields.PhoneNumberField):
    """A phone number as people type it, shown again as it was typed."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _(
            "We cannot call this phone number. Norwegian numbers have eight digits. Numbers "
            "from abroad begin with + and the country code."
        ),
        "beside": _(
            "Only the number can be kept here. Write “%(beside)s” in another field, so that it is "
            "not lost."
        ),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
        super().__init__(**kwargs)

    def to_python(self, value):
        number = super().to_python(value)
        beside = beside_number(value or "")
        if number and number.is_valid() and beside:
            raise ValidationError(
                self.error_messages["beside"], code="beside", params={"beside": beside}
            )
        return number


class _KnownToMigrations:
    """Has migrations keep a field under the name of the one it is based on."""

    known_as = ""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, self.known_as, args, kwargs


class EmailModelField(_KnownToMigrations, models.EmailField):
    known_as = "django.db.models.EmailField"
    default_validators = [check_address]

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": EmailField, **kwargs})


class PhoneModelField(_KnownToMigrations, modelfields.PhoneNumberField):
    known_as = "phonenumber_field.modelfields.PhoneNumberField"

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PhoneField, "error_messages": {}, **kwargs})
