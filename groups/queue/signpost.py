"""The signposting page: which service fits better, and what is deleted."""

from django import forms
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linksite.intake.duplicates import with_merged
from linksite.intake.pages.base import ActionForm, ApplicationFormView
from network.models import Organisation

from ..actions import signposting
from ..actions.signposting import EMPTIED
from ..models import GroupApplication, GroupNote, KeepApart, Placement, PlacementStatus, Topic
from .conversation import OnlyWhileOpen

#: The fields listed before they are deleted; the other one means nothing by itself.
TOLD = [field for field in EMPTIED if field not in ("on_waiting_list", "topics")]


class PartnerChoice(forms.ModelChoiceField):
    """The partners, with what can be read out on the phone."""

    def label_from_instance(self, partner):
        more = filter(None, [str(partner.get_kind_display()), partner.website])
        words = "<span><strong>{}</strong><br>{}</span>"
        return format_html(words, partner.name, " · ".join(more))


class NotUsForm(ActionForm):
    """Where the person is signposted to, what they agreed to, and that the rest may go."""

    done = _("The application is closed, and what they told us has been deleted.")
    partner = PartnerChoice(
        label=_("Which service fits better?"),
        queryset=Organisation.objects.order_by("name"),
        required=False,
        blank=True,
        empty_label=_("None of the partner organisations"),
        widget=forms.RadioSelect,
    )
    consents = forms.BooleanField(
        label=_("They told me that we may pass on their name and number"),
        required=False,
        help_text=_(
            "Your name and the time are saved with this. Without it, nothing may be passed on, "
            "and they contact the other service themselves."
        ),
    )
    by_mail = forms.BooleanField(
        label=_("They want the name and website of the other service by email"),
        required=False,
        help_text=_(
            "Ask first. The email names the other service, and anyone who shares their inbox "
            "can read it."
        ),
    )
    sure = forms.BooleanField(
        label=_("I have read what will be deleted. This cannot be undone."),
        error_messages={"required": _("Tick this to continue.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.email:
            del self.fields["by_mail"]

    def clean(self):
        data = super().clean()
        wants_partner = data.get("consents") or data.get("by_mail")
        if wants_partner and not data.get("partner") and "partner" not in self.errors:
            self.add_error("partner", gettext("Choose the service that fits better."))
        return data

    def save(self, user):
        data = self.cleaned_data
        signposting.signpost(
            self.instance,
            data["partner"],
            consents=data["consents"],
            by_mail=data.get("by_mail", False),
            **self._seen(user),
        )


class NotUsView(OnlyWhileOpen, ApplicationFormView):
    page_title = pgettext_lazy("page", "Another service fits better")
    template_name = "groups/queue/signpost.html"
    form_class = NotUsForm

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "goes": list(self._goes())}

    def _goes(self):
        """Yield what will be deleted, here and in the applications merged into this one."""
        them = with_merged(self.object)
        for field in TOLD:
            if any(getattr(one, field) for one in them):
                yield GroupApplication._meta.get_field(field).verbose_name
        if Topic.objects.filter(applications__in=them).exists():
            yield GroupApplication._meta.get_field("topics").verbose_name
        if notes := GroupNote.objects.filter(application__in=them).count():
            yield ngettext("%(count)d note", "%(count)d notes", notes) % {"count": notes}
        placements = Placement.objects.filter(application__in=them)
        if placements.exclude(status=PlacementStatus.STARTED).exists():
            yield gettext("which groups they were due to join")
        if pairs := KeepApart.objects.filter(Q(one__in=them) | Q(other__in=them)).count():
            text = ngettext(
                "that one person is kept apart from them",
                "that %(count)d people are kept apart from them",
                pairs,
            )
            yield text % {"count": pairs}
