"""The report page, and the same as a workbook."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Site

from linksite.intake.centre import centre_of
from linksite.intake.listing.spreadsheets import CONTENT_TYPES
from linksite.intake.report.periods import presets
from linksite.intake.report.reading import first_month
from linksite.intake.report.tables import Table

from .annual import annual_text
from .figures import Figures
from .forms import PeriodForm, said_of
from .names import Names
from .pictures import illustrate
from .sections import Sections
from .workbook import workbook

#: The signs that stand where no number does, and what each means.
RULES = [
    ("<5", gettext_lazy("one to four: so small a number could point at somebody")),
    ("0–4", gettext_lazy("none to four")),
    ("6–9, ≥ 6", gettext_lazy("so much is known of a period with months that are too small")),
    (":", gettext_lazy("not given: with it, a number under five could be worked out")),
    ("–", gettext_lazy("too few people to say how long they waited: one could be known by it")),
]


class ReportView(WagtailAdminTemplateMixin, TemplateView):
    """Both queues and the groups in figures, for a period. Who may see it stands in the URL."""

    template_name = "home/report/report.html"
    page_title = gettext_lazy("Figures")
    header_icon = "table"

    @cached_property
    def form(self):
        """The period as it was asked for."""
        return PeriodForm(self.request.GET)

    @cached_property
    def figures(self):
        """What happened in the period asked for, or in the usual one when that cannot be."""
        form = self.form if self.form.is_valid() else PeriodForm()
        form.full_clean()
        return Figures(*form.periods())

    @cached_property
    def sections(self):
        """The tables, without plots; none of a period that cannot be."""
        return Sections(self.figures, Names()).all() if self.form.is_valid() else []

    @cached_property
    def centre(self):
        """The name of the centre."""
        return centre_of(Site.objects.filter(is_default_site=True).first()).name

    def get(self, request, *args, **kwargs):
        """Give the page, or the workbook when that is asked for."""
        if request.GET.get("export") == "xlsx" and self.form.is_valid():
            return self._workbook()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Give the tables with their plots, and the text."""
        illustrate(self.sections)
        return super().get_context_data(
            centre=self.centre,
            form=self.form,
            figures=self.figures,
            presets=self._presets(),
            sections=self.sections,
            nothing_yet=not self.sections and first_month() is None,
            rules=RULES,
            texts=self._texts(),
            workbook_query=urlencode(
                {**said_of(self.figures.period), **self._comparison(), "export": "xlsx"}
            ),
            **kwargs,
        )

    def get_breadcrumbs_items(self):
        """Give the way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def _presets(self):
        """Give each preset with its address; the chosen comparison stays."""
        return [
            {
                "name": name,
                "query": urlencode({**said_of(period), **self._comparison()}),
                "chosen": self.form.is_valid() and period == self.figures.period,
            }
            for name, period in presets(timezone.localdate())
        ]

    def _texts(self):
        """Give the text for the annual report in each language."""
        return [
            {"language": code, "name": name, "text": annual_text(self.figures, self.centre, code)}
            for code, name in settings.LANGUAGES
        ]

    def _comparison(self):
        chosen = self.form.cleaned_data.get("compare") if self.form.is_valid() else ""
        return {"compare": chosen} if chosen else {}

    def _workbook(self):
        tables: list[Table] = [table for section in self.sections for table in section.tables]
        notes = [
            _("Figures"),
            f"{capfirst(self.figures.period)} / {self.figures.before}",
            *(f"{sign}   {meaning}" for sign, meaning in RULES),
        ]
        response = HttpResponse(workbook(tables, notes), content_type=CONTENT_TYPES["xlsx"])
        name = "-".join(["figures", *said_of(self.figures.period).values()]) + ".xlsx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
