"""The same thing said again: headline and body, rounded and exact, in another currency."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.match.context import Context
from extractor.types import Figure

_ROUNDING = Decimal("0.11")


def with_things(figures: Sequence[Figure]) -> Iterator[Figure]:
    """«Two waves, nine thousand parcels»: of what, where the article tells of one kind alone."""
    things: dict[str, set[str]] = {}
    for figure in figures:
        if figure.kind == "goods" and figure.item is not None:
            things.setdefault(figure.unit, set()).add(figure.item)
    for figure in figures:
        items = things.get(figure.unit, set())
        bare = figure.kind == "goods" and figure.item is None and figure.unit in _LOADS
        yield replace(figure, item=next(iter(items))) if bare and len(items) == 1 else figure


# Sets and weights say nothing of what is in them.
_LOADS = frozenset({"kit", "tonne", "kilogram", "litre"})


def repetitions(figures: Sequence[Figure]) -> Iterator[Figure]:
    earlier: dict[tuple[str, str, int], list[Figure]] = {}
    last: Figure | None = None
    for figure in figures:
        candidates = [last] if last is not None else []
        for step in (-1, 0, 1):
            candidates += earlier.get((figure.kind, figure.unit, _order(figure) + step), [])
        original = _same(figure, sorted(set(candidates), key=_position))
        if original is not None:
            figure = _inherit(replace(figure, same_as=original.same_as or original.id), original)
        bucket = earlier.setdefault((figure.kind, figure.unit, _order(figure)), [])
        if len(bucket) < _BUCKET:
            bucket.append(figure)
        last = figure
        yield figure


_BUCKET = 64


def _order(figure: Figure) -> int:
    """Values within a tenth of each other have orders at most one apart."""
    value = float(figure.quantity.value)
    return round(math.log(value, 1.12)) if value > 0 else 0


def _position(figure: Figure) -> int:
    return figure.span.start


def _inherit(figure: Figure, original: Figure) -> Figure:
    """A repetition is of the status and scope of what it repeats, where its own words say none."""
    told = {e.field for e in figure.evidence if e.rule != "default"}
    if "status" not in told:
        figure = replace(figure, status=original.status)
    if "scope" not in told and original.scope == "each":
        figure = replace(figure, scope="each")
    return figure


def told_later(context: Context, figures: Sequence[Figure]) -> Iterator[Figure]:
    """«530 күрте», says the headline without a verb; «530 күрте жиналды», says the body: what is
    told of the repetition is told of both, where no verb of the headline can have been missed."""
    said: dict[str, Figure] = {}
    for figure in figures:
        if figure.same_as is not None and not defaulted(figure, "status"):
            said.setdefault(figure.same_as, figure)
    for figure in figures:
        later = said.get(figure.id)
        silent = defaulted(figure, "status") and figure.status is not None
        silent = silent and context.parsed[figure.sentence].language.suffixed
        yield replace(figure, status=later.status) if silent and later is not None else figure


def _same(figure: Figure, earlier: Sequence[Figure]) -> Figure | None:
    for rule in SAME:
        found = next((other for other in earlier if rule(figure, other)), None)
        if found is not None:
            return found
    return None


def alike(figure: Figure, other: Figure) -> bool:
    same_thing = figure.item == other.item or None in (figure.item, other.item)
    return figure.kind == other.kind and figure.unit == other.unit and same_thing


def defaulted(figure: Figure, field: str) -> bool:
    return not any(e.field == field and e.rule != "default" for e in figure.evidence)


def repeated(figure: Figure, other: Figure) -> bool:
    """«50 миллионов тенге … 50 миллионов тенге»: an uncommon number said twice."""
    equal = (
        figure.quantity.value == other.quantity.value and figure.quantity.max == other.quantity.max
    )
    apart = figure.sentence != other.sentence
    if not (equal and apart and alike(figure, other)) or figure.kind == "share":
        return False
    told = defaulted(figure, "scope") or (other.sentence == 0 and defaulted(other, "scope"))
    if figure.scope != other.scope and (not told or figure.scope == "each"):
        return False
    return figure.unit != "MCI" and (
        figure.quantity.value >= 10 or figure.sentence - other.sentence < 4
    )


def rounded(figure: Figure, other: Figure) -> bool:
    """«более 10 000 тонн … 10 520 тонн»: the rounded one and the exact one."""
    if figure.sentence == other.sentence or not alike(figure, other):
        return False
    if figure.scope == other.scope == "each":
        return _heads_each(other, figure)
    if "each" in (figure.scope, other.scope) or figure.kind == "share":
        return False
    return _rounds(other, figure) or _rounds(figure, other) or _heads(other, figure)


def _heads(lead: Figure, told: Figure) -> bool:
    """«78 мың доллар» on top, «78 431 доллар» below it: a headline leaves out the small digits."""
    short, full = lead.quantity.value, told.quantity.value
    first = lead.sentence == 0 and lead.quantity.bound == told.quantity.bound == "exact"
    if not first or not 0 < short < full or told.kind not in ("money", "goods", "recipients"):
        return False
    step = Decimal(1).scaleb(short.normalize().as_tuple().exponent)  # type: ignore[arg-type]
    return step >= _STEP and short >= 10 * step and full - short < step and full % step > 0


_STEP = 1000


def _heads_each(lead: Figure, told: Figure) -> bool:
    """«миллион теңгеден» on top, «әрқайсысы 1 013 060 теңге» below it: about as much for each."""
    short, full = lead.quantity.value, told.quantity.value
    exact = lead.quantity.bound == told.quantity.bound == "exact" and lead.kind == "money"
    if lead.sentence or not exact or short < _STEP * 100:
        return False
    return short < full and full - short <= short * _CLOSE


_CLOSE = Decimal("0.03")


def _rounds(loose: Figure, exact: Figure) -> bool:
    low, value = loose.quantity.value, exact.quantity.value
    if value < 100 or low == 0:
        return False
    if loose.quantity.bound == "min":
        return low < value <= low * (1 + _ROUNDING)
    if loose.quantity.bound == "approx":
        return abs(value - low) <= low * _ROUNDING / 2
    return False


def converted(figure: Figure, other: Figure) -> bool:
    """«45 МРП (166 140 тенге)», «100 АЕК, яғни 345 мың теңге»: the same sum in another unit."""
    if figure.kind != "money" or other.kind != "money" or figure.unit == other.unit:
        return False
    gap = figure.quantity.first - other.quantity.last
    return figure.sentence == other.sentence and 0 < gap <= 4


SAME: tuple[Callable[[Figure, Figure], bool], ...] = (converted, repeated, rounded)
