"""Loads on their way: what has left and is told to come yet is neither delivered nor planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from extractor.match.context import Context
from extractor.match.parsed import Parsed
from extractor.match.tense import time_of
from extractor.types import Concept, Evidence, Figure, Span

_CARRIERS = frozenset({"vehicle", "flight"})
_DONE = frozenset({"collected", "delivered"})


def on_their_way(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«Отправили 40 тонн груза. Груз доставят двумя фурами»: tonnes and trucks are under way.

    Goods told of from where the load leaves to where it is said to come, unless it is said to have
    come in between.
    """
    told = [step for parsed in context.prose if _is_of_load(parsed) for step in _steps(parsed)]
    left = next((step for step in told if step.left), None)
    coming = next(
        (s for s in told if left is not None and s.yet and s.span.start > left.span.start), None
    )
    if left is None or coming is None or any(s.came for s in told if s.sentence <= coming.sentence):
        yield from figures
        return
    for figure in figures:
        between = left.sentence <= figure.sentence <= coming.sentence
        promised = figure.status == "planned" and figure.sentence == coming.sentence
        if between and _is_moved(figure) and (promised or figure.status in _DONE):
            evidence = Evidence("status", "ongoing", "yet_to_come", coming.span)
            kept = tuple(e for e in figure.evidence if e.field != "status")
            figure = replace(figure, status="ongoing", evidence=(*kept, evidence))
        yield figure


def _is_moved(figure: Figure) -> bool:
    """Goods, and what a load is worth."""
    priced = any(e.field == "status" and e.rule == "priced" for e in figure.evidence)
    return (figure.kind == "goods" or priced) and figure.scope != "each"


@dataclass(frozen=True, slots=True)
class _Step:
    """What a sentence says of a load: it left, it came, or it is yet to come."""

    sentence: int
    span: Span
    left: bool
    came: bool
    yet: bool


def _steps(parsed: Parsed) -> Iterator[_Step]:
    for hit in parsed.of_sort("load"):
        time, leaves = time_of(parsed, hit), hit.entry.id == "leaves"
        past = time == "past"
        yield _Step(
            parsed.sentence.index, hit.span, past and leaves, past and not leaves, time == "future"
        )


def _is_of_load(parsed: Parsed) -> bool:
    """Does the sentence speak of cargo, or of what carries it?"""
    concepts = (cast(Concept, hit.entry.meaning) for hit in parsed.of_sort("noun"))
    return any(c.unit in _CARRIERS or c.sort == "item" for c in concepts)
