"""Clusters: do the canonical events put together what gold says is one action?

Of an action in the world gold has the mentions, which are events of articles, and of each figure
what it is beside the others (``series``). Judged are the canonical events made of the gold itself,
which shows the resolution alone, or made of records, whose events first have to find theirs in
the gold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from extractor.evaluate.align import align
from extractor.evaluate.gold import GoldArticle
from extractor.evaluate.labels import Labels, Name, score_labels
from extractor.evaluate.partitions import Rates, b_cubed, ceaf_e, match_parts, pairwise
from extractor.evaluate.predictions import by_article, predicted_for
from extractor.evaluate.relations import Clusters, Relation, parted_by
from extractor.evaluate.score import Tally
from extractor.io.records import RecordError

if TYPE_CHECKING:
    from extractor.records import ArticleRecord, CanonicalEvent

Groups = Mapping[str, frozenset[Name]]


@dataclass(frozen=True, slots=True)
class Names:
    """Which event and which figure of the gold those of the records are."""

    events: Mapping[Name, Name]
    figures: Mapping[Name, Name]


@dataclass(frozen=True, slots=True)
class PartScores:
    """What became of wholes and parts.

    ``merged``: pairs of mentions in one canonical event that gold keeps apart as parts of one
    whole, or as the whole and its part. ``right`` of ``asked`` actions are part of what they
    should be, or of nothing where they should be; ``links`` counts those that are a part.
    """

    merged: Mapping[Relation, int]
    right: int
    asked: int
    links: Tally

    @property
    def accuracy(self) -> float:
        return self.right / self.asked if self.asked else 1.0


@dataclass(frozen=True, slots=True)
class ClusterScores:
    """``parts`` is None where no file says which action is part of which."""

    mentions: int
    actions: int
    events: int
    b_cubed: Rates
    pairwise: Rates
    ceaf_e: Rates
    labels: Labels
    parts: PartScores | None


def has_clusters(gold: Iterable[GoldArticle]) -> bool:
    """Whether any event says which action in the world it is."""
    return any(event.cluster is not None for article in gold for event in article.events)


# --- which mention is which ------------------------------------------------------------------


def own_names(gold: Iterable[GoldArticle]) -> Names:
    """Records made of the gold: each event and figure is itself."""
    events: dict[Name, Name] = {}
    figures: dict[Name, Name] = {}
    for article in gold:
        events |= {(article.id, one.id): (article.id, one.id) for one in article.events}
        figures |= {(article.id, one.id): (article.id, one.id) for one in article.figures}
    return Names(events, figures)


def aligned_names(gold: Iterable[GoldArticle], records: Iterable[ArticleRecord]) -> Names:
    """Records made of the texts: each of their events is one of the gold at most, as in scores."""
    listing = by_article(records)
    events: dict[Name, Name] = {}
    figures: dict[Name, Name] = {}
    for article in gold:
        pairs = align(article, predicted_for(article, listing.get(article.id)))
        events |= {(article.id, theirs.id): (article.id, ours.id) for ours, theirs in pairs.events}
        figures |= {
            (article.id, theirs): (article.id, ours) for theirs, ours in pairs.members.items()
        }
    return Names(events, figures)


# --- scores ----------------------------------------------------------------------------------


def score_clusters(
    gold: Sequence[GoldArticle],
    events: Iterable[CanonicalEvent],
    names: Names,
    *,
    clusters: Clusters | None = None,
) -> ClusterScores:
    """«gold, canonical events» → how far they agree on which mentions are one action.

    A mention that only one side has costs that side. Mentions of articles that are not in the
    gold are left out, and so are those of gold events that name no action.

    Raises:
        RecordError: a mention is in two canonical events.
    """
    listing = list(events)
    actions = gold_groups(gold)
    found = found_groups(listing, gold, names)
    ours, theirs = list(actions.values()), list(found.values())
    return ClusterScores(
        mentions=sum(map(len, ours)),
        actions=len(ours),
        events=len(theirs),
        b_cubed=b_cubed(ours, theirs),
        pairwise=pairwise(ours, theirs),
        ceaf_e=ceaf_e(ours, theirs),
        labels=score_labels(gold, listing, names.figures),
        parts=None if clusters is None else score_parts(actions, found, listing, clusters),
    )


def gold_groups(gold: Iterable[GoldArticle]) -> Groups:
    """Each action of the gold with its mentions."""
    mentions: dict[str, set[Name]] = defaultdict(set)
    for article in gold:
        for event in article.events:
            if event.cluster is not None:
                mentions[event.cluster].add((article.id, event.id))
    return {slug: frozenset(group) for slug, group in mentions.items()}


def found_groups(
    events: Iterable[CanonicalEvent], gold: Iterable[GoldArticle], names: Names
) -> Groups:
    """Each canonical event with its mentions as gold names them; what gold has not is «?e7»."""
    asked = {
        (article.id, event.id): event.cluster is not None
        for article in gold
        for event in article.events
    }
    articles = {article for article, _ in asked}
    seen: set[Name] = set()
    groups: dict[str, frozenset[Name]] = {}
    for event in events:
        group = set()
        for mention in event.mentions:
            name = (mention.article, mention.event)
            if name in seen:
                raise RecordError(f"{event.id}: {name[0]} {name[1]} is in another event already")
            seen.add(name)
            known = names.events.get(name, (name[0], f"?{name[1]}"))
            if name[0] in articles and asked.get(known, True):
                group.add(known)
        if group:
            groups[event.id] = frozenset(group)
    return groups


# --- wholes and parts ------------------------------------------------------------------------


def score_parts(
    actions: Groups, found: Groups, events: Iterable[CanonicalEvent], clusters: Clusters
) -> PartScores:
    """An action is judged by the canonical event that answers it one to one, as in CEAF."""
    slugs, ids = list(actions), list(found)
    pairs = match_parts(list(actions.values()), list(found.values()))
    answers = {slugs[row]: ids[column] for row, column in pairs}
    meant = {event_id: slug for slug, event_id in answers.items()}
    claims = {event.id: event.part_of for event in events if event.id in found}
    gold = {slug: clusters[slug].part_of if slug in clusters else None for slug in slugs}
    # No article tells of the whole: there is no event to be a part of.
    open_ends = {slug for slug, whole in gold.items() if whole not in (None, *actions)}
    asked = [slug for slug in slugs if slug not in open_ends]
    right = [slug for slug in asked if is_right(slug, gold[slug], answers, claims, meant)]
    claimed = [one for one, whole in claims.items() if whole and meant.get(one) not in open_ends]
    return PartScores(
        merged=count_merged(actions, found, clusters),
        right=len(right),
        asked=len(asked),
        links=Tally(
            hits=sum(gold[slug] is not None for slug in right),
            predicted=len(claimed),
            gold=sum(gold[slug] is not None for slug in asked),
        ),
    )


def is_right(
    slug: str,
    whole: str | None,
    answers: Mapping[str, str],
    claims: Mapping[str, str | None],
    meant: Mapping[str, str],
) -> bool:
    """Whether the canonical event that answers an action is part of what gold says."""
    if slug not in answers:
        return False
    claim = claims[answers[slug]]
    return claim is None if whole is None else claim is not None and meant.get(claim) == whole


def count_merged(actions: Groups, found: Groups, clusters: Clusters) -> Mapping[Relation, int]:
    """Pairs of mentions in one canonical event of which gold makes two parts of a whole."""
    owners = {mention: slug for slug, group in actions.items() for mention in group}
    merged: Counter[Relation] = Counter()
    for group in found.values():
        slugs = Counter(owners[mention] for mention in group if mention in owners)
        for left, right in combinations(sorted(slugs), 2):
            relation = parted_by(left, right, clusters)
            if relation is not None:
                merged[relation] += slugs[left] * slugs[right]
    return merged
