"""What people are told about their place, by mail or else by phone."""

from datetime import datetime
from typing import cast

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from wagtail.log_actions import log

from linksite.intake.mail import outbox
from linksite.intake.models import MailStatus
from linksite.intake.queue import mail_kinds

from ..links import answer_url
from ..models import GroupApplication, Placement


def write(placement: Placement, kind: str, **values: str) -> None:
    """Write to the person with a link, or ask for a call if there is no address."""
    if placement.application.email:
        outbox.queue(placement.application, kind, link=answer_url(placement), **values)
    else:
        call_today(placement.application)
        # So that staff who call see why.
        data = {"group": placement.group.reference, "mail": kind}
        log(placement.application, "groups.tell", data=data)


def withdraw_unsent(application: GroupApplication) -> None:
    """Stop every mail with a link that was written before now: things have changed."""
    with_link = [kind.name for kind in mail_kinds().values() if "link" in kind.placeholders]
    unsent = application.mails.filter(kind__in=with_link, status__in=outbox.UNSENT)
    unsent.update(status=MailStatus.FAILED)


def call_today(application: GroupApplication) -> None:
    """Ask for a call today, unless the application is closed."""
    application.call_today()
    application.save(update_fields=["follow_up_on"])


def propose_by_mail(placement: Placement) -> None:
    language = placement.application.language
    write(placement, "place", reply_by=day(cast(datetime, placement.reply_by), language))


def ask_about_start_up(placement: Placement, *, moved: bool = False) -> None:
    """Ask somebody who has a place whether the proposed start-up time suits them.

    `moved`: it replaces another.
    """
    placement.agrees = None
    placement.save_with_new_link()
    write(placement, "start_up_moved" if moved else "start_up", time=moment(placement))


def tell_start_up(placement: Placement) -> None:
    """Tell somebody who said yes that the time is set."""
    placement.save_with_new_link()
    write(placement, "start_up_set", time=moment(placement))


def day(at: datetime, language: str) -> str:
    """Return the date as people write it in `language`."""
    with override(language):
        return date_format(timezone.localtime(at), "DATE_FORMAT")


def moment(placement: Placement) -> str:
    """Return the start-up time as the person writes it."""
    at = timezone.localtime(placement.group.start_up_at)
    with override(placement.application.language):
        return f"{date_format(at, 'l')} {date_format(at, 'DATETIME_FORMAT')}"
