from .applications import AgeBand, Availability, GroupApplication, GroupMail, GroupNote
from .listing import GroupIndexPage
from .offers import GroupOfferPage, OfferKind, OfferTopic
from .places import OfferState
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
