"""``--to csv``: a folder with a CSV a table, in UTF-8, with the columns of the other tables."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from extractor.exports.cells import RowWriter, csv_rows
from extractor.exports.content import Content, Report, fresh_folder
from extractor.exports.walk import Sink, tables_of, walk
from extractor.io.tables import CellRow, Table


def write(content: Content, path: Path, report: Report) -> None:
    """«records» → PATH/records.csv, figures.csv, events.csv, …

    Raises:
        ExportError: PATH exists and is not an empty folder.
    """
    with fresh_folder(path) as folder, ExitStack() as stack:
        sinks = {}
        for table in tables_of(content):
            heads = [column.name for column in table.columns]
            rows = csv_rows(folder / f"{table.name}.csv", heads, report=report)
            sinks[table.name] = _sink(stack.enter_context(rows))
        walk(content, sinks, report)


def _sink(rows: RowWriter) -> Sink:
    def take(_table: Table, row: CellRow) -> None:
        rows(row.values())

    return take
