"""What the audit log says of groups and of the places in them.

An entry names the group by its reference, never what it is about.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from linksite.intake.queue import mail_kinds

from .models import GroupApplication, SelfHelpGroup

#: What happens to a person's place; logged with the application.
PLACES = {
    "groups.propose": gettext_lazy("Place proposed"),
    "groups.wait": gettext_lazy("On the group's waiting list"),
    "groups.accept": gettext_lazy("Place accepted"),
    "groups.decline": gettext_lazy("Place declined"),
    "groups.expire": gettext_lazy("Proposed place expired"),
    "groups.release": gettext_lazy("Place given up"),
    "groups.tell": gettext_lazy("Needs to be told by phone"),
    "groups.refused": gettext_lazy(
        "Tried to answer by the link, but the answer could not be accepted"
    ),
    "groups.agree": gettext_lazy("Said yes to the start-up time"),
    "groups.disagree": gettext_lazy("Wants the place, but the start-up time does not suit"),
    "groups.arrive": gettext_lazy("Came to the first meeting"),
    "groups.arrive_later": gettext_lazy("Joined the group after its first meeting"),
    "groups.keep": gettext_lazy("Did not come to the first meeting, keeps their place"),
    "groups.miss": gettext_lazy("Did not come to the first meeting, waiting for another group"),
    "groups.without": gettext_lazy("The group started without them"),
    "groups.called_off": gettext_lazy("The group ended"),
    "groups.take_out": gettext_lazy("Taken out of the group"),
    "groups.leave": gettext_lazy("Left the group"),
}
#: What happens to a group; logged with the group.
GROUPS = {
    "groups.form": gettext_lazy("Group formed"),
    "groups.ready": gettext_lazy("Ready to start"),
    "groups.not_ready": gettext_lazy("No longer ready"),
    "groups.start": gettext_lazy("Group started"),
    "groups.print": gettext_lazy("Participant list printed"),
    "groups.view": gettext_lazy("Opened group"),
    "groups.hand_over": gettext_lazy("Group on its own"),
    "groups.end": gettext_lazy("Group ended"),
    "groups.delete_names": gettext_lazy("Members' names deleted"),
}


def _formatter(words):
    class PlaceFormatter(LogFormatter):
        label = words

        def format_message(self, log_entry):
            kind = mail_kinds().get(log_entry.data.get("mail"))
            what = f"{words}: {kind.label}" if kind else str(words)
            if "group" not in log_entry.data:
                # Removed, so that nobody can see any more which one it was.
                return what
            values = {"what": what, "group": log_entry.data["group"]}
            return _("%(what)s (group %(group)s)") % values

    return PlaceFormatter


class ChangeFormatter(LogFormatter):
    """Which details of a group were changed, never their values."""

    label = gettext_lazy("Group changed")

    def format_message(self, log_entry):
        fields = map(SelfHelpGroup._meta.get_field, log_entry.data.get("fields", []))
        names = ", ".join(str(field.verbose_name) for field in fields)
        return _("Group changed: %(fields)s") % {"fields": names} if names else self.label


class StartUpFormatter(LogFormatter):
    label = gettext_lazy("Propose start-up time")

    def format_message(self, log_entry):
        return _("Start-up time proposed: %(time)s") % {"time": _time(log_entry)}


#: What happens to a meeting of a group.
MEETINGS = {
    "add": gettext_lazy("Meeting planned: %(time)s"),
    "move": gettext_lazy("Meeting moved to %(time)s"),
    "remove": gettext_lazy("Meeting removed: %(time)s"),
    "held": gettext_lazy("Meeting held: %(time)s"),
    "not_held": gettext_lazy("Meeting not held: %(time)s"),
    "open": gettext_lazy("Meeting record undone: %(time)s"),
}


class MeetingFormatter(LogFormatter):
    label = gettext_lazy("Plan or record meeting")

    def format_message(self, log_entry):
        return MEETINGS[log_entry.data["what"]] % {"time": _time(log_entry)}


def _time(log_entry):
    at = timezone.localtime(datetime.fromisoformat(log_entry.data["at"]))
    return date_format(at, "DATETIME_FORMAT")


class ConversationFormatter(LogFormatter):
    """That the conversation was held or its notes changed, and the next call, not what was said."""

    label = gettext_lazy("Hold introductory conversation")

    def format_message(self, log_entry):
        again = log_entry.data.get("again")
        held = (
            _("Notes from the conversation changed")
            if again
            else _("Introductory conversation held")
        )
        if "on" not in log_entry.data:
            return held
        day = date_format(date.fromisoformat(log_entry.data["on"]), "DATE_FORMAT")
        return _("%(what)s. Call again on %(date)s") % {"what": held, "date": day}


class NotUsFormatter(LogFormatter):
    """What the person consented to when signposted; the user of the entry heard it."""

    label = gettext_lazy("Signpost to another service")

    def format_message(self, log_entry):
        if log_entry.data.get("consent"):
            agreed = _("Agreed to us passing on their name and number.")
        elif log_entry.data.get("partner"):
            agreed = _("Told about another service. Nothing may be passed on.")
        else:
            agreed = _("Not for us. No other service was named.")
        return _("%(agreed)s What they had told us was deleted.") % {"agreed": agreed}


def place_entries() -> QuerySet[ModelLogEntry]:
    """Return the log entries about people's places."""
    people = ContentType.objects.get_for_model(GroupApplication)
    return ModelLogEntry.objects.filter(content_type=people, action__in=PLACES)


def forget_groups(entries: Iterable[ModelLogEntry]) -> None:
    """Keep `entries` about people's places, but remove which group they were in."""
    entries = [entry for entry in entries if entry.data.pop("group", None)]
    ModelLogEntry.objects.bulk_update(entries, ["data"], batch_size=100)


def register(registry):
    for action, words in GROUPS.items():
        registry.register_action(action, words, words)
    for action, words in PLACES.items():
        registry.register_action(action)(_formatter(words))
    registry.register_action("groups.change")(ChangeFormatter)
    registry.register_action("groups.start_up")(StartUpFormatter)
    registry.register_action("groups.meeting")(MeetingFormatter)
    registry.register_action("intake.conversation")(ConversationFormatter)
    registry.register_action("groups.not_us")(NotUsFormatter)
