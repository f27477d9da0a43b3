"""The flat tables of a run: those of ``extractor.io.tables``, each row with its place in the input.

Amounts are in full units (tenge, not thousands), as floats, exact up to 2**53. Offsets count code
points of the article's text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from extractor.io.tables import ARTICLE_TABLES, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

    from extractor.records import ArticleRecord

# Where an article stands: file, line or row from 1, byte from 0.
PLACE: Final = ("file", "line", "byte")
TABLES: Final = tuple(table.name for table in ARTICLE_TABLES)


def schema_of(name: str) -> pa.Schema:
    """«figures» → its Arrow schema, with the columns of the place behind its own.

    The records have the column ``text``, filled where the record has its text.
    """
    import pyarrow as pa

    schema = arrow_schema(name)
    if name == "records":
        schema = schema.append(pa.field("text", pa.string()))
    for column in PLACE:
        schema = schema.append(pa.field(column, pa.string() if column == "file" else pa.int64()))
    return schema


def rows_of(
    record: ArticleRecord, place: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """A record → the rows that it gives each table."""
    where = {column: place[column] for column in PLACE}
    for table in ARTICLE_TABLES:
        text = {"text": record.text} if table.name == "records" else {}
        for row in table.rows(record):
            yield table.name, {**row, **text, **where}
