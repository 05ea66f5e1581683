"""What people are told about their place, and what the history says of it."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from wagtail.log_actions import log

from linksite.intake.actions import StaleApplication, save
from linksite.intake.mail import outbox
from linksite.intake.mail.kinds import KINDS
from linksite.intake.models import MailStatus

from ..links import answer_url
from ..models import GroupApplication, Placement, SelfHelpGroup
from .locks import lock


def unchanged(group: SelfHelpGroup, version: int) -> SelfHelpGroup:
    """Give the group as it stands, locked. Raises `StaleApplication` if it is not at `version`."""
    group = lock(group)
    if group.version != version:
        raise StaleApplication
    return group


def save_group(group: SelfHelpGroup, action: str, user, data: dict | None = None) -> None:
    """Save a locked group as its next version and log `action`."""
    group.version += 1
    group.save()
    log(group, action, user=user, data={**(data or {}), "version": group.version})


def note(placement: Placement, action: str, user=None) -> None:
    """Log `action` with the person, and save what has changed about them."""
    save(placement.application, action, {"group": placement.group.reference}, user)


def save_with_new_link(placement: Placement) -> None:
    """Save the placement; what was shown of it earlier can no longer be answered."""
    placement.turn += 1
    placement.save()


def write(placement: Placement, kind: str, **values: str) -> None:
    """Write to the person with a link, or let them be called if there is no address."""
    if placement.application.email:
        outbox.queue(placement.application, kind, link=answer_url(placement), **values)
    else:
        call_today(placement.application)
        # So that whoever calls sees why.
        data = {"group": placement.group.reference, "mail": kind}
        log(placement.application, "groups.tell", data=data)


def withdraw_unsent(application: GroupApplication) -> None:
    """Let no mail with a link go out any more that was written before now: things have changed."""
    with_link = [kind.name for kind in KINDS.values() if "link" in kind.placeholders]
    unsent = application.mails.filter(kind__in=with_link, status__in=outbox.UNSENT)
    unsent.update(status=MailStatus.FAILED)


def call_today(application: GroupApplication) -> None:
    """Let somebody call today, unless the application is closed."""
    application.call_today()
    application.save(update_fields=["follow_up_on"])


def propose_by_mail(placement: Placement) -> None:
    """Ask somebody whether they want the place that is held for them."""
    language = placement.application.language
    write(placement, "place", reply_by=day(placement.reply_by, language))


def ask_about_start_up(placement: Placement, *, moved: bool = False) -> None:
    """Ask somebody who has a place whether the proposed start-up time suits them.

    `moved`: it comes instead of another.
    """
    placement.agrees = None
    save_with_new_link(placement)
    write(placement, "start_up_moved" if moved else "start_up", time=moment(placement))


def tell_start_up(placement: Placement) -> None:
    """Tell somebody who said yes that the time is set."""
    save_with_new_link(placement)
    write(placement, "start_up_set", time=moment(placement))


def day(at: datetime, language: str) -> str:
    """Give the date as people write it in `language`."""
    with override(language):
        return date_format(timezone.localtime(at), "DATE_FORMAT")


def moment(placement: Placement) -> str:
    """Give the start-up time as the person writes it."""
    at = timezone.localtime(placement.group.start_up_at)
    with override(placement.application.language):
        return f"{date_format(at, 'l')} {date_format(at, 'DATETIME_FORMAT')}"
