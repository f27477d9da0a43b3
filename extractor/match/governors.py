"""Which known phrase governs a place in a sentence: the nearest in its clause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from extractor.fast import fast_dataclass
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed

# Words farther than this govern nothing, whatever stands between.
_HORIZON = 60
_WRONG_SIDE = 2.5


@fast_dataclass(frozen=True, slots=True)
class Cue:
    """A hit and how far it is: tokens, with clause borders counted as many."""

    hit: Hit
    distance: float


def distance(parsed: Parsed, first: int, last: int, hit: Hit) -> float:
    """«таратылды» behind «750 мың маска»: tokens between, borders weighing more.

    In a language whose verb stands last, what stands before a quantity is farther.
    A bracket opened and shut between the two weighs nothing.
    """
    if hit.first > last:
        return parsed.weight(last + 1, hit.first)
    if hit.last < first:
        if _labels(parsed, hit, first - 1):
            return 1.0
        side = _WRONG_SIDE if parsed.language.suffixed else 1.0
        return side * parsed.weight(hit.last + 1, first)
    return 0.0


_DASHES = frozenset({"-", "\u2013", "\u2014"})


def _labels(parsed: Parsed, hit: Hit, dash: int) -> bool:
    """«салынып жатқаны – 1 472 үй», «Кезекте – 70 бала»: what happened, where a verb stands last,
    before the dash that its number follows."""
    if hit.entry.sort not in ("verb", "role") or not parsed.language.suffixed:
        return False
    # «салынып | жатқаны»
    auxiliary = hit.last == dash - 2 and bool(parsed.starting("verb", dash - 1))
    return parsed.norm(dash) in _DASHES and (hit.last == dash - 1 or auxiliary)


def cues(
    parsed: Parsed, first: int, last: int, sort: str, fits: Callable[[Hit], bool] | None = None
) -> Iterator[Cue]:
    """The hits of a sort around tokens first..last, nearest first."""
    hits = parsed.of_sort(sort)
    start = bisect_left(hits, first - _HORIZON, key=_first)
    stop = bisect_left(hits, last + _HORIZON, key=_first)
    found = [
        Cue(hit, distance(parsed, first, last, hit))
        for hit in hits[start:stop]
        if fits is None or fits(hit)
    ]
    found.sort(key=lambda cue: (cue.distance, cue.hit.first, -cue.hit.last, cue.hit.entry.id))
    yield from found


def _first(hit: Hit) -> int:
    return hit.first


def nearest(
    parsed: Parsed, first: int, last: int, sort: str, fits: Callable[[Hit], bool] | None = None
) -> Cue | None:
    """The hit of a sort that governs tokens first..last, or none."""
    return next(cues(parsed, first, last, sort, fits), None)
