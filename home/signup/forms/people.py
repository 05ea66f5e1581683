"""People whom an organisation signs up: a row for each."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import Nominee
from network.queue.people import LEAST, MORE, MOST, Redrawable

from .fields import EmailField, LineField, PhoneField

FIELD = re.compile(r"people-([0-9]{1,6})-(name|email|phone|role)")


class NomineeForm(Redrawable, forms.Form):
    """One row. An empty one is nobody; a row with anything filled in needs a name."""

    name = LineField(label=_("Name"), room=200, required=False)
    email = EmailField(label=_("Email"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    role = LineField(label=_("Role"), room=100, required=False)

    def __init__(self, *args, number, **kwargs):
        super().__init__(*args, **kwargs)
        self.number = number
        for field in self.fields.values():
            # The browser would offer the visitor's own data.
            field.widget.attrs |= {"autocomplete": "off", "class": "ds-input"}

    def clean(self):
        if self.is_filled and not self.has_error("name") and not self.cleaned_data["name"]:
            self.add_error("name", _("Enter this person's name, or clear the row."))
        return self.cleaned_data

    @property
    def is_filled(self) -> bool:
        """Whether anything is written in the row."""
        return any(str(field.value() or "").strip() for field in self)

    def nominee(self, application) -> Nominee:
        """Return the person of this row, not saved."""
        return Nominee(application=application, **self.cleaned_data)


def people_forms(data=None, *, more: bool = False) -> list[NomineeForm]:
    """Return the rows: filled ones, then empty ones up to as many as were sent, or `more`.

    Gaps between filled rows are closed, so an odd or enormous row number does no harm.
    """
    rows = _rows(data or {})
    filled = [row for row in rows if any(value.strip() for value in row.values())]
    wanted = max(LEAST, len(rows)) + (MORE if more else 0)
    empty = min(wanted, MOST) - len(filled)
    shown = filled + [{}] * max(0, empty)
    return [_row(number, row, bound=data is not None) for number, row in enumerate(shown, start=1)]


def _rows(data):
    rows = {}
    for name in data:
        if match := FIELD.fullmatch(name):
            rows.setdefault(int(match[1]), {})[match[2]] = data.get(name)
    return [rows[index] for index in sorted(rows)]


def _row(number, row, *, bound):
    prefix = f"people-{number - 1}"
    data = {f"{prefix}-{name}": value for name, value in row.items()}
    return NomineeForm(data if bound else None, prefix=prefix, number=number)
