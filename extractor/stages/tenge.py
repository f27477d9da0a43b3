"""Sums in the monthly calculation index, with what they are worth in tenge on the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.knowledge import IndexValue
from extractor.types import Figure

_INDEX = "MCI"
_DAY = len("2024-04-16")


def value_in_tenge(
    figures: Sequence[Figure], published: str | None, index: Sequence[IndexValue]
) -> tuple[Figure, ...]:
    """«100 МРП» in an article of May 2024 → 369 200 tenge beside it; without a date nothing.

    The stated unit stays. Before the first day of the table and after its last nothing is said.
    """
    day = (published or "")[:_DAY]
    begun = [one for one in index if one.since <= day]
    if not begun or day > begun[-1].until:
        return tuple(figures)
    worth = begun[-1].tenge
    return tuple(
        replace(figure, tenge=figure.quantity.value * worth) if figure.unit == _INDEX else figure
        for figure in figures
    )
