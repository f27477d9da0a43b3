"""``--to datapackage``: the CSV tables with a Frictionless ``datapackage.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from extractor.exports import csv_tables
from extractor.exports.content import Content, Report
from extractor.exports.walk import tables_of
from extractor.io.tables import LIST_JOINT, Column, Table

TYPES: Final = {
    "text": "string",
    "texts": "string",
    "integer": "integer",
    "amount": "number",
    "share": "number",
}


def write(content: Content, path: Path, report: Report) -> None:
    """«records» → PATH/datapackage.json and a CSV a table.

    No licence is written: whose the articles are, only you know.

    Raises:
        ExportError: PATH exists and is not an empty folder.
    """
    tables = tables_of(content)
    csv_tables.write(content, path, report)
    package = json.dumps(describe(tables), ensure_ascii=False, indent=2)
    (path / "datapackage.json").write_text(package + "\n", encoding="utf-8", newline="\n")


def describe(tables: tuple[Table, ...]) -> dict[str, Any]:
    """The tables → the descriptor: one resource a table, its fields with their meaning."""
    return {
        "name": "aid-figures-and-events",
        "title": "Aid figures and aid events from news",
        "profile": "tabular-data-package",
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [_field(column) for column in table.columns], "missingValues": [""]},
    }


def _field(column: Column[Any]) -> dict[str, str]:
    listed = f"; several are joined by «{LIST_JOINT}»" if column.type == "texts" else ""
    return {
        "name": column.name,
        "type": TYPES[column.type],
        "description": f"{column.means}{listed}",
    }
