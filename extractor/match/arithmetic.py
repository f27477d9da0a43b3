"""Equations between figures: n × each = total, parts = whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.types import Check, Figure

_GAP = Decimal("0.02")
# So many people get so much each; so many things cost so much each.
_COUNTED = frozenset({"recipients", "goods"})


def find_checks(figures: Sequence[Figure]) -> list[Check]:
    """n × each = total, parts = whole: every equation that the figures of an event make."""
    return [*_products(figures), *_sums(figures)]


def _products(figures: Sequence[Figure]) -> Iterator[Check]:
    """«11 мың отбасы × 15 мың теңге = 165 миллион теңге»."""
    singles = [f for f in figures if f.scope == "each" and f.same_as is None]
    counts = [f for f in figures if f.kind in _COUNTED and f.scope == "total"]
    for each in singles:
        totals = [
            f
            for f in figures
            if f.scope != "each"
            and f.unit == each.unit
            and f.item == each.item
            and f.same_as is None
        ]
        for count in counts:
            if count.kind == "goods" and each.kind != "money":
                continue
            for total in totals:
                check = _product(count, each, total)
                # A price that does not fit may be the price of something else.
                wrong = check is not None and check.verdict != "holds" and count.kind == "goods"
                if check is not None and not wrong:
                    yield check


def _product(count: Figure, each: Figure, total: Figure) -> Check | None:
    if count.same_as is not None or abs(count.sentence - total.sentence) > 2:
        return None
    expected = count.quantity.value * each.quantity.value
    stated = total.quantity.value
    if expected == 0 or stated == 0 or abs(total.sentence - each.sentence) > 2:
        return None
    gap = abs(expected - stated) / stated
    if gap > Decimal("0.75"):
        return None
    loose = "exact" not in (count.quantity.bound, total.quantity.bound)
    holds = gap <= (_GAP * 3 if loose else _GAP)
    return Check(
        "count*each=total",
        (count.id, each.id, total.id),
        expected,
        stated,
        "holds" if holds else "contradicts",
    )


def _sums(figures: Sequence[Figure]) -> Iterator[Check]:
    """«1885 + 1895 + … = 14 478»."""
    wholes = {f.of for f in figures if f.of is not None}
    for whole in figures:
        if whole.id not in wholes:
            continue
        parts = [f for f in figures if f.of == whole.id and f.unit == whole.unit and not f.same_as]
        if len(parts) < 2:
            continue
        expected = sum((part.quantity.value for part in parts), Decimal(0))
        if expected > whole.quantity.value * Decimal("1.5"):
            continue
        holds = abs(expected - whole.quantity.value) <= whole.quantity.value * Decimal("0.005")
        if holds or expected > whole.quantity.value:
            yield Check(
                "sum(parts)=whole",
                (*(part.id for part in parts), whole.id),
                expected,
                whole.quantity.value,
                "holds" if holds else "contradicts",
            )
