"""The statuses of an application, what staff call them, and which changes are allowed.

One vocabulary for every queue; a queue may use a subset.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    NEW = "new", _("New")
    CONTACTED = "contacted", _("Contacted")
    CONVERSATION = "conversation", _("Introductory conversation")
    WAITING = "waiting", _("Waiting for a group")
    PROPOSED = "proposed", _("Place proposed")
    PLACED = "placed", _("Has a place")
    CLOSED = "closed", _("Closed")


class ClosingReason(models.TextChoices):
    STARTED = "started", _("Started")
    WITHDREW = "withdrew", _("Withdrew")
    REFERRED_ON = "referred_on", _("Signposted to another service")
    NOT_REACHED = "not_reached", _("Could not be reached")
    NOT_FOR_US = "not_for_us", _("Not for us")
    DUPLICATE = "duplicate", _("Duplicate")


#: Where each status leads. Closing needs a reason; a closed application can be reopened.
ALLOWED_CHANGES = {
    Status.NEW: [Status.CONTACTED, Status.CONVERSATION, Status.CLOSED],
    Status.CONTACTED: [Status.CONVERSATION, Status.WAITING, Status.CLOSED],
    Status.CONVERSATION: [Status.WAITING, Status.PROPOSED, Status.PLACED, Status.CLOSED],
    Status.WAITING: [Status.CONVERSATION, Status.PROPOSED, Status.CLOSED],
    Status.PROPOSED: [Status.PLACED, Status.WAITING, Status.CLOSED],
    Status.PLACED: [Status.WAITING, Status.CLOSED],
    Status.CLOSED: [Status.CONTACTED],
}

#: Somebody still has to do something.
OPEN_STATUSES = [status for status in Status if status != Status.CLOSED]
#: A place in a group or at a meeting is held or taken.
HOLDING_STATUSES = [Status.PROPOSED, Status.PLACED]
