"""The mails about places. None names a group, what it is about, or where it meets."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from linksite.intake.mail.kinds import EXAMPLES, MailKind, register

from .models import GroupOfferPage, Topic

LINK = {"link": _("the person's own link")}


TIME = {"time": _("the start-up time")}


EXAMPLES.update(
    link="https://www.example.org/svar/AbCd1234/",
    reply_by=_("14 May"),
    time=_("20 May at 18:00"),
)


register(
    MailKind("place", _("A place is proposed"), {**LINK, "reply_by": _("the last day to answer")}),
    MailKind("place_confirmed", _("A place was accepted"), LINK),
    MailKind("place_lapsed", _("A proposed place ran out"), LINK),
    MailKind("place_called_off", _("A place was called off"), {}),
    MailKind("place_gone", _("The last place had gone"), LINK),
    MailKind("off_list", _("Somebody left the list by their link"), {}),
    MailKind("start_up", _("A start-up time is proposed"), {**LINK, **TIME}),
    MailKind("start_up_moved", _("Another start-up time is proposed"), {**LINK, **TIME}),
    MailKind("start_up_set", _("The start-up time is set"), {**LINK, **TIME}),
    MailKind("something_changed", _("Where or when it meets is new"), LINK),
)


def names() -> Iterator[str]:
    """Give each, in every language."""
    for topic in Topic.objects.values_list("name", "name_nn", "name_en"):
        yield from topic
    for offer in GroupOfferPage.objects.values_list("title", "course"):
        yield from offer
