"""What staff fill in, on the page of an application and on the pages beside it."""

from .correcting import CorrectForm
from .entering import EntryForm, once_each
from .fields import LaterDayField
from .mail_texts import MailTextForm
from .merging import MergeForm
from .steps import ACTION_FORMS, ActionForm
from .writing import WriteForm

__all__ = [
    "ACTION_FORMS",
    "ActionForm",
    "CorrectForm",
    "EntryForm",
    "LaterDayField",
    "MailTextForm",
    "MergeForm",
    "WriteForm",
    "once_each",
]
