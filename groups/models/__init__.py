from .applications import AgeBand, Availability, GroupApplication, GroupMail, GroupNote
from .pages import GroupIndexPage, GroupOfferPage, OfferKind, OfferState, OfferTopic
from .topics import Area, RowsWithTopic, Topic

__all__ = [
    "AgeBand",
    "Area",
    "Availability",
    "GroupApplication",
    "GroupIndexPage",
    "GroupMail",
    "GroupNote",
    "GroupOfferPage",
    "OfferKind",
    "OfferState",
    "OfferTopic",
    "RowsWithTopic",
    "Topic",
]
