"""What the audit log says of groups and of the places in them.

An entry names the group by its reference, never what it is about.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from linksite.intake.history import day_of, field_names, register_actions
from linksite.intake.queue import mail_kinds

from .models import GroupApplication, SelfHelpGroup

#: What happens to a person's place; logged with the application.
PLACES = {
    "groups.propose": _("Place proposed"),
    "groups.wait": _("On the group's waiting list"),
    "groups.accept": _("Place accepted"),
    "groups.decline": _("Place declined"),
    "groups.expire": _("Proposed place expired"),
    "groups.release": _("Place given up"),
    "groups.tell": _("Needs to be told by phone"),
    "groups.refused": _("Tried to answer by the link, but the answer could not be accepted"),
    "groups.agree": _("Said yes to the start-up time"),
    "groups.disagree": _("Wants the place, but the start-up time does not suit"),
    "groups.arrive": _("Came to the first meeting"),
    "groups.arrive_later": _("Joined the group after its first meeting"),
    "groups.keep": _("Did not come to the first meeting, keeps their place"),
    "groups.miss": _("Did not come to the first meeting, waiting for another group"),
    "groups.without": _("The group started without them"),
    "groups.called_off": _("The group ended"),
    "groups.take_out": _("Taken out of the group"),
    "groups.leave": _("Left the group"),
}
#: What happens to a group; logged with the group.
GROUPS = {
    "groups.form": _("Group formed"),
    "groups.ready": _("Ready to start"),
    "groups.not_ready": _("No longer ready"),
    "groups.start": _("Group started"),
    "groups.print": _("Participant list printed"),
    "groups.view": _("Opened group"),
    "groups.hand_over": _("Group on its own"),
    "groups.end": _("Group ended"),
    "groups.delete_names": _("Members' names deleted"),
}


def _place(words, entry):
    kind = mail_kinds().get(entry.data.get("mail"))
    what = f"{words}: {kind.label}" if kind else str(words)
    if "group" not in entry.data:
        # Removed, so that nobody can see any more which one it was.
        return what
    return _("%(what)s (group %(group)s)") % {"what": what, "group": entry.data["group"]}


def _change(entry):
    names = field_names(entry, SelfHelpGroup)
    return _("Group changed: %(fields)s") % {"fields": names} if names else _("Group changed")


#: What happens to a meeting of a group.
MEETINGS = {
    "add": _("Meeting planned: %(time)s"),
    "move": _("Meeting moved to %(time)s"),
    "remove": _("Meeting removed: %(time)s"),
    "held": _("Meeting held: %(time)s"),
    "not_held": _("Meeting not held: %(time)s"),
    "open": _("Meeting record undone: %(time)s"),
}


def _meeting(entry):
    return MEETINGS[entry.data["what"]]


def _time(entry):
    at = timezone.localtime(datetime.fromisoformat(entry.data["at"]))
    return {"time": date_format(at, "DATETIME_FORMAT")}


def _conversation(entry):
    """Return that it was held or its notes changed, and the next call, not what was said."""
    again = _("Notes from the conversation changed")
    held = again if entry.data.get("again") else _("Introductory conversation held")
    if "on" not in entry.data:
        return held
    return _("%(what)s. Call again on %(date)s") % {"what": held, "date": day_of(entry)}


def _not_us(entry):
    """Return what the person consented to; the user of the entry heard it."""
    if entry.data.get("consent"):
        agreed = _("Agreed to us passing on their name and number.")
    elif entry.data.get("partner"):
        agreed = _("Told about another service. Nothing may be passed on.")
    else:
        agreed = _("Not for us. No other service was named.")
    return _("%(agreed)s What they had told us was deleted.") % {"agreed": agreed}


ACTIONS = {
    **{action: (words, words) for action, words in GROUPS.items()},
    **{action: (words, partial(_place, words)) for action, words in PLACES.items()},
    "groups.change": (_("Group changed"), _change),
    "groups.start_up": (_("Propose start-up time"), _("Start-up time proposed: %(time)s"), _time),
    "groups.meeting": (_("Plan or record meeting"), _meeting, _time),
    "intake.conversation": (_("Hold introductory conversation"), _conversation),
    "groups.not_us": (_("Signpost to another service"), _not_us),
}


def place_entries() -> QuerySet[ModelLogEntry]:
    """Return the log entries about people's places."""
    people = ContentType.objects.get_for_model(GroupApplication)
    return ModelLogEntry.objects.filter(content_type=people, action__in=PLACES)


def forget_groups(entries: Iterable[ModelLogEntry]) -> None:
    """Keep `entries` about people's places, but remove which group they were in."""
    entries = [entry for entry in entries if entry.data.pop("group", None)]
    ModelLogEntry.objects.bulk_update(entries, ["data"], batch_size=100)


def register(registry):
    register_actions(registry, ACTIONS)
