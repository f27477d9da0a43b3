"""EDTF periods as a first and a last day, where they have one."""

from __future__ import annotations

from calendar import monthrange

import regex

_DAY = regex.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?")


def days_of(period: str | None) -> tuple[str | None, str | None]:
    """«2024-04» → 2024-04-01, 2024-04-30; «../2020-07» → nothing, 2020-07-31.

    A season («2024-21») and what is no date give nothing: HXL and FTS have no word for them.
    """
    if period is None:
        return None, None
    first, _, last = period.partition("/")
    return _edge(first, last=False), _edge(last or first, last=True)


def _edge(date: str, *, last: bool) -> str | None:
    found = _DAY.fullmatch(date)
    if found is None:
        return None
    year, month, day = found[1], found[2], found[3]
    if month is None:
        return f"{year}-12-31" if last else f"{year}-01-01"
    if not 1 <= int(month) <= 12:
        return None
    if day is None:
        day = f"{monthrange(int(year), int(month))[1]:02}" if last else "01"
    return f"{year}-{month}-{day}"
