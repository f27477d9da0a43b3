"""Extractions written down as public records."""

from __future__ import annotations

from extractor.records import (
    ArticleRecord,
    CheckRecord,
    EventRecord,
    EvidenceRecord,
    FigureRecord,
    NameRecord,
    PlaceRecord,
    Provenance,
)
from extractor.types import Check, Event, Evidence, Extraction, Figure, Mention


def make_record(
    extraction: Extraction, *, version: str, digest: str, with_text: bool = False
) -> ArticleRecord:
    """«Extraction» → the record that the JSON Schema describes."""
    article = extraction.article
    return ArticleRecord(
        id=article.id,
        lang=extraction.lang,
        script=extraction.script,
        published=article.published,
        source=article.outlet,
        title=article.title or _headline(extraction),
        text=article.text if with_text else None,
        figures=tuple(_figure(figure, article.text) for figure in extraction.figures),
        events=tuple(_event(event) for event in extraction.events),
        notes=extraction.notes,
        provenance=Provenance(package=version, data=digest, models=dict(extraction.models)),
    )


def _headline(extraction: Extraction) -> str | None:
    """The first line of the headline zone, for lack of a title in the metadata."""
    zone = next((z for z in extraction.zones if z.kind == "headline"), None)
    if zone is None:
        return None
    lines = zone.span.of(extraction.article.text).strip().splitlines()
    return lines[0].strip() if lines else None


def _figure(figure: Figure, text: str) -> FigureRecord:
    span = figure.span
    return FigureRecord(
        id=figure.id,
        start=span.start,
        end=span.stop,
        text=span.of(text),
        value=figure.quantity.value,
        max=figure.quantity.max,
        tenge=figure.tenge,
        bound=figure.quantity.bound,
        kind=figure.kind,
        unit=figure.unit,
        item=figure.item,
        category=figure.category,
        scope=figure.scope,
        of=figure.of,
        same_as=figure.same_as,
        status=figure.status,
        series=figure.series,
        confidence=figure.confidence,
        evidence=tuple(_evidence(evidence) for evidence in figure.evidence),
    )


def _evidence(evidence: Evidence) -> EvidenceRecord:
    span = evidence.span
    return EvidenceRecord(
        field=evidence.field,
        value=evidence.value,
        rule=evidence.rule,
        start=span.start if span else None,
        end=span.stop if span else None,
    )


def _name(mention: Mention) -> NameRecord:
    return NameRecord(
        start=mention.span.start, end=mention.span.stop, text=mention.text, id=mention.id
    )


def _place(mention: Mention) -> PlaceRecord:
    return PlaceRecord(
        start=mention.span.start, end=mention.span.stop, text=mention.text, code=mention.code
    )


def _check(check: Check) -> CheckRecord:
    return CheckRecord(
        rule=check.rule,
        operands=check.operands,
        expected=check.expected,
        stated=check.stated,
        gap=check.stated - check.expected,
        verdict=check.verdict,
    )


def _event(event: Event) -> EventRecord:
    return EventRecord(
        id=event.id,
        figures=event.figures,
        aid=event.aid,
        campaign=_name(event.campaign) if event.campaign else None,
        providers=tuple(_name(mention) for mention in event.providers),
        locations=event.locations,
        places=tuple(_place(mention) for mention in event.places),
        period=event.period,
        wave=event.wave,
        confidence=event.confidence,
        checks=tuple(_check(check) for check in event.checks),
        evidence=tuple(_evidence(evidence) for evidence in event.evidence),
    )
