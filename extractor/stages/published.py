"""The day of publication: from metadata, from a dateline, or from the place line of the body.

A year is never guessed: «16 апреля», «вчера» and «04/05/2024» give nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

import regex

from extractor.types import Article, Zone

_FIRST_LINES = 4
_LONGEST_PREFIX = 80
_YEARS = range(1990, 2101)

Parts = tuple[int, int, int]


class MonthNames(Protocol):
    """«апреля» → 4, in any of the languages."""

    def month_of(self, word: str) -> int | None: ...


def find_published(article: Article, zones: Sequence[Zone], know: MonthNames) -> str | None:
    """«15 апреля 2024 14:01» → 2024-04-15; metadata first, then datelines, then place lines."""
    if article.published is not None:
        return read_date(article.published, know)
    for text in _places(article, zones):
        found = read_date(text, know)
        if found is not None:
            return found
    return None


def _places(article: Article, zones: Sequence[Zone]) -> Iterator[str]:
    """Where the day of publication stands: datelines, then what opens the first lines."""
    for zone in zones:
        if zone.kind == "dateline":
            yield zone.span.of(article.text)
    lines = (
        line
        for zone in zones
        if zone.kind in ("headline", "body")
        for line in article.text[
            zone.span.start : min(zone.span.stop, zone.span.start + 2000)
        ].splitlines()
        if line.strip()
    )
    for line, _ in zip(lines, range(_FIRST_LINES), strict=False):
        opening = _place_line().match(line)
        if opening:
            yield opening["prefix"]


@lru_cache(maxsize=1)
def _place_line() -> regex.Pattern[str]:
    """«АСТАНА, 15 апреля 2024 – …», «JEDDAH, April 9, 2024 (SPA) — …»: a place, a date, a dash."""
    return regex.compile(
        rf"\s*(?P<prefix>\p{{Lu}}[^.!?\n\u2013\u2014]{{5,{_LONGEST_PREFIX}}}?)\.?\s[\u2013\u2014-]\s"
    )


def read_date(text: str, know: MonthNames) -> str | None:
    """«April 9, 2024» → 2024-04-09: the first full date in the text."""
    found = [
        (match.start(), parts)
        for pattern, parse in _forms()
        for match in pattern.finditer(text)
        if (parts := parse(match, know)) is not None
    ]
    valid = [(start, iso) for start, parts in found if (iso := _iso(parts)) is not None]
    return min(valid)[1] if valid else None


def _iso(parts: Parts) -> str | None:
    try:
        day = date(*parts)
    except ValueError:
        return None
    return day.isoformat() if day.year in _YEARS else None


# --- forms ----------------------------------------------------------------------------------

Parse = Callable[["regex.Match[str]", MonthNames], Parts | None]


def year_first(match: regex.Match[str], know: MonthNames) -> Parts | None:
    """«2024-04-15T11:43», «2024.04.15»."""
    return int(match["y"]), int(match["m"]), int(match["d"])


def day_first(match: regex.Match[str], know: MonthNames) -> Parts | None:
    """«29.04.2024»; «04/05/2024» could be either order and gives nothing."""
    first, second = int(match["d"]), int(match["m"])
    if match["sep"] == "." or second <= 12 < first or first == second:
        return int(match["y"]), second, first
    return (int(match["y"]), first, second) if first <= 12 < second else None


def named_month(match: regex.Match[str], know: MonthNames) -> Parts | None:
    """«17 июля 2020», «April 9, 2024», «2022 жылғы 21 сәуір»."""
    month = know.month_of(match["month"])
    return (int(match["y"]), month, int(match["d"])) if month else None


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[regex.Pattern[str], Parse], ...]:
    year, day = r"(?P<y>\d{4})(?!\d)", r"(?<!\d)(?P<d>\d{1,2})"
    month = r"(?P<month>\p{L}{3,10})"
    return (
        (
            regex.compile(r"(?<!\d)(?P<y>\d{4})([-./])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)"),
            year_first,
        ),
        (regex.compile(rf"{day}(?P<sep>[./-])(?P<m>\d{{1,2}})(?P=sep){year}"), day_first),
        (
            regex.compile(
                rf"{day}(?:st|nd|rd|th)?[ \u00a0-]{{1,3}}{month}\.?,?[ \u00a0-]{{1,3}}{year}"
            ),
            named_month,
        ),
        (
            regex.compile(
                rf"{month}\.?[ \u00a0]{{1,3}}{day}(?:st|nd|rd|th)?,?[ \u00a0]{{1,3}}{year}"
            ),
            named_month,
        ),
        (
            regex.compile(rf"(?<!\d){year}[ \u00a0]\p{{L}}{{2,8}}[ \u00a0]{day}[ \u00a0]{month}"),
            named_month,
        ),
    )
