"""Records and events to one page: what is counted, what is kept, what is said of the rest."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import extractor
from extractor.io.readers import BadInput
from extractor.io.records import RecordError, try_events, try_records
from extractor.records import ArticleRecord, CanonicalEvent
from extractor.report.articles import Page, Row, make_page, make_row, plain_record
from extractor.report.files import write_whole
from extractor.report.overview import Tally, make_overview
from extractor.report.page import Content, Shown, render_page
from extractor.report.texts import read_texts, text_of
from extractor.report.when import days_of

if TYPE_CHECKING:
    from extractor.loading import Knowledge

Thing = TypeVar("Thing")
# An input that was set aside: a text that cannot be read, a line that is no record.
Unread = BadInput | RecordError
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
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """The articles that are shown, and the events that they speak of."""

    records: Sequence[ArticleRecord]
    events: tuple[CanonicalEvent, ...]


def write_report(wanted: Wanted, output: Path) -> Written:
    """The page of a run, one file that needs no other: the same bytes for the same input.

    Raises:
        RecordError: no line is a record; the message names file and line.
        ReportError: what draws the charts is not installed.
        OSError: a file cannot be read or written.
    """
    tally, unread = Tally(), list[Unread]()
    counted = _counted(good_records(wanted, unread), tally)
    records = sample(counted, wanted.limit or MOST_ARTICLES)
    if unread and not records:
        raise RecordError(str(unread[0]))
    ids = {record.id for record in records}
    kept = Kept(records, tuple(_mentioned(_counted_events(wanted, tally, unread), ids)))
    texts = _read(wanted.texts, records, unread)
    content = make_content(wanted, tally, kept, texts)
    page = render_page(content).encode()
    while wanted.limit is None and len(page) > MOST_BYTES and len(kept.records) > 1:
        kept = fewer(kept, MOST_BYTES / len(page))
        content = make_content(wanted, tally, kept, texts)
        page = render_page(content).encode()
    write_whole(output, page)
    return Written(output, len(page), content.shown, tuple(unread))


def make_content(wanted: Wanted, tally: Tally, kept: Kept, texts: Mapping[str, str]) -> Content:
    """What was counted and what is kept, as the page shows it."""
    pages, rows, missing = _pages(kept.records, texts, wanted.most_explained)
    shown = Shown(
        articles=tally.articles,
        articles_kept=len(kept.records),
        events=tally.events,
        events_kept=len(kept.events),
        texts_missing=missing,
        rejections=any(page.left_out is not None for page in pages),
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
    records = sample(kept.records, count)
    ids = {record.id for record in records}
    return Kept(records, tuple(_mentioned(kept.events, ids)))


def event_row(event: CanonicalEvent) -> dict[str, Any]:
    """An event as JSON, and the days on which it may be looked for."""
    first, last = days_of(event)
    return {**plain_record(event), "from": first, "to": last}


def sample(records: Iterable[ArticleRecord], limit: int) -> list[ArticleRecord]:
    """An even sample in its order, always the same one: those whose names hash lowest."""
    drawn = (
        (blake2b(f"{record.id}/{at}".encode()).digest(), at, record)
        for at, record in enumerate(records)
    )
    return [record for _, _, record in sorted(heapq.nsmallest(limit, drawn), key=itemgetter(1))]


def events_path(wanted: Wanted) -> Path | None:
    """Where the canonical events stand, if anywhere."""
    if wanted.events is not None:
        return wanted.events
    beside = wanted.records / EVENTS_FILE
    return beside if beside.is_file() else None


def good_records(wanted: Wanted, unread: list[Unread]) -> Iterator[ArticleRecord]:
    """The records; a line that is none is set aside, and the reading goes on."""
    return _good(try_records(wanted.records), unread)


def all_events(wanted: Wanted, unread: list[Unread]) -> Iterator[CanonicalEvent]:
    """Those given, else those resolved now; what is no record was set aside before."""
    path = events_path(wanted)
    if path is not None:
        return _good(try_events(path), unread)
    return extractor.resolve(good_records(wanted, []))


def _good(found: Iterable[Thing | RecordError], unread: list[Unread]) -> Iterator[Thing]:
    for one in found:
        if isinstance(one, RecordError):
            unread.append(one)
        else:
            yield one


def _counted(records: Iterable[ArticleRecord], tally: Tally) -> Iterator[ArticleRecord]:
    for record in records:
        tally.count_article(record)
        yield record


def _counted_events(wanted: Wanted, tally: Tally, unread: list[Unread]) -> Iterator[CanonicalEvent]:
    for event in all_events(wanted, unread):
        tally.count_event(event)
        yield event


def _mentioned(events: Iterable[CanonicalEvent], ids: set[str]) -> Iterator[CanonicalEvent]:
    """The events that a kept article speaks of."""
    for event in events:
        if any(mention.article in ids for mention in event.mentions):
            yield event


def _read(
    paths: Sequence[Path], records: Sequence[ArticleRecord], unread: list[Unread]
) -> dict[str, str]:
    texts: dict[str, str] = {}
    wanted = {record.id for record in records if record.text is None}
    for found in read_texts(paths, wanted) if wanted else ():
        if isinstance(found, BadInput):
            unread.append(found)
        else:
            texts.setdefault(*found)
    return texts


def _pages(
    records: Sequence[ArticleRecord], texts: Mapping[str, str], most_explained: int
) -> tuple[list[Page], tuple[Row, ...], int]:
    """The articles, their lines in the list, and how many have no text."""
    know = _know() if len(records) <= most_explained else None
    pages, rows, missing = [], [], 0
    for at, record in enumerate(records):
        text = text_of(record, texts)
        missing += text is None
        pages.append(make_page(record, text, know))
        rows.append(make_row(record, text, at // CHUNK))
    return pages, tuple(rows), missing


def _know() -> Knowledge:
    """Numbers are left out by rules alone; no model of names is asked."""
    from extractor.loading import load

    return load(ner="rules")
