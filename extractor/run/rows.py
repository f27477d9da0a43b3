"""Articles that are rows elsewhere: a function for ``mapInArrow`` and one for ``Dataset.map``.

Every row gives a row, in order, with the columns of ``COLUMNS``: ``status`` says whether it was
gated out, has events, has none, or was set aside and why; ``record`` is the record as JSON.
There is no time limit here: a task of the engine has its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from extractor.io.dumps.rows import Place, Row
from extractor.run.articles import Engine, make_engine, read_row
from extractor.run.kept import COLUMNS, outcome_schema, table_of
from extractor.run.settings import Options

if TYPE_CHECKING:
    import pyarrow as pa

SPARK_SCHEMA = ", ".join(
    f"{name} {'long' if name in ('line', 'byte') else 'string'}"
    for name in COLUMNS
    if name != "hash"
)


def read_arrow_batches(
    batches: Iterable[pa.RecordBatch], options: Options
) -> Iterator[pa.RecordBatch]:
    """For ``frame.mapInArrow(partial(read_arrow_batches, options=…), SPARK_SCHEMA)``."""
    for batch in batches:
        yield from _read(batch.to_pylist(), options).to_batches()


def read_columns(columns: Mapping[str, Sequence[Any]], options: Options) -> dict[str, list[Any]]:
    """For ``dataset.map(…, batched=True, features=dataset_features(), remove_columns=…)``."""
    rows = [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]
    found: dict[str, list[Any]] = _read(rows, options).to_pydict()
    return found


def dataset_features() -> Any:
    """The columns for ``Dataset.map``, which would guess them from a batch where all are empty."""
    from datasets import Features

    schema = outcome_schema()
    return Features.from_arrow_schema(schema.remove(schema.get_field_index("hash")))


def _read(rows: Sequence[Mapping[str, Any]], options: Options) -> pa.Table:
    engine = _engine(options)
    table = table_of(read_row(_row(row), engine) for row in rows)
    return table.drop_columns(["hash"])


def _row(row: Mapping[str, Any]) -> Row:
    """A row with its own ``file`` and ``line`` keeps them as its place."""
    place = Place(str(row.get("file") or ""), row.get("line"))
    return Row(place, "json", orjson.dumps(row, default=str), "")


@lru_cache(maxsize=2)
def _engine(options: Options) -> Engine:
    return make_engine(options)
