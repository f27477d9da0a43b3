"""Figures tied together: the same thing said again, and the slice of a stated whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.types import Figure

_ROUNDING = Decimal("0.11")
_NEAR = 2


def link_figures(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """«21 мыңнан астам отбасы … 21 864 отбасы» → same_as; «оның ішінде 11 904» → of."""
    linked: list[Figure] = []
    for figure in figures:
        original = _same(figure, linked)
        if original is not None:
            root = original.same_as or original.id
            linked.append(_inherit(replace(figure, same_as=root), original))
            continue
        whole = _whole(figure, linked)
        linked.append(replace(figure, of=whole.id) if whole is not None else figure)
    return tuple(linked)


def _inherit(figure: Figure, original: Figure) -> Figure:
    """A repetition has the status of what it repeats, unless its own verb says more."""
    defaulted = any(e.field == "status" and e.rule == "default" for e in figure.evidence)
    return replace(figure, status=original.status) if defaulted else figure


# -- the same thing said again ------------------------------------------------------------------


def _same(figure: Figure, earlier: Sequence[Figure]) -> Figure | None:
    for rule in SAME:
        found = next((other for other in earlier if rule(figure, other)), None)
        if found is not None:
            return found
    return None


def _alike(figure: Figure, other: Figure) -> bool:
    return (
        figure.kind == other.kind
        and figure.unit == other.unit
        and (figure.item == other.item or None in (figure.item, other.item))
        and (figure.scope == "each") == (other.scope == "each")
    )


def repeated(figure: Figure, other: Figure) -> bool:
    """«50 миллионов тенге … 50 миллионов тенге»: an uncommon number said twice."""
    equal = figure.quantity.value == other.quantity.value
    apart = figure.sentence != other.sentence
    return equal and apart and _alike(figure, other) and figure.kind != "share"


def rounded(figure: Figure, other: Figure) -> bool:
    """«более 10 000 тонн … 10 520 тонн»: the rounded one and the exact one."""
    if figure.sentence == other.sentence or not _alike(figure, other):
        return False
    if figure.scope == "each" or figure.kind == "share":
        return False
    return _rounds(other, figure) or _rounds(figure, other)


def _rounds(loose: Figure, exact: Figure) -> bool:
    low, value = loose.quantity.value, exact.quantity.value
    if value < 100 or low == 0:
        return False
    if loose.quantity.bound == "min":
        return low < value <= low * (1 + _ROUNDING) and value != low
    if loose.quantity.bound == "approx":
        return abs(value - low) <= low * _ROUNDING / 2
    return False


def converted(figure: Figure, other: Figure) -> bool:
    """«45 МРП (166 140 тенге)»: the same sum in another currency, in brackets."""
    if figure.kind != "money" or other.kind != "money" or figure.unit == other.unit:
        return False
    gap = figure.span.start - other.span.stop
    return figure.sentence == other.sentence and 0 <= gap <= 3


SAME: tuple[Callable[[Figure, Figure], bool], ...] = (converted, repeated, rounded)


# -- the slice of a whole -----------------------------------------------------------------------


def _whole(figure: Figure, earlier: Sequence[Figure]) -> Figure | None:
    if figure.scope != "part":
        return None
    near = [o for o in reversed(earlier) if figure.sentence - o.sentence <= _NEAR]
    if figure.kind == "share":
        countable = [o for o in near if o.kind not in ("share", "money") and o.scope != "each"]
        return countable[0] if countable else None
    for other in near:
        fits = other.unit == figure.unit and other.scope != "each" and other.kind == figure.kind
        if fits and other.quantity.value > figure.quantity.value and other.scope == "total":
            return other
    return None
