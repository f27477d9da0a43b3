"""All shards of a run → its outputs, in the order of the input; the manifest comes last."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from extractor.io.commit import commit_bytes, committed
from extractor.io.tables import RowGroups
from extractor.run.articles import STATUSES
from extractor.run.flat import TABLES, rows_of, schema_of
from extractor.run.folder import Folder
from extractor.run.kept import read_kept, read_said
from extractor.run.repeats import Ids, repeated_names
from extractor.run.settings import RunError

if TYPE_CHECKING:
    from extractor.records import ArticleRecord

_CHUNK = 1 << 20


def merge(folder: Folder, shards: Iterable[str] | None = None) -> dict[str, Any]:
    """Write records, tables, quarantine and manifest of a run whose shards are all there.

    ``shards`` are the names of a limited run; without them every part must be finished. What
    comes back is the manifest.

    Raises:
        RunError: shards are missing, or the counts of a shard do not add up.
        OSError: an output cannot be written; then no manifest says that it is there.
    """
    begun = folder.read_begun()
    names = list(shards if shards is not None else all_shards(folder, len(begun["input"])))
    missing = [name for name in names if not folder.shard_file(name).exists()]
    if missing:
        raise RunError(f"{folder.path}: {len(missing)} of {len(names)} shards are missing")
    # Workers that died in the middle of a write left theirs; whoever merges is alone here.
    folder.sweep()
    # An old manifest must not vouch for new outputs.
    (folder.path / "manifest.json").unlink(missing_ok=True)
    tally = Tally()
    with ExitStack() as stack:
        outputs = Outputs(folder.path, stack)
        for name in names:
            _add_shard(folder.shard_file(name), outputs, tally)
    repeated = _write_repeated(folder, names, tally)
    manifest = _manifest(folder, begun, names, tally, repeated)
    commit_bytes(
        folder.path / "manifest.json", orjson.dumps(manifest, option=orjson.OPT_INDENT_2) + b"\n"
    )
    return manifest


def all_shards(folder: Folder, parts: int) -> Iterator[str]:
    """The shards of every part, in order.

    Raises:
        RunError: a part is not finished.
    """
    for number in range(parts):
        done = folder.part_done(number)
        if done is None:
            raise RunError(f"{folder.path}: part {number + 1} of {parts} is not finished")
        yield from done.shards


@dataclass(slots=True)
class Tally:
    """What the committed shards hold."""

    rows: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    langs: Counter[str] = field(default_factory=Counter)
    figures: int = 0
    events: int = 0
    ids: Ids = field(default_factory=Ids)


class Outputs:
    """The files of a merge, open together; each is committed when the stack is left well."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        self.records = stack.enter_context(committed(path / "records.jsonl"))
        self.quarantine = stack.enter_context(committed(path / "quarantine.jsonl"))
        self.tables = {
            name: stack.enter_context(_table_file(name, path / f"{name}.parquet"))
            for name in TABLES
        }


@contextmanager
def _table_file(name: str, path: Path) -> Iterator[RowGroups]:
    """Rows to a Parquet file, in row groups of one size; it is there when the block ends well."""
    from pyarrow.parquet import ParquetWriter

    schema = schema_of(name)
    with (
        committed(path) as stream,
        ParquetWriter(stream, schema, compression="zstd") as writer,
    ):
        groups = RowGroups(writer, schema)
        yield groups
        groups.flush()


def _add_shard(path: Path, outputs: Outputs, tally: Tally) -> None:
    import pyarrow.compute as pc

    said, table = read_said(path), read_kept(path)
    counted = Counter[str](table.column("status").to_pylist())
    if dict(counted) != said["counts"]:
        raise RunError(f"{path}: {dict(counted)} rows where {said['counts']} were kept")
    tally.rows += table.num_rows
    tally.statuses += counted
    tally.passed_over.update(said["passed_over"])
    tally.ids.add(table.column("hash").drop_null().to_numpy().tobytes())
    for row in table.filter(pc.field("status") != "gated").to_pylist():
        _add_row(row, outputs, tally)


def _add_row(row: Mapping[str, Any], outputs: Outputs, tally: Tally) -> None:
    from extractor.records import ArticleRecord

    line = row["record"]
    if line is None:
        tally.reasons[row["reason"]] += 1
        outputs.quarantine.write(_line({name: row[name] for name in QUARANTINE}))
    else:
        outputs.records.write(line.encode() + b"\n")
        _add_record(ArticleRecord.model_validate_json(line), row, outputs, tally)


QUARANTINE = ("file", "line", "byte", "id", "reason", "message")


def _add_record(
    record: ArticleRecord, row: Mapping[str, Any], outputs: Outputs, tally: Tally
) -> None:
    for name, cells in rows_of(record, row):
        outputs.tables[name].add(cells)
    tally.langs[record.lang] += 1
    tally.figures += len(record.figures)
    tally.events += len(record.events)


def _line(value: Mapping[str, Any]) -> bytes:
    return orjson.dumps(value) + b"\n"


def _write_repeated(folder: Folder, names: list[str], tally: Tally) -> int:
    """Every row whose id stands elsewhere too; back comes the number of such ids."""
    rows = list(_suspected(folder, names, tally.ids.repeated()))
    repeated = repeated_names(row["id"] for row in rows)
    with committed(folder.path / "repeated_ids.jsonl") as stream:
        for row in rows:
            if row["id"] in repeated:
                stream.write(_line(row))
    return len(repeated)


def _suspected(
    folder: Folder, names: list[str], hashes: frozenset[int]
) -> Iterator[dict[str, Any]]:
    """Rows whose hash stands twice."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not hashes:
        return
    wanted = pa.array(sorted(hashes), pa.uint64())
    columns = ("id", "status", "file", "line", "byte")
    for name in names:
        table = read_kept(folder.shard_file(name), ("hash", *columns))
        found = table.filter(pc.is_in(table.column("hash"), wanted))
        yield from found.select(list(columns)).to_pylist()


def _manifest(
    folder: Folder, begun: Mapping[str, Any], names: list[str], tally: Tally, repeated: int
) -> dict[str, Any]:
    """What was read with what, and counts that add up.

    Raises:
        RunError: they do not.
    """
    counts = {status: tally.statuses[status] for status in STATUSES}
    if tally.rows != sum(counts.values()):
        raise RunError(f"{tally.rows} rows in, and {counts} out")
    outputs = ("records.jsonl", "quarantine.jsonl", "repeated_ids.jsonl")
    files = [*outputs, *(f"{name}.parquet" for name in TABLES)]
    return {
        "format": begun["format"],
        "settings": begun["settings"],
        "digest": begun["digest"],
        "input": begun["input"],
        "shards": len(names),
        "counts": {
            "in": tally.rows,
            **counts,
            "quarantined_by_reason": dict(sorted(tally.reasons.items())),
            "records_by_lang": dict(sorted(tally.langs.items())),
            "figures": tally.figures,
            "event_mentions": tally.events,
            "repeated_ids": repeated,
            "passed_over": dict(sorted(tally.passed_over.items())),
        },
        "outputs": {name: _sha256(folder.path / name) for name in files},
    }


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
