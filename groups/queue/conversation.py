"""The page of the introductory conversation: filled in while on the phone, corrected later."""

from django import forms
from django.db.models import TextChoices
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from linksite.intake.centre import centre_of
from linksite.intake.fields import WHY_SO_LATE, LaterDayField, too_late
from linksite.intake.listing import search
from linksite.intake.pages.base import ActionForm, ApplicationFormView
from linksite.intake.statuses import HOLDING_STATUSES

from ..actions import conversation
from ..eligibility import kept_apart_from, met_by, younger_than
from ..models import QUESTIONS, GroupApplication

#: The fields of the application that the conversation fills in.
TEXTS = ["expectations", "keep_apart_from", "agreed"]
ANSWERS = [*TEXTS, *QUESTIONS]
WIDGETS = {
    **{name: forms.Textarea(attrs={"rows": 3}) for name in TEXTS},
    "topics": forms.CheckboxSelectMultiple,
}
#: If a name fits more people than this, they are not listed.
MOST_NAMED = 5


class Lead(TextChoices):
    """What happens after the conversation."""

    STAY = "stay", _("Save and stay on this page")
    WAITS = "waits", _("Save: waiting for a group")
    CALL = "call", _("Save: call again on this day")
    NOT_US = "not_us", _("Save and find a service that fits better")


class ConversationForm(ActionForm):
    done = _("The conversation has been saved.")
    in_queue = forms.CharField(
        label=_("Are any of them in this queue?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Reference or name, one per line. The two will never be proposed for the same "
            "group. Never write a reason: it is not needed, and nobody is told."
        ),
    )
    together = forms.ModelMultipleChoiceField(
        queryset=GroupApplication.objects.none(),
        label=_("Can meet after all"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People they are being kept apart from now. Tick the ones to remove."),
    )
    call_on = LaterDayField(label=_("Call again on"), required=False, asks_why=True)
    lead = forms.ChoiceField(choices=Lead, required=False)

    def __init__(self, *args, user, instance, initial, **kwargs):
        initial = {**forms.model_to_dict(instance, ANSWERS), **initial}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.others = GroupApplication.objects.visible_to(user).exclude(pk=self.instance.pk)
        self.fields.update(forms.fields_for_model(GroupApplication, ANSWERS, widgets=WIDGETS))
        for name in ANSWERS:
            self.fields[name].label = capfirst(self.fields[name].label)
        pairs = self.others.filter(pk__in=kept_apart_from(instance))
        self.fields["together"].queryset = pairs.order_by("reference")
        if not pairs.exists():
            del self.fields["together"]

    @property
    def questions(self):
        """What is asked at signup as well, lists to tick before the rest."""
        fields = [self[name] for name in QUESTIONS]
        return sorted(fields, key=lambda field: not field.use_fieldset)

    @property
    def leads(self):
        """What can happen next; people who have a place do not go back to wait for one."""
        has_place = self.instance.status in HOLDING_STATUSES
        return [lead for lead in Lead if not (has_place and lead == Lead.WAITS)]

    def clean_in_queue(self):
        """Return the people meant; raise for a line that matches nobody, or several."""
        lines = self.cleaned_data["in_queue"].splitlines()
        return [self._meant(line.strip()) for line in lines if line.strip()]

    def _meant(self, line):
        meant = self.others.open().filter(search.matching(line))
        found = list(meant.order_by("reference")[: MOST_NAMED + 1])
        if not found:
            raise forms.ValidationError(
                gettext("Nobody else in the queue matches “%(line)s”.") % {"line": line}
            )
        if len(found) > 1:
            raise forms.ValidationError(_several(line, found))
        return found[0]

    def clean_lead(self):
        lead = self.cleaned_data["lead"] or Lead.STAY
        if lead not in self.leads:
            raise forms.ValidationError(gettext("They already have a place."))
        return lead

    def clean(self):
        data = super().clean()
        self._check_age(data)
        wants_call = data.get("lead") == Lead.CALL
        if wants_call and not data.get("call_on") and "call_on" not in self.errors:
            self.add_error("call_on", gettext("Choose the day of the next call."))
        if wants_call and too_late(data.get("call_on")) and not data.get("agreed"):
            self.add_error("agreed", WHY_SO_LATE)
        return data

    def _check_age(self, data):
        minimum = centre_of(self.instance.site).minimum_age
        if data.get("lead") == Lead.WAITS and data.get("age_band") in younger_than(minimum):
            text = gettext(
                "Groups at this centre are for people aged %(age)d and over, so they cannot "
                "wait for one. Choose “Save and find a service that fits better”."
            )
            self.add_error("age_band", text % {"age": minimum})

    def save(self, user):
        data = self.cleaned_data
        conversation.hold(
            self.instance,
            {name: data[name] for name in ANSWERS},
            waits=data["lead"] == Lead.WAITS,
            call_on=data["call_on"] if data["lead"] == Lead.CALL else None,
            apart=data["in_queue"],
            together=data.get("together", ()),
            **self._seen(user),
        )


def _several(line, found):
    if len(found) > MOST_NAMED:
        return gettext("Too many people match “%(line)s”. Enter the reference.") % {"line": line}
    people = ", ".join(f"{application} {application.name}" for application in found)
    return gettext("Several people match “%(line)s”: %(people)s. Enter the reference.") % {
        "line": line,
        "people": people,
    }


class OnlyWhileOpen:
    """Redirects to the application while it is closed: it has to be reopened first."""

    def get(self, request, *args, **kwargs):
        if self.object.is_open:
            return super().get(request, *args, **kwargs)
        messages.warning(request, gettext("The application is closed."))
        return redirect(self.get_success_url())


class ConversationView(OnlyWhileOpen, ApplicationFormView):
    """A guided page for the call: what they hope for, what fits, what we agreed, what next."""

    page_title = pgettext_lazy("page", "Introductory conversation")
    template_name = "groups/queue/conversation.html"
    form_class = ConversationForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def saved(self, form):
        """Also warn if somebody they must not meet has a place in the same group."""
        if not super().saved(form):
            return False
        text = gettext(
            "%(one)s and %(other)s must be kept apart, but both already have a place in the same "
            "group. Call one of them before the next meeting."
        )
        for other in met_by(self.object).visible_to(self.request.user):
            messages.warning(self.request, text % {"one": self.object, "other": other})
        return True

    def leads_to(self, form):
        """Return the address of this page, the signposting page or the application."""
        lead = form.cleaned_data["lead"]
        if lead == Lead.STAY:
            return self.request.path
        if lead == Lead.NOT_US:
            return reverse("group_applications:not_us", args=[self.object.pk])
        return super().leads_to(form)
