"""The network queue and the partner organisations in Wagtail's admin."""

from django.db.models import Count, F, Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.snippets.views.snippets import SnippetViewSet

from linksite.intake.listing import search
from linksite.intake.listing.columns import QueueColumn
from linksite.intake.listing.export import Joined, Several
from linksite.intake.listing.view import ApplicationIndexView
from linksite.intake.pages.detail import ApplicationDetailView
from linksite.intake.pages.viewset import ApplicationViewSet
from linksite.intake.templatetags.phone_tags import as_dialled

from ..models import NetworkApplication, Nominee, Organisation
from .enter import ENTRY_FIELDS, NetworkEntryForm
from .filters import NetworkApplicationFilters


def organisation(application) -> str:
    """Return the organisation and how many people it signs up."""
    people = application.people_count
    if not people:
        return application.organisation
    count = ngettext("%(people)d person", "%(people)d people", people) % {"people": people}
    return f"{application.organisation} · {count}" if application.organisation else count


def people_of(pks) -> dict[int, str]:
    """Return the people nominated in each application among `pks`, one a line."""
    people = {}
    for person in Nominee.objects.filter(application__in=pks):
        details = [person.name, person.role, person.email, as_dialled(person.phone)]
        line = ", ".join(detail for detail in details if detail)
        people.setdefault(person.application_id, []).append(line)
    return {pk: "\n".join(lines) for pk, lines in people.items()}


class NetworkApplicationIndexView(ApplicationIndexView):
    """The network queue, where a nominated person's name finds the application too."""

    def search_condition(self):
        person = search.matching_person(self.search_query)
        people = Nominee.objects.filter(person).values("application")
        return super().search_condition() | Q(pk__in=people)


class NetworkApplicationDetailView(ApplicationDetailView):
    def get_meeting_display_value(self):
        return self._linked(self.object.meeting)

    def get_partner_display_value(self):
        return self._linked(self.object.partner)

    def _linked(self, target):
        """Return the name of `target`, if any, linked to it for users who may edit it."""
        url = target and AdminURLFinder(self.request.user).get_edit_url(target)
        return format_html('<a href="{}">{}</a>', url, target) if url else target or ""

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "people": self.object.people.all()}


class NetworkApplicationViewSet(ApplicationViewSet):
    model = NetworkApplication
    name = "network_applications"
    url_prefix = "network/applications"
    icon = "clipboard-list"
    menu_label = _("Network queue")
    menu_order = 120
    index_view_class = NetworkApplicationIndexView
    inspect_view_class = NetworkApplicationDetailView
    filterset_class = NetworkApplicationFilters
    entry_form = NetworkEntryForm
    entry_fields = ENTRY_FIELDS
    search_fields = ["name", "email", "organisation", "organisation_number"]
    annotations = {"meeting_title": F("meeting__title"), "people_count": Count("people")}
    columns = [
        QueueColumn("organisation", label=_("Organisation"), accessor=organisation),
        QueueColumn("meeting_title", label=_("Network meeting")),
    ]
    inspect_view_fields = [
        "organisation",
        "organisation_kind",
        "organisation_number",
        "partner",
        "cooperation",
        "meeting",
    ]
    export_columns = [
        "organisation",
        "organisation_kind",
        "organisation_number",
        Joined(_("partner organisation"), "partner__name"),
        "cooperation",
        Joined(_("Network meeting"), "meeting__title"),
        Several(_("People signed up"), people_of),
        Joined(_("Assigned to"), "assigned_to__username"),
    ]


class OrganisationViewSet(SnippetViewSet):
    """The partner organisations: a snippet, so that offers can choose a course provider."""

    model = Organisation
    icon = "link"
    menu_label = _("Partners")
    menu_order = 130
    add_to_admin_menu = True
    list_display = ["name", "kind", "number", "shown"]
    list_filter = ["kind", "shown"]
