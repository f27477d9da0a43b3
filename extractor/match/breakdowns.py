"""Announced breakdowns: «оның ішінде», «в том числе», «these include», with their lists.

What stands right behind the announcement ``match.scopes`` sees; here the list goes on, in the
same sentence or in the lines below a colon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
