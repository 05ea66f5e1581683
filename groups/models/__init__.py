from .applications import (
    QUESTIONS,
    AgeBand,
    Availability,
    GroupApplication,
    GroupMail,
    GroupNote,
    KeepApart,
)
from .availability import OfferState, waiting_list_position
from .offer_index import GroupIndexPage
from .offers import LEAST, MOST, GroupOfferPage, OfferKind, OfferTopic
from .placements import HOLDING, MEMBERS, OUT, Placement, PlacementStatus
from .self_help_groups import GroupMeeting, GroupStatus, MeetingKind, SelfHelpGroup
from .settings import GroupSettings
from .topics import Area, RowsWithTopic, Topic

__all__ = [
    "HOLDING",
    "LEAST",
    "MEMBERS",
    "MOST",
    "OUT",
    "QUESTIONS",
    "AgeBand",
    "Area",
    "Availability",
    "GroupApplication",
    "GroupIndexPage",
    "GroupMail",
    "GroupMeeting",
    "GroupNote",
    "GroupOfferPage",
    "GroupSettings",
    "GroupStatus",
    "KeepApart",
    "MeetingKind",
    "OfferKind",
    "OfferState",
    "OfferTopic",
    "Placement",
    "PlacementStatus",
    "RowsWithTopic",
    "SelfHelpGroup",
    "Topic",
    "waiting_list_position",
]
