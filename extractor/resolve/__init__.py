"""Canonical events: what many articles in three languages say of one action, as one event.

Records become event mentions in canonical values (``mentions``); those that share a block
(``blocks``) are compared by named features (``pairs``), clustered under constraints
(``clusters``), and written down with a series for each quantity (``series``, ``canonical``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.records import ArticleRecord, CanonicalEvent
from extractor.resolve.store import Store, StoreError, Tally

__all__ = ["Store", "StoreError", "Tally", "resolve"]


def resolve(records: Iterable[ArticleRecord]) -> Iterator[CanonicalEvent]:
    """Records of many articles → one canonical event for each action, by day of first report.

    The order of the records does not matter. Two records of one article count once. Memory is
    bounded: what does not fit is kept in a temporary file.
    """
    with Store() as store:
        store.update(records)
        yield from store.events()
