"""The group queue, and what offers are described with, in Wagtail's admin."""

from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from linksite.intake.columns import QueueColumn
from linksite.intake.export import Joined, Several
from linksite.intake.views import ApplicationDetailView
from linksite.intake.viewsets import ApplicationViewSet

from .models import Area, GroupApplication, Topic
from .queue_filters import GroupApplicationFilters


def wanted(application) -> str:
    """Give the offer somebody asked for, and whether they wait for a place in it."""
    if not application.offer_title:
        return _("Any group")
    if not application.on_waiting_list:
        return application.offer_title
    return _("%(offer)s (waiting list)") % {"offer": application.offer_title}


def topics_of(pks) -> dict[int, str]:
    """Give the names of the topics of each application among `pks`."""
    names = {topic.pk: str(topic) for topic in Topic.objects.all()}
    topics = {}
    chosen = GroupApplication.topics.through.objects.filter(groupapplication__in=pks)
    for pk, topic in chosen.order_by("pk").values_list("groupapplication_id", "topic_id"):
        topics.setdefault(pk, []).append(names[topic])
    return {pk: ", ".join(chosen) for pk, chosen in topics.items()}


class GroupApplicationDetailView(ApplicationDetailView):
    """An application for a group."""

    def get_offer_display_value(self):
        """Give the offer, linked to its page in the admin."""
        offer = self.object.offer
        if offer is None:
            return _("Any group")
        if not offer.permissions_for_user(self.request.user).can_edit():
            return offer.title
        url = reverse("wagtailadmin_pages:edit", args=[offer.pk])
        return format_html('<a href="{}">{}</a>', url, offer.title)


class GroupApplicationViewSet(ApplicationViewSet):
    """The queue of people who want to join a group."""

    model = GroupApplication
    name = "group_applications"
    url_prefix = "groups/applications"
    icon = "group"
    menu_label = _("Group queue")
    menu_order = 110
    inspect_view_class = GroupApplicationDetailView
    filterset_class = GroupApplicationFilters
    annotations = {"offer_title": F("offer__title")}
    columns = [QueueColumn("offer", label=_("Group offer"), accessor=wanted)]
    inspect_view_fields = ["offer", "on_waiting_list", "topics", "area", "age_band", "availability"]
    export_columns = [
        Joined(_("Group offer"), "offer__title"),
        "on_waiting_list",
        Several(_("Topics"), topics_of),
        Joined(_("Area"), "area__name"),
        "age_band",
        "availability",
        Joined(_("Assigned to"), "assigned_to__username"),
    ]


class TopicViewSet(SnippetViewSet):
    """What groups and articles are about: a snippet, so that pages can choose several."""

    model = Topic
    icon = "tag"
    add_to_settings_menu = True
    list_display = ["name", "name_nn", "name_en"]


class AreaViewSet(SnippetViewSet):
    """The parts of the centre's district: a snippet, so that those chosen are kept."""

    model = Area
    icon = "site"
    add_to_settings_menu = True
    list_display = ["name"]
