"""One article as the page shows it: its text in pieces, its figures, events and checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.records import ArticleRecord, EvidenceRecord, FigureRecord, Record
from extractor.report.segments import Mark, Piece, cut_text
from extractor.report.texts import source_of

if TYPE_CHECKING:
    from extractor.explain import Explanation
    from extractor.loading import Knowledge

SHORTEST_TITLE = 90


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the list; ``chunk`` is where its page is packed."""

    id: str
    lang: str
    published: str | None
    source: str | None
    title: str
    figures: int
    events: int
    chunk: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A number that is no figure: where it stands, and why."""

    id: str
    value: str
    text: str
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """An article in full; ``pieces`` is nothing where its text is not known."""

    id: str
    lang: str
    script: str
    published: str | None
    source: str | None
    title: str | None
    pieces: tuple[Piece, ...] | None
    figures: tuple[dict[str, Any], ...]
    events: tuple[dict[str, Any], ...]
    left_out: tuple[LeftOut, ...] | None
    notes: tuple[str, ...]


def make_row(record: ArticleRecord, text: str | None, chunk: int) -> Row:
    """«kk-1» → its line in the list; without a title its first words stand for one."""
    first = (text or "").strip().partition("\n")[0]
    short = first if len(first) <= SHORTEST_TITLE else f"{first[:SHORTEST_TITLE]}…"
    return Row(
        id=record.id,
        lang=record.lang,
        published=record.published,
        source=record.source,
        title=record.title or short or record.id,
        figures=len(record.figures),
        events=len(record.events),
        chunk=chunk,
    )


def make_page(record: ArticleRecord, text: str | None, know: Knowledge | None) -> Page:
    """The record beside its text; with ``know`` also the numbers that were left out."""
    left_out: tuple[tuple[LeftOut, Mark], ...] | None = None
    if text is not None and know is not None:
        left_out = tuple(_left_out(record, text, know))
    marks = [
        *(Mark(one.id, one.start, one.end) for one in record.figures),
        *_names(record),
        *(mark for _, mark in left_out or ()),
    ]
    return Page(
        id=record.id,
        lang=record.lang,
        script=record.script,
        published=record.published,
        source=record.source,
        title=record.title,
        pieces=None if text is None else cut_text(text, marks),
        figures=tuple(_figure(figure, text) for figure in record.figures),
        events=tuple(plain_record(event, "evidence") for event in record.events),
        left_out=None if left_out is None else tuple(one for one, _ in left_out),
        notes=record.notes,
    )


def plain_record(record: Record, *without: str) -> dict[str, Any]:
    """A record as JSON, with what is empty or as ever left away."""
    plain: dict[str, Any] = record.model_dump(
        mode="json", exclude=set(without), exclude_defaults=True
    )
    return plain


def _names(record: ArticleRecord) -> Iterator[Mark]:
    """Providers, campaigns and places, «n-e1»: underlined, where the text is known."""
    for event in record.events:
        campaign = () if event.campaign is None else (event.campaign,)
        for name in (*campaign, *event.providers, *event.places):
            if name.end > name.start:
                yield Mark(f"n-{event.id}", name.start, name.end)


def _figure(figure: FigureRecord, text: str | None) -> dict[str, Any]:
    plain = plain_record(figure, "evidence", "start", "end")
    plain["evidence"] = [_why(one, text) for one in figure.evidence]
    return plain


def _why(evidence: EvidenceRecord, text: str | None) -> tuple[str, ...]:
    """Field, value, rule, and the words where the text is known."""
    if text is None or evidence.start is None or evidence.end is None:
        return evidence.field, evidence.value, evidence.rule
    words = text[evidence.start : evidence.end]
    return evidence.field, evidence.value, evidence.rule, words


def _left_out(record: ArticleRecord, text: str, know: Knowledge) -> Iterator[tuple[LeftOut, Mark]]:
    from extractor.explain import explain
    from extractor.stages.articles import ArticleError

    try:
        found = explain(source_of(record, text), know=know)
    except ArticleError:
        return
    spans = [(figure.start, figure.end) for figure in record.figures]
    for number, (start, end, value, reason) in enumerate(sorted(_refusals(found)), 1):
        # A record may be older than the rules of today: what it holds was not left out.
        if not any(first < end and start < last for first, last in spans):
            name = f"r{number}"
            left_out = LeftOut(name, value, text[start:end], reason, start, end)
            yield left_out, Mark(name, start, end)


def _refusals(found: Explanation) -> Iterable[tuple[int, int, str, str]]:
    for rejection in found.rejections:
        words = rejection.quantity
        yield words.start, words.end, rejection.value, rejection.reason
    for refused in found.refused:
        yield refused.words.start, refused.words.end, refused.value, refused.reason
