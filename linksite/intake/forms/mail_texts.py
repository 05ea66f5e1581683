"""The words of a mail, as a centre wants them."""

from django import forms
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import telling
from ..mail_kinds import PLACEHOLDER
from ..models import MailText

#: What a subject may be filled with: the reference tells nothing to anybody else.
IN_A_SUBJECT = {"reference"}


class MailTextForm(forms.ModelForm):
    """Subject and text of one kind of mail in one language."""

    class Meta:
        model = MailText
        fields = ["subject", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 14})}
        help_texts = {
            "subject": gettext_lazy(
                "Neutral: a neighbour who sees it must learn nothing. {reference} may stand in it."
            )
        }

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_subject(self):
        """Give the subject on one line; refuse one that tells or that nobody can fill in."""
        subject = " ".join(self.cleaned_data["subject"].split())
        _check_placeholders(subject, IN_A_SUBJECT)
        telling.check_subject(subject)
        return subject

    def clean_body(self):
        """Give the text; refuse one that tells, that nobody can fill in, or without its link."""
        body = normalize_newlines(self.cleaned_data["body"]).strip() + "\n"
        _check_placeholders(body, self.kind.known)
        telling.check_body(body)
        _subject, first_body = self.kind.first_words(self.instance.language)
        if "{link}" in first_body and "{link}" not in body:
            raise forms.ValidationError(_("The person needs the link: write {link} in the text."))
        return body


def _check_placeholders(text, known):
    unknown = sorted({name for name in PLACEHOLDER.findall(text) if name not in known})
    if unknown:
        names = ", ".join(f"{{{name}}}" for name in unknown)
        raise forms.ValidationError(
            _("Nothing is known to fill in for %(names)s.") % {"names": names}
        )
    if set("{}") & set(PLACEHOLDER.sub("", text)):
        raise forms.ValidationError(
            _("Write what is to be filled in like {reference}, and no other { or }.")
        )
