"""A stated whole told piece by piece: in a list that words announce, or place by place.

What stands right behind «оның ішінде», «в том числе», «including» ``match.scopes`` sees; here
the list goes on, in the same sentence or in the lines below a colon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate

from extractor.match.context import Context
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.types import Figure

# So many lines a list may have, so far back may its whole stand, so near the colon its words.
_LINES, _BACK, _COLON = 40, 2, 5
_SIDES = frozenset({"before", "genitive"})


def listed_parts(context: Context, figures: Sequence[Figure]) -> Mapping[str, Figure]:
    """«2 340 отбасы. Оның ішінде: – 450 …; – 1 100 …» → each line's figure with its whole."""
    found: dict[str, Figure] = {}
    for place, figure in enumerate(figures):
        if not _is_open(figure):
            continue
        earlier = figures[max(0, place - _LINES) : place]
        whole = _in_sentence(context, figure, earlier, found) or _below(context, figure, earlier)
        if whole is not None:
            found[figure.id] = whole
    return found


def _is_open(figure: Figure) -> bool:
    return figure.scope == "total" and figure.kind in ("recipients", "goods", "money", "affected")


def _in_sentence(
    context: Context, figure: Figure, earlier: Sequence[Figure], found: Mapping[str, Figure]
) -> Figure | None:
    """«among them 450 large families | and 1,100 single-parent ones»: as the one before it."""
    last = earlier[-1] if earlier else None
    if last is None or last.sentence != figure.sentence or last.kind != figure.kind:
        return None
    parsed = context.parsed[figure.sentence]
    if not _is_coordinated(parsed, last, figure):
        return None
    if last.id not in found and not _is_announced(parsed, last):
        return None
    whole = found.get(last.id) or next((f for f in earlier if f.id == last.of), None)
    return _whole_of(figure, [whole] if whole else earlier[:-1])


def _is_announced(parsed: Parsed, part: Figure) -> bool:
    """Is it a part by words before it, or a sort of what stands before its colon or bracket?"""
    if part.scope != "part":
        return False
    words = any(hit.last < part.quantity.first for hit in _announcements(parsed))
    return words or any(e.rule == "understood" for e in part.evidence if e.field == "scope")


def _announcements(parsed: Parsed) -> Iterator[Hit]:
    for hit in parsed.of_sort("scope"):
        if hit.entry.id == "part" and hit.entry.meaning in _SIDES:
            yield hit


def _is_coordinated(parsed: Parsed, last: Figure, figure: Figure) -> bool:
    """A comma or a joiner stands between two terms, and no verb that tells something new."""
    first, stop = last.quantity.last + 1, figure.quantity.first
    between = range(first, stop)
    joined = any(parsed.norm(i) in (",", ";") or parsed.starting("and", i) for i in between)
    told = any(hit.reading.tense for hit in parsed.between("verb", first, stop - 1))
    return joined and not told


def _below(context: Context, figure: Figure, earlier: Sequence[Figure]) -> Figure | None:
    """«Оның ішінде: | – 450 көпбалалы отбасы;»: a line below the colon."""
    index = figure.sentence
    if not context.parsed[index].is_list_line:
        return None
    for opening in range(index - 1, max(-1, index - _LINES), -1):
        parsed = context.parsed[opening]
        if parsed.is_list_line:
            continue
        near = [f for f in earlier if 0 <= opening - f.sentence <= _BACK]
        return _whole_of(figure, near) if _opens_list(parsed) else None
    return None


def _opens_list(parsed: Parsed) -> bool:
    end = len(parsed.tokens) - 1
    colon = parsed.norm(end) == ":"
    return colon and any(end - hit.last <= _COLON for hit in _announcements(parsed))


def _whole_of(figure: Figure, earlier: Sequence[Figure]) -> Figure | None:
    """The last larger total of the same things before it."""
    fitting = (
        other
        for other in reversed(earlier)
        if (other.kind, other.unit) == (figure.kind, figure.unit)
        and other.scope == "total"
        and other.quantity.value > figure.quantity.value
        and other.same_as != figure.id
    )
    return next(fitting, None)


# -- place by place -------------------------------------------------------------------------------

