"""Partitions: how far two ways of putting the same things together agree.

A partition is a list of parts, each a set of things. A thing that only one side has costs
that side: precision where it was found and is not in gold, recall where it was missed. It
is never made a part of its own on the side that lacks it, which would reward leaving out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from extractor.evaluate.assign import Pair, assign

Parts = Sequence[frozenset[Hashable]]
Overlaps = Mapping[Pair, int]

# Weights of an assignment are whole: shares are counted in units this small.
UNITS = 10**12


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision and recall from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(gold: Parts, found: Parts) -> Rates:
    """«{1 2 3}» found as «{1 2} {3}» → P 1, R 5/9: the mean over things (Bagga and Baldwin 1998).

    Of each thing: how much of its found part is with it in gold, and how much of its gold
    part was found with it.
    """
    shared = overlaps(gold, found)
    pure = sum(size * size / len(found[column]) for (_, column), size in shared.items())
    whole = sum(size * size / len(gold[row]) for (row, _), size in shared.items())
    return rates(pure, whole, sum(map(len, found)), sum(map(len, gold)))


def pairwise(gold: Parts, found: Parts) -> Rates:
    """«{1 2 3}» found as «{1 2} {3}» → P 1, R 1/3: of the pairs in one part."""
    right = sum(comb(size, 2) for size in overlaps(gold, found).values())
    return rates(right, right, count_pairs(found), count_pairs(gold))


def ceaf_e(gold: Parts, found: Parts) -> Rates:
    """«{1 2 3}» found as «{1 2} {3}» → P 0.4, R 0.8: parts matched one to one (Luo 2005).

    The likeness of two parts is twice what they share over what they hold together (φ4).
    """
    shared = overlaps(gold, found)
    total = sum(
        likeness(shared[row, column], gold[row], found[column])
        for row, column in match_parts(gold, found)
    )
    return rates(total, total, len(found), len(gold))


def match_parts(gold: Parts, found: Parts) -> tuple[Pair, ...]:
    """Places in ``gold`` and in ``found`` of the parts that answer each other, as φ4 has it."""
    return assign(
        {
            (row, column): round(likeness(size, gold[row], found[column]) * UNITS)
            for (row, column), size in overlaps(gold, found).items()
        }
    )


def likeness(shared: int, left: frozenset[Hashable], right: frozenset[Hashable]) -> float:
    return 2 * shared / (len(left) + len(right))


def overlaps(gold: Parts, found: Parts) -> Overlaps:
    """How many things each two parts share; a thing is in one part of a side at most."""
    places = {thing: column for column, part in enumerate(found) for thing in part}
    return Counter(
        (row, places[thing]) for row, part in enumerate(gold) for thing in part if thing in places
    )


def count_pairs(parts: Parts) -> int:
    return sum(comb(len(part), 2) for part in parts)


def rates(pure: float, whole: float, found: int, gold: int) -> Rates:
    """Nothing to find and nothing found is right; nothing of what there is has no rate but 0."""
    if not found and not gold:
        return Rates(1.0, 1.0)
    return Rates(pure / found if found else 0.0, whole / gold if gold else 0.0)
