"""Cells of flat files: a text that a spreadsheet would run is made a text again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from extractor.exports.content import Report
from extractor.io.tables import Cell, plain_cell

# A cell that begins so is a formula to Excel, LibreOffice and Google Sheets.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
GUARDED: Final = "cells given a leading apostrophe (they began with = + - @)"


def guarded(cell: Cell, report: Report) -> str | int | float | None:
    """«=cmd|'/c calc'!A1» → «'=cmd|'/c calc'!A1»; numbers stay numbers, and it is counted."""
    flat = plain_cell(cell)
    if isinstance(flat, str) and flat.startswith(FORMULA_STARTS):
        report.changed[GUARDED] += 1
        return f"'{flat}"
    return flat


class RowWriter(Protocol):
    def __call__(self, cells: Iterable[Cell], /) -> None: ...


@contextmanager
def csv_rows(path: Path, *heads: Iterable[str], report: Report) -> Iterator[RowWriter]:
    """A CSV in UTF-8 with its head lines, commas and \\n; what is written is guarded."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows(heads)

        def write(cells: Iterable[Cell], /) -> None:
            writer.writerow([guarded(cell, report) for cell in cells])

        yield write
