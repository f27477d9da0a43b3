"""A text cut where its marks begin and end, so that no offset has to cross into the browser.

Offsets here count code points; a browser counts UTF-16 units. What travels is the pieces.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """«f3» on ``text[start:end]``: a figure (f), a number left out (r), a name (n)."""

    id: str
    start: int
    end: int


# A piece without marks is its text alone; else the text and the ids of the marks that cover it.
Piece = str | tuple[str, ...]


def cut_text(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """«120 families got it», f1 on «120 families» → ("120 families", "f1"), " got it".

    The pieces joined are the text; marks may overlap. A mark beyond the text is an error.

    Raises:
        ValueError: a mark does not lie in the text: these are not the words it was made for.
    """
    listed = tuple(marks)
    for mark in listed:
        if not 0 <= mark.start < mark.end <= len(text):
            raise ValueError(
                f"{mark.id} [{mark.start}:{mark.end}] is not in {len(text)} characters"
            )
    inner = {edge for mark in listed for edge in (mark.start, mark.end)}
    edges = sorted({0, len(text), *inner})
    return tuple(
        _piece(text[start:end], [one.id for one in listed if one.start <= start and end <= one.end])
        for start, end in pairwise(edges)
    )


def _piece(words: str, ids: list[str]) -> Piece:
    return (words, *ids) if ids else words
