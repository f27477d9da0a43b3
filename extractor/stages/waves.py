"""Waves: which round of an action that comes in several, «екінші толқын», «2-й этап»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.types import Mention, Refused, Span

# Tokens between the ordinal and its noun: «второй, более крупный этап».
_BETWEEN = 4
_MOST_WAVES = 20
_ORDINAL = frozenset({"ordinal", "label"})
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}


def find_waves(
    parsed: Sequence[Parsed], refused: Sequence[Refused], text: str
) -> tuple[Mention, ...]:
    """«екінші толқын», «II этап», «phase two» → mentions whose value is the wave's number."""
    ordinals: dict[int, list[Refused]] = {}
    for one in refused:
        if one.reason in _ORDINAL:
            ordinals.setdefault(one.sentence, []).append(one)
    found: list[Mention] = []
    for sentence in parsed:
        index = sentence.sentence.index
        for hit in sentence.of_sort("wave"):
            told = _numbered(sentence, hit, ordinals.get(index, ()))
            if told is not None:
                span, number = told
                found.append(Mention(span, "wave", span.of(text), index, value=str(number)))
    return tuple(found)


def _numbered(parsed: Parsed, hit: Hit, ordinals: Sequence[Refused]) -> tuple[Span, int] | None:
    """The ordinal that stands nearest before the noun, or right behind it."""
    for refused in sorted(ordinals, key=lambda one: -one.number.last):
        number = refused.number
        before = 0 < hit.first - number.last <= _BETWEEN
        behind = number.first - hit.last == 1
        whole = number.value == int(number.value) and 1 <= number.value <= _MOST_WAVES
        if whole and (before or behind):
            first, last = min(number.first, hit.first), max(number.last, hit.last)
            return parsed.span(first, last), int(number.value)
    roman = _ROMAN.get(parsed.norm(hit.first - 1))
    return (parsed.span(hit.first - 1, hit.last), roman) if roman else None
