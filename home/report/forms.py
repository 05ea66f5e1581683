"""Choosing the period, and what to compare it with."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from linksite.intake.report.periods import COMPARISONS, YEAR, Period, moved
from linksite.intake.report.reading import first_month


class PeriodForm(forms.Form):
    """From one month to another; without an answer the last twelve."""

    first = forms.ChoiceField(label=_("From"))
    last = forms.ChoiceField(label=_("Up to and including"))
    compare = forms.ChoiceField(
        label=_("Compared with"),
        choices=[(name, label) for name, (label, _before) in COMPARISONS.items()],
        required=False,
    )

    def __init__(self, data=None):
        this_month = timezone.localdate().replace(day=1)
        usual = {"first": f"{moved(this_month, 1 - YEAR):%Y-%m}", "last": f"{this_month:%Y-%m}"}
        usual["compare"] = "before"
        super().__init__({name: (data or {}).get(name) or usual[name] for name in usual})
        choices = _months(this_month)
        self.fields["first"].choices = self.fields["last"].choices = choices

    def clean(self):
        """Raise `ValidationError` for a period that ends before it begins."""
        cleaned = super().clean()
        if {"first", "last"} <= cleaned.keys() and cleaned["last"] < cleaned["first"]:
            self.add_error("last", _("The period ends before it begins."))
        return cleaned

    def periods(self) -> tuple[Period, Period]:
        """Give the period and the one it is compared with."""
        period = Period(*(_month(self.cleaned_data[name]) for name in ("first", "last")))
        _label, before = COMPARISONS[self.cleaned_data["compare"]]
        return period, before(period)


def _month(text):
    return date.fromisoformat(f"{text}-01")


def _months(this_month):
    """Give every month that anything was counted in, and at least this year and the last."""
    first = date(this_month.year - 1, 1, 1)
    counted = first_month()
    period = Period(min(first, counted or first), this_month)
    months = [month.first for month in reversed(period.months)]
    return [(f"{month:%Y-%m}", capfirst(format_date(month, "F Y"))) for month in months]
