"""Readers: files, folders and stdin → sources; what cannot be read is a BadInput, never a crash."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import regex

from extractor.types import Source

# One file, or one line of JSON lines; more is a dump in the wrong format.
MAX_BYTES = 64 * 1024 * 1024
STDIN = "-"
TEXT_SUFFIXES = frozenset({".txt", ".text"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
JSON_SUFFIXES = frozenset({".json"})
LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
KNOWN_SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES | JSON_SUFFIXES | LINES_SUFFIXES

TEXT_FIELDS = (
    "text",
    "content",
    "body",
    "article",
    "raw_text",
    "maintext",
    "article_text",
    "full_text",
    "fulltext",
    "html",
    "raw_html",
    "content_html",
)
HTML_FIELDS = frozenset({"html", "raw_html", "content_html"})
TITLE_FIELDS = ("title", "headline", "name")
DATE_FIELDS = (
    "published",
    "date",
    "pub_date",
    "pubdate",
    "published_at",
    "date_publish",
    "publish_date",
    "publication_date",
    "date_published",
    "datePublished",
    "created_at",
    "timestamp",
)
URL_FIELDS = ("url", "link", "source_url")
OUTLET_FIELDS = (
    "outlet",
    "source",
    "site",
    "domain",
    "source_domain",
    "sitename",
    "publisher",
    "media",
)
ID_FIELDS = ("id", "_id", "uuid", "article_id", "doc_id")


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a JSON object are what; of several, the first that says something."""

    text: tuple[str, ...] = TEXT_FIELDS
    id: tuple[str, ...] = ID_FIELDS
    title: tuple[str, ...] = TITLE_FIELDS
    published: tuple[str, ...] = DATE_FIELDS
    url: tuple[str, ...] = URL_FIELDS
    outlet: tuple[str, ...] = OUTLET_FIELDS
    html: frozenset[str] = HTML_FIELDS


GUESSED = Fields()

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PEEK = 4096


@dataclass(frozen=True, slots=True)
class BadInput:
    """«half.json, line 3: not JSON»: an input that gave no source, and why."""

    path: str
    line: int | None
    reason: str
    message: str


Read = Iterator[Source | BadInput]


def read_sources(paths: Iterable[str | Path], *, encoding: str = "utf-8") -> Read:
    """«news/», «a.txt», «dump.jsonl», «-» → their sources, in order; folders are walked, sorted."""
    for path in paths:
        if str(path) == STDIN:
            yield from read_stream(sys.stdin.buffer, encoding=encoding)
        else:
            yield from _read_path(Path(path), encoding)


def read_stream(stream: BinaryIO, *, name: str = "stdin", encoding: str = "utf-8") -> Read:
    """«{"text": …}», «<html>…», «Текст …» → sources; the form is guessed from the beginning."""
    head = stream.readline(MAX_BYTES + 1)
    if _looks_like_json_line(head):
        yield from _read_lines(_chain(head, stream), _Place(name, name, encoding))
        return
    yield from _read_bytes(
        head + stream.read(max(0, MAX_BYTES + 1 - len(head))), _Place(name, name, encoding), ""
    )


# --- paths ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something is read from."""

    path: str
    stem: str
    encoding: str

    def bad(self, reason: str, message: str, line: int | None = None) -> BadInput:
        return BadInput(self.path, line, reason, message)


def _read_path(path: Path, encoding: str) -> Read:
    try:
        if path.is_dir():
            files = list(_walk(path))
            if not files:
                yield BadInput(
                    str(path),
                    None,
                    "no_files",
                    f"no files with a known suffix ({', '.join(sorted(KNOWN_SUFFIXES))})",
                )
            for file in files:
                yield from _read_file(file, encoding)
            return
    except OSError as error:
        yield BadInput(str(path), None, "unreadable", _plain(error))
        return
    yield from _read_file(path, encoding)


