"""Records on disk: JSON lines back to article records and canonical events, one at a time."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
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


def iter_records(path: Path) -> Iterator[ArticleRecord]:
    """«records.jsonl», «records.jsonl.gz», the folder of a run → its records, in its order.

    Raises:
        RecordError: a line is no record; the message names file and line.
    """
    return _or_raise(try_records(path))


def iter_events(path: Path) -> Iterator[CanonicalEvent]:
    """«events.jsonl» → its canonical events, in its order.

    Raises:
        RecordError: a line is no canonical event; the message names file and line.
    """
    return _or_raise(try_events(path))


def read_records(path: Path) -> tuple[ArticleRecord, ...]:
    """«records.jsonl» → all its records at once."""
    return tuple(iter_records(path))


def try_records(path: Path) -> Iterator[ArticleRecord | RecordError]:
    """As ``iter_records``, but a line that is no record is given as an error and ends nothing."""
    from extractor.records import ArticleRecord

    return _try_models(path / RECORDS_FILE if path.is_dir() else path, ArticleRecord)


def try_events(path: Path) -> Iterator[CanonicalEvent | RecordError]:
    """As ``iter_events``, but a line that is no event is given as an error and ends nothing."""
    from extractor.records import CanonicalEvent

    return _try_models(path, CanonicalEvent)


def _or_raise(found: Iterator[Model | RecordError]) -> Iterator[Model]:
    for one in found:
        if isinstance(one, RecordError):
            raise one
        yield one


def _try_models(path: Path, model: type[Model]) -> Iterator[Model | RecordError]:
    """One model a line; lines end at \\n alone, for U+2028 may stand inside a text.

    A compressed file that breaks off gives what stands before, and an error.
    """
    number = 0
    try:
        with _open(path) as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    try:
                        yield _parse(path, number, line, model)
                    except RecordError as problem:
                        yield problem
    except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
        yield RecordError(f"{path}: after line {number}: {problem}")


def _open(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _parse(path: Path, number: int, line: bytes, model: type[Model]) -> Model:
    try:
        return model.model_validate_json(line)
    except ValueError as problem:
        raise RecordError(f"{path}: line {number}: {problem}") from problem
