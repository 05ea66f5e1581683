"""The mails about places. None names a group, what it is about, or where it meets."""

from django.utils.translation import gettext_lazy as _

from linksite.intake.mail.kinds import MailKind, Placeholder

LINK = {
    "link": Placeholder(_("the person's own link"), "https://www.example.org/svar/AbCd1234/"),
}
TIME = {"time": Placeholder(_("the start-up time"), _("20 May at 18:00"))}
REPLY_BY = {"reply_by": Placeholder(_("the last day to answer"), _("14 May"))}

MAILS = (
    MailKind("place", _("A place is proposed"), {**LINK, **REPLY_BY}),
    MailKind("place_confirmed", _("A place was accepted"), LINK),
    MailKind("place_lapsed", _("A proposed place expired"), LINK),
    MailKind("place_called_off", _("A place was withdrawn"), {}),
    MailKind("place_gone", _("The last place was already taken"), LINK),
    MailKind("off_list", _("Someone left the list using their link"), {}),
    MailKind("start_up", _("A start-up time is proposed"), {**LINK, **TIME}),
    MailKind("start_up_moved", _("Another start-up time is proposed"), {**LINK, **TIME}),
    MailKind("start_up_set", _("The start-up time is set"), {**LINK, **TIME}),
    MailKind("something_changed", _("The meeting place or time has changed"), LINK),
)
