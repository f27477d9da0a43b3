"""``--to fts``: funding flows with the field names of OCHA's Financial Tracking Service.

Pledge, commitment and paid are rows of their own and are never added up. The amount and the
currency are those that were stated; dollars stand beside them only where ``--rates`` gives a
rate (or the sum is in dollars). A sum in MCI is not converted.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from extractor.edtf import iso_days
from extractor.exports.cells import csv_rows
from extractor.exports.content import Content, Report, whole_file
from extractor.exports.rates import Rates, to_usd
from extractor.exports.stated import Amount, Stated, stated
from extractor.io.tables import Cell

COLUMNS: Final = (
    "id",
    "status",
    "reportedStatus",
    "originalAmount",
    "originalAmountMax",
    "amountBound",
    "originalCurrency",
    "exchangeRate",
    "amountUSD",
    "date",
    "firstReportedDate",
    "flowType",
    "contributionType",
    "sourceOrganization",
    "destinationLocation",
    "destinationGlobalClusters",
    "keywords",
    "destinationProject",
    "parentFlowId",
    "description",
    "reportedBy",
    "reportDetails",
)
# What has happened to a sum, in the words of FTS.
FLOW_STATUS: Final[Mapping[str, str]] = {
    "planned": "pledge",
    "collected": "commitment",
    "ongoing": "commitment",
    "delivered": "paid",
}


def write(content: Content, path: Path, report: Report) -> None:
    """«records» → a CSV with a row for each sum of money."""
    rates = content.options.rates
    with whole_file(path) as draft, csv_rows(draft, COLUMNS, report=report) as rows:
        for one in stated(content, report):
            if one.amount is None:
                report.left_out["events without a figure"] += 1
            elif one.amount.kind != "money":
                report.left_out[f"{one.amount.kind} (no money)"] += 1
            else:
                rows(flow_cells(one, one.amount, rates, report))
                report.written["flows"] += 1


def flow_cells(one: Stated, amount: Amount, rates: Rates | None, report: Report) -> list[Cell]:
    """A stated sum → its cells in the order of ``COLUMNS``."""
    rate = _rate(amount.unit, one.day, rates)
    if rate is None:
        report.left_out["conversions (no rate given)"] += 1
    first, _ = iso_days(one.action.period, seasons=False)
    return [
        one.id,
        FLOW_STATUS.get(amount.status or ""),
        amount.status,
        amount.value,
        amount.max,
        amount.bound,
        amount.unit,
        rate,
        to_usd(amount.value, rate),
        first,
        one.day,
        "Standard",
        "financial",
        one.action.providers,
        one.action.locations,
        clusters_of(one.action.aid),
        one.action.aid,
        one.action.campaign,
        amount.of,
        amount.text,
        one.outlets,
        one.articles,
    ]


def _rate(currency: str, day: str | None, rates: Rates | None) -> Decimal | None:
    if currency == "USD":
        return Decimal(1)
    return rates.on(currency, day) if rates and currency != "MCI" else None


def clusters_of(aid: tuple[str, ...]) -> tuple[str, ...]:
    """«food, fodder» → Food Security, once; what has no cluster gives none."""
    return tuple(dict.fromkeys(filter(None, (_clusters().get(kind) for kind in aid))))


@lru_cache(maxsize=1)
def _clusters() -> Mapping[str, str]:
    path = Path(__file__).with_name("clusters.toml")
    found: Mapping[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["cluster"]
    return found
