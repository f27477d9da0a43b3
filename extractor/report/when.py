"""The days that an event may fall on, for the filter by time."""

from __future__ import annotations

import calendar
import re

from extractor.records import CanonicalEvent

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[~?%]?")
# EDTF's seasons as months: spring is March to May, winter runs into the next year's February.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
Days = tuple[str | None, str | None]


def days_of(event: CanonicalEvent) -> Days:
    """First and last day: of its period, else of the articles that report it; else nothing."""
    first, last = days_of_period(event.period) if event.period else (None, None)
    published = sorted(one.published for one in event.mentions if one.published)
    if published:
        first, last = first or published[0], last or max(published[-1], first or "")
    return first or last, last or first


def days_of_period(period: str) -> Days:
    """«2024-04» → 2024-04-01, 2024-04-30; «../2020-07» → nothing, 2020-07-31"""
    first, _, last = period.partition("/")
    return _edge(first, 0), _edge(last or first, 1)


def _edge(text: str, side: int) -> str | None:
    """The first (0) or the last (1) day of «2024», «2024-04», «2024-21», «2024-04-16»."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month is None:
        return f"{year}-12-31" if side else f"{year}-01-01"
    month = _SEASONS.get(month, (month, month))[side]
    if not 1 <= month <= 12:
        return None
    if day is None:
        day = calendar.monthrange(year, month)[1] if side else 1
    return f"{year:04}-{month:02}-{day:02}"
