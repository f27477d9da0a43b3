"""What is exported, and the account of it: nothing is dropped without being counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from extractor.evaluate.gold import GoldArticle
    from extractor.exports.rates import Rates
    from extractor.records import ArticleRecord, CanonicalEvent

OffsetUnit = Literal["code_points", "utf16"]


class ExportError(ValueError):
    """What cannot be written or read as asked; the message names the place."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the formats can be told; each takes what concerns it.

    ``texts`` gives the text of an article whose record does not carry it; ``offsets`` is the
    unit that an annotation format counts in, where it is not that tool's own.
    """

    texts: Callable[[str], str | None] = lambda _id: None
    rates: Rates | None = None
    offsets: OffsetUnit | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """Records in their order, each read once; canonical events where there are any.

    ``gold`` stands instead of records where people's annotation is to be looked at again.
    """

    records: Iterator[ArticleRecord]
    events: Iterator[CanonicalEvent] | None = None
    gold: Iterator[GoldArticle] | None = None
    options: Options = field(default_factory=Options)


@dataclass(slots=True)
class Report:
    """What an export or import did: ``written`` by table, ``left_out`` and ``changed`` by reason.

    ``refused`` names articles that could not be taken along, one line each.
    """

    written: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """«written: 6 records, 21 figures», then what was left out and what was changed."""
        yield from self.said
        yield from self.refused
        for verb, counts in self._counts().items():
            if counts or verb == "written":
                yield f"{verb}: {listing(counts) or 'nothing'}"

    def _counts(self) -> Mapping[str, Counter[str]]:
        return {"written": self.written, "left out": self.left_out, "changed": self.changed}


def listing(counts: Counter[str]) -> str:
    """«6 records, 21 figures»."""
    return ", ".join(f"{times} {name}" for name, times in counts.items())


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A name to write under; the file gets its own name when it is whole."""
    draft = path.with_name(f".{path.name}.partial")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def fresh_folder(path: Path) -> Iterator[Path]:
    """A folder that is new or empty: what is in it already may be somebody's work.

    Raises:
        ExportError: there is something in it.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ExportError(f"{path}: exists and is not an empty folder: name a new one")
    path.mkdir(parents=True, exist_ok=True)
    yield path
