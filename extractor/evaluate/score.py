"""Scores: how well records answer gold, counted by language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Self

from extractor.evaluate.align import (
    LINKS,
    MATCHERS,
    SLOTS,
    Alignment,
    EventPair,
    FigurePair,
    Slots,
    align,
    count_shared,
    event_slots,
    jaccard,
    same_text,
    words_within,
)
from extractor.evaluate.gold import GoldArticle, digest_gold
from extractor.evaluate.predictions import by_article, predicted_for
from extractor.evaluate.vocabulary import LANGS

if TYPE_CHECKING:
    from extractor.records import ArticleRecord

TOTAL = "total"
MAIN_METRIC = "figures_full_f1"
FULL_FIELDS = ("kind", "unit", "bound", "scope", "item")


@dataclass(frozen=True, slots=True)
class Sum:
    """Base of all counts: they add up field by field, articles to a language."""

    def __add__(self, other: Self) -> Self:
        parts = (getattr(self, f.name) + getattr(other, f.name) for f in fields(self))
        return type(self)(*parts)


@dataclass(frozen=True, slots=True)
class Tally(Sum):
    """«3 hits of 4 predicted and 5 in gold»: nothing asked and nothing said is 1.0."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return share(self.hits, self.predicted, empty=0.0 if self.gold else 1.0)

    @property
    def recall(self) -> float:
        return share(self.hits, self.gold, empty=0.0 if self.predicted else 1.0)

    @property
    def f1(self) -> float:
        return share(2 * self.hits, self.predicted + self.gold, empty=1.0)


@dataclass(frozen=True, slots=True)
class Mean(Sum):
    """A mean over found figures; of none it is 1.0."""

    sum: float = 0.0
    count: int = 0

    @property
    def value(self) -> float:
        return share(self.sum, self.count, empty=1.0)


def share(part: float, whole: float, *, empty: float) -> float:
    return part / whole if whole else empty


@dataclass(frozen=True, slots=True)
class FigureCounts(Sum):
    """``found``: overlap and value; ``found_max``: the upper end of a range too."""

    found: Tally = Tally()
    found_max: Tally = Tally()
    kind: Tally = Tally()
    full: Tally = Tally()


@dataclass(frozen=True, slots=True)
class AgreementCounts(Sum):
    """Over found figures: how often a field is as in gold."""

    kind: Mean = Mean()
    unit: Mean = Mean()
    bound: Mean = Mean()
    item: Mean = Mean()
    category: Mean = Mean()
    category_jaccard: Mean = Mean()
    scope: Mean = Mean()
    status: Mean = Mean()
    of: Mean = Mean()
    same_as: Mean = Mean()


@dataclass(frozen=True, slots=True)
class LinkCounts(Sum):
    of: Tally = Tally()
    same_as: Tally = Tally()


@dataclass(frozen=True, slots=True)
class EventCounts(Sum):
    """``exact``: the same figures; ``slots``: the values of all slots together."""

    exact: Tally = Tally()
    slots: Tally = Tally()


@dataclass(frozen=True, slots=True)
class SlotCounts(Sum):
    """Values of each slot; ``providers_overlap`` also takes a name within a name."""

    figures: Tally = Tally()
    aid: Tally = Tally()
    campaign: Tally = Tally()
    providers: Tally = Tally()
    providers_overlap: Tally = Tally()
    locations: Tally = Tally()
    places: Tally = Tally()
    period: Tally = Tally()


@dataclass(frozen=True, slots=True)
class Counts(Sum):
    """All that is counted over some articles; ``noaid``: their gold reports no aid."""

    articles: int = 0
    noaid_articles: int = 0
    noaid_spurious: int = 0
    figures: FigureCounts = FigureCounts()
    agreement: AgreementCounts = AgreementCounts()
    links: LinkCounts = LinkCounts()
    events: EventCounts = EventCounts()
    slots: SlotCounts = SlotCounts()

    def metrics(self) -> dict[str, float]:
        """«figures_full_f1», «agreement_item», «slots_aid_recall», … → 0.0 to 1.0."""
        return {
            f"{group.name}_{name}": value
            for group in fields(self)
            if isinstance(counts := getattr(self, group.name), Sum)
            for name, value in name_metrics(counts)
        }


