"""Predictions: article records, read from their file and seen as gold is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from extractor.evaluate.gold import GoldArticle, GoldEvent, GoldFigure
from extractor.io.records import RecordError
from extractor.types import Span

if TYPE_CHECKING:
    from extractor.records import ArticleRecord, EventRecord, FigureRecord


def by_article(records: Iterable[ArticleRecord]) -> dict[str, ArticleRecord]:
    """«records» → each by its article's id; two of one article are refused."""
    listing = list(records)
    for name, times in Counter(record.id for record in listing).items():
        if times > 1:
            raise RecordError(f"{times} records of article {name}")
    return {record.id: record for record in listing}


def as_gold(record: ArticleRecord) -> GoldArticle:
    """«record» → the same claims in the form of gold, so that like meets like."""
    return GoldArticle(
        id=record.id,
        lang=record.lang,
        script=record.script,
        text=record.text or "",
        published=record.published,
        source=record.source,
        figures=tuple(sorted(map(figure_as_gold, record.figures), key=reading_order)),
        events=tuple(map(event_as_gold, record.events)),
    )


def reading_order(figure: GoldFigure) -> tuple[Span, str]:
    return figure.span, figure.id


def figure_as_gold(figure: FigureRecord) -> GoldFigure:
    return GoldFigure(
        id=figure.id,
        quote=figure.text,
        span=Span(figure.start, figure.end),
        value=figure.value,
        max=figure.max,
        bound=figure.bound,
        kind=figure.kind,
        unit=figure.unit,
        item=figure.item,
        category=frozenset(figure.category),
        scope=figure.scope,
        of=figure.of,
        same_as=figure.same_as,
        status=figure.status,
    )


def event_as_gold(event: EventRecord) -> GoldEvent:
    return GoldEvent(
        id=event.id,
        figures=event.figures,
        aid=event.aid,
        campaign=None if event.campaign is None else event.campaign.text,
        providers=tuple(provider.text for provider in event.providers),
        locations=event.locations,
        places=tuple(place.text for place in event.places),
        period=event.period,
    )


def predicted_for(article: GoldArticle, record: ArticleRecord | None) -> GoldArticle:
    """«kk-01» and its record → its claims; no record is a record of nothing."""
    if record is None:
        return GoldArticle(article.id, article.lang, article.script, article.text)
    if record.text is not None and record.text != article.text:
        raise RecordError(f"{article.id}: the record counts in another text than the gold")
    return as_gold(record)