def _walk(folder: Path) -> Iterator[Path]:
    """Files with known suffixes, sorted; hidden ones and annotations beside a text are skipped."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in KNOWN_SUFFIXES:
                yield Path(root, name)


def _read_file(path: Path, encoding: str) -> Read:
    place = _Place(str(path), path.stem, encoding)
    suffix = path.suffix.lower()
    try:
        with path.open("rb") as stream:
            if suffix in LINES_SUFFIXES:
                yield from _read_lines(stream, place)
                return
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        yield place.bad("unreadable", _plain(error))
        return
    for found in _read_bytes(raw, place, suffix):
        if not (suffix in JSON_SUFFIXES and _is_annotation(found, path)):
            yield found


def _is_annotation(found: Source | BadInput, path: Path) -> bool:
    """«x.json» without a text beside «x.txt» is its annotation, not an article."""
    missing = isinstance(found, BadInput) and found.reason == "no_text_field"
    return missing and path.with_suffix(".txt").exists()


def _plain(error: OSError) -> str:
    return error.strerror or type(error).__name__


# --- bytes ----------------------------------------------------------------------------------


def _read_bytes(raw: bytes, place: _Place, suffix: str) -> Read:
    """A whole file; without a suffix that is known, its form is guessed."""
    if len(raw) > MAX_BYTES:
        yield place.bad(
            "too_long", f"more than {MAX_BYTES} bytes; give large collections as .jsonl"
        )
        return
    html = suffix in HTML_SUFFIXES
    text = _decode(raw, place, html=html)
    if isinstance(text, BadInput):
        yield text
    elif suffix in JSON_SUFFIXES:
        yield from _read_json(text, place)
    elif suffix in KNOWN_SUFFIXES:
        yield _whole(text, place, html=html)
    elif text.lstrip()[:1] in ("{", "[") and _parse(text) is not None:
        yield from _read_json(text, place)
    elif _looks_like_json_line(text[:_PEEK].encode("utf-8", "replace")):
        yield from _read_lines(text.encode("utf-8").split(b"\n"), place)
    else:
        yield _whole(text, place, html=looks_like_page(text))


def _whole(text: str, place: _Place, *, html: bool) -> Source | BadInput:
    if not text or text.isspace():
        return place.bad("empty", "the file is empty")
    return Source(content=text, id=place.stem, html=html, origin=place.path)


def decode_file(
    raw: bytes, path: str, *, encoding: str = "utf-8", html: bool = False
) -> str | BadInput:
    """«b"\\xef\\xbb\\xbf…"», «…charset=windows-1251…» → the text of a whole file."""
    return _decode(raw, _Place(path, "", encoding), html=html)


def _decode(raw: bytes, place: _Place, *, html: bool = False) -> str | BadInput:
    """UTF-8 or what was asked for; a byte order mark decides; HTML may name its charset."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _decode_as(raw[len(mark) :], encoding, place)
    if b"\0" in raw[:_PEEK]:
        return place.bad("binary", "the file has NUL bytes: is it binary?")
    text = _decode_as(raw, place.encoding, place)
    charset = _charset(raw) if html and isinstance(text, BadInput) else None
    return _decode_as(raw, charset, place) if charset else text


def _decode_as(raw: bytes, encoding: str, place: _Place) -> str | BadInput:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        return place.bad(
            "bad_encoding", f"not {encoding}: byte 0x{raw[error.start]:02x} at offset {error.start}"
        )
    except LookupError:
        return place.bad("bad_encoding", f"no such encoding: {encoding}")


def _charset(raw: bytes) -> str | None:
    """«<meta charset="windows-1251">» → windows-1251."""
    match = _charset_pattern().search(raw[:_PEEK])
    return match[1].decode("ascii") if match else None


@lru_cache(maxsize=1)
def _charset_pattern() -> regex.Pattern[bytes]:
    return regex.compile(rb"(?i)charset\s*=\s*[\"']?([a-z0-9_-]{3,20})")


def looks_like_page(text: str) -> bool:
    """«<!doctype …», «<html …»: the text of a row or a file is a whole page."""
    return text.lstrip("\ufeff \t\r\n")[:15].lower().startswith(("<!doctype", "<html"))


def _looks_like_json_line(line: bytes) -> bool:
    line = line.removeprefix(codecs.BOM_UTF8).strip()
    return line.startswith(b"{") and line.endswith(b"}") and isinstance(_parse(line), Mapping)


# --- JSON -----------------------------------------------------------------------------------


