"""What a reader corrected, as gold: ``<id>.txt`` and ``<id>.json`` by the annotation guidelines."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.evaluate.gold import GoldArticle, GoldError, build_article, occurrences, parse_row
from extractor.records import ArticleRecord, EventRecord, FigureRecord, plain_number
from extractor.report.files import write_whole

# The fields of a figure that a reader may change; «quote» and «nth» follow from its place.
CHANGED = ("value", "max", "bound", "kind", "unit", "item", "scope", "status")
# Said in gold of several articles on one action: a correction does not touch it.
KEPT = ("series", "note")
_PLAIN = re.compile(r"[\w][\w.-]{0,99}", re.ASCII)
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """Where the gold of an article stands."""

    text: Path
    gold: Path


def gold_of_record(record: ArticleRecord) -> Fields:
    """What the record says, in the form that a reader corrects: figures with their places."""
    return {
        "figures": [_figure(figure) for figure in record.figures],
        "events": [_event(event) for event in record.events],
    }


def read_saved(folder: Path, name: str, text: str) -> Fields | None:
    """The gold of an article that was corrected before, with the places of its figures.

    Raises:
        GoldError: there is gold, and it cannot be read or is of another text.
    """
    path = gold_path(folder, name)
    if not path.is_file():
        return None
    row = parse_row(path, path.read_bytes())
    article = build_article(row, text)
    places = {figure.id: figure.span for figure in article.figures}
    figures = [
        {**figure, "start": places[figure["id"]].start, "end": places[figure["id"]].stop}
        for figure in json.loads(path.read_bytes())["figures"]
    ]
    return {"figures": figures, "events": json.loads(path.read_bytes())["events"]}


def save_gold(folder: Path, record: ArticleRecord, text: str, corrected: Fields) -> Saved:
    """The corrected figures and events as gold beside their text; each file is whole or not there.

    Figures are numbered anew in the order of the text; a link to a figure that was rejected goes,
    and so does an event that lost all its figures.

    Raises:
        GoldError: a value is none of the guidelines'; the message names the field.
    """
    fields = make_gold(record, text, corrected)
    path = gold_path(folder, record.id)
    content = json.dumps(fields, ensure_ascii=False, indent=1).encode() + b"\n"
    check_gold(path, content, text)
    folder.mkdir(parents=True, exist_ok=True)
    saved = Saved(path.with_suffix(".txt"), path)
    # The annotation is last: an article is gold when both files are there.
    write_whole(saved.text, text.encode())
    write_whole(saved.gold, content)
    return saved


def check_gold(path: Path, content: bytes, text: str) -> GoldArticle:
    """As ``evaluate`` will read it, before it is written."""
    return build_article(parse_row(path, content), text)


def make_gold(record: ArticleRecord, text: str, corrected: Fields) -> Fields:
    """«figures with places, events» → the fields of a gold file, in its order."""
    figures = sorted(_rows(corrected, "figures"), key=_place)
    names = {figure["id"]: f"f{at}" for at, figure in enumerate(figures, 1)}
    if len(names) != len(figures):
        raise GoldError("figures: an id is given twice")
    had = {event.id: bool(event.figures) for event in record.events}
    events = [{**event, "figures": _links(event, names)} for event in _rows(corrected, "events")]
    kept = [event for event in events if event["figures"] or not had.get(event["id"], True)]
    return {
        "id": record.id,
        "lang": record.lang,
        "script": record.script,
        "published": record.published,
        "source": record.source,
        "figures": [_gold_figure(figure, text, names) for figure in figures],
        "events": [{**event, "id": f"e{at}"} for at, event in enumerate(kept, 1)],
    }


def gold_path(folder: Path, name: str) -> Path:
    """«kk-1» → kk-1.json; an id that is no plain name gets one, with its digest."""
    if _PLAIN.fullmatch(name):
        return folder / f"{name}.json"
    digest = hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()[:12]
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", name)[:40].strip("-")
    return folder / f"{stem or 'article'}-{digest}.json"


def _rows(corrected: Mapping[str, Any], name: str) -> list[Fields]:
    rows = corrected.get(name) if isinstance(corrected, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise GoldError(f"{name}: expected a list of objects")
    for row in rows:
        if not isinstance(row.get("id"), str):
            raise GoldError(f"{name}: an object has no id")
    return rows


def _links(event: Fields, names: Mapping[str, str]) -> list[str]:
    """The figures of an event by their new names, those that were rejected left away."""
    figures = event.get("figures", [])
    if not isinstance(figures, list):
        raise GoldError(f"events[{event['id']}].figures: expected a list")
    return [names[one] for one in figures if isinstance(one, str) and one in names]


def _link(figure: Fields, field: str, names: Mapping[str, str]) -> str | None:
    target = figure.get(field)
    return names.get(target) if isinstance(target, str) else None


def _place(figure: Fields) -> tuple[int, int]:
    start, end = figure.get("start"), figure.get("end")
    if type(start) is not int or type(end) is not int:
        raise GoldError(f"figures[{figure.get('id')}]: start and end are to be numbers")
    return start, end


def _gold_figure(figure: Fields, text: str, names: Mapping[str, str]) -> Fields:
    start, end = _place(figure)
    quote = text[start:end]
    if not 0 <= start < end <= len(text) or figure.get("quote", quote) != quote:
        raise GoldError(f"figures[{figure.get('id')}].quote: is not what stands there")
    nth = next(at for at, place in enumerate(occurrences(quote, text), 1) if place == start)
    return {
        "id": names[figure["id"]],
        "quote": quote,
        "nth": nth,
        **{field: figure.get(field) for field in CHANGED[:6]},
        "category": figure.get("category") or [],
        "scope": figure.get("scope"),
        "of": _link(figure, "of", names),
        "same_as": _link(figure, "same_as", names),
        "status": figure.get("status"),
        **{field: figure[field] for field in KEPT if figure.get(field) is not None},
    }


def _figure(figure: FigureRecord) -> Fields:
    return {
        "id": figure.id,
        "start": figure.start,
        "end": figure.end,
        "quote": figure.text,
        "value": plain_number(figure.value),
        "max": None if figure.max is None else plain_number(figure.max),
        "bound": figure.bound,
        "kind": figure.kind,
        "unit": figure.unit,
        "item": figure.item,
        "category": list(figure.category),
        "scope": figure.scope,
        "of": figure.of,
        "same_as": figure.same_as,
        "status": figure.status,
    }


def _event(event: EventRecord) -> Fields:
    return {
        "id": event.id,
        "figures": list(event.figures),
        "aid": list(event.aid),
        "campaign": event.campaign.text if event.campaign else None,
        "providers": list(dict.fromkeys(name.text for name in event.providers)),
        "locations": list(event.locations),
        "places": list(dict.fromkeys(place.text for place in event.places)),
        "period": event.period,
        **({} if event.wave is None else {"wave": event.wave}),
    }
