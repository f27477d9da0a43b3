"""``--to xlsx``: a workbook with a sheet a table; every text is a text, none a formula."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extractor.exports.content import Content, ExportError, Report, whole_file
from extractor.exports.walk import Sink, tables_of, walk
from extractor.io.tables import Cell, CellRow, Table, plain_cell

if TYPE_CHECKING:
    from openpyxl import Workbook

# What the format allows.
MAX_ROWS: Final = 1_048_576
MAX_CHARS: Final = 32_767


def write(content: Content, path: Path, report: Report) -> None:
    """«records» → a workbook with the sheets «records», «figures», «events», …

    Raises:
        ExportError: a table has more rows than a sheet can have.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    walk(content, {table.name: _sheet(book, table, report) for table in tables_of(content)}, report)
    with whole_file(path) as draft:
        book.save(draft)


def _sheet(book: Workbook, table: Table, report: Report) -> Sink:
    """A sheet with a bold head that stays in sight, and what takes its rows."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    sheet: Any = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"

    def cell(value: Cell, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=None)
        plain = _plain(value, report)
        made.value = plain
        if isinstance(plain, str):
            made.data_type = "s"  # openpyxl takes «=…» for a formula
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(column.name, bold=True) for column in table.columns])

    def take(_table: Table, row: CellRow) -> None:
        if report.written[table.name] + 2 > MAX_ROWS:
            raise ExportError(f"{table.name}: more rows than a sheet has; use csv or parquet")
        sheet.append([cell(value) for value in row.values()])

    return take


def _plain(value: Cell, report: Report) -> str | int | float | None:
    """Characters that XML cannot hold become U+FFFD; what is too long is cut; both are counted."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    plain = plain_cell(value)
    if not isinstance(plain, str):
        return plain
    clean, times = ILLEGAL_CHARACTERS_RE.subn("\ufffd", plain)
    if times:
        report.changed["control characters replaced by U+FFFD"] += times
    if len(clean) > MAX_CHARS:
        report.changed[f"cells cut at {MAX_CHARS} characters"] += 1
    return clean[:MAX_CHARS]
