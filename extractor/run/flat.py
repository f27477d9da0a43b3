"""Records as flat tables with stable columns, for whoever works in a data frame.

Amounts are in full units (tenge, not thousands); ``value`` is a float for computing and
``value_exact`` the number as the record has it. Offsets count code points of the article's text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pyarrow as pa

    from extractor.records import ArticleRecord, EventRecord, FigureRecord

# Table → column → type; «texts» is a list of strings. Docs and tests read this.
TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "records": {
        "id": "text",
        "lang": "text",
        "script": "text",
        "published": "text",
        "source": "text",
        "title": "text",
        "text": "text",
        "figures": "count",
        "events": "count",
        "notes": "texts",
        "file": "text",
        "line": "count",
        "byte": "count",
    },
    "figures": {
        "article": "text",
        "figure": "text",
        "lang": "text",
        "published": "text",
        "start": "count",
        "end": "count",
        "text": "text",
        "value": "number",
        "value_exact": "text",
        "max": "number",
        "max_exact": "text",
        "tenge": "number",
        "bound": "text",
        "kind": "text",
        "unit": "text",
        "item": "text",
        "category": "texts",
        "scope": "text",
        "of": "text",
        "same_as": "text",
        "status": "text",
        "confidence": "number",
        "file": "text",
        "line": "count",
    },
    "events": {
        "article": "text",
        "event": "text",
        "lang": "text",
        "published": "text",
        "figures": "texts",
        "aid": "texts",
        "campaign": "text",
        "campaign_id": "text",
        "providers": "texts",
        "provider_ids": "texts",
        "locations": "texts",
        "places": "texts",
        "period": "text",
        "checks_hold": "count",
        "checks_contradict": "count",
        "confidence": "number",
        "file": "text",
        "line": "count",
    },
}


def schema_of(table: str) -> pa.Schema:
    """«figures» → its Arrow schema."""
    import pyarrow as pa

    kinds = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "count": pa.int64(),
        "number": pa.float64(),
    }
    return pa.schema([pa.field(name, kinds[kind]) for name, kind in TABLES[table].items()])


def record_row(record: ArticleRecord, place: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": record.id,
        "lang": record.lang,
        "script": record.script,
        "published": record.published,
        "source": record.source,
        "title": record.title,
        "text": record.text,
        "figures": len(record.figures),
        "events": len(record.events),
        "notes": list(record.notes),
        "file": place["file"],
        "line": place["line"],
        "byte": place["byte"],
    }


def figure_rows(record: ArticleRecord, place: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    return (_figure_row(figure, record, place) for figure in record.figures)


def _figure_row(
    figure: FigureRecord, record: ArticleRecord, place: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "article": record.id,
        "figure": figure.id,
        "lang": record.lang,
        "published": record.published,
        "start": figure.start,
        "end": figure.end,
        "text": figure.text,
        "value": float(figure.value),
        "value_exact": f"{figure.value:f}",
        "max": None if figure.max is None else float(figure.max),
        "max_exact": None if figure.max is None else f"{figure.max:f}",
        "tenge": None if figure.tenge is None else float(figure.tenge),
        "bound": figure.bound,
        "kind": figure.kind,
        "unit": figure.unit,
        "item": figure.item,
        "category": list(figure.category),
        "scope": figure.scope,
        "of": figure.of,
        "same_as": figure.same_as,
        "status": figure.status,
        "confidence": figure.confidence,
        "file": place["file"],
        "line": place["line"],
    }


def event_rows(record: ArticleRecord, place: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    return (_event_row(event, record, place) for event in record.events)


def _event_row(
    event: EventRecord, record: ArticleRecord, place: Mapping[str, Any]
) -> dict[str, Any]:
    verdicts = [check.verdict for check in event.checks]
    return {
        "article": record.id,
        "event": event.id,
        "lang": record.lang,
        "published": record.published,
        "figures": list(event.figures),
        "aid": list(event.aid),
        "campaign": event.campaign.text if event.campaign else None,
        "campaign_id": event.campaign.id if event.campaign else None,
        "providers": [provider.text for provider in event.providers],
        "provider_ids": [one.id for one in event.providers if one.id is not None],
        "locations": list(event.locations),
        "places": [place.text for place in event.places],
        "period": event.period,
        "checks_hold": verdicts.count("holds"),
        "checks_contradict": verdicts.count("contradicts"),
        "confidence": event.confidence,
        "file": place["file"],
        "line": place["line"],
    }
