"""Records as flat rows, defined once: CSV, Parquet, XLSX and data frames have the same columns.

Each table is a tuple of columns; each column says its name, its kind, what it means and how its
cell is taken from a row. Names and meanings are stable within a major version of the schema.

>>> import extractor
>>> record = extractor.extract("The fund delivered 120 food packages to families in Almaty.")
>>> [row["text"] for row in figure_rows(record)]
['120 food packages']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    from extractor.records import (
        ArticleRecord,
        CanonicalEvent,
        DerivedRecord,
        EventRecord,
        FigureRecord,
        SeriesRecord,
        StatementRecord,
    )

# What a cell holds. Amounts are Decimal in rows and float64 in Arrow, exact up to 2**53;
# a list of texts is a list in Arrow and joined by LIST_JOINT where a cell is a text.
Type = Literal["text", "texts", "integer", "amount", "share"]
Cell = str | tuple[str, ...] | int | float | Decimal | None
CellRow = dict[str, Cell]
Thing = TypeVar("Thing")

LIST_JOINT: Final = " | "


@dataclass(frozen=True, slots=True)
class Column(Generic[Thing]):
    """A column: ``take`` gives its cell."""

    name: str
    type: Type
    means: str
    take: Callable[[Thing], Cell]


Columns = tuple[Column[Thing], ...]


# --- what a row is made of ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure, the record that it stands in, and the event that it belongs to."""

    record: ArticleRecord
    figure: FigureRecord
    event: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    record: ArticleRecord
    event: EventRecord


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series of a canonical event and its number there, from 1."""

    event: CanonicalEvent
    series: SeriesRecord
    number: int


@dataclass(frozen=True, slots=True)
class StatementRow:
    event: CanonicalEvent
    series: SeriesRecord
    number: int
    statement: StatementRecord


@dataclass(frozen=True, slots=True)
class DerivedRow:
    event: CanonicalEvent
    derived: DerivedRecord


# --- columns --------------------------------------------------------------------------------

RECORDS: Final[Columns[ArticleRecord]] = (
    Column("article", "text", "id of the article", lambda r: r.id),
    Column("lang", "text", "language of the body: kk, ru, en", lambda r: r.lang),
    Column("script", "text", "ISO 15924: Cyrl, Latn, Arab", lambda r: r.script),
    Column("published", "text", "publication date", lambda r: r.published),
    Column("source", "text", "outlet", lambda r: r.source),
    Column("title", "text", "title", lambda r: r.title),
    Column("figures", "integer", "how many figures", lambda r: len(r.figures)),
    Column("events", "integer", "how many aid events", lambda r: len(r.events)),
    Column("notes", "texts", "what was unsure or left out", lambda r: r.notes),
    Column("package", "text", "version that made the record", lambda r: r.provenance.package),
    Column("words", "text", "digest of the word lists used", lambda r: r.provenance.data),
    Column("schema_version", "text", "of the article record", lambda r: r.schema_version),
)

FIGURES: Final[Columns[FigureRow]] = (
    Column("article", "text", "id of the article", lambda r: r.record.id),
    Column("figure", "text", "id of the figure within the article", lambda r: r.figure.id),
    Column("event", "text", "id of its event within the article", lambda r: r.event),
    Column("lang", "text", "language of the article", lambda r: r.record.lang),
    Column("published", "text", "publication date", lambda r: r.record.published),
    Column("source", "text", "outlet", lambda r: r.record.source),
    Column("start", "integer", "first code point of the words", lambda r: r.figure.start),
    Column("end", "integer", "one past their last code point", lambda r: r.figure.end),
    Column("text", "text", "the words as written", lambda r: r.figure.text),
    Column("value", "amount", "the number in full", lambda r: r.figure.value),
    Column("max", "amount", "upper end of a range", lambda r: r.figure.max),
    Column("tenge", "amount", "worth in KZT of a value in MCI", lambda r: r.figure.tenge),
    Column("bound", "text", "exact, approx, min, max, range, vague", lambda r: r.figure.bound),
    Column("kind", "text", "recipients, money, goods, …", lambda r: r.figure.kind),
    Column("unit", "text", "family, tonne, …; ISO 4217 or MCI", lambda r: r.figure.unit),
    Column("item", "text", "what is counted, for goods", lambda r: r.figure.item),
    Column("category", "texts", "groups of beneficiaries", lambda r: r.figure.category),
    Column("scope", "text", "total, each, part", lambda r: r.figure.scope),
    Column("of", "text", "the figure that this is a part of", lambda r: r.figure.of),
    Column("same_as", "text", "the earlier figure it repeats", lambda r: r.figure.same_as),
    Column("status", "text", "planned, collected, ongoing, delivered", lambda r: r.figure.status),
    Column("series", "text", "cumulative, increment, if its words say", lambda r: r.figure.series),
    Column("confidence", "share", "that it is a figure of aid", lambda r: r.figure.confidence),
)

EVENTS: Final[Columns[EventRow]] = (
    Column("article", "text", "id of the article", lambda r: r.record.id),
    Column("event", "text", "id of the event within the article", lambda r: r.event.id),
    Column("lang", "text", "language of the article", lambda r: r.record.lang),
    Column("published", "text", "publication date", lambda r: r.record.published),
    Column("source", "text", "outlet", lambda r: r.record.source),
    Column("aid", "texts", "kinds of aid", lambda r: r.event.aid),
    Column("campaign", "text", "as written", lambda r: _of(r.event.campaign, "text")),
    Column("campaign_id", "text", "if known", lambda r: _of(r.event.campaign, "id")),
    Column("providers", "texts", "who gives", lambda r: _each(r.event.providers, "text")),
    Column("provider_ids", "texts", "those known", lambda r: _each(r.event.providers, "id")),
    Column("locations", "texts", "ISO 3166 codes", lambda r: r.event.locations),
    Column("places", "texts", "places as written", lambda r: _each(r.event.places, "text")),
    Column("period", "text", "when, as EDTF", lambda r: r.event.period),
    Column("wave", "integer", "first, second, … wave or stage", lambda r: r.event.wave),
    Column("figures", "texts", "ids of its figures", lambda r: r.event.figures),
    Column("holds", "integer", "equations that hold", lambda r: _verdicts(r.event, "holds")),
    Column(
        "contradicts",
        "integer",
        "equations that do not",
        lambda r: _verdicts(r.event, "contradicts"),
    ),
    Column("confidence", "share", "that its figures are one action", lambda r: r.event.confidence),
)

CANONICAL: Final[Columns[CanonicalEvent]] = (
    Column("event", "text", "id of the canonical event", lambda e: e.id),
    Column("aid", "texts", "kinds of aid", lambda e: e.aid),
    Column("campaign", "text", "as most reports write it", lambda e: _of(e.campaign, "text")),
    Column("campaign_id", "text", "if known", lambda e: _of(e.campaign, "id")),
    Column("providers", "texts", "who gives", lambda e: _each(e.providers, "text")),
    Column("provider_ids", "texts", "those known", lambda e: _each(e.providers, "id")),
    Column("locations", "texts", "ISO 3166 codes", lambda e: e.locations),
    Column("places", "texts", "places as written", lambda e: e.places),
    Column("period", "text", "when, as EDTF", lambda e: e.period),
    Column("wave", "integer", "first, second, … wave or stage", lambda e: e.wave),
    Column("status", "text", "the furthest that any report states", lambda e: e.status),
    Column("part_of", "text", "the canonical event that contains it", lambda e: e.part_of),
    Column("relation", "text", "as what: region, wave, share", lambda e: e.relation),
    Column("mentions", "integer", "reports of it", lambda e: len(e.mentions)),
    Column("articles", "texts", "ids of its articles", lambda e: _each(e.mentions, "article")),
    Column("langs", "texts", "languages of its reports", lambda e: _each(e.mentions, "lang")),
    Column("outlets", "texts", "outlets that report it", lambda e: _each(e.mentions, "outlet")),
    Column("dissent", "integer", "values of slots it does not carry", lambda e: len(e.dissent)),
    Column("confidence", "share", "that all reports are one action", lambda e: e.confidence),
    Column("notes", "texts", "what was unsure", lambda e: e.notes),
)

SERIES: Final[Columns[SeriesRow]] = (
    Column("event", "text", "id of the canonical event", lambda r: r.event.id),
    Column("series", "integer", "number of the series in its event", lambda r: r.number),
    Column("kind", "text", "recipients, money, goods, …", lambda r: r.series.kind),
    Column("unit", "text", "family, tonne, …; ISO 4217 or MCI", lambda r: r.series.unit),
    Column("item", "text", "what is counted, for goods", lambda r: r.series.item),
    Column("scope", "text", "total or each", lambda r: r.series.scope),
    Column("latest", "amount", "the latest total of what was done", lambda r: r.series.latest),
    Column("latest_status", "text", "its status", lambda r: r.series.latest_status),
    Column("planned", "amount", "the latest plan", lambda r: r.series.planned),
    Column("done_share", "share", "latest / planned", lambda r: r.series.done_share),
    Column("falls", "text", "yes: a total is below an earlier one", lambda r: _yes(r.series.falls)),
    Column("conflicts", "integer", "days with two values", lambda r: len(r.series.conflicts)),
    Column("statements", "integer", "how many", lambda r: len(r.series.statements)),
)

STATEMENTS: Final[Columns[StatementRow]] = (
    Column("event", "text", "id of the canonical event", lambda r: r.event.id),
    Column("series", "integer", "number of the series in its event", lambda r: r.number),
    Column("kind", "text", "recipients, money, goods, …", lambda r: r.series.kind),
    Column("unit", "text", "family, tonne, …; ISO 4217 or MCI", lambda r: r.series.unit),
    Column("item", "text", "what is counted, for goods", lambda r: r.series.item),
    Column("scope", "text", "total or each", lambda r: r.series.scope),
    Column("label", "text", "cumulative, increment, …", lambda r: r.statement.label),
    Column("value", "amount", "the number in full", lambda r: r.statement.value),
    Column("max", "amount", "upper end of a range", lambda r: r.statement.max),
    Column("bound", "text", "exact, approx, min, …", lambda r: r.statement.bound),
    Column("status", "text", "planned, collected, …", lambda r: r.statement.status),
    Column("as_of", "text", "the day it is the state of", lambda r: r.statement.as_of),
    Column("sources", "texts", "article/figure of each", lambda r: _places(r.statement.sources)),
)

DERIVED: Final[Columns[DerivedRow]] = (
    Column("event", "text", "id of the canonical event", lambda r: r.event.id),
    Column("kind", "text", "recipients, money, goods, …", lambda r: r.derived.kind),
    Column("unit", "text", "family, tonne, …; ISO 4217 or MCI", lambda r: r.derived.unit),
    Column("item", "text", "what is counted, for goods", lambda r: r.derived.item),
    Column("value", "amount", "what follows and nobody stated", lambda r: r.derived.value),
    Column("status", "text", "planned, collected, …", lambda r: r.derived.status),
    Column("rule", "text", "by which rule it follows", lambda r: r.derived.rule),
    Column("operands", "texts", "article/figure of each", lambda r: _places(r.derived.operands)),
)


def _of(thing: object | None, name: str) -> str | None:
    """«no campaign» → nothing; else its text, or its id if that is known."""
    return None if thing is None else getattr(thing, name)


def _each(things: Iterable[object], name: str) -> tuple[str, ...]:
    """«(Red Crescent, Birgemiz)», "id" → those that have one, each once, in order."""
    values = (getattr(thing, name) for thing in things)
    return tuple(dict.fromkeys(value for value in values if value is not None))


def _verdicts(event: EventRecord, verdict: str) -> int:
    return sum(check.verdict == verdict for check in event.checks)


def _places(sources: Iterable[Any]) -> tuple[str, ...]:
    return tuple(f"{source.article}/{source.figure}" for source in sources)


def _yes(holds: bool) -> str | None:
    return "yes" if holds else None


# --- rows -----------------------------------------------------------------------------------


def record_row(record: ArticleRecord) -> CellRow:
    """One article → its row of the table «records»."""
    return _row(RECORDS, record)


def figure_rows(record: ArticleRecord) -> Iterator[CellRow]:
    """One article → a row of the table «figures» for each of its figures, in reading order."""
    owner = {name: event.id for event in record.events for name in event.figures}
    for figure in record.figures:
        yield _row(FIGURES, FigureRow(record, figure, owner.get(figure.id)))


def event_rows(record: ArticleRecord) -> Iterator[CellRow]:
    """One article → a row of the table «events» for each of its events."""
    for event in record.events:
        yield _row(EVENTS, EventRow(record, event))


def canonical_row(event: CanonicalEvent) -> CellRow:
    """One canonical event → its row of the table «canonical_events»."""
    return _row(CANONICAL, event)


def series_rows(event: CanonicalEvent) -> Iterator[CellRow]:
    """One canonical event → a row of the table «series» for each of its quantities."""
    for number, series in enumerate(event.series, 1):
        yield _row(SERIES, SeriesRow(event, series, number))


def statement_rows(event: CanonicalEvent) -> Iterator[CellRow]:
    """One canonical event → a row of the table «statements» for each value that was stated."""
    for number, series in enumerate(event.series, 1):
        for statement in series.statements:
            yield _row(STATEMENTS, StatementRow(event, series, number, statement))


def derived_rows(event: CanonicalEvent) -> Iterator[CellRow]:
    """One canonical event → a row of the table «derived» for each total that nobody stated."""
    for derived in event.derived:
        yield _row(DERIVED, DerivedRow(event, derived))


def _row(columns: Columns[Thing], thing: Thing) -> CellRow:
    return {column.name: column.take(thing) for column in columns}


# --- tables ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """A flat table: its columns, and the rows that one record or canonical event gives."""

    name: str
    title: str
    columns: Columns[Any]
    rows: Callable[[Any], Iterable[CellRow]]


ARTICLE_TABLES: Final = (
    Table("records", "One row an article", RECORDS, lambda record: (record_row(record),)),
    Table("figures", "One row a figure", FIGURES, figure_rows),
    Table("events", "One row an aid event of an article", EVENTS, event_rows),
)
EVENT_TABLES: Final = (
    Table(
        "canonical_events",
        "One row an aid action, from all articles that report it",
        CANONICAL,
        lambda event: (canonical_row(event),),
    ),
    Table("series", "One row a quantity of a canonical event", SERIES, series_rows),
    Table("statements", "One row a value that was stated of it", STATEMENTS, statement_rows),
    Table("derived", "One row a total that follows and nobody stated", DERIVED, derived_rows),
)
TABLES: Final[Mapping[str, Table]] = {t.name: t for t in (*ARTICLE_TABLES, *EVENT_TABLES)}


def plain_cell(cell: Cell) -> str | int | float | None:
    """«("low_income", "child")» → «low_income | child», an amount → a number: for flat files."""
    if isinstance(cell, tuple):
        return LIST_JOINT.join(cell) or None
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell


def arrow_schema(name: str) -> pa.Schema:
    """«figures» → its Arrow schema; what a column means is its metadata «means».

    >>> str(arrow_schema("figures").field("value").type)
    'double'

    Raises:
        KeyError: there is no such table.
    """
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "integer": pa.int64(),
        "amount": pa.float64(),
        "share": pa.float64(),
    }
    return pa.schema(
        pa.field(column.name, types[column.type], metadata={"means": column.means})
        for column in TABLES[name].columns
    )


def arrow_rows(name: str, rows: Iterable[CellRow]) -> pa.Table:
    """Rows of a table → an Arrow table of its schema.

    >>> arrow_rows("figures", []).num_rows
    0
    """
    import pyarrow as pa

    return pa.Table.from_pylist(list(map(arrow_row, rows)), schema=arrow_schema(name))


def arrow_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as Arrow takes it: amounts as floats."""
    return {name: float(cell) if isinstance(cell, Decimal) else cell for name, cell in row.items()}


# Rows that are held before they are written as a group.
ROW_GROUP: Final = 10_000


class RowGroups:
    """Rows to a Parquet writer, a group at a time."""

    def __init__(self, writer: ParquetWriter, schema: pa.Schema) -> None:
        self._writer: Any = writer
        self._schema = schema
        self._rows: list[dict[str, Any]] = []

    def add(self, row: Mapping[str, Any]) -> None:
        self._rows.append(arrow_row(row))
        if len(self._rows) >= ROW_GROUP:
            self.flush()

    def flush(self) -> None:
        """What is held is written; call it when no more rows come."""
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []
