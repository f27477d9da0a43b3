"""One walk over the content: each record and event gives its rows to the sinks of its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from extractor.exports.content import Content, Report
from extractor.io.tables import ARTICLE_TABLES, EVENT_TABLES, CellRow, Table

Sink = Callable[[Table, CellRow], None]


def tables_of(content: Content) -> tuple[Table, ...]:
    """Those of the articles; with canonical events theirs too."""
    return (*ARTICLE_TABLES, *(EVENT_TABLES if content.events is not None else ()))


def walk(content: Content, sinks: Mapping[str, Sink], report: Report) -> None:
    """Every row to the sink of its table; nothing but the thing at hand is held."""
    for table, row in _rows(content):
        sinks[table.name](table, row)
        report.written[table.name] += 1


def _rows(content: Content) -> Iterator[tuple[Table, CellRow]]:
    for record in content.records:
        yield from _rows_of(record, ARTICLE_TABLES)
    for event in content.events or ():
        yield from _rows_of(event, EVENT_TABLES)


def _rows_of(thing: Any, tables: tuple[Table, ...]) -> Iterator[tuple[Table, CellRow]]:
    for table in tables:
        for row in table.rows(thing):
            yield table, row
