"""EDTF periods as their first and last day, where they have one."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

_POINT: Final = r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?"
# The months of EDTF's seasons 21 to 24: spring, summer, autumn, and the winter that ends a year.
_SEASONS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


def edge_of(point: str, *, last: bool, seasons: bool = True) -> date | None:
    """The first or the last day of «2020», «2020-04», «2020-21», «2020-04-15»; else nothing.

    Without ``seasons`` a season is no date.

    >>> edge_of("2024-02", last=True)
    datetime.date(2024, 2, 29)
    """
    found = re.fullmatch(_POINT, point)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month is None:
        month = 12 if last else 1
    elif seasons:
        month = _SEASONS.get(month, (month, month))[last]
    try:
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:  # a month 13, a 31 February, a year 0
        return None


def iso_days(period: str | None, *, seasons: bool = True) -> tuple[str | None, str | None]:
    """«2024-04» → 2024-04-01, 2024-04-30; «../2020-07» → nothing, 2020-07-31."""
    if period is None:
        return None, None
    first, _, stop = period.partition("/")
    start = edge_of(first, last=False, seasons=seasons)
    end = edge_of(stop or first, last=True, seasons=seasons)
    return start.isoformat() if start else None, end.isoformat() if end else None
