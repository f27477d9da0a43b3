"""A shard's rows to outcomes: one for each, in order, whatever stands in them."""

from __future__ import annotations

import errno
import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import orjson

import extractor
from extractor.io.dumps.rows import Place, Row, Unread
from extractor.io.readers import BadInput, decode_file, json_message, source_of_row
from extractor.loading import Knowledge
from extractor.run.gates import AnyGate, choose_gate
from extractor.run.settings import Options
from extractor.stages.articles import ArticleError
from extractor.types import Source

# Errors of the machine: the article has no part in them, and the next one would meet them too.
MACHINE = frozenset(
    {
        errno.EDQUOT,
        errno.EFBIG,
        errno.EIO,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOMEM,
        errno.ENOSPC,
        errno.EROFS,
    }
)
WARM = Path(__file__).with_name("warm.txt")

Status = Literal["gated", "no_event", "events", "quarantined"]
STATUSES: tuple[Status, ...] = ("gated", "no_event", "events", "quarantined")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: its record as a line of JSON, or why there is none."""

    place: Place
    status: Status
    id: str | None = None
    reason: str | None = None
    message: str | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is not tried again."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Engine:
    """All that turns rows into outcomes; each worker has its own."""

    options: Options
    know: Knowledge
    gate: AnyGate


def make_engine(options: Options) -> Engine:
    """«Options» → the words, the models and the gate, loaded.

    Raises:
        KnowledgeError, ModelError: they cannot be loaded.
    """
    know = extractor.load(options.domain, ner=options.ner, stanza_dir=options.stanza_dir)
    # What is loaded at first use is loaded now: no article pays for it with its time.
    for line in WARM.read_text(encoding="utf-8").splitlines():
        extractor.extract(Source(line), know=know)
    gate = choose_gate(options.domain, closed=options.gate)
    # A worker keeps all this to its end: the collector need not walk it after every article.
    gc.collect()
    gc.freeze()
    return Engine(options, know, gate)


def read_rows(
    rows: Sequence[Row | Unread],
    engine: Engine,
    refused: Mapping[int, Refusal],
    *,
    begin: Callable[[int], None] = lambda _: None,
) -> list[Outcome]:
    """Rows → outcomes; ``begin`` hears the number of each row before it is read."""
    outcomes = []
    for number, row in enumerate(rows):
        begin(number)
        refusal = refused.get(number)
        if refusal is not None:
            name = _name_of(row, engine.options)
            outcomes.append(_set_aside(row.place, refusal.reason, refusal.message, name))
        else:
            outcomes.append(read_row(row, engine))
    return outcomes


def _name_of(row: Row | Unread, options: Options) -> str | None:
    """The id of a row that is not read: parsing an object is no risk, a page is left alone."""
    if isinstance(row, Unread):
        return None
    source = source_of(row, options) if row.kind == "json" else None
    return source.id if isinstance(source, Source) else row.name


def read_row(row: Row | Unread, engine: Engine) -> Outcome:
    """«Row» → its outcome.

    Raises:
        MemoryError: there is no memory left for it.
        OSError: the machine fails, whatever the article: a full disk, no files left to open.
    """
    if isinstance(row, Unread):
        return _set_aside(row.place, row.reason, row.message)
    name = row.name
    try:
        source = source_of(row, engine.options)
        if isinstance(source, BadInput):
            return _set_aside(row.place, source.reason, source.message, name)
        name = source.id
        if not engine.gate.passes(fast_text(source)):
            return Outcome(row.place, "gated", name)
        record = extractor.extract(source, know=engine.know, with_text=engine.options.with_text)
        status: Status = "events" if record.events else "no_event"
        return Outcome(row.place, status, name, record=record.to_json())
    except ArticleError as error:
        return _set_aside(row.place, error.reason, str(error), name)
    except MemoryError:
        raise
    except Exception as error:  # one strange article must not end a run of a million
        if isinstance(error, OSError) and error.errno in MACHINE:
            raise
        return _set_aside(row.place, "internal_error", f"{type(error).__name__}: {error}", name)


def _set_aside(place: Place, reason: str, message: str, name: str | None = None) -> Outcome:
    # A message may quote what no file can hold: half of a surrogate pair.
    said = message.encode("utf-8", "backslashreplace").decode()
    return Outcome(place, "quarantined", name, reason, said)


def source_of(row: Row, options: Options) -> Source | BadInput:
    """The bytes of a row → an article with whatever is known beside it."""
    place = row.place
    if row.kind == "json":
        try:
            value = orjson.loads(row.content)
        except orjson.JSONDecodeError as error:
            return _not_json(row, error)
        fields = options.reading.fields
        return source_of_row(value, place.file, row.name, line=place.line, fields=fields)
    html = row.kind == "html"
    text = _decode(row, options.reading.encoding, html=html)
    if isinstance(text, BadInput):
        return text
    return Source(text, row.name, html=html, url=row.url, origin=str(place))


def _not_json(row: Row, error: orjson.JSONDecodeError) -> BadInput:
    """Bytes that are no text are called so; the parser takes them for surrogates."""
    place = row.place
    try:
        row.content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        byte = f"byte 0x{row.content[wrong.start]:02x} at offset {wrong.start}"
        return BadInput(place.file, place.line, "bad_encoding", f"not utf-8: {byte}")
    return BadInput(place.file, place.line, "bad_json", json_message(error))


def _decode(row: Row, encoding: str, *, html: bool) -> str | BadInput:
    """The charset of the answer's head, if it holds; else what the file says, or the user."""
    if row.charset:
        try:
            return row.content.decode(row.charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_file(row.content, row.place.file, encoding=encoding, html=html)


def fast_text(source: Source) -> str:
    """The words of a page the fast way, for the gate; a plain text is its own."""
    if not source.html:
        return source.content
    from resiliparse.extract.html2text import extract_plain_text

    text: str = extract_plain_text(source.content)
    return text