def name_metrics(counts: Sum) -> Iterable[tuple[str, float]]:
    for each in fields(counts):
        measure = getattr(counts, each.name)
        if isinstance(measure, Mean):
            yield each.name, measure.value
        else:
            yield f"{each.name}_precision", measure.precision
            yield f"{each.name}_recall", measure.recall
            yield f"{each.name}_f1", measure.f1


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts by group: the languages that have articles, kk-Latn, and the total.

    ``missing`` are gold articles without a record: all in them counts as missed.
    ``unscored`` are records without gold: nothing in them counts.
    """

    groups: Mapping[str, Counts]
    digest: str
    missing: tuple[str, ...] = ()
    unscored: tuple[str, ...] = field(default=(), compare=False)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(lang for lang in LANGS if lang in self.groups)

    def metric(self, group: str, name: str) -> float:
        """«"kk", "figures_full_f1"» → 0.71."""
        return self.groups[group].metrics()[name]

    def worst(self, name: str = MAIN_METRIC) -> str:
        """«figures_full_f1» → the language where it is lowest: there it is the score."""
        return min(self.languages, key=lambda lang: self.metric(lang, name))

    @property
    def score(self) -> float:
        """The one number: figures right in full, in the worst language."""
        return self.metric(self.worst(), MAIN_METRIC)


def evaluate(gold: Iterable[GoldArticle], records: Iterable[ArticleRecord]) -> Scores:
    """«gold, records» → scores by language; the worst language is the score."""
    found = by_article(records)
    articles = list(gold)
    told = [predicted_for(article, found.get(article.id)) for article in articles]
    return compare(articles, told, known=frozenset(found))


def agreement(gold: Iterable[GoldArticle], second: Iterable[GoldArticle]) -> Scores:
    """«gold, gold by another hand» → how far two annotators agree, in the terms of scores."""
    others = {article.id: article for article in second}
    articles = [article for article in gold if article.id in others]
    return compare(articles, [others[a.id] for a in articles], known=frozenset(others))


def compare(
    gold: Sequence[GoldArticle], told: Sequence[GoldArticle], *, known: frozenset[str]
) -> Scores:
    """Scores of claims about the same articles; ``known`` are the articles that have any."""
    if not gold:
        raise ValueError("nothing to score: there is no gold article")
    groups: dict[str, Counts] = {}
    for article, claims in sorted(zip(gold, told, strict=True), key=lambda pair: pair[0].id):
        counts = count_article(align(article, claims))
        for group in article_groups(article):
            groups[group] = groups.get(group, Counts()) + counts
    ids = {article.id for article in gold}
    return Scores(
        groups={name: groups[name] for name in group_order(groups)},
        digest=digest_gold(sorted(gold, key=lambda article: article.id)),
        missing=tuple(sorted(ids - known)),
        unscored=tuple(sorted(known - ids)),
    )


def article_groups(article: GoldArticle) -> tuple[str, ...]:
    """«kk in Latin script» → kk, kk-Latn, total."""
    script_group = [f"{article.lang}-Latn"] if is_latin_kazakh(article) else []
    return (article.lang, *script_group, TOTAL)


def is_latin_kazakh(article: GoldArticle) -> bool:
    return article.lang == LANGS[0] and article.script == "Latn"


def group_order(groups: Iterable[str]) -> list[str]:
    """«total, ru, kk-Latn, kk» → kk, kk-Latn, ru, total."""
    order = [*(name for lang in LANGS for name in (lang, f"{lang}-Latn")), TOTAL]
    return sorted(groups, key=order.index)


def count_article(alignment: Alignment) -> Counts:
    gold, record = alignment.left, alignment.right
    slots = count_slots(alignment)
    return Counts(
        articles=1,
        noaid_articles=int(not gold.reports_aid),
        noaid_spurious=0 if gold.reports_aid else len(record.figures),
        figures=count_figures(alignment),
        agreement=count_agreement(alignment),
        links=LinkCounts(**{link: count_links(alignment, link) for link in LINKS}),
        events=EventCounts(exact=count_exact(alignment), slots=sum_slots(slots)),
        slots=slots,
    )


def count_figures(alignment: Alignment) -> FigureCounts:
    """«found figures» → hits at each level; a level asks for all that is before it."""
    pairs = alignment.found
    levels = {
        "found": len(pairs),
        "found_max": sum(left.max == right.max for left, right in pairs),
        "kind": sum(left.kind == right.kind for left, right in pairs),
        "full": sum(map(is_full, pairs)),
    }
    predicted, gold = len(alignment.right.figures), len(alignment.left.figures)
    return FigureCounts(**{name: Tally(hits, predicted, gold) for name, hits in levels.items()})


def is_full(pair: FigurePair) -> bool:
    left, right = pair
    return all(getattr(left, name) == getattr(right, name) for name in FULL_FIELDS)


def count_agreement(alignment: Alignment) -> AgreementCounts:
    counts = (agree(pair, alignment) for pair in alignment.found)
    return sum(counts, start=AgreementCounts())


def agree(pair: FigurePair, alignment: Alignment) -> AgreementCounts:
    left, right = pair
    shared = len(left.category & right.category)
    likeness = jaccard(shared, len(left.category), len(right.category))
    return AgreementCounts(
        kind=one(left.kind == right.kind),
        unit=one(left.unit == right.unit),
        bound=one(left.bound == right.bound),
        item=one(left.item == right.item),
        category=one(left.category == right.category),
        category_jaccard=one(likeness),
        scope=one(left.scope == right.scope),
        status=one(left.status == right.status),
        of=one(same_link(pair, alignment, "of")),
        same_as=one(same_link(pair, alignment, "same_as")),
    )


def one(value: float) -> Mean:
    return Mean(float(value), 1)


def same_link(pair: FigurePair, alignment: Alignment, link: str) -> bool:
    """«of f2» in both → True when the two f2 are aligned; so is no link in both."""
    target, other = getattr(pair[0], link), getattr(pair[1], link)
    if target is None or other is None:
        return target is other
    return bool(alignment.names.get(other) == target)


def count_links(alignment: Alignment, link: str) -> Tally:
    """«of» → links of gold that the record has too, between the same two figures."""
    hits = sum(
        getattr(pair[0], link) is not None and same_link(pair, alignment, link)
        for pair in alignment.found
    )
    predicted = sum(getattr(figure, link) is not None for figure in alignment.right.figures)
    gold = sum(getattr(figure, link) is not None for figure in alignment.left.figures)
    return Tally(hits, predicted, gold)


def count_exact(alignment: Alignment) -> Tally:
    """«aligned events» → those with the same figures, two empty ones among them."""
    hits = sum(
        event_slots(left).figures == event_slots(right, alignment.members).figures
        for left, right in alignment.events
    )
    return Tally(hits, len(alignment.right.events), len(alignment.left.events))


def count_slots(alignment: Alignment) -> SlotCounts:
    """«events» → values shared by aligned pairs, missed and spurious in all others."""
    counts = sum((count_pair(pair, alignment) for pair in alignment.events), start=SlotCounts())
    taken_left = {left.id for left, _ in alignment.events}
    taken_right = {right.id for _, right in alignment.events}
    for event in alignment.left.events:
        if event.id not in taken_left:
            counts += compare_slots(event_slots(event), EMPTY)
    for event in alignment.right.events:
        if event.id not in taken_right:
            counts += compare_slots(EMPTY, event_slots(event, alignment.members))
    return counts


def sum_slots(counts: SlotCounts) -> Tally:
    """«figures, aid, campaign, …» → one tally; providers count as exact names."""
    return sum((getattr(counts, slot) for slot in SLOTS), start=Tally())


def count_pair(pair: EventPair, alignment: Alignment) -> SlotCounts:
    return compare_slots(event_slots(pair[0]), event_slots(pair[1], alignment.members))


EMPTY = Slots(*[frozenset[str]()] * 7)


def compare_slots(gold: Slots, record: Slots) -> SlotCounts:
    tallies = {slot: compare_slot(slot, gold, record) for slot in SLOTS}
    shared = count_shared(gold.providers, record.providers, words_within)
    overlap = Tally(shared, len(record.providers), len(gold.providers))
    return SlotCounts(**tallies, providers_overlap=overlap)


def compare_slot(slot: str, gold: Slots, record: Slots) -> Tally:
    ours, theirs = gold.values(slot), record.values(slot)
    shared = count_shared(ours, theirs, MATCHERS.get(slot, same_text))
    return Tally(shared, len(theirs), len(ours))
