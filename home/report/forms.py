"""The form for the period and what to compare it with."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from linksite.report.periods import COMPARISONS, Period
from linksite.report.reading import first_month


class PeriodForm(forms.Form):
    """From one month to another; without an answer this year."""

    first = forms.ChoiceField(label=_("From"))
    last = forms.ChoiceField(label=_("Up to and including"))
    compare = forms.ChoiceField(
        label=_("Compared with"),
        choices=[(name, label) for name, (label, _before) in COMPARISONS.items()],
        required=False,
    )

    def __init__(self, data=None):
        today = timezone.localdate()
        usual = {**query_for(Period.year(today.year)), "compare": "before"}
        super().__init__({name: (data or {}).get(name) or usual[name] for name in usual})
        years = _years(today)
        self.months = {_code(month.first): month.first for year in years for month in year.months}
        choices = [
            (str(year), [(_code(month.first), capfirst(month)) for month in year.months])
            for year in years
        ]
        self.fields["first"].choices = self.fields["last"].choices = choices

    def clean_last(self):
        last = self.cleaned_data["last"]
        if last < self.cleaned_data.get("first", last):
            raise ValidationError(_("This is before the first month of the period."))
        return last

    def periods(self) -> tuple[Period, Period]:
        first, last = (self.months[self.cleaned_data[name]] for name in ("first", "last"))
        period = Period(first, last)
        _label, before = COMPARISONS[self.cleaned_data["compare"]]
        return period, before(period)


def query_for(period: Period) -> dict[str, str]:
    """Return the fields that ask for this period."""
    return {"first": _code(period.first), "last": _code(period.last)}


def _code(month):
    return f"{month:%Y-%m}"


def _years(today):
    """Return every year with something counted, and at least this one and the last."""
    first = min(today.year - 1, (first_month() or today).year)
    return [Period.year(number) for number in range(today.year, first - 1, -1)]
