"""Whole files (texts, pages, JSON documents) and web archives."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from extractor.io.dumps.rows import (
    MAX_BYTES,
    Found,
    PassedOver,
    Place,
    Row,
    RowKind,
    Unread,
    stem_of,
    suffix_of,
)
from extractor.io.dumps.streams import ChunkStream, StreamFault, read_chunks, read_whole
from extractor.io.readers import HTML_SUFFIXES, JSON_SUFFIXES, json_message


def read_files(paths: Iterable[str]) -> Found:
    """«a.txt», «b.html», «c.json» → a row for each file, or for each element of a JSON list."""
    for path in paths:
        yield from _read_file(path)


def _read_file(path: str) -> Found:
    place = Place(path)
    try:
        raw = read_whole(path, MAX_BYTES)
    except StreamFault as fault:
        yield Unread(place, fault.reason, str(fault))
        return
    if raw is None:
        yield Unread(place, "too_long", f"more than {MAX_BYTES} bytes")
    elif not raw.strip():
        yield Unread(place, "empty", "the file is empty")
    elif suffix_of(path) in JSON_SUFFIXES:
        yield from _read_json(raw, path)
    else:
        kind: RowKind = "html" if suffix_of(path) in HTML_SUFFIXES else "text"
        yield Row(place, kind, raw, stem_of(path))


def _read_json(raw: bytes, path: str) -> Found:
    """One object, or a list of them; «x.json» beside «x.txt» is its annotation."""
    if Path(path).with_suffix(".txt").exists():
        yield PassedOver("annotation beside a text")
        return
    stem = stem_of(path)
    try:
        value = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        yield Unread(Place(path, error.lineno), "bad_json", json_message(error))
        return
    if not isinstance(value, list):
        yield Row(Place(path), "json", raw.removeprefix(b"\xef\xbb\xbf"), stem)
        return
    for number, element in enumerate(value, 1):
        yield Row(Place(path, number), "json", orjson.dumps(element), f"{stem}-{number}")


# --- web archives ---------------------------------------------------------------------------


def read_warc(path: str) -> Found:
    """«crawl.warc.gz» → its pages and texts; pictures, redirects and errors are passed over."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = ArchiveIterator(ChunkStream(read_chunks(path)))
    number = 0
    try:
        for record in records:
            if record.rec_type in _RECORDS:
                number += 1
                content = _content_of(record)
                # Asking where a record begins reads it to its end.
                place = Place(path, number, records.get_record_offset())
                yield _read_record(record, content, place)
    except StreamFault as fault:
        yield Unread(Place(path, number + 1), fault.reason, str(fault))
    except (ArchiveLoadFailed, OSError, ValueError, EOFError) as error:
        yield Unread(Place(path, number + 1), "bad_warc", f"{type(error).__name__}: {error}")


def _content_of(record: Any) -> bytes | None:
    """The page without its transfer and content encodings, or nothing where these are broken."""
    try:
        content: bytes = record.content_stream().read(MAX_BYTES + 1)
    except zlib.error:
        return None
    return content


def _read_record(record: Any, content: bytes | None, place: Place) -> Row | Unread | PassedOver:
    head = record.http_headers
    status = head.get_statuscode() if head is not None else None
    if status not in (None, "200"):
        return PassedOver(f"http status {status}")
    said = (head or record.rec_headers).get_header("Content-Type") or ""
    form, _, rest = said.partition(";")
    kind = _KINDS.get(form.strip().lower())
    if kind is None:
        return PassedOver(f"content type {form.strip().lower() or 'not said'}")
    if content is None:
        return Unread(place, "damaged", "the page is not packed as its header says")
    if len(content) > MAX_BYTES:
        return Unread(place, "too_long", f"more than {MAX_BYTES} bytes")
    if not content.strip():
        return Unread(place, "empty", "the page is empty")
    url = record.rec_headers.get_header("WARC-Target-URI")
    name = f"{stem_of(place.file)}-{place.line}"
    return Row(place, kind, content, url or name, url=url, charset=_charset(rest))


def _charset(parameters: str) -> str | None:
    """«charset="windows-1251"» → windows-1251."""
    for one in parameters.split(";"):
        name, _, value = one.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \"'").lower() or None
    return None


_RECORDS = frozenset({"response", "resource", "conversion"})
_KINDS: dict[str, RowKind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
}
