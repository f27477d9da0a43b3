"""Clusters: mentions that are tied by likely pairs, parted again by what bars them.

Agglomerative with average linkage: the likeliest pairs are joined first; two clusters are
joined only if nothing bars any of their mentions from any other, and if they are one action
on the average of their nearest pairs. The same mentions in any order give the same clusters.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.resolve.mentions import EventMention
from extractor.resolve.pairs import bar, score, weights

Key = tuple[str, str]
# Pairs of two clusters that are looked at: those nearest in time tell most.
_NEAREST = 12


@dataclass(frozen=True, slots=True)
class Edge:
    """Two mentions that may be one action, by their keys, and how likely they are."""

    one: Key
    other: Key
    score: float


@dataclass(slots=True)
class Cluster:
    """Mentions of one action in time order, and the weakest tie that joined them."""

    mentions: list[EventMention]
    weakest: float = math.inf

    @property
    def confidence(self) -> float | None:
        """How likely its mentions are one: of a single mention nothing is claimed."""
        if len(self.mentions) == 1:
            return None
        return round(1 / (1 + math.exp(-self.weakest)), 3)


@dataclass(slots=True)
class _Forest:
    """Which cluster a mention is in by now."""

    owners: dict[Key, Cluster] = field(default_factory=dict)

    def join(self, into: Cluster, other: Cluster, tie: float) -> None:
        into.mentions = sorted((*into.mentions, *other.mentions), key=lambda m: m.order)
        into.weakest = min(into.weakest, other.weakest, tie)
        for mention in other.mentions:
            self.owners[mention.key] = into


def cluster(mentions: Sequence[EventMention], edges: Iterable[Edge]) -> list[Cluster]:
    """Mentions of a component and their likely pairs → clusters, in order of first mention."""
    forest = _Forest({mention.key: Cluster([mention]) for mention in mentions})
    table = {mention.key: mention for mention in mentions}
    for edge in sorted(edges, key=lambda edge: (-edge.score, _rank(edge, table))):
        one, other = forest.owners[edge.one], forest.owners[edge.other]
        if one is other or _barred(one, other):
            continue
        tie = _tie(one, other)
        if tie > weights().one_action:
            first, second = sorted((one, other), key=lambda c: c.mentions[0].order)
            forest.join(first, second, tie)
    clusters = {id(owner): owner for owner in forest.owners.values()}
    return sorted(clusters.values(), key=lambda c: c.mentions[0].order)


def _rank(edge: Edge, table: Mapping[Key, EventMention]) -> tuple[object, ...]:
    """Equal pairs in time order."""
    return tuple(sorted((table[edge.one].order, table[edge.other].order)))


def _barred(one: Cluster, other: Cluster) -> bool:
    return any(bar(mine, its) for mine in one.mentions for its in other.mentions)


def _tie(one: Cluster, other: Cluster) -> float:
    """The mean score of the pairs between two clusters that are nearest in time."""
    pairs = sorted(
        ((_apart(mine, its), mine.order, its.order, mine, its))
        for mine in one.mentions
        for its in other.mentions
    )[:_NEAREST]
    return sum(score(mine, its) for *_, mine, its in pairs) / len(pairs)


def _apart(one: EventMention, other: EventMention) -> int:
    """Days between two publications; undated ones count as near."""
    return 0 if one.day is None or other.day is None else abs(one.day - other.day)
