"""What is too small to be told, and what would give it away.

Counts under five are hidden. So that none of them can be worked out from the sums it is part of,
further counts are hidden until each of them could be at least two different numbers. Zero stays
zero wherever it can: it is about nobody.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

import numpy as np

#: The least that is told.
FEW = 5
#: More than anything counted.
NO_LIMIT = 10**9
#: So often what sums leave open is narrowed at most; a few times are enough.
ROUNDS = 50
#: What is less than this is nothing, after calculating with fractions.
TINY = 1e-9
#: From sum to sum, so far is looked for a count to hide, and so many are tried.
AROUND, TRIED = 4, 12


class Hidden(StrEnum):
    """What stands where a count does not."""

    #: One to four.
    FEW = "<5"
    #: None to four, where zero is not told from a few.
    NONE_OR_FEW = "0–4"
    #: Any number: told, it would give away another. The sign official statistics use for it.
    WITHHELD = ":"


@dataclass(frozen=True)
class Between:
    """A count of which only this is told: at least `low`, and at most `high` if that is known."""

    low: int
    high: int | None

    def __str__(self):
        return f"≥ {self.low}" if self.high is None else f"{self.low}–{self.high}"


class Balance(NamedTuple):
    """Keys of counts that add up to the same on both sides."""

    whole: tuple[Hashable, ...]
    parts: tuple[Hashable, ...]


class Told(NamedTuple):
    """Counts as they may be told, and the least and most that can be worked out of each."""

    counts: dict[Hashable, int | Hidden]
    limits: dict[Hashable, tuple[int, int]]


def protect(
    counts: Mapping[Hashable, int],
    balances: Iterable[Balance],
    vague: Collection[Hashable] = (),
) -> Told:
    """Give each count as it may be told: the number itself, or why it is `Hidden`.

    Of the keys in `vague` zero is not told from a few.
    """
    sums = _Sums(counts, list(balances))
    at = _Signs(counts.get(key, 0) for key in sums.keys)
    for key in vague:
        at.blur(sums.place[key])
    # Hiding one for the sake of one sum can lay another open, so round and round until all hold.
    while True:
        if _hide_what_one_sum_gives_away(at, sums):
            continue
        narrowed = sums.narrowed(at.limits)
        if not _hide_what_several_give_away(at, sums, sums.follows(at.few, narrowed)):
            pairs = zip(*narrowed.tolist(), strict=True)
            return Told(
                dict(zip(sums.keys, at.said, strict=True)), dict(zip(sums.keys, pairs, strict=True))
            )


def said_of(low: int, high: int) -> "int | Hidden | Between":
    """Give what to say of a count that is known to be at least `low` and at most `high`."""
    if high < FEW and high:
        return Hidden.FEW if low else Hidden.NONE_OR_FEW
    if low >= high:
        return low
    if high < NO_LIMIT // 2:
        return Between(low, high)
    return Between(low, None) if low >= FEW else Hidden.WITHHELD


def at_least(said: "int | Hidden | Between") -> int:
    """Give how many it is known to be at least."""
    if isinstance(said, Hidden):
        return int(said == Hidden.FEW)
    return said.low if isinstance(said, Between) else said


def change(now: "int | Hidden | Between", before: "int | Hidden | Between") -> int | Hidden:
    """Give by how much it has changed, where both are told."""
    told = isinstance(now, int) and isinstance(before, int)
    return now - before if told else Hidden.WITHHELD


class _Signs:
    """What is said of each count at present, by its place, and the limits that this sets."""

    def __init__(self, counts):
        counts = np.fromiter(counts, dtype=np.int64)
        self.few = (0 < counts) & (counts < FEW)
        self.withheld = np.zeros(len(counts), dtype=bool)
        self.limits = np.where(self.few, np.array([[1], [FEW - 1]]), counts)
        self.said = [
            Hidden.FEW if few else count
            for few, count in zip(self.few.tolist(), counts.tolist(), strict=True)
        ]

    def blur(self, place):
        """Say none or few, where it is."""
        if self.limits[0, place] < FEW:
            self.said[place], self.limits[:, place] = Hidden.NONE_OR_FEW, (0, FEW - 1)

    def withhold(self, place):
        """Say nothing more of it."""
        self.said[place], self.limits[:, place] = Hidden.WITHHELD, (0, NO_LIMIT)
        self.withheld[place] = True


class _Sums:
    """Balances as arrays: one entry for each key in each balance, with the side it stands on."""

    def __init__(self, keys, balances):
        added_up = (key for one in balances for key in one.whole + one.parts)
        self.keys = list(dict.fromkeys([*added_up, *keys]))
        self.place = {key: place for place, key in enumerate(self.keys)}
        #: Of each balance the place and the side of its keys; of each place its balances.
        self.balances, self.balances_of = [], [[] for _key in self.keys]
        for number, one in enumerate(balances):
            wholes, parts = ([self.place[key] for key in keys] for keys in (one.whole, one.parts))
            self.balances.append([*((key, 1) for key in wholes), *((key, -1) for key in parts)])
            for key in wholes + parts:
                self.balances_of[key].append(number)
        entries = [(number, *entry) for number, one in enumerate(self.balances) for entry in one]
        self.of, self.key, self.side = np.array(entries, dtype=np.int64).reshape(-1, 3).T

    def narrowed(self, limits):
        """Give the least and most that is left to each key when all balances are looked at."""
        for _round in range(ROUNDS):
            least, most = limits.copy()
            floor, ceiling = self.left(limits)
            np.maximum.at(least, self.key, floor)
            np.minimum.at(most, self.key, ceiling)
            before, limits = limits, np.array([least, most])
            if (before == limits).all():
                break
        return limits

    def follows(self, secrets, narrowed):
        """Say which of `secrets` have but one value left, by their limits or by all equations."""
        follows = secrets & (narrowed[0] >= narrowed[1])
        left = set(np.flatnonzero(secrets & ~follows).tolist())
        while left:
            together = self._together(min(left), narrowed)
            follows[[place for place in self._set_by_equations(together) if secrets[place]]] = True
            left.difference_update(together)
        return follows

    def is_open(self, place, limits, without):
        """Say whether a count could be several numbers if another were withheld."""
        limits = limits.copy()
        limits[:, without] = 0, NO_LIMIT
        narrowed = self.narrowed(limits)
        if narrowed[0, place] >= narrowed[1, place]:
            return False
        return place not in self._set_by_equations(self._together(place, narrowed))

    def _together(self, place, narrowed):
        """Give the places of all hidden counts that balances tie to this one."""
        hidden = narrowed[0] < narrowed[1]
        found, new = {place}, {place}
        while new:
            balances = {number for one in new for number in self.balances_of[one]}
            new = {one for number in balances for one, _side in self.balances[number]} - found
            new = {one for one in new if hidden[one]}
            found |= new
        return sorted(found)

    def _set_by_equations(self, places):
        """Give those of hidden counts that no solution of their balances leaves free."""
        column = {place: number for number, place in enumerate(places)}
        balances = sorted({number for place in places for number in self.balances_of[place]})
        sides = np.zeros((len(balances), len(places)))
        for row, number in enumerate(balances):
            for place, side in self.balances[number]:
                if place in column:
                    sides[row, column[place]] = side
        _left, sizes, right = np.linalg.svd(sides)
        free = right[np.count_nonzero(sizes > TINY) :]
        return {places[number] for number in np.flatnonzero((abs(free) < TINY).all(axis=0))}

    def left(self, limits):
        """Give for each entry the least and most that the others in its balance leave to it."""
        least, most = (bound[self.key] * self.side for bound in limits)
        least, most = np.minimum(least, most), np.maximum(least, most)
        low, high = (-self._others(bound) for bound in (most, least))
        low, high = low * self.side, high * self.side
        return np.minimum(low, high), np.maximum(low, high)

    def _others(self, bound):
        total = np.zeros(len(self.balances), dtype=np.int64)
        np.add.at(total, self.of, bound)
        return total[self.of] - bound


def _hide_what_one_sum_gives_away(at, sums) -> bool:
    """Hide a count more in each balance that gives away another; say whether any was hidden.

    Others are few, or what was withheld for the sake of few in another balance.
    """
    floor, ceiling = sums.left(at.limits)
    least, most = at.limits[:, sums.key]
    narrows = (floor > least) | (ceiling < most)
    secret = (at.few | at.withheld)[sums.key]
    gives_away = secret & narrows & (np.maximum(floor, least) >= np.minimum(ceiling, most))
    hid = set()
    for number in dict.fromkeys(sums.of[gives_away].tolist()):
        places = [place for place, _side in sums.balances[number]]
        # Another that was just hidden in the same sum may be enough: seen in the next round.
        if hid.isdisjoint(places) and (possible := _possible(at, sums, {number})):
            at.withhold(possible[0])
            hid.add(possible[0])
    return bool(hid)


def _hide_what_several_give_away(at, sums, given_away) -> bool:
    """Hide a count more, so that one of few cannot be worked out; say whether any was hidden."""
    for secret in np.flatnonzero(given_away).tolist():
        near = list(islice(_from_near_to_far(at, sums, secret), TRIED))
        enough = (place for place in near if sums.is_open(secret, at.limits, without=place))
        # Where one alone is not enough, the nearest goes first.
        if (place := next(enough, near[0] if near else None)) is not None:
            at.withhold(place)
            return True
    return False


def _from_near_to_far(at, sums, secret):
    """Give the places of counts that can be hidden, first those in one sum with the secret one."""
    balances, given = set(sums.balances_of[secret]), set()
    for _wider in range(AROUND):
        for place in _possible(at, sums, balances):
            if place not in given:
                given.add(place)
                yield place
        places = {place for number in balances for place, _side in sums.balances[number]}
        balances = {number for place in places for number in sums.balances_of[place]}


def _possible(at, sums, balances):
    """Give the places of the counts in these balances that can be hidden, the least harm first."""
    entries = (entry for number in balances for entry in sums.balances[number])
    ranks = ((_rank(at.said[place], side > 0), place) for place, side in entries)
    return [place for _soon, place in sorted(one for one in ranks if one[0])]


def _rank(count, is_whole):
    """Give how soon to hide a count, None for not at all.

    The smallest part, else the whole. Where that is hidden for being small, it may itself say too
    much of its parts. A zero only when there is nothing else.
    """
    if isinstance(count, Hidden):
        return (2, 0) if is_whole and count != Hidden.WITHHELD else None
    return (is_whole, count) if count else (3, 0)
