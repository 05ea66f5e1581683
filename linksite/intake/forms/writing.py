"""A mail to somebody, looked through before it is sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import actions, telling
from ..models import MailText
from .steps import ActionForm


class WriteForm(ActionForm):
    """The text of a mail of one `kind`, filled in and open to change; the subject is not."""

    done = _("The mail is on its way. The history below shows when it has been sent.")
    body = forms.CharField(
        label=_("Text"),
        max_length=MailText._meta.get_field("body").max_length,
        strip=False,
        validators=[telling.check_body],
        widget=forms.Textarea(attrs={"rows": 14}),
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_body(self):
        """Give the text with the line ends of a mail."""
        body = "\n".join(self.cleaned_data["body"].splitlines()).strip()
        if not body:
            raise forms.ValidationError(self.fields["body"].error_messages["required"])
        return body + "\n"

    def save(self, user):
        """Send the mail on its way."""
        body = self.cleaned_data["body"]
        actions.write(self.application, self.kind, body, **self._seen(user))
