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
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Site

from linksite.intake.centre import centre_of
from linksite.intake.listing.spreadsheets import CONTENT_TYPES
from linksite.report.periods import presets
from linksite.report.reading import first_month

from .annual import annual_text
from .figures import Figures
from .forms import PeriodForm, query_for
from .notes import RULES
from .sections import Sections
from .workbook import workbook

PERMISSION = "intake.view_tally"


class FiguresSummaryItem(SummaryItem):
    """The way to the figures on the admin's front page, for who may see them."""

    order = 400
    template_name = "home/report/summary_item.html"

    def is_shown(self):
        return self.request.user.has_perm(PERMISSION)


class ReportView(WagtailAdminTemplateMixin, TemplateView):
    """Both queues and the groups in figures, for a period. The URL says who may see it."""

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
        """The tables; none of a period that cannot be."""
        return Sections(self.figures).all() if self.form.is_valid() else []

    @cached_property
    def centre(self):
        return centre_of(Site.objects.filter(is_default_site=True).first()).name

    def get(self, request, *args, **kwargs):
        if request.GET.get("export") == "xlsx" and self.form.is_valid():
            return self._workbook()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
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
                {**query_for(self.figures.period), **self._comparison(), "export": "xlsx"}
            ),
            **kwargs,
        )

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def _presets(self):
        """Return each preset with its address; the chosen comparison stays."""
        return [
            {
                "name": name,
                "query": urlencode({**query_for(period), **self._comparison()}),
                "chosen": self.form.is_valid() and period == self.figures.period,
            }
            for name, period in presets(timezone.localdate())
        ]

    def _texts(self):
        return [
            {"language": code, "name": name, "text": annual_text(self.figures, self.centre, code)}
            for code, name in settings.LANGUAGES
        ]

    def _comparison(self):
        chosen = self.form.cleaned_data.get("compare") if self.form.is_valid() else ""
        return {"compare": chosen} if chosen else {}

    def _workbook(self):
        tables = [table for section in self.sections for table in section.tables]
        periods = f"{capfirst(self.figures.period_in_words)} / {self.figures.before}"
        notes = [_("Figures"), periods, *RULES]
        response = HttpResponse(workbook(tables, notes), content_type=CONTENT_TYPES["xlsx"])
        name = "-".join(["figures", *query_for(self.figures.period).values()]) + ".xlsx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
