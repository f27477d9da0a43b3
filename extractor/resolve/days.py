"""EDTF periods as days: how far two reports of an action are apart in time."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

# The months of EDTF's seasons 21 to 24: spring, summer, autumn, and the winter that ends a year.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


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
    start, stop = _days(first), _days(last if slash else first)
    if (start is None and first != "..") or (stop is None and (last if slash else first) != ".."):
        return None
    return Stretch(start[0] if start else None, stop[1] if stop else None)


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


def _days(point: str) -> tuple[int, int] | None:
    """«2020», «2020-04», «2020-21», «2020-04-15» → its first and last day."""
    parts = point.split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            year = numbers[0]
            return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        if len(numbers) == 2:
            first, last = _SEASONS.get(numbers[1], (numbers[1], numbers[1]))
            end = date(numbers[0], last, monthrange(numbers[0], last)[1])
            return date(numbers[0], first, 1).toordinal(), end.toordinal()
        if len(numbers) == 3:
            day = date(*numbers).toordinal()
            return day, day
    except (ValueError, TypeError, IndexError):
        return None
    return None
