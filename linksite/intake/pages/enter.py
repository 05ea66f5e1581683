"""The page where staff enter an application that did not come by the signup form."""

import secrets
from datetime import timedelta

from django import forms
from django.forms.models import modelform_factory
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Site

from .. import actions, duplicates
from ..fields import check_can_be_reached
from ..permissions import who_may
from .base import QueueFormView
from .correct import UNREACHABLE

#: What every queue asks, in the order of a phone call.
COMMON = [
    "name",
    "phone",
    "email",
    "contact_by",
    "leave_message",
    "language",
    "message",
    "heard_from",
    "helper",
]
CONSENT = ["consent_heard_by", "consented_at", "consent_text"]
#: Staff can change the words, since consent is given to what was really said: a caller has not seen
#: the signup page.
SAID = _(
    "The person was told on the phone who reads this, what it is used for, that it is deleted "
    "when it is no longer needed, and that they can withdraw their consent at any time, and "
    "they said yes to it."
)
#: Older consents are no longer entered: people are asked again.
OLDEST = timedelta(days=366)


class EntryForm(forms.ModelForm):
    """The base of each queue's form: `modelform_factory` adds model and fields."""

    #: A form for each further person signed up, where a queue asks for them.
    people = ()

    asked_for_it = forms.BooleanField(
        label=_("The person asked for it themselves"),
        required=False,
        help_text=_("You can only sign up someone who has asked for it themselves."),
    )
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, user, site, **kwargs):
        super().__init__(*args, **kwargs)
        self.site = site
        now = timezone.localtime().replace(second=0, microsecond=0)
        consent = {"consent_heard_by": user.pk, "consented_at": now, "consent_text": SAID}
        first = {**consent, "language": "nb", "token": secrets.token_urlsafe(24)}
        self.initial = {**first, **self.initial}
        self.fields["helper"].help_text = _(
            "Name and workplace of the professional who helped the person sign up, if any."
        )
        self.fields["message"].widget.attrs["rows"] = 4
        for field in self.fields.values():
            field.label = capfirst(field.label)
        self._ask_for_consent()

    def _ask_for_consent(self):
        heard_by, at = self.fields["consent_heard_by"], self.fields["consented_at"]
        heard_by.queryset = who_may("change", self._meta.model)
        heard_by.label_from_instance = get_user_display_name
        heard_by.required, heard_by.help_text = True, ""
        heard_by.empty_label = None
        at.widget = forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "step": "60"}
        )
        self.fields["consent_text"].widget.attrs["rows"] = 4

    def clean_consented_at(self):
        at = self.cleaned_data["consented_at"]
        if at > timezone.now():
            raise forms.ValidationError(
                _("Consent has already been given, so this cannot be in the future.")
            )
        if at < timezone.now() - OLDEST:
            raise forms.ValidationError(_("That is more than a year ago. Check the year."))
        return at

    def clean(self):
        data = super().clean()
        check_can_be_reached(self, UNREACHABLE)
        if data.get("helper") and not data.get("asked_for_it"):
            self.add_error("asked_for_it", _("Ask the person, and tick this if they say yes."))
        return data

    def application(self):
        """Return the application, unsaved; it is the same one when sent twice."""
        application = self.save(commit=False)
        application.site = self.site
        # Going back and entering the next person on the same form makes another application.
        said = [str(self.cleaned_data[name]) for name in ("token", "name", "phone", "email")]
        key = salted_hmac("intake.entry", "\n".join(said), algorithm="sha256")
        application.submission_key = key.hexdigest()
        return application

    def save_related(self, application):
        self._save_m2m()


class EnterView(QueueFormView):
    """A new application, as told on the phone."""

    permission_required = "add"
    template_name = "intake/pages/enter.html"
    page_title = pgettext_lazy("applications", "New application")
    submit_label = gettext_lazy("Save the application")
    #: The base of the form, and the fields this queue adds to what all queues ask.
    entry_form = EntryForm
    entry_fields = []

    def get_form_class(self):
        fields = [*COMMON, *self.entry_fields, *CONSENT]
        return modelform_factory(self.model, form=self.entry_form, fields=fields)

    def get_form_kwargs(self):
        site = Site.find_for_request(self.request)
        return {**super().get_form_kwargs(), "user": self.request.user, "site": site}

    def form_valid(self, form):
        application = actions.receive(
            form.application(), user=self.request.user, save_related=form.save_related
        )
        saved = gettext("Saved as %(reference)s.") % {"reference": application}
        messages.success(self.request, saved)
        if duplicates.of(application, self.request.user):
            told = gettext("The same email or phone is in another application. See below.")
            messages.warning(self.request, told)
        return redirect(self.with_list(reverse(self.inspect_url_name, args=[application.pk])))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        parts = [
            (gettext("Who it is"), [name for name in COMMON if name != "helper"]),
            (gettext("What they are asking for"), self.entry_fields),
            (gettext("Signed up with help"), ["helper", "asked_for_it"]),
            (gettext("Consent, given orally"), CONSENT),
        ]
        parts = [(heading, [form[name] for name in names]) for heading, names in parts]
        return {**context, "parts": parts}
