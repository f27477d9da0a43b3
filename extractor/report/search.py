"""Articles and events in DuckDB, on disk: what the server's page asks for, found among many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import orjson

from extractor.records import ArticleRecord, CanonicalEvent
from extractor.report.articles import make_row
from extractor.report.overview import Tally
from extractor.report.writing import event_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Thing = TypeVar("Thing")
Asked = Mapping[str, str]
BATCH, PAGE = 1000, 50
TABLES = """
CREATE TABLE article (id VARCHAR, lang VARCHAR, outlet VARCHAR, words VARCHAR, shown VARCHAR,
    record VARCHAR);
CREATE TABLE event (id VARCHAR, campaign VARCHAR, name VARCHAR, places VARCHAR[], aid VARCHAR[],
    langs VARCHAR[], status VARCHAR, sure DOUBLE, first VARCHAR, last VARCHAR, reports INTEGER,
    parent VARCHAR, words VARCHAR, shown VARCHAR);
CREATE TABLE known (id VARCHAR, text VARCHAR);
CREATE TABLE mention (article VARCHAR, event VARCHAR, canonical VARCHAR);
"""
ARTICLE_TESTS = {
    "q": "contains(words, lower(?))",
    "lang": "lang = ?",
    "outlet": "coalesce(outlet, '-') = ?",
}
EVENT_TESTS = {
    "q": "contains(words, lower(?))",
    "campaign": "campaign = ?",
    "place": "list_contains(CASE WHEN len(places) = 0 THEN ['-'] ELSE places END, ?)",
    "aid": "list_contains(aid, ?)",
    "lang": "list_contains(langs, ?)",
    "status": "coalesce(status, 'unsaid') = ?",
    "sure": "coalesce(sure, 0) >= ?",
    "from": "last >= ?",
    "to": "first <= ?",
}
# The names of the orders are those of the page; anything else is the first.
EVENT_ORDERS = {
    "reports": "reports DESC",
    "when": "last DESC NULLS LAST",
    "confidence": "sure DESC NULLS LAST",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A page of rows as JSON, and how many there are in all."""

    found: int
    rows: tuple[bytes, ...]


