"""Records on disk: JSON lines back to article records and canonical events, one at a time."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

if TYPE_CHECKING:
    from pydantic import BaseModel

    from extractor.records import ArticleRecord, CanonicalEvent

Model = TypeVar("Model", bound="BaseModel")

# What a finished run keeps its records in, beside its tables.
RECORDS_FILE = "records.jsonl"


class RecordError(ValueError):
    """Records that cannot be read or compared; the message names the place."""


Report = Callable[["RecordError"], None]


def iter_records(path: Path, report: Report | None = None) -> Iterator[ArticleRecord]:
    """«records.jsonl», «records.jsonl.gz», the folder of a run → its records, in its order.

    A line that is no record is handed to ``report`` and left out.

    Raises:
        RecordError: a line is no record, and nobody takes the report; it names file and line.
    """
    from extractor.records import ArticleRecord

    return _iter_models(path / RECORDS_FILE if path.is_dir() else path, ArticleRecord, report)


def iter_events(path: Path, report: Report | None = None) -> Iterator[CanonicalEvent]:
    """«events.jsonl» → its canonical events, in its order.

    Raises:
        RecordError: a line is none, and nobody takes the report; it names file and line.
    """
    from extractor.records import CanonicalEvent

    return _iter_models(path, CanonicalEvent, report)


def read_records(path: Path) -> tuple[ArticleRecord, ...]:
    """«records.jsonl» → all its records at once."""
    return tuple(iter_records(path))


def _iter_models(path: Path, model: type[Model], report: Report | None) -> Iterator[Model]:
    """One model a line; lines end at \\n alone, for U+2028 may stand inside a text."""
    with _open(path) as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                yield _parse(path, number, line, model)
            except RecordError as problem:
                if report is None:
                    raise
                report(problem)


def _open(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _parse(path: Path, number: int, line: bytes, model: type[Model]) -> Model:
    try:
        return model.model_validate_json(line)
    except ValueError as problem:
        raise RecordError(f"{path}: line {number}: {problem}") from problem
