"""The one notation of a quantity: in ``repr``, examples, ``explain``, tests, diffs and displays."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from extractor.types import Bound

_SIGNS = {"exact": "=", "approx": "\u2248", "min": "\u2265", "max": "\u2264", "vague": "~"}


class Notable(Protocol):
    """What can be noted down: a figure, a quantity, or the record of one."""

    @property
    def value(self) -> Decimal: ...
    @property
    def max(self) -> Decimal | None: ...
    @property
    def bound(self) -> Bound: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def item(self) -> str | None: ...


def notation(quantity: Notable) -> str:
    """«=120 kit food_basket», «≥15000 family», «≤7», «≈300 person», «10..20», «~1000 family».

    The sign is the bound: = exact, ≥ at least, ≤ at most, ≈ about, ~ vague («тысячи»).

    >>> import extractor
    >>> notation(extractor.quantities("about 300 people", "en")[0])
    '≈300 person'
    """
    number = plain(quantity.value)
    if quantity.max is not None:
        number = f"{number}..{plain(quantity.max)}"
    else:
        number = _SIGNS.get(quantity.bound, "=") + number
    return " ".join(part for part in (number, quantity.unit, quantity.item) if part)


def plain(value: Decimal) -> str:
    """«Decimal('1.50E+3')» → 1500: no exponent, no zeros behind the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
