"""Records as data frames: the flat tables of ``extractor.io.tables``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from extractor.io.tables import ARTICLE_TABLES, EVENT_TABLES, TABLES, Cell, Table

if TYPE_CHECKING:
    import pandas as pd

    from extractor.records import ArticleRecord, CanonicalEvent

# Whole numbers may be missing, which plain int64 cannot say.
DTYPES = {"integer": "Int64", "amount": "float64", "share": "float64"}


def to_pandas(
    records: Iterable[ArticleRecord | CanonicalEvent], table: str | None = None
) -> pd.DataFrame:
    """Records or canonical events → one of their flat tables, a row a figure, event, …

    ``table`` is «records», «figures» (as a rule) or «events» for article records;
    «canonical_events» (as a rule), «series», «statements» or «derived» for canonical events.
    Amounts are float64, in units and never in thousands; lists are tuples.

    >>> import extractor
    >>> record = extractor.extract("The fund delivered 120 food packages to families in Almaty.")
    >>> extractor.to_pandas([record])[["text", "value", "unit"]].values.tolist()
    [['120 food packages', 120.0, 'kit']]

    Raises:
        ImportError: pandas is not installed (``pip install 'extractor[export]'``).
        ValueError: there is no such table, or it is not one of these records.
        TypeError: something is no record, such as a ``Failure`` of ``extract_many``.
    """
    things = list(records)
    chosen = _table(things, table)
    rows = list(chain.from_iterable(map(chosen.rows, things)))
    try:
        import pandas as pd
    except ImportError as problem:
        raise ImportError("data frames need pandas: pip install 'extractor[export]'") from problem
    cells = [[_cell(cell) for cell in row.values()] for row in rows]
    frame = pd.DataFrame(cells, columns=[column.name for column in chosen.columns])
    wanted = {one.name: DTYPES[one.type] for one in chosen.columns if one.type in DTYPES}
    return frame.astype(wanted)


def _table(things: list[Any], name: str | None) -> Table:
    from extractor.records import ArticleRecord, CanonicalEvent

    events = bool(things) and isinstance(things[0], CanonicalEvent)
    own = EVENT_TABLES if events else ARTICLE_TABLES
    for thing in things:
        if not isinstance(thing, CanonicalEvent if events else ArticleRecord):
            raise TypeError(f"{type(thing).__name__} is not the record of the others: leave it out")
    chosen = TABLES.get(name or ("canonical_events" if events else "figures"))
    if chosen is None or (things and chosen not in own):
        raise ValueError(f"table {name!r}: known are {', '.join(table.name for table in own)}")
    return chosen


def _cell(cell: Cell) -> Any:
    return float(cell) if isinstance(cell, Decimal) else cell
