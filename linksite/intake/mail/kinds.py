"""The mails there are, and the wording of each.

The default wording is in templates, `templates/emails/<name>/{subject,body}.txt`, in which a
placeholder is a variable of the same name. A centre can replace it (`MailText`); there a
placeholder is written `{reference}`. Nothing else is ever filled in: a text that staff can edit is
no program.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _

from ..models import MailText

PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Placeholder(NamedTuple):
    """What is filled in: a `label` for staff, and a made-up `example` to see what it looks like."""

    label: str | Promise
    example: str | Promise


#: What may stand in any mail.
COMMON = {
    "reference": Placeholder(_("the reference, such as 7KM-3PQ"), "7KM-3PQ"),
    "centre": Placeholder(_("the name of the centre"), "LINK"),
    "contact": Placeholder(
        _("the centre's phone and email, one per line"), "22 00 00 00\npost@example.org"
    ),
}


@dataclass(frozen=True)
class MailKind:
    """One kind of mail. `by_hand`: staff may send it from an application's page."""

    name: str
    label: str | Promise
    placeholders: dict[str, Placeholder]
    editable: bool = True
    by_hand: bool = False

    @property
    def known(self) -> dict[str, Placeholder]:
        """Every placeholder that may stand in it, with what it becomes."""
        return {**COMMON, **self.placeholders}

    def words(self, language: str) -> tuple[str, str]:
        """Return the centre's subject and body in `language`, with placeholders."""
        own = MailText.objects.filter(kind=self.name, language=language).first()
        return (own.subject, normalize_newlines(own.body)) if own else self.first_words(language)

    def first_words(self, language: str) -> tuple[str, str]:
        """Return the default subject and body in `language`, with placeholders."""
        names = {name: f"{{{name}}}" for name in self.known}
        with translation.override(language):
            subject = render_to_string(f"emails/{self.name}/subject.txt", names)
            body = render_to_string(f"emails/{self.name}/body.txt", names)
        return " ".join(subject.split()), body.strip() + "\n"

    def fill(self, text: str, values: dict) -> str:
        """Return `text` with the placeholders filled in; an unknown one stays as it is."""
        filled = PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)
        # An empty value leaves no gap.
        return re.sub(r"\n{3,}", "\n\n", filled)


ANSWER_WITHIN = Placeholder(_("“2 working days”"), _("2 working days"))
PARTNER = Placeholder(_("the partner"), "Kommunen, 22 11 11 11")
QUEUE = Placeholder(_("address of the queue"), "https://www.example.org/admin/")
#: The mails that every queue sends.
COMMON_KINDS = (
    MailKind("receipt", _("Receipt for a signup"), {"answer_within": ANSWER_WITHIN}),
    MailKind("notice", _("Notice to staff"), {"queue": QUEUE}, editable=False),
    MailKind("not_reached", _("We tried to reach you"), {}, by_hand=True),
    MailKind("still_waiting", _("We have not forgotten you"), {}, by_hand=True),
    MailKind("onward", _("Where to go next, as agreed"), {"partner": PARTNER}),
)
