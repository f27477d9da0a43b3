"""Sheets: an article as annotation tools see it, its text with marks and what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from extractor.evaluate.gold import GoldArticle
from extractor.evaluate.predictions import as_gold
from extractor.exports.content import Content, ExportError, OffsetUnit, Report
from extractor.exports.gold_files import gold_event, gold_fields, gold_head
from extractor.exports.offsets import LAST_SINGLE, UNITS, Ruler
from extractor.types import Span

if TYPE_CHECKING:
    from extractor.records import ArticleRecord

REFERENCES: Final = ("of", "same_as")


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked words: the kind of figure, and its other fields where the tool keeps them.

    ``event`` is the id of its event; ``quote`` is what the tool says that the words are.
    """

    id: str | None
    span: Span
    kind: str
    fields: Mapping[str, Any] | None = None
    event: str | None = None
    score: float | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """``head`` is what gold says of an article before its figures.

    ``made_by`` names the package; nothing where people made it.
    """

    head: Mapping[str, Any]
    text: str
    marks: tuple[Mark, ...]
    events: tuple[Mapping[str, Any], ...]
    made_by: str | None = None


# --- out ------------------------------------------------------------------------------------


def sheets_of(content: Content, report: Report) -> Iterator[Sheet]:
    """Gold, or records with their texts; a record without its text is refused by name."""
    if content.gold is not None:
        yield from map(sheet_of_gold, content.gold)
    for record in content.records:
        text = text_of(record, content, report)
        if text is not None:
            yield sheet_of_record(record, text)


def text_of(record: ArticleRecord, content: Content, report: Report) -> str | None:
    """The text that the record's offsets count in; without it the record is refused by name."""
    text = record.text or content.options.texts(record.id)
    if text is None:
        report.refused.append(
            f"{record.id}: no_text: extract with --with-text, or give the articles with --texts"
        )
    elif any(text[one.start : one.end] != one.text for one in record.figures):
        report.refused.append(f"{record.id}: other_text: its figures are not in this text")
        return None
    return text


def sheet_of_gold(article: GoldArticle) -> Sheet:
    """«GoldArticle» → its sheet, nothing lost."""
    events = tuple(map(gold_event, article.events))
    owners = {name: event["id"] for event in events for name in event["figures"]}
    marks = tuple(
        Mark(one.id, one.span, one.kind, gold_fields(one), owners.get(one.id), quote=one.quote)
        for one in article.figures
    )
    return Sheet(gold_head(article), article.text, marks, tuple(map(_without_figures, events)))


def sheet_of_record(record: ArticleRecord, text: str) -> Sheet:
    """«record» → the sheet of its gold, with how sure each figure is."""
    sheet = sheet_of_gold(replace(as_gold(record), text=text))
    scores = {figure.id: figure.confidence for figure in record.figures}
    marks = tuple(replace(mark, score=scores.get(mark.id or "")) for mark in sheet.marks)
    return replace(sheet, marks=marks, made_by=f"extractor {record.provenance.package}")


def _without_figures(event: Mapping[str, Any]) -> dict[str, Any]:
    """Which figures are its own is said at the figures, once."""
    return {name: value for name, value in event.items() if name != "figures"}


# --- in -------------------------------------------------------------------------------------

Fill = Callable[[str, str], Mapping[str, Any] | None]


def settle_offsets(sheet: Sheet, declared: OffsetUnit) -> tuple[Sheet, str]:
    """Marks in code points, and how they were counted: in ``declared`` if the quotes fit it.

    Else in the other unit; else each mark where its quote stands just once between the two.

    Raises:
        ExportError: no way fits; the message names the mark.
    """
    problems = []
    for unit in (declared, *(other for other in UNITS if other != declared)):
        try:
            return _measured(sheet, unit), unit
        except ExportError as problem:
            problems.append(problem)
    marks = [_between(mark, sheet.text) for mark in sheet.marks]
    found = tuple(mark for mark in marks if mark is not None)
    if len(found) < len(marks):
        raise problems[0]
    return replace(sheet, marks=found), "now this, now that"


