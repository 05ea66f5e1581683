"""The list of self-help groups."""

import django_filters
from django.db.models import Count, Q, TextChoices
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import HeaderButton

from linksite.folded import with_all_words
from linksite.intake.listing.base import ListView
from linksite.intake.listing.columns import QueueColumn, ReferenceColumn
from linksite.intake.permissions import may
from linksite.intake.references import normalise
from network.models import Initiator

from ..models import Area, GroupOfferPage, GroupStatus, SelfHelpGroup


class PlacesHeld(TextChoices):
    TOO_FEW = "too_few", gettext_lazy("Short of people")


class GroupFilters(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        choices=GroupStatus, label=gettext_lazy("Status"), empty_label=gettext_lazy("All")
    )
    places = django_filters.ChoiceFilter(
        method="filter_places",
        choices=PlacesHeld,
        label=gettext_lazy("Places taken"),
        empty_label=gettext_lazy("All"),
    )
    offer = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Group offer"),
        queryset=GroupOfferPage.objects.chosen_in(SelfHelpGroup.objects),
        empty_label=gettext_lazy("All"),
    )
    area = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Area"), queryset=Area.objects.all(), empty_label=gettext_lazy("All")
    )

    class Meta:
        model = SelfHelpGroup
        fields = ["status", "places", "offer", "area"]

    def filter_places(self, groups, name, value):
        return groups.short_of_people()


class StartUpColumn(QueueColumn):
    cell_template_name = "groups/self_help_groups/cells/start_up.html"


class GroupStatusColumn(QueueColumn):
    cell_template_name = "groups/self_help_groups/cells/status.html"


def columns(page_url_name: str) -> list[QueueColumn]:
    """Return the columns of the list; `page_url_name` is where a reference leads."""
    return [
        ReferenceColumn("reference", label=gettext_lazy("Reference"), url_name=page_url_name),
        QueueColumn("name", label=gettext_lazy("Working name"), classname="queue-name"),
        GroupStatusColumn("status", label=gettext_lazy("Status"), accessor="get_status_display"),
        QueueColumn("places", label=gettext_lazy("Places taken"), accessor=places),
        QueueColumn("agreed", label=gettext_lazy("Said yes to the time"), accessor=said_yes),
        StartUpColumn(
            "start_up_at", label=gettext_lazy("Start-up meeting"), sort_key="start_up_at"
        ),
        QueueColumn("initiators", label=gettext_lazy("Initiators"), accessor="initiators_shown"),
    ]


def places(group) -> str:
    """Return the places taken and the most there are, such as “3 of 8”."""
    return _("%(taken)d of %(most)d") % {"taken": group.places_taken, "most": group.most}


def said_yes(group) -> str:
    """Return how many agreed to the start-up time, while that is being asked."""
    return str(group.agreed) if group.is_filling and group.start_up_at else ""


def initiators_of(group, user) -> str:
    """Return the initiators' names, or their references if `user` may not see initiators."""
    named = may(user, "view", Initiator)
    return ", ".join(one.name if named else str(one) for one in group.initiators.all())


class GroupIndexView(ListView):
    filterset_class = GroupFilters
    views = [
        (pgettext_lazy("groups", "All"), {}),
        *((status.label, {"status": status.value}) for status in GroupStatus),
    ]
    is_exportable = False

    def order_queryset(self, queryset):
        """Sort by start-up or newest first; the key makes either order total."""
        orders = {"start_up_at": ["start_up_at", "pk"], "-start_up_at": ["-start_up_at", "-pk"]}
        return queryset.order_by(*orders.get(self.ordering, ["-created_at", "-pk"]))

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        reference = normalise(self.search_query)
        found = with_all_words(self.search_query)
        if reference:
            found |= Q(reference__istartswith=reference)
        return queryset.filter(found)

    def with_details(self, rows):
        agreed = Count("placements", filter=Q(placements__agrees=True))
        rows = list(rows.annotate(agreed=agreed).prefetch_related("initiators"))
        for group in rows:
            group.initiators_shown = initiators_of(group, self.request.user)
        return rows

    @cached_property
    def header_buttons(self):
        form = HeaderButton(_("Form a group"), url=reverse("groups_board:index"), icon_name="plus")
        url = reverse("self_help_groups:meetings")
        meetings = HeaderButton(_("Meetings"), url=url, icon_name="calendar-alt")
        return [form, meetings] if self.user_has_permission("add") else [meetings]
