"""The group queue, topics and areas in Wagtail's admin."""

from django.db.models import F
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from linksite.intake.listing.columns import QueueColumn
from linksite.intake.listing.export import Joined, Several
from linksite.intake.pages.detail import ApplicationDetailView
from linksite.intake.pages.viewset import ApplicationViewSet

from ..eligibility import kept_apart_from
from ..models import QUESTIONS, Area, GroupApplication, Topic, waiting_list_position
from ..models.waiting_list import WAITING_STATUSES
from .conversation import ConversationView
from .enter import GroupEntryForm
from .filters import GroupApplicationFilters
from .placement_panel import PlacementPanelMixin
from .signpost import NotUsView


def wanted(application) -> str:
    """Return the offer somebody asked for, and whether they wait for a place in it."""
    if not application.offer_title:
        return _("Any group")
    # People who signed up for the waiting list may have left it since.
    if not application.on_waiting_list or application.status not in WAITING_STATUSES:
        return application.offer_title
    return _("%(offer)s (waiting list)") % {"offer": application.offer_title}


def topics_of(pks) -> dict[int, str]:
    """Return the topics of each application among `pks`, by key, in the centre's order."""
    names = {topic.pk: str(topic) for topic in Topic.objects.all()}
    topics = {}
    chosen = GroupApplication.topics.through.objects.filter(groupapplication__in=pks)
    chosen = chosen.order_by("topic__sort_order", "topic_id")
    for pk, topic in chosen.values_list("groupapplication_id", "topic_id"):
        topics.setdefault(pk, []).append(names[topic])
    return {pk: ", ".join(chosen) for pk, chosen in topics.items()}


#: Left out while they are empty.
IF_ANY = {
    "conversation_at",
    "expectations",
    "agreed",
    "keep_apart_from",
    "referred_to",
    "referral_consented_at",
}


#: How the export gives what is not a plain field.
RELATED_COLUMNS = {
    "topics": Several(_("Topics"), topics_of),
    "area": Joined(_("Area"), "area__name"),
}


class GroupApplicationDetailView(PlacementPanelMixin, ApplicationDetailView):
    def get_offer_display_value(self):
        if self.object.offer is None:
            return _("Any group")
        position = waiting_list_position(self.object)
        if position is None:
            return self._offer_link()
        place = _("number %(position)d on the waiting list") % {"position": position}
        return format_html("{} ({})", self._offer_link(), place)

    def _offer_link(self):
        offer = self.object.offer
        if not offer.permissions_for_user(self.request.user).can_edit():
            return offer.title
        url = reverse("wagtailadmin_pages:edit", args=[offer.pk])
        return format_html('<a href="{}">{}</a>', url, offer.title)

    def get_keep_apart_from_display_value(self):
        visible = GroupApplication.objects.visible_to(self.request.user)
        pairs = visible.filter(pk__in=kept_apart_from(self.object)).order_by("reference")
        names = self.object.keep_apart_from.splitlines()
        return ", ".join([*filter(None, names), *pairs.values_list("reference", flat=True)])

    def get_fields_context(self):
        fields = zip(self.fields, super().get_fields_context(), strict=True)
        return [field for name, field in fields if field["value"] or name not in IF_ANY]

    def page_links(self):
        links = super().page_links()
        if not self.object.is_open:
            return links
        pages = [
            ("conversation", _("Hold the conversation"), "comment"),
            ("not_us", _("Another service fits better"), "redirect"),
        ]
        for name, label, icon in pages:
            url = reverse(f"group_applications:{name}", args=[self.object.pk])
            links.append({"label": label, "url": url, "icon": icon})
        return links


class GroupApplicationViewSet(ApplicationViewSet):
    """The queue of people who want to join a group."""

    model = GroupApplication
    name = "group_applications"
    url_prefix = "groups/applications"
    icon = "list-ul"
    menu_label = _("Group queue")
    menu_order = 110
    inspect_view_class = GroupApplicationDetailView
    filterset_class = GroupApplicationFilters
    entry_form = GroupEntryForm
    entry_fields = ["offer", *QUESTIONS]
    annotations = {"offer_title": F("offer__title")}
    columns = [QueueColumn("offer", label=_("Group offer"), accessor=wanted)]
    inspect_view_fields = [
        "offer",
        "on_waiting_list",
        *QUESTIONS,
        "conversation_at",
        "expectations",
        "keep_apart_from",
        "agreed",
        "referred_to",
        "referral_consented_at",
    ]
    export_columns = [
        Joined(_("Group offer"), "offer__title"),
        "on_waiting_list",
        *(RELATED_COLUMNS.get(name, name) for name in QUESTIONS),
        Joined(_("Assigned to"), "assigned_to__username"),
    ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            self.page(ConversationView, "conversation"),
            path("not-us/<int:pk>/", self.construct_view(NotUsView), name="not_us"),
        ]


class TopicViewSet(SnippetViewSet):
    """What groups and articles are about: a snippet, so that pages can choose several."""

    model = Topic
    icon = "tag"
    add_to_settings_menu = True
    list_display = ["name", "name_nn", "name_en"]


class AreaViewSet(SnippetViewSet):
    """The parts of the centre's district: a snippet, so that areas in use cannot be deleted."""

    model = Area
    icon = "site"
    add_to_settings_menu = True
    list_display = ["name"]
