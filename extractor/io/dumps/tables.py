"""Parquet files and folders of ``datasets``: rows of the columns that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from extractor.io.dumps.rows import Found, Place, Row, Unread, stem_of
from extractor.io.dumps.streams import count_read

if TYPE_CHECKING:
    import pyarrow as pa

# Rows of a table that are Python objects at a time.
BATCH = 256


def read_parquet(path: str, columns: Iterable[str]) -> Found:
    """«dump.parquet» → its rows, a row group at a time; a broken group costs itself alone."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        yield Unread(Place(path), "bad_parquet", _first_line(error))
        return
    with table:
        wanted = _wanted(table.schema_arrow.names, columns)
        first = 1
        for group in range(table.num_row_groups):
            count_read(_size_of(table.metadata.row_group(group)))
            batches = table.iter_batches(BATCH, row_groups=[group], columns=wanted)
            yield from _read_batches(batches, path, first)
            first += table.metadata.row_group(group).num_rows


def _size_of(group: Any) -> int:
    """Bytes of a row group on disk, with the columns that are not read."""
    return sum(group.column(place).total_compressed_size for place in range(group.num_columns))


def read_arrow(path: str, columns: Iterable[str]) -> Found:
    """«data-00000-of-00001.arrow» of ``Dataset.save_to_disk`` → its rows."""
    import pyarrow as pa

    try:
        with pa.memory_map(path) as mapped, pa.ipc.open_stream(mapped) as stream:
            wanted = _wanted(stream.schema.names, columns)
            batches = (batch.select(wanted) for batch in stream)
            yield from _read_batches(_small(batches), path, 1)
    except (pa.ArrowException, OSError) as error:
        yield Unread(Place(path), "bad_arrow", _first_line(error))


def column_names(path: str) -> list[str]:
    """The columns of a Parquet or Arrow file; none if it cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if path.endswith(".arrow"):
            with pa.memory_map(path) as mapped, pa.ipc.open_stream(mapped) as stream:
                return list(stream.schema.names)
        return list(pq.read_schema(path).names)
    except (pa.ArrowException, OSError):
        return []


def files_of_dataset(folder: Path) -> list[Path] | None:
    """The Arrow files of a folder of ``save_to_disk``, splits in their order; else nothing.

    Raises:
        ValueError: its rows are chosen by an index beside them.
    """
    if (splits := folder / "dataset_dict.json").is_file():
        names = orjson.loads(splits.read_bytes())["splits"]
        return [file for name in names for file in files_of_dataset(folder / name) or []]
    state = folder / "state.json"
    if not state.is_file() or not (folder / "dataset_info.json").is_file():
        return None
    said = orjson.loads(state.read_bytes())
    if said.get("_indices_data_files"):
        raise ValueError(f"{folder}: call flatten_indices() and save the dataset again")
    return [folder / one["filename"] for one in said["_data_files"]]


def _wanted(names: Iterable[str], columns: Iterable[str]) -> list[str]:
    asked = set(columns)
    return [name for name in names if name in asked]


def _small(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        count_read(batch.nbytes)
        for start in range(0, batch.num_rows, BATCH):
            yield batch.slice(start, BATCH)


def _read_batches(batches: Iterable[pa.RecordBatch], path: str, first: int) -> Found:
    import pyarrow as pa

    stem, number = stem_of(path), first
    try:
        for batch in batches:
            for row in _python_rows(batch):
                yield _row(row, Place(path, number), stem)
                number += 1
    except (pa.ArrowException, OSError) as error:
        message = f"the rest of this row group: {_first_line(error)}"
        yield Unread(Place(path, number), "bad_row_group", message)


def _python_rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any] | str]:
    """Rows as objects; a row whose bytes are no text gives the complaint instead."""
    try:
        rows = batch.to_pylist()
    except UnicodeDecodeError:
        for place in range(batch.num_rows):
            try:
                yield from batch.slice(place, 1).to_pylist()
            except UnicodeDecodeError as error:
                yield f"not utf-8: byte 0x{error.object[error.start]:02x} at offset {error.start}"
        return
    yield from rows


def _row(row: dict[str, Any] | str, place: Place, stem: str) -> Row | Unread:
    if isinstance(row, str):
        return Unread(place, "bad_encoding", row)
    try:
        content = orjson.dumps(row, default=_plain)
    except (TypeError, UnicodeDecodeError) as error:
        return Unread(place, "bad_value", _first_line(error))
    return Row(place, "json", content, f"{stem}-{place.line}")


def _plain(value: object) -> str:
    """Bytes are text in UTF-8; decimals and the like are as they are written."""
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
