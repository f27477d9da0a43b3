"""A shard's outcomes as one Parquet file: a row for each row of the input, all or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from extractor.io.commit import committed
from extractor.run.articles import Outcome
from extractor.run.shards import Shard

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIX = ".parquet"
COLUMNS = ("status", "id", "hash", "file", "line", "byte", "reason", "message", "record")


def outcome_schema() -> pa.Schema:
    """The columns of a shard's file; engines declare the same."""
    import pyarrow as pa

    kinds = dict.fromkeys(COLUMNS, pa.string())
    kinds |= {"hash": pa.uint64(), "line": pa.int64(), "byte": pa.int64()}
    return pa.schema([pa.field(name, kinds[name]) for name in COLUMNS])


def table_of(outcomes: Iterable[Outcome]) -> pa.Table:
    """Outcomes → a table with a row for each."""
    import pyarrow as pa

    rows = [_row(outcome) for outcome in outcomes]
    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    schema = outcome_schema()
    arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _row(outcome: Outcome) -> tuple[Any, ...]:
    place = outcome.place
    name = _printable(outcome.id)
    named = (name, None if name is None else hash_id(name))
    where = (_printable(place.file), place.line, place.byte)
    return (outcome.status, *named, *where, outcome.reason, outcome.message, outcome.record)


def hash_id(name: str) -> int:
    """An id in eight bytes, for finding those that stand twice."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")


def _printable(name: str | None) -> str | None:
    """File names and ids with bytes that are no text are written with escapes."""
    return None if name is None else name.encode("utf-8", "backslashreplace").decode()


def keep(folder: Path, name: str, shard: Shard, outcomes: Sequence[Outcome]) -> None:
    """Commit a shard's outcomes to their file.

    Raises:
        OSError: it cannot be written; then there is no file.
    """
    import pyarrow.parquet as pq

    said = {
        "part": shard.part,
        "number": shard.number,
        "content": shard.content,
        "passed_over": dict(shard.passed_over),
        "counts": dict(sorted(Counter(one.status for one in outcomes).items())),
    }
    table = table_of(outcomes).replace_schema_metadata({"shard": orjson.dumps(said)})
    with committed(folder / f"{name}{SUFFIX}") as stream:
        pq.write_table(table, stream, compression="zstd")


def read_said(path: Path) -> dict[str, Any]:
    """What a shard's file says of itself: part, number, content, counts, what was passed over."""
    import pyarrow.parquet as pq

    metadata = pq.read_schema(path).metadata or {}
    said: dict[str, Any] = orjson.loads(metadata[b"shard"])
    return said


def read_kept(path: Path, columns: Sequence[str] = COLUMNS) -> pa.Table:
    """The rows of a shard's file, in the order of the input."""
    import pyarrow.parquet as pq

    # By handle: of a path, pyarrow would take folders like «a=b» for columns.
    with path.open("rb") as stream, pq.ParquetFile(stream) as table:
        return table.read(columns=list(columns), use_threads=False)
