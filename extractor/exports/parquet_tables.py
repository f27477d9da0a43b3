"""``--to parquet``: a folder with a Parquet file a table; what a column means is in its schema."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from extractor.exports.content import Content, Report, fresh_folder
from extractor.exports.walk import Sink, tables_of, walk
from extractor.io.tables import CellRow, RowGroups, Table, arrow_schema


def write(content: Content, path: Path, report: Report) -> None:
    """«records» → PATH/records.parquet, figures.parquet, events.parquet, …

    Raises:
        ExportError: PATH exists and is not an empty folder.
    """
    with fresh_folder(path) as folder:
        write_tables(content, folder, report)


def write_tables(content: Content, folder: Path, report: Report) -> None:
    """«records» → FOLDER/records.parquet and so on."""
    from pyarrow.parquet import ParquetWriter

    with ExitStack() as stack:
        groups = {}
        for table in tables_of(content):
            file = folder / f"{table.name}.parquet"
            schema = arrow_schema(table.name)
            writer = stack.enter_context(ParquetWriter(file, schema))
            groups[table.name] = RowGroups(writer, schema)
        walk(content, {name: _sink(group) for name, group in groups.items()}, report)
        for group in groups.values():
            group.flush()


def _sink(group: RowGroups) -> Sink:
    def take(_table: Table, row: CellRow) -> None:
        group.add(row)

    return take
