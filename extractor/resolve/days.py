"""EDTF periods as days: how far two reports of an action are apart in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extractor.edtf import edge_of

_OPEN = ".."


@dataclass(frozen=True, slots=True)
class Stretch:
    """First and last day as ordinals of ``datetime.date``; ``None`` is an open end."""

    start: int | None
    stop: int | None


@lru_cache(maxsize=65_536)
def read_period(period: str) -> Stretch | None:
    """«2020-04», «2020-01/2020-06», «../2024-04-16», «2023-21» → days; else nothing.

    >>> stretch = read_period("2020-04/..")
    >>> stretch.start == date(2020, 4, 1).toordinal(), stretch.stop
    (True, None)
    """
    first, slash, last = period.partition("/")
    last = last if slash else first
    start, stop = edge_of(first, last=False), edge_of(last, last=True)
    if (start is None and first != _OPEN) or (stop is None and last != _OPEN):
        return None
    return Stretch(start.toordinal() if start else None, stop.toordinal() if stop else None)


@lru_cache(maxsize=65_536)
def day_of(text: str | None) -> int | None:
    """«2024-04-16», «2024-04-16T09:00:00» → its ordinal; anything else is no day."""
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return None


def iso_day(ordinal: int | None) -> str | None:
    """An ordinal back to «2024-04-16»."""
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


def gap(one: Stretch, other: Stretch) -> int:
    """Days between two stretches, 0 where they meet; an open end meets all on its side."""
    if one.stop is not None and other.start is not None and one.stop < other.start:
        return other.start - one.stop
    if other.stop is not None and one.start is not None and other.stop < one.start:
        return one.start - other.stop
    return 0
