"""The store of a resolution: mentions, likely pairs and events, in one SQLite file.

What is new is compared within its blocks only, and only the clusters it touches are made
again; the outcome is that of a full run. Without a file the store is temporary, on disk where
memory does not suffice. SQLite, for all that is asked is rows by key.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from types import TracebackType
from typing import Any

from extractor.records import ArticleRecord, CanonicalEvent
from extractor.resolve.blocks import keys_of
from extractor.resolve.canonical import make_event
from extractor.resolve.clusters import Edge, cluster
from extractor.resolve.hierarchy import (
    Link,
    dump_outline,
    link_family,
    load_outline,
    nearest,
    outline_of,
)
from extractor.resolve.mentions import EventMention, dump_mention, load_mention, mentions_of
from extractor.resolve.pairs import bar, score, weights
from extractor.resolve.reprints import sign

LAYOUT = 1
_UNDATED = "9999"
_CACHED = 20_000
_BATCH = 2_000

_TABLES = """
CREATE TABLE layout (number INTEGER, rules TEXT);
CREATE TABLE articles (id TEXT PRIMARY KEY, digest BLOB, signature BLOB) WITHOUT ROWID;
CREATE TABLE mentions (n INTEGER PRIMARY KEY, article TEXT, body BLOB, component INTEGER);
CREATE TABLE keys (key INTEGER, n INTEGER, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE edges (one INTEGER, other INTEGER, score REAL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE events (id TEXT PRIMARY KEY, component INTEGER, place TEXT, body TEXT,
                     outline BLOB, part_of TEXT, relation TEXT) WITHOUT ROWID;
CREATE TABLE families (family TEXT, event TEXT, PRIMARY KEY (family, event)) WITHOUT ROWID;
CREATE INDEX mentions_of_article ON mentions (article);
CREATE INDEX mentions_of_component ON mentions (component);
CREATE INDEX edges_back ON edges (other);
CREATE INDEX events_of_component ON events (component);
CREATE INDEX families_of_event ON families (event);
"""


Row = tuple[Any, ...]


class StoreError(ValueError):
    """A store that cannot be gone on with; the message says why."""


@dataclass(slots=True)
class Tally:
    """What a resolution has done: articles taken in, left out as doubles, pairs compared."""

    articles: int = 0
    repeated: int = 0
    replaced: int = 0
    mentions: int = 0
    compared: int = 0
    likely: int = 0
    clusters: int = 0
    events: int = 0


class Store:
    """Mentions and events of many articles; ``path`` keeps them for the next time.

    Raises:
        StoreError: the file is no store, or one made by other rules.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.tally = Tally()
        self._new: list[int] = []
        self._dirty: set[int] = set()
        self._lost: set[str] = set()
        self._base = _open(path)
        (highest,) = self._all("SELECT ifnull(max(n), 0) FROM mentions")[0]
        self._next = highest + 1

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """What was not settled is forgotten."""
        self._base.rollback()
        self._base.close()

    def update(
        self, records: Iterable[ArticleRecord], watch: Callable[[str, int], None] | None = None
    ) -> Tally:
        """Take in records, compare, cluster and link; all of it is kept, or nothing.

        ``watch`` is told the step, and how many things it has done.
        """
        seen = watch or (lambda _step, _count: None)
        for count, record in enumerate(records, 1):
            self._add(record)
            seen("read", count)
        self._compare(lambda count: seen("compare", count))
        self._settle(lambda count: seen("cluster", count))
        self._base.commit()
        self._new, self._dirty = [], set()
        return self.tally

    def events(self) -> Iterator[CanonicalEvent]:
        """All events, by the day of their first mention."""
        rows = self._base.execute("SELECT body, part_of, relation FROM events ORDER BY place, id")
        for body, part_of, relation in rows:
            event = CanonicalEvent.model_validate_json(body)
            yield event.model_copy(update={"part_of": part_of, "relation": relation})

    # -- taking in --------------------------------------------------------------------------

    def _add(self, record: ArticleRecord) -> None:
        """A record that is known is left out; of two with one id the same one always stays."""
        digest = hashlib.blake2b(record.to_json().encode(), digest_size=16).digest()
        known = self._one("SELECT digest FROM articles WHERE id = ?", record.id)
        if known is not None:
            if bytes(known[0]) >= digest:
                self.tally.repeated += 1
                return
            self.tally.replaced += 1
            self._forget(record.id)
        else:
            self.tally.articles += 1
        signature = sign(record)
        self._base.execute(
            "INSERT OR REPLACE INTO articles VALUES (?, ?, ?)", (record.id, digest, signature)
        )
        for mention in mentions_of(record, signature):
            self._insert(mention)

    def _insert(self, mention: EventMention) -> None:
        n = self._next
        self._next += 1
        self._base.execute(
            "INSERT INTO mentions VALUES (?, ?, ?, ?)",
            (n, mention.article, dump_mention(mention), n),
        )
        self._base.executemany(
            "INSERT INTO keys VALUES (?, ?)", [(key, n) for key in keys_of(mention)]
        )
        self._new.append(n)
        self._dirty.add(n)
        self.tally.mentions += 1

    def _forget(self, article: str) -> None:
        """An article's mentions go; what they held together is parted and joined anew."""
        rows = self._all("SELECT n, component, body FROM mentions WHERE article = ?", article)
        gone = {n for n, _, _ in rows}
        self._new = [n for n in self._new if n not in gone]
        self._dirty -= gone
        for n, _, body in rows:
            for key in keys_of(load_mention(body)):
                self._base.execute("DELETE FROM keys WHERE key = ? AND n = ?", (key, n))
            self._base.execute("DELETE FROM edges WHERE one = ? OR other = ?", (n, n))
            self._base.execute("DELETE FROM mentions WHERE n = ?", (n,))
        for component in {component for _, component, _ in rows}:
            self._drop_events(component)
            left = self._all("SELECT n FROM mentions WHERE component = ?", component)
            self._base.execute(
                "UPDATE mentions SET component = n WHERE component = ?", (component,)
            )
            self._dirty |= {n for (n,) in left}

    # -- comparing ----------------------------------------------------------------------------

    def _compare(self, watch: Callable[[int], None]) -> None:
        """Each new mention with those it shares a block with: likely pairs become edges."""
        self._base.execute("CREATE TEMP TABLE fresh (n INTEGER PRIMARY KEY)")
        self._base.executemany("INSERT INTO fresh VALUES (?)", [(n,) for n in self._new])
        load = lru_cache(maxsize=_CACHED)(self._keyed)
        blocks = self._base.execute(
            "SELECT DISTINCT key FROM keys WHERE n IN (SELECT n FROM fresh) ORDER BY key"
        )
        fresh = set(self._new)
        for count, (key,) in enumerate(blocks, 1):
            members = [n for (n,) in self._all("SELECT n FROM keys WHERE key = ?", key)]
            if len(members) > 1:
                self._compare_block(key, members, fresh, load)
            if count % _BATCH == 0:
                watch(count)
        self._base.execute("DROP TABLE fresh")

    def _compare_block(
        self,
        key: int,
        members: Sequence[int],
        fresh: set[int],
        load: Callable[[int], tuple[EventMention, frozenset[int]]],
    ) -> None:
        """Pairs of a block with a new one among them; each pair in its first block alone."""
        likely: list[tuple[int, int, float]] = []
        for one, other in combinations(members, 2):
            if one not in fresh and other not in fresh:
                continue
            (mine, keys), (its, others) = load(one), load(other)
            if min(keys & others) != key or bar(mine, its):
                continue
            self.tally.compared += 1
            found = score(mine, its)
            if found > weights().one_action:
                likely.append((one, other, found))
        self.tally.likely += len(likely)
        self._base.executemany("INSERT OR REPLACE INTO edges VALUES (?, ?, ?)", likely)

    def _keyed(self, n: int) -> tuple[EventMention, frozenset[int]]:
        mention = self._mention(n)
        return mention, frozenset(keys_of(mention))

    def _mention(self, n: int) -> EventMention:
        row = self._one(
            "SELECT body, signature FROM mentions JOIN articles ON articles.id = article "
            "WHERE n = ?",
            n,
        )
        assert row is not None
        return load_mention(row[0], row[1])

    # -- clustering ---------------------------------------------------------------------------

    def _settle(self, watch: Callable[[int], None]) -> None:
        """Components that a new edge joins become one; each that changed is clustered anew."""
        touched = self._join_components()
        families: set[str] = set()
        for count, component in enumerate(sorted(touched), 1):
            families |= self._cluster(component)
            if count % _BATCH == 0:
                watch(count)
        self._link(families | self._lost)
        self._lost = set()
        (self.tally.events,) = self._all("SELECT count(*) FROM events")[0]

    def _join_components(self) -> set[int]:
        """Components as nodes, edges of changed mentions as ties: the smallest number names all."""
        parents: dict[int, int] = {}

        def root(node: int) -> int:
            while parents.setdefault(node, node) != node:
                parents[node] = parents[parents[node]]
                node = parents[node]
            return node

        for n in sorted(self._dirty):
            mine = self._component(n)
            root(mine)
            for one, other in self._all(
                "SELECT one, other FROM edges WHERE one = ? UNION ALL "
                "SELECT one, other FROM edges WHERE other = ?",
                n,
                n,
            ):
                first, second = root(mine), root(self._component(other if one == n else one))
                parents[max(first, second)] = min(first, second)
        moved = [(root(node), node) for node in parents if root(node) != node]
        for into, component in moved:
            self._drop_events(component)
            self._base.execute(
                "UPDATE mentions SET component = ? WHERE component = ?", (into, component)
            )
        return {root(node) for node in parents}

    def _component(self, n: int) -> int:
        row = self._one("SELECT component FROM mentions WHERE n = ?", n)
        assert row is not None
        return int(row[0])

    def _cluster(self, component: int) -> set[str]:
        """A component's mentions → its events; returns the families whose links may change."""
        self._drop_events(component)
        rows = self._all("SELECT n FROM mentions WHERE component = ?", component)
        mentions = {n: self._mention(n) for (n,) in rows}
        edges = [
            Edge(mentions[one].key, mentions[other].key, tie)
            for one, other, tie in self._all(
                "SELECT one, other, score FROM edges WHERE one IN "
                "(SELECT n FROM mentions WHERE component = ?)",
                component,
            )
        ]
        families: set[str] = set()
        for found in cluster(list(mentions.values()), edges):
            event = make_event(found)
            outline = outline_of(event)
            place = found.mentions[0].published or _UNDATED
            self._base.execute(
                "INSERT INTO events VALUES (?, ?, ?, ?, ?, NULL, NULL)",
                (event.id, component, place, event.to_json(), dump_outline(outline)),
            )
            self._base.executemany(
                "INSERT INTO families VALUES (?, ?)",
                [(family, event.id) for family in outline.families],
            )
            families |= set(outline.families)
            self.tally.clusters += 1
        return families

    def _drop_events(self, component: int) -> None:
        for (name,) in self._all("SELECT id FROM events WHERE component = ?", component):
            self._lost |= self._families_of((name,))
            self._base.execute("DELETE FROM families WHERE event = ?", (name,))
            self._base.execute("DELETE FROM events WHERE id = ?", (name,))

    def _link(self, families: set[str]) -> None:
        """Parts to wholes, in every family that lost or gained an event."""
        changed = {
            name
            for family in families
            for (name,) in self._all("SELECT event FROM families WHERE family = ?", family)
        }
        found: dict[str, list[tuple[tuple[object, ...], Link]]] = {name: [] for name in changed}
        for family in sorted(self._families_of(changed)):
            lines = self._all(
                "SELECT outline FROM families JOIN events ON id = event WHERE family = ?", family
            )
            for name, links in link_family([load_outline(line) for (line,) in lines]).items():
                if name in found:
                    found[name] += links
        for name, links in found.items():
            part_of, relation = nearest(links) or (None, None)
            self._base.execute(
                "UPDATE events SET part_of = ?, relation = ? WHERE id = ?",
                (part_of, relation, name),
            )

    def _families_of(self, events: Iterable[str]) -> set[str]:
        query = "SELECT family FROM families WHERE event = ?"
        return {family for event in events for (family,) in self._all(query, event)}

    # -- SQL ----------------------------------------------------------------------------------

    def _one(self, query: str, *values: object) -> Row | None:
        found: Row | None = self._base.execute(query, values).fetchone()
        return found

    def _all(self, query: str, *values: object) -> list[Row]:
        return self._base.execute(query, values).fetchall()


def _open(path: Path | None) -> sqlite3.Connection:
    """A store's file, made where there is none; without a path a temporary one."""
    new = path is None or not path.exists() or path.stat().st_size == 0
    base = sqlite3.connect(path if path is not None else "")
    try:
        base.execute("PRAGMA journal_mode = WAL" if path else "PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = NORMAL" if path else "PRAGMA synchronous = OFF")
        if new:
            base.executescript(_TABLES)
            base.execute("INSERT INTO layout VALUES (?, ?)", (LAYOUT, rules_digest()))
            base.commit()
            return base
        known = base.execute("SELECT number, rules FROM layout").fetchone()
    except sqlite3.DatabaseError as error:
        base.close()
        raise StoreError(f"{path}: no store of extractor: {error}") from error
    if known != (LAYOUT, rules_digest()):
        base.close()
        raise StoreError(
            f"{path}: made by other rules of resolution; make it anew from all records"
        )
    return base


def rules_digest() -> str:
    """Of the weights and names that decide: a store goes on only with those it began with."""
    digest = hashlib.blake2b(digest_size=8)
    for name in ("names.toml", "weights.toml"):
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()