def _between(mark: Mark, text: str) -> Mark | None:
    """«start 13» after one emoji is 12 or 13: the one of these where the quote stands."""
    if not mark.quote:
        return None
    start = mark.span.start
    pairs = sum(ord(char) > LAST_SINGLE for char in text[:start])
    places = [
        place
        for place in range(max(0, start - pairs), start + 1)
        if text.startswith(mark.quote, place)
    ]
    if len(places) != 1:
        return None
    return replace(mark, span=Span(places[0], places[0] + len(mark.quote)))


def _measured(sheet: Sheet, unit: OffsetUnit) -> Sheet:
    ruler = Ruler(sheet.text)
    marks = []
    for mark in sheet.marks:
        span = ruler.from_unit(mark.span, unit)
        if mark.quote is not None and mark.quote != span.of(sheet.text):
            where = f"[{mark.span.start}:{mark.span.stop}]"
            raise ExportError(f"{where} is «{span.of(sheet.text)}» and not «{mark.quote}»")
        marks.append(replace(mark, span=span))
    return replace(sheet, marks=tuple(marks))


def whole(sheet: Sheet, fill: Fill, say: Callable[[str], None]) -> Sheet:
    """Marks that are new get an id and their fields; events get their figures.

    What had to be guessed or dropped is said. A mark whose fields nobody knows is an error.

    Raises:
        ExportError: a new mark, and its words are no quantity that can be read.
    """
    lang = str(sheet.head.get("lang"))
    marks = _named(sorted(sheet.marks, key=lambda mark: mark.span))
    marks = [_filled(mark, sheet.text, lang, fill, say) for mark in marks]
    names = {mark.id for mark in marks}
    marks = [_without_loose_ends(mark, names, say) for mark in marks]
    events = _with_figures(sheet.events, marks, say)
    return replace(sheet, marks=tuple(marks), events=tuple(events))


def name_figures(known: Mapping[str, str | None]) -> dict[str, str]:
    """«T1: f1, T9: not yet» → T9 gets the next free number, f2.

    >>> name_figures({"T1": "f1", "T9": None})
    {'T1': 'f1', 'T9': 'f2'}
    """
    taken = set(known.values())
    free = (name for name in (f"f{number}" for number in count(1)) if name not in taken)
    return {key: name or next(free) for key, name in known.items()}


def _named(marks: Sequence[Mark]) -> list[Mark]:
    names = name_figures({str(place): mark.id for place, mark in enumerate(marks)})
    return [replace(mark, id=name) for mark, name in zip(marks, names.values(), strict=True)]


def _filled(mark: Mark, text: str, lang: str, fill: Fill, say: Callable[[str], None]) -> Mark:
    known = {name: value for name, value in (mark.fields or {}).items() if value is not None}
    if known.keys() >= {"value", "bound", "unit", "scope"}:
        return mark
    quote = mark.span.of(text)
    read = fill(quote, lang)
    if read is None and not known.keys() >= {"value", "bound", "unit"}:
        raise ExportError(f"{mark.id} «{quote}»: new, and no quantity can be read from the words")
    fields = {"category": [], "scope": "total", **(read or {}), **known}
    added = ", ".join(f"{name} {fields[name]}" for name in fields if name not in known)
    say(f"{mark.id} «{quote}»: not annotated, taken from the words: {added}")
    return replace(mark, fields=fields)


def _without_loose_ends(mark: Mark, names: set[str | None], say: Callable[[str], None]) -> Mark:
    """«"of": "f3"» where f3 is gone → nothing, and it is said."""
    fields = dict(mark.fields or {})
    for name in REFERENCES:
        if fields.get(name) is not None and fields[name] not in names:
            say(f"{mark.id}: {name} {fields[name]} is gone")
            fields[name] = None
    return replace(mark, fields=fields)


def _with_figures(
    events: Sequence[Mapping[str, Any]], marks: Sequence[Mark], say: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    known = [str(event.get("id")) for event in events]
    asked = [mark.event for mark in marks if mark.event is not None]
    for name in dict.fromkeys(asked):
        if name not in known:
            say(f"{name}: an event that figures name and nothing describes: no kind of aid")
    new = [{"id": name, "aid": []} for name in dict.fromkeys(asked) if name not in known]
    for event in (*events, *new):
        figures = [mark.id for mark in marks if mark.event == event.get("id")]
        yield {"id": event.get("id"), "figures": figures, **_without_figures(event)}
