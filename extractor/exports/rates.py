"""Rates of exchange that the user gives; without one, nothing is converted."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from extractor.exports.content import ExportError

FIELDS = ("currency", "date", "per_usd")
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rates:
    """By currency: the days from which a rate holds, rising, and the rates, in units per USD."""

    days: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[Decimal, ...]]

    def on(self, currency: str, day: str | None) -> Decimal | None:
        """«KZT», 2024-04-16 → the rate of that day or of the last one before it, if any.

        A rate without a date holds from the beginning; an undated sum takes no dated rate.
        """
        place = bisect_right(self.days.get(currency, ()), day or "")
        return self.values[currency][place - 1] if place else None


def to_usd(amount: Decimal, rate: Decimal | None) -> Decimal | None:
    """«45 000 KZT» at 450 → 100.00; without a rate nothing."""
    return None if rate is None else (amount / rate).quantize(CENT)


def read_rates(path: Path) -> Rates:
    """«currency,date,per_usd» a line: how many units one dollar costs; the date may be empty.

    Raises:
        ExportError: a line is no rate; the message names file and line.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if not set(FIELDS) <= set(reader.fieldnames or ()):
            raise ExportError(f"{path}: line 1: expected the columns {', '.join(FIELDS)}")
        rows = sorted(_rate(path, reader.line_num, row) for row in reader)
    return _by_currency(path, rows)


def _rate(path: Path, line: int, row: Mapping[str, str | None]) -> tuple[str, str, Decimal]:
    currency, day, value = ((row.get(name) or "").strip() for name in FIELDS)
    try:
        rate = Decimal(value)
        day = date.fromisoformat(day).isoformat() if day else ""
    except (InvalidOperation, ValueError) as problem:
        raise ExportError(f"{path}: line {line}: {day!r}, {value!r}: no rate") from problem
    if not (currency and rate.is_finite() and rate > 0):
        raise ExportError(f"{path}: line {line}: {currency!r}, {value!r}: no rate")
    return currency, day, rate


def _by_currency(path: Path, rows: Iterable[tuple[str, str, Decimal]]) -> Rates:
    days: dict[str, list[str]] = {}
    values: dict[str, list[Decimal]] = {}
    for currency, day, rate in rows:
        if day in days.get(currency, ()):
            raise ExportError(f"{path}: {currency} {day or 'without a date'}: two rates")
        days.setdefault(currency, []).append(day)
        values.setdefault(currency, []).append(rate)
    return Rates(
        {name: tuple(found) for name, found in days.items()},
        {name: tuple(found) for name, found in values.items()},
    )
