"""Clusters: mentions that are tied by likely pairs, parted again by what bars them.

Agglomerative with average linkage: the likeliest pairs are joined first; two clusters are
joined only if nothing bars any of their mentions from any other, and if they are one action
on the average of their nearest pairs. The same mentions in any order give the same clusters.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

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

    @property
    def clusters(self) -> list[Cluster]:
        return list({id(owner): owner for owner in self.owners.values()}.values())

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
        if one is other or _barred(one, other) or _sums_up(one, other, forest):
            continue
        tie = _tie(one, other)
        if tie > weights().one_action:
            first, second = sorted((one, other), key=lambda c: c.mentions[0].order)
            forest.join(first, second, tie)
    return sorted(forest.clusters, key=lambda c: c.mentions[0].order)


def _rank(edge: Edge, table: Mapping[Key, EventMention]) -> tuple[object, ...]:
    """Equal pairs in time order."""
    return tuple(sorted((table[edge.one].order, table[edge.other].order)))


def _barred(one: Cluster, other: Cluster) -> bool:
    return any(bar(mine, its) for mine in one.mentions for its in other.mentions)


def _sums_up(one: Cluster, other: Cluster, forest: _Forest) -> bool:
    """500 in the first wave, 900 in the second, 1 400 in all: the last is neither of the two."""
    part, whole = (one, other) if _wave(one) is not None else (other, one)
    if _wave(part) is None or _wave(whole) is not None:
        return False
    mates = [c for c in forest.clusters if _wave(c) not in (None, _wave(part))]
    stated, own = _totals(whole), _totals(part)
    rest = [_totals(mate) for mate in mates]
    return any(
        amount + more in stated.get(sort, ())
        for sort, amounts in own.items()
        for amount in amounts
        for more in (
            *(value for totals in rest for value in totals.get(sort, ())),
            sum(max(totals[sort]) for totals in rest if sort in totals),
        )
        if more
    )


def _wave(cluster: Cluster) -> int | None:
    return next((m.wave for m in cluster.mentions if m.wave is not None), None)


def _totals(cluster: Cluster) -> dict[tuple[str, str, str | None, str], set[Decimal]]:
    """All that its mentions state in total, by what is measured."""
    found: dict[tuple[str, str, str | None, str], set[Decimal]] = {}
    for mention in cluster.mentions:
        for fact in mention.facts:
            if fact.scope == "total":
                found.setdefault(fact.sort, set()).add(fact.amount)
    return found


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