def _parse(raw: bytes | str) -> Any:
    """The value, or nothing: for guesses."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None


def _read_json(text: str, place: _Place) -> Read:
    """One object, or a list of them."""
    if not text.strip():
        yield place.bad("empty", "the file is empty")
        return
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        yield place.bad("bad_json", json_message(error), error.lineno)
        return
    if isinstance(value, list):
        for index, row in enumerate(value, 1):
            yield _source_of(row, place, f"{place.stem}-{index}", None)
    else:
        yield _source_of(value, place, place.stem, None)


def json_message(error: orjson.JSONDecodeError) -> str:
    """Lone surrogates have a message of their own: the JSON looks fine to most people."""
    if "surrogate" in error.msg:
        return f"not valid text: a lone surrogate escape (\\ud800 … \\udfff), column {error.colno}"
    return f"not JSON: {error.msg}, column {error.colno}"


def _read_lines(lines: Iterable[bytes], place: _Place) -> Read:
    """JSON lines, split at «\\n» alone: U+2028 inside a string is no line end."""
    for number, line in enumerate(_bounded(lines), 1):
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            yield place.bad("bad_encoding", "JSON lines must be UTF-8, this is UTF-16", 1)
            return
        if line.strip():
            yield _source_of_line(line.removeprefix(codecs.BOM_UTF8), place, number)


def _bounded(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines of at most ``MAX_BYTES`` and a byte; the rest of a longer one is skipped unread."""
    readline: Callable[[int], bytes] | None = getattr(lines, "readline", None)
    if readline is None:
        yield from lines
        return
    while line := readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = readline(MAX_BYTES + 1)


@dataclass(slots=True)
class _Chained:
    """A first line already taken from a stream, then the stream."""

    head: bytes
    stream: BinaryIO

    def readline(self, size: int) -> bytes:
        head, self.head = self.head, b""
        return head or self.stream.readline(size)

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.readline(MAX_BYTES + 1), b"")


def _chain(head: bytes, stream: BinaryIO) -> _Chained:
    return _Chained(head, stream)


def _source_of_line(line: bytes, place: _Place, number: int) -> Source | BadInput:
    if len(line) > MAX_BYTES:
        return place.bad("too_long", f"a line of more than {MAX_BYTES} bytes", number)
    text = _decode_as(line, place.encoding, place)
    if isinstance(text, BadInput):
        return place.bad(text.reason, text.message, number)
    try:
        row = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return place.bad("bad_json", json_message(error), number)
    return _source_of(row, place, f"{place.stem}-{number}", number)


def _source_of(row: Any, place: _Place, fallback: str, line: int | None) -> Source | BadInput:
    return source_of_row(row, place.path, fallback, line=line)


def source_of_row(
    row: Any, path: str, fallback: str, *, line: int | None = None, fields: Fields = GUESSED
) -> Source | BadInput:
    """«{"text": …, "title": …}» → a source; names the fields it saw where none is the text.

    ``fallback`` is the id of a row that has none; ``line`` counts from 1 and names the place.
    """
    if not isinstance(row, Mapping):
        message = f"expected a JSON object, found {_kind(row)}"
        return BadInput(path, line, "not_an_object", message)
    field = next((name for name in fields.text if row.get(name) not in (None, "")), None)
    if field is None:
        return _no_text(row, path, line, fields)
    text = row[field]
    if not isinstance(text, str):
        message = f"field {field!r} is {_kind(text)}, not a string"
        return BadInput(path, line, "text_not_a_string", message)
    if text.isspace():
        return BadInput(path, line, "empty", f"field {field!r} is empty")
    url = _first(row, fields.url)
    return Source(
        content=text,
        id=_first(row, fields.id) or url or fallback,
        html=field in fields.html or looks_like_page(text),
        title=_first(row, fields.title),
        published=_first(row, fields.published),
        outlet=_first(row, fields.outlet),
        url=url,
        origin=path if line is None else f"{path}:{line}",
    )


def _no_text(row: Mapping[str, Any], path: str, line: int | None, fields: Fields) -> BadInput:
    """An empty text is one thing, no text field at all another."""
    empty = next((name for name in fields.text if row.get(name) == ""), None)
    if empty is not None:
        return BadInput(path, line, "empty", f"field {empty!r} is empty")
    seen = ", ".join(sorted(map(str, row))[:12]) or "none"
    asked = ", ".join(fields.text[:6]) + (", …" if len(fields.text) > 6 else "")
    return BadInput(path, line, "no_text_field", f"no text field ({asked}); fields seen: {seen}")


def _first(row: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """The first field that has a word or a number; MongoDB's {"$oid": …} is unwrapped."""
    for name in names:
        value = row.get(name)
        if isinstance(value, Mapping) and len(value) == 1:
            value = next(iter(value.values()))
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return None


def _kind(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a string",
        bool: "a boolean",
        type(None): "null",
    }
    return names.get(type(value), "a number")
