"""What happened to groups and to the places in them, as the audit log says it.

An entry names the group by its reference, never what it is about.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

#: What happens to a person's place; logged with the application.
PLACES = {
    "groups.propose": gettext_lazy("Place proposed"),
    "groups.wait": gettext_lazy("On the group's waiting list"),
    "groups.accept": gettext_lazy("Place accepted"),
    "groups.decline": gettext_lazy("Place declined"),
    "groups.expire": gettext_lazy("Proposed place ran out"),
    "groups.release": gettext_lazy("Place given up"),
    "groups.agree": gettext_lazy("Said yes to the start-up time"),
    "groups.arrive": gettext_lazy("Came to the first meeting"),
}
#: What happens to a group; logged with the group.
GROUPS = {
    "groups.form": gettext_lazy("Group formed"),
    "groups.change": gettext_lazy("Group changed"),
    "groups.start_up": gettext_lazy("Start-up time proposed"),
    "groups.ready": gettext_lazy("Ready to start"),
    "groups.not_ready": gettext_lazy("Not ready any more"),
    "groups.start": gettext_lazy("Group started"),
    "groups.meeting": gettext_lazy("Meeting noted"),
    "groups.print": gettext_lazy("Participants printed"),
    "groups.view": gettext_lazy("Opened group"),
    "groups.hand_over": gettext_lazy("Group on its own"),
    "groups.end": gettext_lazy("Group ended"),
    "groups.delete_names": gettext_lazy("Members' names deleted"),
}


def _formatter(words):
    class PlaceFormatter(LogFormatter):
        label = words

        def format_message(self, log_entry):
            values = {"what": words, "group": log_entry.data.get("group", "")}
            return _("%(what)s (group %(group)s)") % values

    return PlaceFormatter


def register(registry):
    """Tell Wagtail's audit log what can happen to groups and places."""
    for action, words in GROUPS.items():
        registry.register_action(action, words, words)
    for action, words in PLACES.items():
        registry.register_action(action)(_formatter(words))
