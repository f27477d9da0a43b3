"""Gold as annotation tools give it back: built, checked by the reader of gold, and written."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import chain, count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from extractor.evaluate.gold import (
    GoldArticle,
    GoldError,
    GoldEvent,
    GoldFigure,
    Row,
    build_article,
    occurrences,
)
from extractor.evaluate.predictions import as_gold
from extractor.records import plain_number
from extractor.types import Span

if TYPE_CHECKING:
    from extractor.exports.sheets import Sheet
    from extractor.records import ArticleRecord

FIGURE_ORDER = (
    *("id", "quote", "nth", "value", "max", "bound", "kind", "unit", "item"),
    *("category", "scope", "of", "same_as", "status"),
)
HEAD = ("id", "lang", "script", "published", "source")


def gold_head(article: GoldArticle) -> dict[str, Any]:
    """«GoldArticle» → what a gold file says of the article before its figures."""
    return {name: getattr(article, name) for name in HEAD}


def gold_fields(figure: GoldFigure) -> dict[str, Any]:
    """«GoldFigure» → its fields in gold, without its words and its place."""
    return {
        "value": plain_number(figure.value),
        "max": None if figure.max is None else plain_number(figure.max),
        "bound": figure.bound,
        "unit": figure.unit,
        "item": figure.item,
        "category": sorted(figure.category),
        "scope": figure.scope,
        "of": figure.of,
        "same_as": figure.same_as,
        "status": figure.status,
    }


def gold_event(event: GoldEvent) -> dict[str, Any]:
    """«GoldEvent» → its fields in gold."""
    return {
        "id": event.id,
        "figures": list(event.figures),
        "aid": list(event.aid),
        "campaign": event.campaign,
        "providers": list(event.providers),
        "locations": list(event.locations),
        "places": list(event.places),
        "period": event.period,
    }


def gold_row(record: ArticleRecord, text: str | None) -> dict[str, Any]:
    """«record» → its article in gold's words, offsets and text beside them."""
    article = as_gold(record)
    figures = [
        {
            "id": figure.id,
            "quote": figure.quote,
            "start": figure.span.start,
            "end": figure.span.stop,
            "kind": figure.kind,
            **gold_fields(figure),
        }
        for figure in article.figures
    ]
    events = [gold_event(event) for event in article.events]
    head = {**gold_head(article), "title": record.title, "text": text}
    return {**head, "figures": figures, "events": events}


def nth_of(text: str, span: Span) -> int:
    """«500 of 25500», the second «500» → 2: which occurrence of its words a span is."""
    starts = takewhile(lambda start: start <= span.start, occurrences(span.of(text), text))
    return sum(1 for _start in starts)


def gold_file(article: GoldArticle) -> str:
    """«GoldArticle» → the content of its gold file."""
    figures = [_figure_row(figure, article.text) for figure in article.figures]
    events = [gold_event(event) for event in article.events]
    content = {**gold_head(article), "figures": figures, "events": events}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _figure_row(figure: GoldFigure, text: str) -> dict[str, Any]:
    """The fields in the order of the guidelines."""
    head = {"id": figure.id, "quote": figure.quote, "nth": nth_of(text, figure.span)}
    known = {**head, "kind": figure.kind, **gold_fields(figure)}
    return {name: known[name] for name in FIGURE_ORDER}


def write_pair(article: GoldArticle, folder: Path, taken: set[str]) -> None:
    """«GoldArticle» → FOLDER/<id>.txt, byte for byte, and FOLDER/<id>.json."""
    name = file_stem(article.id, taken)
    (folder / f"{name}.txt").write_bytes(article.text.encode("utf-8"))
    content = gold_file(article)
    (folder / f"{name}.json").write_text(content, encoding="utf-8", newline="\n")


def file_stem(identity: str, taken: set[str]) -> str:
    """«https://a.kz/1» → https_a.kz_1: no folder is left by an id, no file overwritten."""
    stem = regex.sub(r"[^\w.-]+", "_", identity).strip("._")[:100] or "article"
    name = next(
        name
        for name in chain((stem,), (f"{stem}-{number}" for number in count(2)))
        if name.casefold() not in taken
    )
    taken.add(name.casefold())
    return name


def build_gold(source: Path, sheet: Sheet) -> GoldArticle:
    """What a tool gave back → gold, judged as gold that people wrote.

    Raises:
        GoldError: a field is missing or says something impossible; the message names both.
    """
    figures = [
        {
            **(mark.fields or {}),
            "id": mark.id,
            "quote": mark.span.of(sheet.text),
            "nth": nth_of(sheet.text, mark.span),
            "kind": mark.kind,
        }
        for mark in sheet.marks
    ]
    content = {**sheet.head, "figures": figures, "events": list(sheet.events)}
    # Through JSON, so that numbers are read as they are from a gold file.
    fields = json.loads(json.dumps(content), parse_float=Decimal)
    place = str(sheet.head.get("id") or "an article without id")
    article = build_article(Row(source, place, fields), sheet.text)
    if {figure.span for figure in article.figures} != {mark.span for mark in sheet.marks}:
        raise GoldError(f"{source}: {place}: a quote overlaps itself: gold cannot say where it is")
    return article
