"""Rows for the people somebody signs up, the same number on the public form and the staff's."""

import re

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Nominee

#: Rows on an empty form, rows added on demand, people in one application.
LEAST, MORE, MOST = 5, 5, 50
FIELD = re.compile(r"people-([0-9]{1,6})-(name|email|phone|role)")
NO_NAME = gettext_lazy("Enter this person's name, or clear the row.")


class Redrawable:
    """A form that can be shown as it was sent, without errors yet.

    Comes before the form's own class: `class NomineeForm(Redrawable, forms.Form)`.
    """

    #: Set for somebody who has not pressed send but asked for more rows.
    unfinished = False

    def full_clean(self):
        """Skip validation of a form that was not sent for good."""
        if self.unfinished:
            self._errors = ErrorDict()
        else:
            super().full_clean()


class NomineeForm(Redrawable, forms.ModelForm):
    """One of the people signed up. An empty row is nobody."""

    class Meta:
        model = Nominee
        fields = ["name", "email", "phone", "role"]
        error_messages = {"name": {"required": NO_NAME}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The browser would offer the data of whoever fills in the form.
            field.widget.attrs["autocomplete"] = "off"


class BasePeopleFormSet(forms.BaseFormSet):
    """The rows: filled ones, then empty ones up to as many as were sent, and more on demand.

    They are counted from what was sent, and gaps between them are closed, so no field has to say
    how many there are, and an odd or enormous row number does no harm.
    """

    def __init__(self, data=None, *, unfinished=False):
        self.unfinished = unfinished
        super().__init__(None if data is None else self._closed_up(data), prefix="people")

    def _closed_up(self, data):
        sent = {}
        for name in data:
            if match := FIELD.fullmatch(name):
                sent.setdefault(int(match[1]), {})[match[2]] = data.get(name)
        filled = [sent[number] for number in sorted(sent) if "".join(sent[number].values()).strip()]
        # Enough to say that it is too many, and no more work than that.
        filled = filled[: 2 * MOST]
        wanted = min(max(LEAST, len(sent)) + (MORE if self.unfinished else 0), MOST)
        closed_up = {
            f"people-{number}-{name}": value
            for number, row in enumerate(filled)
            for name, value in row.items()
        }
        total = max(wanted, len(filled))
        return {**closed_up, "people-TOTAL_FORMS": total, "people-INITIAL_FORMS": 0}

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.unfinished, form.number = self.unfinished, i + 1
        return form

    def clean(self):
        if len(self.filled) > MOST:
            few = _(
                "You can sign up at most %(most)d people at a time. Sign up the others separately."
            )
            raise forms.ValidationError(few % {"most": MOST})

    @property
    def has_room(self) -> bool:
        return len(self) < MOST

    @property
    def filled(self) -> list:
        """The rows with somebody in them."""
        return [row for row in self if row.has_changed()]

    def save(self, application) -> None:
        for row in self.filled:
            row.instance.application = application
        Nominee.objects.bulk_create(row.instance for row in self.filled)


def people_formset(form: type[NomineeForm]) -> type[BasePeopleFormSet]:
    return forms.formset_factory(form, BasePeopleFormSet, extra=LEAST, max_num=MOST)
