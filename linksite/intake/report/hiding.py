"""What is too small to be told, and what would give it away.

Counts under five are hidden. So that none of them can be worked out from a sum it is part of,
further counts are hidden until each hidden one could be at least two different numbers. Zero stays
zero wherever it can: it is about nobody.
"""

from collections.abc import Hashable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

#: The least that is told.
FEW = 5
#: More than anything counted.
NO_LIMIT = 10**9


class Hidden(StrEnum):
    """What stands where a count does not."""

    #: One to four.
    FEW = "<5"
    #: Any number: told, it would give away another. The sign official statistics use for it.
    WITHHELD = ":"


class Balance(NamedTuple):
    """Keys of counts that add up to the same on both sides."""

    whole: tuple[Hashable, ...]
    parts: tuple[Hashable, ...]
    #: A part that is told elsewhere, whatever is hidden here.
    known: int = 0


def protect(counts: Mapping[Hashable, int], balances: Iterable[Balance]) -> dict:
    """Give each count as it may be told: the number itself, or why it is `Hidden`."""
    told = {key: Hidden.FEW if 0 < count < FEW else count for key, count in counts.items()}
    balances = list(balances)
    # Hiding one for the sake of one sum can lay another open, so round and round until all hold.
    while sum(_hide_more(told, balance) for balance in balances):
        pass
    return told


def change(now: int | Hidden, before: int | Hidden) -> int | Hidden:
    """Give by how much it has changed, where both are told."""
    hidden = isinstance(now, Hidden) or isinstance(before, Hidden)
    return Hidden.WITHHELD if hidden else now - before


def _hide_more(told, balance) -> bool:
    """Hide counts of one balance until nothing in it can be worked out; say whether any was."""
    hid, wholes = False, set(balance.whole)
    while _gives_away(told, balance) and (shown := _shown(told, balance)):
        # The smallest part, else the whole; a zero only when there is nothing else.
        key = min(shown, key=lambda key: (not told.get(key), key in wholes, told.get(key, 0)))
        told[key], hid = Hidden.WITHHELD, True
    return hid


def _shown(told, balance):
    keys = (*balance.parts, *balance.whole)
    return [key for key in keys if not isinstance(told.get(key), Hidden)]


def _gives_away(told, balance):
    """Say whether what is told leaves only one number for a hidden count."""
    limits = [_limits(told.get(key, 0), 1) for key in balance.whole]
    limits += [_limits(told.get(key, 0), -1) for key in balance.parts]
    # All of it adds up to 0, so each is what the others leave to it.
    low, high = (sum(side) - balance.known for side in zip(*limits, strict=True))
    return any(
        min_ != max_ and max(min_, max_ - high) == min(max_, min_ - low) for min_, max_ in limits
    )


def _limits(value, sign):
    """Give the least and the most that somebody who reads `value` knows it to be."""
    least, most = {Hidden.FEW: (1, FEW - 1), Hidden.WITHHELD: (0, NO_LIMIT)}.get(
        value, (value,) * 2
    )
    return (least, most) if sign > 0 else (-most, -least)
