from .applications import (
    QUESTIONS,
    AgeBand,
    Availability,
    GroupApplication,
    GroupMail,
    GroupNote,
    KeepApart,
)
from .capacity import OfferState
from .offer_index import GroupIndexPage
from .offers import LEAST, MOST, GroupOfferPage, OfferKind, OfferTopic
from .placements import HOLDING, MEMBERS, OUT, Placement, PlacementStatus
from .self_help_groups import GroupMeeting, GroupStatus, MeetingKind, SelfHelpGroup
from .settings import GroupSettings
from .topics import Area, RowsWithTopic, Topic, each_topic_once, names_of
from .waiting_list import waiting_list_position

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
    "each_topic_once",
    "names_of",
    "waiting_list_position",
]
