"""What can be done with groups and the places in them. Each verb acts and logs in one transaction.

Every verb locks the group first and its people after, so that two at once never wait for each
other, and the count of places taken is always right.
"""

from .conversation import hold_conversation
from .facts import appoint, change
from .in_line import ask_reserves
from .leaving import leave, leave_groups_of
from .life import end, form, hand_over, start
from .meetings import add_meeting, move_meeting, note_meeting, remove_meeting
from .names import delete_names_due
from .on_behalf import answer_for
from .placing import (
    accept,
    decline,
    erase_places_of,
    expire_lapsed,
    free_places_of,
    release,
    stop_waiting,
    stop_waiting_for_groups,
)
from .pointing_on import point_on
from .proposing import add, propose
from .readdressing import write_anew
from .start_up import answer_start_up, propose_start_up
from .writing import note_refused

__all__ = [
    "accept",
    "add",
    "add_meeting",
    "answer_for",
    "answer_start_up",
    "appoint",
    "ask_reserves",
    "change",
    "decline",
    "delete_names_due",
    "end",
    "erase_places_of",
    "expire_lapsed",
    "form",
    "free_places_of",
    "hand_over",
    "hold_conversation",
    "leave",
    "leave_groups_of",
    "move_meeting",
    "note_meeting",
    "note_refused",
    "point_on",
    "propose",
    "propose_start_up",
    "release",
    "remove_meeting",
    "start",
    "stop_waiting",
    "stop_waiting_for_groups",
    "write_anew",
]
