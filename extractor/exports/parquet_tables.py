"""``--to parquet``: a folder with a Parquet file a table; what a column means is in its schema."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.exports.content import Content, Report, fresh_folder
from extractor.exports.walk import tables_of, walk
from extractor.io.tables import CellRow, Table, arrow_rows, arrow_schema

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetWriter

# Rows that are held before they are written as a group.
GROUP = 10_000


def write(content: Content, path: Path, report: Report) -> None:
    """«records» → PATH/records.parquet, figures.parquet, events.parquet, …

    Raises:
        ExportError: PATH exists and is not an empty folder.
    """
    from pyarrow.parquet import ParquetWriter

    with fresh_folder(path) as folder, ExitStack() as stack:
        groups = {}
        for table in tables_of(content):
            file = folder / f"{table.name}.parquet"
            writer = stack.enter_context(ParquetWriter(file, arrow_schema(table.name)))
            groups[table.name] = Groups(table, writer)
        walk(content, {name: group.take for name, group in groups.items()}, report)
        for group in groups.values():
            group.flush()


class Groups:
    """Rows of a table, written a group at a time."""

    def __init__(self, table: Table, writer: ParquetWriter) -> None:
        self.table = table
        self.writer: Any = writer
        self.rows: list[CellRow] = []

    def take(self, _table: Table, row: CellRow) -> None:
        self.rows.append(row)
        if len(self.rows) >= GROUP:
            self.flush()

    def flush(self) -> None:
        if self.rows:
            self.writer.write_table(arrow_rows(self.table.name, self.rows))
            self.rows = []
