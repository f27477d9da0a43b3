"""Comparators: «не менее 10», «15 мыңнан астам», «20 млн теңгеден асатын», «500 or so»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from extractor.fast import fast_dataclass
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.match.words import BoundWord
from extractor.types import Bound, Noun, Number, Span

_LEVEL_LEFT = 12
_LEVEL_RIGHT = 2


@fast_dataclass(frozen=True, slots=True)
class Edge:
    """A comparator and the tokens it takes; none where it only says what follows."""

    bound: Bound
    span: Span | None
    first: int
    last: int


def bound_before(parsed: Parsed, left: int, number: Number) -> Edge | None:
    """«не менее», «шамамен»: the comparator that ends right before the number."""
    if number.bound == "range" and parsed.norm(left - 1) in parsed.language.ranges.open:
        return None
    index = left - 1
    while index >= 0 and parsed.starting("filler", index) and not parsed.ending("bound", index):
        index -= 1
    for hit in parsed.ending("bound", index):
        word = cast(BoundWord, hit.entry.meaning)
        if word.side != "before":
            continue
        if word.kind == "exact" or (word.kind == "max" and _is_level(parsed, hit.first)):
            return None
        return Edge(word.kind, hit.span, hit.first, hit.last)
    return None


def _is_level(parsed: Parsed, index: int) -> bool:
    """«увеличить до 2 миллионов»: the new level of something, not a ceiling."""
    return any(parsed.ending("level", index - step) for step in range(1, _LEVEL_LEFT + 1))


def bound_after(parsed: Parsed, index: int, cases: frozenset[str | None]) -> Edge | None:
    """«-ден астам», «-ға жуық», «шақты»: the comparator after a number in its case."""
    if parsed.norm(index) == "+" and parsed.glued(index):
        return Edge("min", parsed.span(index, index), index, index)
    hits = [hit for hit in parsed.starting("bound", index) if _fits(parsed, hit, cases)]
    if not hits:
        return _loose_case(parsed, index)
    hit = max(hits, key=lambda h: (h.last, len(h.entry.form)))
    word = cast(BoundWord, hit.entry.meaning)
    if word.kind == "max" and _is_raised(parsed, hit.last):
        return Edge("exact", hit.span, hit.first, hit.first - 1)
    return Edge(word.kind, hit.span, hit.first, hit.last)


def _fits(parsed: Parsed, hit: Hit, cases: frozenset[str | None]) -> bool:
    """«300 человек | примерно», but not «15 домов | примерно 60 человек»."""
    word = cast(BoundWord, hit.entry.meaning)
    if word.side != "after" or word.case not in (None, *cases):
        return False
    others = parsed.ending("bound", hit.last)
    sides = {cast(BoundWord, other.entry.meaning).side for other in others}
    return "before" not in sides or not parsed.is_number(hit.last + 1)


def _loose_case(parsed: Parsed, index: int) -> Edge | None:
    """«2800 ден астам»: the ending of the number stands apart."""
    tail = parsed.language.tails.get(parsed.norm(index))
    if tail is None or tail.case is None or index < 1:
        return None
    if parsed.tokens[index - 1].value is None or not parsed.starting("bound", index + 1):
        return None
    return bound_after(parsed, index + 1, frozenset((tail.case,)))


def _is_raised(parsed: Parsed, index: int) -> bool:
    """«42 мың теңгеге дейін өсіру»: a level, not a ceiling."""
    return any(parsed.starting("level", index + step) for step in range(1, _LEVEL_RIGHT + 1))


def bound_behind(parsed: Parsed, nouns: Sequence[Noun], last: int, ceiling: int) -> Edge | None:
    """«20 млн теңгеден астам», «80%-дан астам»: the comparator after the unit in its case."""
    found = _behind(parsed, nouns[-1], last) if last + 1 < ceiling else None
    if found is None and any(_is_equative(parsed, noun) for noun in nouns):
        return Edge("approx", None, last, last)
    return found


def _behind(parsed: Parsed, noun: Noun, last: int) -> Edge | None:
    cases = {noun.case} | {hit.reading.case for hit in parsed.ending("noun", noun.last)}
    if last > noun.last:
        tail = parsed.language.tails.get(parsed.norm(last))
        cases = {tail.case if tail else None}
    return bound_after(parsed, last + 1, frozenset(cases))


def _is_equative(parsed: Parsed, noun: Noun) -> bool:
    """«700 миллион теңгедей», «төрт мың литрдей»."""
    return any(hit.reading.case == "equ" for hit in parsed.ending("noun", noun.last))


def strongest(number: Number, edges: Sequence[Edge]) -> Bound:
    """The words beside a number outrank its form; a range stays a range."""
    if number.max is not None:
        return "range"
    return edges[0].bound if edges else number.bound
