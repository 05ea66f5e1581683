"""Choosing the period, and what to compare it with."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from linksite.intake.report.periods import COMPARISONS, Period, periods_since
from linksite.intake.report.reading import first_month


class PeriodForm(forms.Form):
    """A year or a quarter; without an answer this year."""

    period = forms.ChoiceField(label=_("Period"))
    compare = forms.ChoiceField(
        label=_("Compared with"),
        choices=[(name, label) for name, (label, _before) in COMPARISONS.items()],
        required=False,
    )

    def __init__(self, data=None):
        today = timezone.localdate()
        usual = {"period": Period.year(today.year).code, "compare": "before"}
        super().__init__({name: (data or {}).get(name) or usual[name] for name in usual})
        years = _years(today)
        self.offered = {period.code: period for year in years for period in year}
        self.fields["period"].choices = [
            (str(year[0]), [(period.code, capfirst(period)) for period in year]) for year in years
        ]

    def periods(self) -> tuple[Period, Period]:
        """Give the period and the one it is compared with."""
        period = self.offered[self.cleaned_data["period"]]
        _label, before = COMPARISONS[self.cleaned_data["compare"]]
        return period, before(period)


def _years(today):
    """Give every year that anything was counted in, and at least this one and the last."""
    last_year = today.replace(year=today.year - 1, day=1)
    return periods_since(min(last_year, first_month() or last_year), today)
