"""The page where a mail to somebody is checked and sent."""

from django import forms
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..mail import confidentiality, outbox
from ..models import MailText
from ..queue import mail_kinds
from .base import ActionForm, ApplicationFormView


class WriteForm(ActionForm):
    """The text of a mail of one `kind`, filled in and editable; the subject is not."""

    done = _("The email is on its way. The history below shows when it has been sent.")
    body = forms.CharField(
        label=_("Text"),
        max_length=MailText._meta.get_field("body").max_length,
        strip=False,
        validators=[confidentiality.check_body],
        widget=forms.Textarea(attrs={"rows": 14}),
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_body(self):
        body = "\n".join(self.cleaned_data["body"].splitlines()).strip()
        if not body:
            raise forms.ValidationError(self.fields["body"].error_messages["required"])
        return body + "\n"

    def save(self, user):
        body = self.cleaned_data["body"]
        actions.write(self.instance, self.kind, body, **self._seen(user))


class WriteView(ApplicationFormView):
    """A mail that staff send by hand, filled in, in the applicant's language."""

    form_class = WriteForm
    template_name = "intake/pages/write.html"
    page_title = _("Write an email")
    submit_label = _("Send")

    @cached_property
    def kind(self):
        """The kind of mail; 404 for one that is not sent by hand."""
        kind = mail_kinds().get(self.kwargs["kind"])
        if kind is None or not kind.by_hand:
            raise Http404
        return kind

    @cached_property
    def written(self):
        """Subject and text as they would be sent."""
        return outbox.written(self.object, self.kind.name)

    def get_initial(self):
        return {"body": self.written[1]}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "kind": self.kind.name}

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "subject": self.written[0]}
