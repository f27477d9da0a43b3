"""Reliability: of what is said with so much confidence, how much is in gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.evaluate.align import align
from extractor.evaluate.gold import GoldArticle
from extractor.evaluate.predictions import by_article, predicted_for

if TYPE_CHECKING:
    from extractor.records import ArticleRecord

# Lower ends of the bins of confidence.
BINS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Bin:
    """So many figures or events with a confidence from ``low`` to ``high``.

    ``confidence`` is their mean; ``right`` the share that gold has: figures of the same value
    in the same place, events with the same figures.
    """

    sort: str
    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(gold: Iterable[GoldArticle], records: Iterable[ArticleRecord]) -> tuple[Bin, ...]:
    """«gold, records» → a row for each bin of confidence that is not empty."""
    found = by_article(records)
    told = [
        claim
        for article in gold
        if article.id in found
        for claim in _claims(article, found[article.id])
    ]
    return tuple(
        Bin(
            sort=sort,
            low=low,
            high=high,
            count=len(inside),
            confidence=sum(sure for _, sure, _ in inside) / len(inside),
            right=sum(right for _, _, right in inside) / len(inside),
        )
        for sort in ("figure", "event")
        for low, high in zip(BINS, (*BINS[1:], 1.001), strict=True)
        if (inside := [one for one in told if one[0] == sort and low <= one[1] < high])
    )


def _claims(article: GoldArticle, record: ArticleRecord) -> Iterator[tuple[str, float, bool]]:
    """What a record says with a confidence: its sort, the confidence, whether gold has it."""
    alignment = align(article, predicted_for(article, record))
    right = {claim.id for _, claim in alignment.found}
    for figure in record.figures:
        if figure.confidence is not None:
            yield "figure", figure.confidence, figure.id in right
    names = {claim.id: known.id for known, claim in alignment.found}
    groups = {frozenset(event.figures) for event in article.events}
    for event in record.events:
        if event.confidence is not None:
            members = frozenset(names.get(figure, f"?{figure}") for figure in event.figures)
            yield "event", event.confidence, members in groups
