"""The days that an event may fall on, for the filter by time."""

from __future__ import annotations

from extractor.edtf import iso_days
from extractor.records import CanonicalEvent

Days = tuple[str | None, str | None]


def days_of(event: CanonicalEvent) -> Days:
    """First and last day: of its period, else of the articles that report it; else nothing."""
    first, last = iso_days(event.period)
    published = sorted(one.published for one in event.mentions if one.published)
    if published:
        first, last = first or published[0], last or max(published[-1], first or "")
    return first or last, last or first
