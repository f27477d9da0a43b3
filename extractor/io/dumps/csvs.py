"""CSV: records may span lines, and a quote that nobody closes costs its own line alone."""

from __future__ import annotations

import codecs
import csv
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import orjson

from extractor.io.dumps.lines import BEFORE, Line, broken, decode, split_lines, too_long
from extractor.io.dumps.rows import MAX_BYTES, Found, Place, Row, Unread, stem_of
from extractor.io.dumps.streams import StreamFault, read_chunks

DELIMITERS = ",;\t|"
# A field with more lines than a long article has is a quote that was never closed.
MAX_LINES = 20_000


def read_csv(path: str, encoding: str = "utf-8") -> Found:
    """«dump.csv» → a row for each record, as an object of the fields that the header names."""
    csv.field_size_limit(sys.maxsize)
    lines = _Lines(split_lines(read_chunks(path)))
    try:
        header = _read_header(path, lines, encoding)
        if header is None:
            yield Unread(Place(path, 1, 0), "bad_csv", "no header: the first line has no fields")
            return
        table = _Table(path, encoding, *header)
        while (line := lines.take()) is not None:
            yield from table.read(line, lines)
    except StreamFault as fault:
        yield broken(path, lines.last, fault)


@dataclass(slots=True)
class _Lines:
    """Lines that can be given back."""

    source: Iterator[Line]
    waiting: deque[Line] = field(default_factory=deque)
    last: Line = BEFORE

    def take(self) -> Line | None:
        if self.waiting:
            return self.waiting.popleft()
        line = next(self.source, None)
        if line is not None:
            self.last = line
        return line

    def give_back(self, lines: Sequence[Line]) -> None:
        self.waiting.extendleft(reversed(lines))


def _read_header(path: str, lines: _Lines, encoding: str) -> tuple[tuple[str, ...], str] | None:
    """«id;date;text» → its fields, and «;», which most stands between them."""
    line = lines.take()
    if line is None or not line.content:
        return None
    text = decode(line.content.removeprefix(codecs.BOM_UTF8), Place(path, 1, 0), encoding)
    if isinstance(text, Unread):
        return None
    delimiter = max(DELIMITERS, key=text.count)
    fields = _parse(text, delimiter)
    return (tuple(name.strip() for name in fields), delimiter) if fields else None


@dataclass(frozen=True, slots=True)
class _Table:
    path: str
    encoding: str
    header: tuple[str, ...]
    delimiter: str

    def read(self, line: Line, lines: _Lines) -> Iterator[Row | Unread]:
        """The record that begins with a line; what is not of it is given back."""
        place = Place(self.path, line.number, line.byte)
        if line.content is None:
            yield too_long(place)
            return
        if not line.content.strip():
            return
        text = decode(line.content, place, self.encoding)
        if isinstance(text, Unread):
            yield text
            return
        values = _parse(text, self.delimiter)
        if values is None and line.content.count(b'"') % 2:
            yield self._read_long(line, lines, place)
        else:
            yield self._row(values, place)

    def _read_long(self, line: Line, lines: _Lines, place: Place) -> Row | Unread:
        """«1,"first↵second"» is one record, if all of it parses and has the header's width."""
        group = _group(line, lines)
        content = b"\n".join(one.content or b"" for one in group)
        text = decode(content, place, self.encoding)
        values = None if isinstance(text, Unread) else _parse(text, self.delimiter)
        if values is not None and len(values) == len(self.header):
            return self._row(values, place)
        lines.give_back(group[1:])
        return Unread(place, "runaway_quote", "a quote opens a field and nothing closes it")

    def _row(self, values: list[str] | None, place: Place) -> Row | Unread:
        if values is None:
            return Unread(place, "bad_csv", "quotes that do not fit: text beside a quoted field")
        if len(values) != len(self.header):
            message = f"{len(values)} fields, and the header has {len(self.header)}"
            return Unread(place, "bad_csv", message)
        content = orjson.dumps(dict(zip(self.header, values, strict=True)))
        return Row(place, "json", content, f"{stem_of(self.path)}-{place.line}")


def _group(first: Line, lines: _Lines) -> list[Line]:
    """Lines up to the one that closes the quote of the first, as far as one could look."""
    group, size, quotes = [first], first.size, (first.content or b"").count(b'"')
    while quotes % 2 and size <= MAX_BYTES and len(group) < MAX_LINES:
        line = lines.take()
        if line is None:
            break
        group.append(line)
        if line.content is None:
            break
        size += line.size
        quotes += line.content.count(b'"')
    return group


def _parse(text: str, delimiter: str) -> list[str] | None:
    """One record of one text, or nothing: a quote left open, text after a closing one."""
    try:
        records = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return records[0] if len(records) == 1 else None
