"""The initiators in Wagtail's admin: what they can lead, and what they lead now.

Initiators belong to the network app, the groups they lead to this one. Somebody's open theme says
something about their health: only users who may view initiators see it, no log or export does.
"""

from django import forms
from django.contrib.admin.utils import unquote
from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet

from linksite.intake.listing.columns import QueueColumn
from linksite.intake.listing.search import matching
from linksite.intake.templatetags.phone_tags import as_dialled
from network.models import Initiator, Training

from .models import Topic
from .models.self_help_groups import LED


def with_leads(initiators=None):
    """Annotate `leads`: how many groups each initiator leads now."""
    initiators = Initiator.objects.all() if initiators is None else initiators
    led = Q(self_help_groups__status__in=LED)
    return initiators.annotate(leads=Count("self_help_groups", filter=led))


def free_initiators():
    """Return the initiators who are trained and could take one more group."""
    trained = Initiator.objects.active().filter(training=Training.TRAINED)
    return with_leads(trained).filter(leads__lt=F("at_most"))


class InitiatorForm(WagtailAdminModelForm):
    open_themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics they are going through themselves"),
        queryset=Topic.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "What they are going through themselves. They are not proposed as an initiator for "
            "a group about it. Only people with access to initiators can see this."
        ),
    )

    class Meta:
        model = Initiator
        fields = [
            "name",
            "email",
            "phone",
            "organisation",
            "training",
            "trained_on",
            "at_most",
            "active",
        ]
        widgets = {"trained_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["open_themes"] = self.instance.open_themes.all()

    def _save_m2m(self):
        super()._save_m2m()
        self.instance.open_themes.set(self.cleaned_data["open_themes"])


class NameInTitle:
    """The title has the name; `str()`, and with it the log, only the reference."""

    def get_page_subtitle(self):
        return self.object.name


class InitiatorEditView(NameInTitle, generic.EditView):
    """Changes an initiator."""


class InitiatorHistoryView(NameInTitle, HistoryView):
    """What was done with an initiator."""


class InitiatorInspectView(NameInTitle, generic.InspectView):
    """For users who may see initiators but not edit them."""

    page_title = gettext_lazy("Initiator")

    def get_object(self, queryset=None):
        return get_object_or_404(with_leads(), pk=unquote(str(self.pk)))

    def get_field_label(self, field_name, field):
        labels = {
            "open_themes": _("Topics they are going through themselves"),
            "leads": _("Has groups now"),
        }
        return labels.get(field_name) or super().get_field_label(field_name, field)

    def get_phone_display_value(self):
        return as_dialled(self.object.phone)

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        words = {True: _("Yes"), False: _("No"), None: "–", "": "–", "-": "–"}
        return words.get(value, value) if isinstance(value, str | bool | None) else value


class InitiatorDeleteView(NameInTitle, generic.DeleteView):
    """Refuses to delete an initiator who leads a group."""

    def dispatch(self, request, *args, **kwargs):
        leads = self.object.self_help_groups.led()
        if not (self.user_has_permission("delete") and leads.exists()):
            return super().dispatch(request, *args, **kwargs)
        messages.error(
            request, _("They have a group now. Give it another initiator first, then delete.")
        )
        return redirect(self.index_url_name)


def load(initiator) -> str:
    """Return how many groups somebody leads, of how many at most."""
    return _("%(leads)d of %(at_most)d") % {
        "leads": initiator.leads,
        "at_most": initiator.at_most,
    }


def is_active(initiator) -> str:
    return _("Yes") if initiator.active else _("No")


class InitiatorIndexView(generic.IndexView):
    def get_base_queryset(self):
        return with_leads(super().get_base_queryset())

    def search_queryset(self, queryset):
        return queryset.filter(matching(self.search_query)) if self.is_searching else queryset


class InitiatorViewSet(ModelViewSet):
    """Not a snippet, because the chooser of snippets would show initiators to everybody."""

    model = Initiator
    name = "initiators"
    url_prefix = "network/initiators"
    icon = "user"
    menu_label = gettext_lazy("Initiators")
    menu_order = 125
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_template_name = "intake/listing/base.html"
    index_results_template_name = "intake/listing/base_results.html"
    index_view_class = InitiatorIndexView
    edit_view_class = InitiatorEditView
    history_view_class = InitiatorHistoryView
    inspect_view_class = InitiatorInspectView
    delete_view_class = InitiatorDeleteView
    list_per_page = 50
    list_filter = ["training", "active"]
    search_fields = ["name", "reference", "email"]
    ordering = ["name", "pk"]
    inspect_view_fields = [
        "reference",
        "email",
        "phone",
        "organisation",
        "training",
        "trained_on",
        "leads",
        "at_most",
        "active",
        "open_themes",
    ]

    list_display = [
        "name",
        QueueColumn("training", label=gettext_lazy("Training"), accessor="get_training_display"),
        QueueColumn("leads", label=gettext_lazy("Groups now"), accessor=load),
        QueueColumn("active", label=gettext_lazy("Active"), accessor=is_active),
    ]

    def get_form_class(self, for_update=False):
        return InitiatorForm


class InitiatorsField(forms.ModelMultipleChoiceField):
    """Initiators with their training, the groups they have now, and their own open theme."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(Initiator.objects.none(), **kwargs)
        self.offer(Initiator.objects.active())

    def offer(self, initiators, topics: set[int] = frozenset()) -> None:
        """Let `initiators` be chosen, for a group about the `topics` with these keys."""
        self.topics = topics
        # Setting the queryset also makes new labels.
        self.queryset = with_leads(initiators).prefetch_related("open_themes")

    def label_from_instance(self, obj):
        groups = _("groups now: %(load)s") % {"load": load(obj)}
        parts = [obj.name, obj.get_training_display().lower(), groups]
        if self.topics & {theme.pk for theme in obj.open_themes.all()}:
            parts.append(_("going through this themselves"))
        return " · ".join(parts)
