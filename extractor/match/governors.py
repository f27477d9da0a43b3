"""Which known phrase governs a place in a sentence: the nearest in its clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed

_WALLS = frozenset(";()\u2014\u2013\u00ab\u00bb\u201c\u201d")
_FENCES = frozenset(",:")
_WALL, _FENCE, _WRONG_SIDE, _NUMBER = 9, 4, 2.5, 2


@dataclass(frozen=True, slots=True)
class Cue:
    """A hit and how far it is: tokens, with clause borders counted as many."""

    hit: Hit
    distance: float


def distance(parsed: Parsed, first: int, last: int, hit: Hit) -> float:
    """«таратылды» behind «750 мың маска»: tokens between, borders weighing more.

    In a language whose verb stands last, what stands before a quantity is farther.
    """
    if hit.first > last:
        between = range(last + 1, hit.first)
        side = 1.0
    elif hit.last < first:
        between = range(hit.last + 1, first)
        side = _WRONG_SIDE if parsed.language.distributive_case else 1.0
    else:
        return 0.0
    return side * sum(_weight(parsed, index) for index in _outside_brackets(parsed, between))


def _outside_brackets(parsed: Parsed, between: range) -> Iterator[int]:
    """«4,800 families (24,000 people) have been affected»: a bracket shut again weighs nothing."""
    depth = 0
    texts = [parsed.tokens[index].text for index in between]
    balanced = texts.count("(") == texts.count(")")
    for index, text in zip(between, texts, strict=True):
        depth += (text == "(") - (text == ")")
        if not balanced or (depth == 0 and text != ")"):
            yield index


def _weight(parsed: Parsed, index: int) -> float:
    token = parsed.tokens[index]
    if token.text in _WALLS:
        return _WALL
    if token.text in _FENCES:
        return _FENCE
    return _NUMBER if token.value is not None else 1


def cues(
    parsed: Parsed, first: int, last: int, sort: str, fits: Callable[[Hit], bool] | None = None
) -> Iterator[Cue]:
    """All hits of a sort, nearest first; an entry counts once in each place."""
    found = [
        Cue(hit, distance(parsed, first, last, hit))
        for hit in parsed.of_sort(sort)
        if fits is None or fits(hit)
    ]
    found.sort(key=lambda cue: (cue.distance, cue.hit.first, -cue.hit.last, cue.hit.entry.id))
    yield from found


def nearest(
    parsed: Parsed, first: int, last: int, sort: str, fits: Callable[[Hit], bool] | None = None
) -> Cue | None:
    """The hit of a sort that governs tokens first..last, or none."""
    return next(cues(parsed, first, last, sort, fits), None)
