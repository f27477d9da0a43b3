"""Canonical events where nobody gave any: those of ``extractor.resolve``, else one for each event.

The second way goes when the first one is there in every build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any, cast

import extractor
from extractor.records import (
    ArticleRecord,
    CanonicalEvent,
    CanonicalName,
    EventRecord,
    FigureRecord,
    FigureSource,
    MentionRecord,
    SeriesRecord,
    StatementRecord,
)
from extractor.types import Status

Resolve = Callable[[Iterable[ArticleRecord]], Iterator[CanonicalEvent]]
FURTHEST: tuple[Status, ...] = ("delivered", "ongoing", "collected", "planned")


def resolver() -> Resolve | None:
    """``extractor.resolve``, or nothing while the package has none."""
    return cast(Resolve | None, getattr(extractor, "resolve", None))


def events_of(records: Iterable[ArticleRecord]) -> Iterator[CanonicalEvent]:
    """«kk-1» with e1, e2 → two canonical events with one mention each."""
    for record in records:
        figures = {figure.id: figure for figure in record.figures}
        for event in record.events:
            yield _alone(record, event, [figures[name] for name in event.figures])


def _alone(
    record: ArticleRecord, event: EventRecord, figures: list[FigureRecord]
) -> CanonicalEvent:
    digest = blake2b(f"{record.id}/{event.id}".encode(), digest_size=8).hexdigest()
    campaign = event.campaign
    said = {figure.status for figure in figures}
    return CanonicalEvent(
        id=f"ev-{digest}",
        mentions=(
            MentionRecord(
                article=record.id,
                event=event.id,
                lang=record.lang,
                outlet=record.source,
                published=record.published,
            ),
        ),
        aid=event.aid,
        campaign=CanonicalName(text=campaign.text, id=campaign.id) if campaign else None,
        providers=tuple(CanonicalName(text=one.text, id=one.id) for one in event.providers),
        locations=event.locations,
        places=tuple(dict.fromkeys(place.text for place in event.places)),
        period=event.period,
        status=next((status for status in FURTHEST if status in said), None),
        series=tuple(_series(record, figures)),
        checks=tuple(
            check.model_copy(update={"operands": tuple(f"{record.id}/{f}" for f in check.operands)})
            for check in event.checks
        ),
        confidence=event.confidence,
    )


def _series(record: ArticleRecord, figures: list[FigureRecord]) -> Iterator[SeriesRecord]:
    rows: dict[tuple[Any, ...], list[FigureRecord]] = {}
    for figure in figures:
        if figure.scope != "part" and figure.same_as is None:
            key = (figure.kind, figure.unit, figure.item, figure.scope)
            rows.setdefault(key, []).append(figure)
    for (kind, unit, item, scope), group in rows.items():
        done = [figure for figure in group if figure.status != "planned"]
        plans = [figure for figure in group if figure.status == "planned"]
        yield SeriesRecord(
            kind=kind,
            unit=unit,
            item=item,
            scope=scope,
            statements=tuple(_statement(record, figure) for figure in group),
            latest=done[-1].value if done else None,
            latest_status=done[-1].status if done else None,
            planned=plans[-1].value if plans else None,
        )


def _statement(record: ArticleRecord, figure: FigureRecord) -> StatementRecord:
    return StatementRecord(
        label="plan" if figure.status == "planned" else "cumulative",
        value=figure.value,
        max=figure.max,
        bound=figure.bound,
        status=figure.status,
        as_of=record.published,
        sources=(FigureSource(article=record.id, figure=figure.id),),
    )