_FEWEST, _STORY = 3, 4
_TELLING = frozenset({"recipients", "goods", "money"})
_HOMES = frozenset({"family", "house"})
_ABOUT = Decimal("1.12")


def placed_parts(context: Context, figures: Sequence[Figure]) -> Mapping[str, Figure]:
    """«717 families … 298 in Kostanay region, 135 in …, 121 in …» → each with the 717.

    Three places at least, each with its number, that together make no more than the whole.
    """
    found: dict[str, Figure] = {}
    start = 0
    while start < len(figures):
        run = _series(context, figures[start : start + _LINES])
        whole, parts = _whole_of_places(context, run, figures[max(0, start - _LINES) : start])
        found.update({figure.id: whole for figure in parts} if whole is not None else {})
        start += max(1, len(parts))
    return found


def _series(context: Context, figures: Sequence[Figure]) -> list[Figure]:
    """The figures in a row that count one thing, each in a place of its own."""
    run: list[Figure] = []
    for figure in figures:
        plain = figure.scope == "total" and figure.kind in _TELLING and not figure.same_as
        if not plain or (run and not _goes_on(context, run[-1], figure)):
            break
        run.append(figure)
    return run if len(run) >= _FEWEST else []


def _goes_on(context: Context, last: Figure, figure: Figure) -> bool:
    """The same thing counted, in this sentence or the next, and a place between the two."""
    parsed = context.parsed[figure.sentence]
    return (
        figure.sentence - last.sentence <= 1
        and figure.status == last.status
        and _thing(figure) == _thing(last)
        and not parsed.ending("additive_before", figure.quantity.first - 1)
        and bool(_places(context, _between(context, last, figure)))
    )


def _thing(figure: Figure) -> tuple[str, str | None]:
    """Families get houses: «24 квартиры в Астане, в Павлодаре — 76 семьям»."""
    return ("home", None) if figure.unit in _HOMES else (figure.unit, figure.item)


_Stretch = tuple[int, int, int]


def _between(context: Context, last: Figure, figure: Figure) -> list[_Stretch]:
    """Sentence, first and last token of what stands between two figures."""
    here, there = figure.sentence, last.sentence
    if here == there:
        return [(here, last.quantity.last + 1, figure.quantity.first - 1)]
    return [_behind(context, last), _before(figure)]


def _before(figure: Figure) -> _Stretch:
    return figure.sentence, 0, figure.quantity.first - 1


def _behind(context: Context, figure: Figure) -> _Stretch:
    end = len(context.parsed[figure.sentence].tokens) - 1
    return figure.sentence, figure.quantity.last + 1, end


def _places(context: Context, stretches: Sequence[_Stretch]) -> list[Hit]:
    return [
        hit
        for sentence, first, last in stretches
        for hit in context.parsed[sentence].between("place", first, last)
    ]


def _whole_of_places(
    context: Context, run: Sequence[Figure], earlier: Sequence[Figure]
) -> tuple[Figure | None, Sequence[Figure]]:
    """The total before that the first so many places make up, or that leaves room for others."""
    wholes = [
        other
        for other in reversed(earlier)
        if run
        and run[0].sentence - other.sentence <= _STORY
        and other.scope == "total"
        and other.kind in _TELLING
        and _is_of(run[0], other)
    ]
    sums = list(accumulate(figure.quantity.value for figure in run))
    for whole in wholes:
        if whole.quantity.value in sums[_FEWEST - 1 :]:
            return whole, run[: sums.index(whole.quantity.value) + 1]
    for whole in wholes:
        most = whole.quantity.value * (_ABOUT if whole.quantity.bound == "min" else 1)
        if _has_places(context, run) and sums[-1] <= most:
            return whole, run
    return None, ()


def _has_places(context: Context, run: Sequence[Figure]) -> bool:
    """As many places as figures: one more before the first or behind the last."""
    return bool(_places(context, [_before(run[0]), _behind(context, run[-1])]))


def _is_of(figure: Figure, whole: Figure) -> bool:
    same = _thing(figure) == _thing(whole) or (
        figure.unit == whole.unit and None in (figure.item, whole.item)
    )
    return same and figure.quantity.value < whole.quantity.value
