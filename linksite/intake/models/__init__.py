"""People asking for a place: what every queue shares.

Applications, notes and mails are abstract. Each queue (groups, network) makes its own tables from
them, with its own migrations and permissions, so that staff of one queue see nothing of the other.
The concrete models hold nothing about anybody who applied.
"""

from .applications import Application, ApplicationQuerySet, ContactBy, HeardFrom, may_view
from .attempts import Attempt
from .figures import Tally
from .mail_texts import MailText
from .records import UNSENT, Mail, MailStatus, Note
from .settings import QueueSettings
from .views import SavedView

__all__ = [
    "UNSENT",
    "Application",
    "ApplicationQuerySet",
    "Attempt",
    "ContactBy",
    "HeardFrom",
    "Mail",
    "MailStatus",
    "MailText",
    "Note",
    "QueueSettings",
    "SavedView",
    "Tally",
    "may_view",
]
