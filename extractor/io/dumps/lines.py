"""JSON lines: split at «\\n» alone, each line with its number and its byte."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.io.dumps.rows import MAX_BYTES, Found, Place, Row, Unread, stem_of
from extractor.io.dumps.streams import StreamFault, read_chunks


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end; ``content`` is ``None`` if it was too long to hold."""

    number: int
    byte: int
    content: bytes | None
    size: int

    @property
    def stop(self) -> int:
        """Where the next line begins."""
        return self.byte + self.size + 1


BEFORE = Line(0, 0, b"", -1)


def split_lines(chunks: Iterable[bytes], limit: int = MAX_BYTES) -> Iterator[Line]:
    """«a\\nb» → its lines: U+2028 inside a string ends none, and no line is held beyond a limit."""
    number, start = 1, 0
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        *whole, rest = chunk.split(b"\n")
        for piece in whole:
            size += len(piece)
            yield Line(number, start, _joined(held, piece, size, limit), size)
            number, start, size = number + 1, start + size + 1, 0
            held.clear()
        size += len(rest)
        if size > limit:
            held.clear()
        elif rest:
            held.append(rest)
    if size:
        yield Line(number, start, _joined(held, b"", size, limit), size)


def _joined(held: list[bytes], piece: bytes, size: int, limit: int) -> bytes | None:
    if size > limit:
        return None
    return b"".join((*held, piece)) if held else piece


def read_lines(path: str, encoding: str = "utf-8") -> Found:
    """«dump.jsonl.gz» → a row for each line that is not blank."""
    stem, line = stem_of(path), BEFORE
    try:
        for line in split_lines(read_chunks(path)):
            place = Place(path, line.number, line.byte)
            content = line.content
            if line.number == 1 and content and _is_utf16(content):
                yield Unread(place, "bad_encoding", "JSON lines must be UTF-8, this is UTF-16")
                return
            if content is None:
                yield too_long(place)
            elif content and not content.isspace():
                yield _row(content, place, stem, encoding)
    except StreamFault as fault:
        yield broken(path, line, fault)


def _is_utf16(content: bytes) -> bool:
    return content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _row(content: bytes, place: Place, stem: str, encoding: str) -> Row | Unread:
    if place.line == 1:
        content = content.removeprefix(codecs.BOM_UTF8)
    if encoding != "utf-8":
        text = decode(content, place, encoding)
        if isinstance(text, Unread):
            return text
        content = text.encode("utf-8", "surrogatepass")
    return Row(place, "json", content, f"{stem}-{place.line}")


def decode(content: bytes, place: Place, encoding: str) -> str | Unread:
    """«b"\\xff"» → which byte is not of that encoding."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        byte = f"byte 0x{content[error.start]:02x} at offset {error.start}"
        return Unread(place, "bad_encoding", f"not {encoding}: {byte}")


def too_long(place: Place) -> Unread:
    return Unread(place, "too_long", f"more than {MAX_BYTES} bytes without a line end")


def broken(path: str, last: Line, fault: StreamFault) -> Unread:
    """What was read stays; from the line after it on, nothing could be."""
    return Unread(Place(path, last.number + 1, last.stop), fault.reason, str(fault))
