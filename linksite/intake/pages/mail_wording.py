"""The pages where a centre changes the wording of its mails."""

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.text import normalize_newlines
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from ..mail import confidentiality
from ..mail.kinds import PLACEHOLDER
from ..models import MailText
from ..permissions import PermissionMenuItem, may
from ..queue import mail_kinds
from .base import ShowsWhatIsWrong

#: The placeholders of a subject: a reference tells nothing to anybody else.
IN_A_SUBJECT = {"reference"}


class MailTextForm(forms.ModelForm):
    class Meta:
        model = MailText
        fields = ["subject", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 14})}
        help_texts = {
            "subject": _(
                "Neutral: a neighbour who sees it must not learn anything. You can use {reference}."
            )
        }

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_subject(self):
        subject = " ".join(self.cleaned_data["subject"].split())
        _check_placeholders(subject, IN_A_SUBJECT)
        confidentiality.check_subject(subject)
        return subject

    def clean_body(self):
        """Refuse a text with confidential terms or unknown placeholders, or without its link."""
        body = normalize_newlines(self.cleaned_data["body"]).strip() + "\n"
        _check_placeholders(body, self.kind.known)
        confidentiality.check_body(body)
        _subject, first_body = self.kind.first_words(self.instance.language)
        if "{link}" in first_body and "{link}" not in body:
            raise forms.ValidationError(
                gettext("The person needs the link. Include {link} in the text.")
            )
        return body


def _check_placeholders(text, known):
    unknown = sorted({name for name in PLACEHOLDER.findall(text) if name not in known})
    if unknown:
        names = ", ".join(f"{{{name}}}" for name in unknown)
        raise forms.ValidationError(
            gettext("There is nothing to fill in for %(names)s.") % {"names": names}
        )
    if set("{}") & set(PLACEHOLDER.sub("", text)):
        raise forms.ValidationError(
            gettext(
                "Write what should be filled in like this: {reference}. Do not use { or } for "
                "anything else."
            )
        )


class MailTextPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    permission_required = "change"
    model = MailText
    page_title = _("Email templates")
    index_url_name = None
    edit_url_name = None


class MailTextListView(MailTextPage, TemplateView):
    """Every mail in each language, and whether the centre has changed it."""

    template_name = "intake/pages/mail_wordings.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        changed = set(MailText.objects.values_list("kind", "language"))
        kinds = [kind for kind in mail_kinds().values() if kind.editable]
        mails = [(kind, list(self._languages(kind, changed))) for kind in kinds]
        return {**super().get_context_data(**kwargs), "mails": mails}

    def _languages(self, kind, changed):
        for code, name in settings.LANGUAGES:
            url = reverse(self.edit_url_name, args=[kind.name, code])
            yield {"name": name, "url": url, "changed": (kind.name, code) in changed}


class MailTextView(ShowsWhatIsWrong, MailTextPage, FormView):
    """The wording of one mail in one language: preview, save, or reset it."""

    form_class = MailTextForm
    template_name = "intake/pages/mail_wording.html"

    @cached_property
    def kind(self):
        """The mail; 404 for one that has no words to choose."""
        kind = mail_kinds().get(self.kwargs["kind"])
        if kind is None or not kind.editable or self.language not in dict(settings.LANGUAGES):
            raise Http404
        return kind

    @property
    def language(self):
        return self.kwargs["language"]

    @cached_property
    def own(self):
        """The centre's own wording, saved or not yet."""
        key = {"kind": self.kind.name, "language": self.language}
        return MailText.objects.filter(**key).first() or MailText(**key)

    def get_form_kwargs(self):
        subject, body = self.kind.words(self.language)
        own = {"instance": self.own, "initial": {"subject": subject, "body": body}}
        return {**super().get_form_kwargs(), **own, "kind": self.kind}

    def post(self, request, *args, **kwargs):
        if request.POST.get("do") == "reset":
            return self._reset()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        if self.request.POST.get("do") == "preview":
            return self._show_filled_in(form)
        with transaction.atomic():
            data = {"kind": self.kind.name, "language": self.language}
            # Two people at once write the same row: the later wording stays.
            own, _new = MailText.objects.update_or_create(**data, defaults=form.cleaned_data)
            log(own, "intake.mail_text", user=self.request.user, data=data)
        return self._done(gettext("Saved. The new text applies from the next email."))

    def _show_filled_in(self, form):
        """Show subject and text with made-up values."""
        with translation.override(self.language):
            values = {name: str(one.example) for name, one in self.kind.known.items()}
        texts = (form.cleaned_data["subject"], form.cleaned_data["body"])
        preview = [self.kind.fill(text, values) for text in texts]
        return self.render_to_response(self.get_context_data(form=form, preview=preview))

    @transaction.atomic
    def _reset(self):
        data = {"kind": self.kind.name, "language": self.language}
        if self.own.pk:
            log(self.own, "intake.mail_text_reset", user=self.request.user, data=data)
            MailText.objects.filter(**data).delete()
        return self._done(gettext("The original text is back."))

    def _done(self, message):
        messages.success(self.request, message)
        return redirect(self.index_url_name)

    def get_page_subtitle(self):
        return f"{self.kind.label} ({dict(settings.LANGUAGES)[self.language]})"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": self.page_title},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "back": reverse(self.index_url_name)}


class MailTextViewSet(ViewSet):
    """Every editable mail in each language. Not a snippet, since nothing chooses it."""

    name = "mail_texts"
    url_prefix = "mail-templates"
    icon = menu_icon = "mail"
    menu_label = _("Email templates")
    add_to_settings_menu = True

    def menu_item_class(self, **kwargs):
        return PermissionMenuItem(may_see=lambda user: may(user, "change", MailText), **kwargs)

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            index_url_name=self.get_url_name("index"),
            edit_url_name=self.get_url_name("edit"),
            header_icon=self.icon,
            **kwargs,
        )

    def get_urlpatterns(self):
        edit = self.construct_view(MailTextView)
        return [
            path("", self.construct_view(MailTextListView), name="index"),
            path("<slug:kind>/<slug:language>/", edit, name="edit"),
        ]
