"""Records and events to one page: what is counted, what is kept, what is said of the rest."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.io.readers import BadInput
from extractor.io.records import iter_events, iter_records
from extractor.records import ArticleRecord, CanonicalEvent
from extractor.report.articles import Page, Row, make_page, make_row, plain_record
from extractor.report.files import write_whole
from extractor.report.overview import Tally, make_overview
from extractor.report.page import Content, Shown, render_page
from extractor.report.texts import read_texts, text_of
from extractor.report.unresolved import events_of, resolver
from extractor.report.when import days_of

if TYPE_CHECKING:
    from extractor.loading import Knowledge

EVENTS_FILE = "events.jsonl"
# With more articles the numbers that were left out stay out of the page: each article takes
# the pipeline once more.
MOST_EXPLAINED = 200
CHUNK = 25
MOST_ARTICLES, MOST_BYTES = 1000, 5_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page is made of.

    ``records`` is a records file or the folder of a run; without ``events`` the folder's
    ``events.jsonl`` is read, else the events are resolved now. ``texts`` are the inputs that the
    records were made of, for records that carry no text. Of more than ``limit`` articles an even
    sample is shown; without a limit, of so many as fit into 5 MB, and of 1000 at most.
    """

    records: Path
    events: Path | None = None
    texts: tuple[Path, ...] = ()
    limit: int | None = None
    most_explained: int = MOST_EXPLAINED


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the page, and what does not; ``bytes`` is its size on disk."""

    path: Path
    bytes: int
    shown: Shown
    unread: tuple[BadInput, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """The articles that are shown, and the events that they speak of."""

    records: Sequence[ArticleRecord]
    events: tuple[CanonicalEvent, ...]


@dataclass(slots=True)
class Texts:
    """The texts of the kept articles, and the inputs that could not be read."""

    by_id: dict[str, str] = field(default_factory=dict)
    unread: list[BadInput] = field(default_factory=list)


def write_report(wanted: Wanted, output: Path) -> Written:
    """The page of a run, one file that needs no other: the same bytes for the same input.

    Raises:
        RecordError: a line is no record or event; the message names file and line.
        ReportError: what draws the charts is not installed.
        OSError: a file cannot be read or written.
    """
    tally = Tally()
    keep = choose(_counted(iter_records(wanted.records), tally), wanted.limit or MOST_ARTICLES)
    records = [one for at, one in enumerate(iter_records(wanted.records)) if at in keep]
    ids = {record.id for record in records}
    kept = Kept(records, tuple(_mentioned(_counted_events(wanted, tally), ids)))
    texts = _read(wanted.texts, records)
    content = make_content(wanted, tally, kept, texts)
    page = render_page(content).encode()
    while wanted.limit is None and len(page) > MOST_BYTES and len(kept.records) > 1:
        kept = fewer(kept, MOST_BYTES / len(page))
        content = make_content(wanted, tally, kept, texts)
        page = render_page(content).encode()
    write_whole(output, page)
    return Written(output, len(page), content.shown, tuple(texts.unread))


def make_content(wanted: Wanted, tally: Tally, kept: Kept, texts: Texts) -> Content:
    """What was counted and what is kept, as the page shows it."""
    pages, rows, missing = _pages(kept.records, texts, wanted.most_explained)
    shown = Shown(
        articles=tally.articles,
        articles_kept=len(kept.records),
        events=tally.events,
        events_kept=len(kept.events),
        texts_missing=missing,
        rejections=any(page.left_out is not None for page in pages),
        resolved=events_path(wanted) is not None or resolver() is not None,
    )
    return Content(
        shown=shown,
        overview=make_overview(tally),
        rows=rows,
        events=tuple(event_row(event) for event in kept.events),
        chunks=tuple(tuple(pages[at : at + CHUNK]) for at in range(0, len(pages), CHUNK)),
    )


def fewer(kept: Kept, share: float) -> Kept:
    """A part of the articles, as even as the whole, and the events that they speak of."""
    count = max(1, int(len(kept.records) * share * 0.98))
    places = choose((record.id for record in kept.records), count)
    records = [record for at, record in enumerate(kept.records) if at in places]
    ids = {record.id for record in records}
    return Kept(records, tuple(_mentioned(kept.events, ids)))


def event_row(event: CanonicalEvent) -> dict[str, Any]:
    """An event as JSON, and the days on which it may be looked for."""
    first, last = days_of(event)
    return {**plain_record(event), "from": first, "to": last}


def choose(ids: Iterable[str], limit: int) -> frozenset[int]:
    """Places of an even sample, always the same one: those whose names hash lowest."""
    drawn = ((blake2b(f"{name}/{at}".encode()).digest(), at) for at, name in enumerate(ids))
    return frozenset(at for _, at in heapq.nsmallest(limit, drawn))


def events_path(wanted: Wanted) -> Path | None:
    """Where the canonical events stand, if anywhere."""
    if wanted.events is not None:
        return wanted.events
    beside = wanted.records / EVENTS_FILE
    return beside if beside.is_file() else None


def all_events(wanted: Wanted) -> Iterator[CanonicalEvent]:
    """Those given, else those resolved now, else each event of an article by itself."""
    path = events_path(wanted)
    if path is not None:
        return iter_events(path)
    return (resolver() or events_of)(iter_records(wanted.records))


def _counted(records: Iterable[ArticleRecord], tally: Tally) -> Iterator[str]:
    for record in records:
        tally.count_article(record)
        yield record.id


def _counted_events(wanted: Wanted, tally: Tally) -> Iterator[CanonicalEvent]:
    for event in all_events(wanted):
        tally.count_event(event)
        yield event


def _mentioned(events: Iterable[CanonicalEvent], ids: set[str]) -> Iterator[CanonicalEvent]:
    """The events that a kept article speaks of."""
    for event in events:
        if any(mention.article in ids for mention in event.mentions):
            yield event


def _read(paths: Sequence[Path], records: Sequence[ArticleRecord]) -> Texts:
    texts = Texts()
    wanted = {record.id for record in records if record.text is None}
    for found in read_texts(paths, wanted) if wanted else ():
        if isinstance(found, BadInput):
            texts.unread.append(found)
        else:
            texts.by_id.setdefault(*found)
    return texts


def _pages(
    records: Sequence[ArticleRecord], texts: Texts, most_explained: int
) -> tuple[list[Page], tuple[Row, ...], int]:
    """The articles, their lines in the list, and how many have no text."""
    know = _know() if len(records) <= most_explained else None
    pages, rows, missing = [], [], 0
    for at, record in enumerate(records):
        text = text_of(record, texts.by_id)
        missing += text is None
        pages.append(make_page(record, text, know))
        rows.append(make_row(record, text, at // CHUNK))
    return pages, tuple(rows), missing


def _know() -> Knowledge:
    """Numbers are left out by rules alone; no model of names is asked."""
    from extractor.loading import load

    return load(ner="rules")
