"""What can be done with groups and the places in them. Each verb acts and logs in one transaction.

Every verb locks the group first and its people after, so that two at once never wait for each
other, and the count of places taken is always right.
"""

from .life import answer_start_up, end, form, hand_over, propose_start_up, start
from .names import delete_names_due
from .placing import (
    accept,
    decline,
    expire_lapsed,
    free_places_of,
    propose,
    release,
    stop_waiting,
)

__all__ = [
    "accept",
    "answer_start_up",
    "decline",
    "delete_names_due",
    "end",
    "expire_lapsed",
    "form",
    "free_places_of",
    "hand_over",
    "propose",
    "propose_start_up",
    "release",
    "start",
    "stop_waiting",
]
