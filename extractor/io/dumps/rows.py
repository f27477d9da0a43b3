"""What a reader of dumps gives: a row, a place that could not be read, or a thing passed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

# One line, one file, one field: more is not an article, and would not fit beside its copies.
MAX_BYTES = 64 * 1024 * 1024
COMPRESSIONS = frozenset({".gz", ".zst", ".xz", ".bz2"})

RowKind = Literal["json", "text", "html"]


@dataclass(frozen=True, slots=True)
class Place:
    """«dump.jsonl.gz», line 3, byte 812.

    ``line`` counts lines or rows from 1; ``byte`` counts from 0 in the uncompressed file.
    """

    file: str
    line: int | None = None
    byte: int | None = None

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line is not None else ""
        byte = f", byte {self.byte}" if self.byte is not None else ""
        return f"{self.file}{line}{byte}"


@dataclass(frozen=True, slots=True)
class Row:
    """An article as it stands in a dump: the bytes of a JSON object, a text or a page.

    ``name`` is its id if it says none itself.
    """

    place: Place
    kind: RowKind
    content: bytes
    name: str
    url: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """«half a line»: a place that should have held an article, and why none was read."""

    place: Place
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """«image/png»: what stands in a dump and is no article."""

    what: str


Found = Iterator[Row | Unread | PassedOver]


def stem_of(path: str) -> str:
    """«news/dump.jsonl.gz» → dump."""
    name = Path(path)
    if name.suffix.lower() in COMPRESSIONS:
        name = name.with_suffix("")
    return name.stem


def suffix_of(path: str) -> str:
    """«news/dump.JSONL.gz» → .jsonl: the form, whatever it is packed in."""
    name = Path(path)
    if name.suffix.lower() in COMPRESSIONS:
        name = name.with_suffix("")
    return name.suffix.lower()
