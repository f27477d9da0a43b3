"""Clusters: mentions that are tied by likely pairs, parted again by what bars them.

Agglomerative with average linkage: the likeliest pairs are joined first; two clusters are
joined only if nothing bars any of their mentions from any other, and if they are one action
on the average of their nearest pairs. The same mentions in any order give the same clusters.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.resolve.mentions import EventMention
from extractor.resolve.names import same_key
from extractor.resolve.pairs import bar, score, weights

Key = tuple[str, str]
# Pairs of two clusters that are looked at: those nearest in time tell most.
_NEAREST = 12
# The weight of the worst pair beside the mean of all.
_WORST = 0.35


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
    """How well the pairs nearest in time of two clusters fit, the worst among them most."""
    pairs = sorted(
        ((_apart(mine, its), mine.order, its.order, mine, its))
        for mine in one.mentions
        for its in other.mentions
    )[:_NEAREST]
    waived = frozenset(_explained(one, other))
    scores = [score(mine, its, waived) for *_, mine, its in pairs]
    return (1 - _WORST) * sum(scores) / len(scores) + _WORST * min(scores)


def _explained(one: Cluster, other: Cluster) -> Iterator[str]:
    """A town and its district, a fund and its office: one report names both, so they are no two."""
    if _share(one, other, lambda mention: [key for _, key in mention.places]):
        yield "other_place"
    if _share(one, other, lambda mention: [name.key for name in mention.providers]):
        yield "other_provider"
    if _share(one, other, lambda mention: [mention.campaign.key] if mention.campaign else []):
        yield "other_campaign"


def _share(one: Cluster, other: Cluster, keys: Callable[[EventMention], Sequence[str]]) -> bool:
    mine = {key for mention in one.mentions for key in keys(mention)}
    its = {key for mention in other.mentions for key in keys(mention)}
    return any(same_key(first, second) for first in mine for second in its)


def _apart(one: EventMention, other: EventMention) -> int:
    """Days between two publications; undated ones count as near."""
    return 0 if one.day is None or other.day is None else abs(one.day - other.day)