class Index:
    """What was loaded, to be asked by many threads: each question has a cursor of its own."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection
        connection.execute(TABLES)

    def load_articles(self, records: Iterable[ArticleRecord], tally: Tally) -> None:
        """Each record, counted on the way."""

        def row(record: ArticleRecord) -> tuple[Any, ...]:
            tally.count_article(record)
            shown = asdict(make_row(record, record.text, 0))
            words = f"{record.id}\n{shown['title']}\n{record.text or ''}"
            return (
                record.id,
                record.lang,
                record.source,
                words.lower(),
                orjson.dumps(shown).decode(),
                record.to_json(),
            )

        self._load("article", records, row)

    def load_texts(self, texts: Iterable[tuple[str, str]]) -> None:
        """Texts that do not stand in the records: kept beside them and searched with them."""
        self._load("known", texts, lambda pair: pair)
        self._connection.execute(
            "UPDATE article SET words = words || lower(known.text) FROM known "
            "WHERE known.id = article.id"
        )

    def load_events(self, events: Iterable[CanonicalEvent], tally: Tally) -> None:
        """Each event, and which event of which article speaks of it."""
        mentions: list[tuple[str, str, str]] = []

        def row(event: CanonicalEvent) -> tuple[Any, ...]:
            tally.count_event(event)
            mentions.extend((one.article, one.event, event.id) for one in event.mentions)
            return _event_cells(event)

        self._load("event", events, row)
        self._load("mention", mentions, lambda mention: mention)

    def articles(self, asked: Asked) -> Found:
        return self._find("article", ARTICLE_TESTS, asked, "rowid")

    def events(self, asked: Asked) -> Found:
        order = EVENT_ORDERS.get(asked.get("order", ""), EVENT_ORDERS["reports"])
        return self._find("event", EVENT_TESTS, asked, f"{order}, rowid")

    def record(self, name: str) -> ArticleRecord | None:
        """The first article of that id."""
        found = self._all("SELECT record FROM article WHERE id = ? ORDER BY rowid LIMIT 1", [name])
        return ArticleRecord.model_validate_json(found[0][0]) if found else None

    def text(self, name: str) -> str | None:
        """A text that was loaded beside its record."""
        found = self._all("SELECT text FROM known WHERE id = ? LIMIT 1", [name])
        return found[0][0] if found else None

    def event(self, name: str) -> bytes | None:
        found = self._all("SELECT shown FROM event WHERE id = ? LIMIT 1", [name])
        return found[0][0].encode() if found else None

    def parts_of(self, name: str) -> tuple[bytes, ...]:
        return self._shown("SELECT shown FROM event WHERE parent = ? ORDER BY rowid", [name])

    def canonical_of(self, article: str, event: str) -> tuple[bytes, ...]:
        return self._shown(
            "SELECT shown FROM event WHERE id IN "
            "(SELECT canonical FROM mention WHERE article = ? AND event = ?) ORDER BY rowid",
            [article, event],
        )

    def present(self, name: str) -> list[str]:
        """The articles of an event that are here."""
        rows = self._all(
            "SELECT DISTINCT article FROM mention WHERE canonical = ? "
            "AND article IN (SELECT id FROM article) ORDER BY article",
            [name],
        )
        return [row[0] for row in rows]

    def choices(self) -> dict[str, list[Any]]:
        """What the filters offer."""
        campaigns = self._all(
            "SELECT campaign, min(name) FROM event WHERE campaign <> '' "
            "GROUP BY campaign ORDER BY 2, 1"
        )
        places = self._all("SELECT DISTINCT unnest(places) AS place FROM event ORDER BY place")
        outlets = self._all("SELECT DISTINCT outlet FROM article WHERE outlet <> '' ORDER BY 1")
        return {
            "campaigns": [list(row) for row in campaigns],
            "places": [row[0] for row in places],
            "outlets": [row[0] for row in outlets],
        }

    def _find(self, table: str, tests: Mapping[str, str], asked: Asked, order: str) -> Found:
        """Names of tables and tests are ours, values are bound: nothing asked becomes SQL.

        Raises:
            ValueError: a page or a confidence that is no number.
        """
        used = [name for name in tests if asked.get(name)]
        where = " AND ".join(tests[name] for name in used) or "true"
        values = [float(asked[name]) if name == "sure" else asked[name] for name in used]
        [[found]] = self._all(f"SELECT count(*) FROM {table} WHERE {where}", values)
        page = int(asked.get("page") or 0)
        shown = self._shown(
            f"SELECT shown FROM {table} WHERE {where} ORDER BY {order} LIMIT {PAGE} OFFSET ?",
            [*values, page * PAGE],
        )
        return Found(found, shown)

    def _shown(self, question: str, values: Sequence[object]) -> tuple[bytes, ...]:
        return tuple(row[0].encode() for row in self._all(question, values))

    def _all(self, question: str, values: Sequence[object] = ()) -> list[Any]:
        return self._connection.cursor().execute(question, list(values)).fetchall()

    def _load(
        self, table: str, things: Iterable[Thing], row: Callable[[Thing], tuple[Any, ...]]
    ) -> None:
        for batch in _batches(map(row, things)):
            columns = [list(column) for column in zip(*batch, strict=True)]
            cells = ", ".join("unnest(?)" for _ in columns)
            self._connection.execute(f"INSERT INTO {table} SELECT {cells}", columns)


def open_index(path: Path) -> Index:
    """An empty index in a file of its own, which may grow beyond the memory."""
    import duckdb

    return Index(duckdb.connect(str(path)))


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _event_cells(event: CanonicalEvent) -> tuple[Any, ...]:
    shown = event_row(event)
    names = [one.text for one in (event.campaign, *event.providers) if one is not None]
    campaign = event.campaign
    return (
        event.id,
        "" if campaign is None else campaign.id or campaign.text.lower(),
        "" if campaign is None else campaign.text,
        list(event.locations),
        list(event.aid),
        sorted({mention.lang for mention in event.mentions}),
        event.status,
        event.confidence,
        shown["from"],
        shown["to"],
        len(event.mentions),
        event.part_of,
        "\n".join((event.id, *names, *event.places, *event.locations)).lower(),
        orjson.dumps(shown).decode(),
    )
