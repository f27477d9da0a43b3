"""Totals that are right: each canonical event once, and what cannot be added is left out aloud."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from extractor.records import CanonicalEvent, DerivedRecord, SeriesRecord, StatementRecord
from extractor.resolve.days import read_period

By = Literal["campaign", "region", "month", "item", "all"]
Measure = tuple[str, str, str | None]
# What is given, and to how many; need, helpers and requests are no aid that can be summed.
GIVEN = frozenset({"money", "goods", "recipients"})
UNKNOWN = "unknown"
_DONE = frozenset({"delivered", "ongoing"})
_EXAMPLES = 5


@dataclass(slots=True)
class Row:
    """The sum of one measure in one group. ``None`` where nothing of the sort is stated.

    ``delivered`` holds what is or is being handed over, ``unstated`` what no report says
    anything of; ``derived`` follows by arithmetic and is in none of the others.
    """

    group: str
    kind: str
    unit: str
    item: str | None
    planned: Decimal | None = None
    collected: Decimal | None = None
    delivered: Decimal | None = None
    unstated: Decimal | None = None
    derived: Decimal | None = None
    events: int = 0
    at_least: int = 0
    conflicts: int = 0
    falls: int = 0


@dataclass(slots=True)
class LeftOut:
    """What was not added: how often, and some events for which."""

    count: int = 0
    events: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows by group and measure, and what they leave out by reason."""

    rows: tuple[Row, ...]
    left_out: dict[str, LeftOut]


class Sums:
    """Canonical events, one after the other, to sums of what they give.

    A part of an event that states the same measure is left out, except where groups keep the
    two apart (``by="region"``). Vague and upper bounds, rates («15 000 each»), and sums that
    were replaced by later ones are no totals. Currencies and units are never converted.
    """

    def __init__(self, by: By = "all") -> None:
        self.by = by
        self._rows: dict[tuple[str, Measure], Row] = {}
        self._left_out: dict[str, LeftOut] = {}
        self._stated: dict[str, frozenset[Measure]] = {}
        # A part is judged by its whole, which may come later.
        self._parts: list[CanonicalEvent] = []

    def add(self, event: CanonicalEvent) -> None:
        self._stated[event.id] = frozenset(_measure(one) for one in event.series)
        if event.part_of is None:
            self._count(event)
        else:
            self._parts.append(event)

    def totals(self) -> Totals:
        """What all events add up to; nothing can be added after."""
        for part in self._parts:
            self._count(part)
        self._parts.clear()
        rows = sorted(self._rows.values(), key=lambda r: (r.group, r.kind, r.unit, r.item or ""))
        return Totals(tuple(rows), dict(sorted(self._left_out.items())))

    def stated(self, whole: str | None) -> frozenset[Measure]:
        return self._stated.get(whole or "", frozenset())

    def leave(self, reason: str, event: CanonicalEvent) -> None:
        entry = self._left_out.setdefault(reason, LeftOut())
        entry.count += 1
        if event.id not in entry.events and len(entry.events) < _EXAMPLES:
            entry.events.append(event.id)

    def row(self, event: CanonicalEvent, measure: Measure) -> Row:
        group = _group(event, measure, self.by)
        return self._rows.setdefault((group, measure), Row(group, *measure))

    def _count(self, event: CanonicalEvent) -> None:
        for one in event.series:
            _add(self, event, one)
        for derived in event.derived:
            _add_derived(self, event, derived)


def sum_events(events: Iterable[CanonicalEvent], by: By = "all") -> Totals:
    """Canonical events → sums of money by currency, of goods by item, of recipients by unit."""
    sums = Sums(by)
    for event in events:
        sums.add(event)
    return sums.totals()


def _measure(one: SeriesRecord | DerivedRecord) -> Measure:
    return one.kind, one.unit, one.item


def _add(sums: Sums, event: CanonicalEvent, series: SeriesRecord) -> None:
    reason = _refusal(sums, event, _measure(series))
    if reason is None and series.scope == "each":
        reason = "rate: so much each is no total"
    if reason is None and series.latest is None and series.planned is None:
        reason = "no total stated"
    told = list(_told(series))
    if reason is None and all(_is_open(statement) for _, statement in told):
        reason = "vague or upper bound"
    if reason is not None:
        sums.leave(reason, event)
        return
    row = sums.row(event, _measure(series))
    row.events += 1
    row.conflicts += bool(series.conflicts)
    row.falls += series.falls
    for column, statement in told:
        if _is_open(statement):
            sums.leave("vague or upper bound", event)
            continue
        row.at_least += statement.bound in ("min", "approx", "range")
        setattr(row, column, (getattr(row, column) or Decimal(0)) + statement.value)


def _add_derived(sums: Sums, event: CanonicalEvent, derived: DerivedRecord) -> None:
    reason = _refusal(sums, event, _measure(derived))
    if reason is not None:
        sums.leave(reason, event)
        return
    row = sums.row(event, _measure(derived))
    row.derived = (row.derived or Decimal(0)) + derived.value


def _refusal(sums: Sums, event: CanonicalEvent, measure: Measure) -> str | None:
    """Why a measure of an event must not be added: it counts no aid, or its whole counts it."""
    if measure[0] not in GIVEN:
        return f"{measure[0]}: no aid given"
    counted = measure in sums.stated(event.part_of)
    apart = sums.by == "region" and event.relation == "region"
    return f"part of a whole that states it ({event.relation})" if counted and not apart else None


def _told(series: SeriesRecord) -> Iterator[tuple[str, StatementRecord]]:
    """The latest total and the latest plan, each with the column it belongs to."""
    statements = series.statements
    done = [s for s in statements if s.label == "cumulative" and s.value == series.latest]
    plans = [s for s in statements if s.label == "plan"]
    if done:
        status = done[-1].status
        if status in _DONE:
            yield "delivered", done[-1]
        else:
            yield ("collected" if status == "collected" else "unstated"), done[-1]
    if plans:
        yield "planned", plans[-1]


def _is_open(statement: StatementRecord) -> bool:
    return statement.bound in ("vague", "max")


# --- groups --------------------------------------------------------------------------------------


def _group(event: CanonicalEvent, measure: Measure, by: By) -> str:
    if by == "campaign":
        campaign = event.campaign
        return (campaign.id or campaign.text) if campaign else UNKNOWN
    if by == "region":
        return " ".join(event.locations) or UNKNOWN
    if by == "month":
        return _month(event)
    if by == "item":
        return measure[2] or measure[0]
    return "all"


def _month(event: CanonicalEvent) -> str:
    """The month it ended in: of its period, else that most of its statements are from."""
    told = read_period(event.period) if event.period else None
    if told is not None and told.stop is not None and event.period:
        return event.period.rpartition("/")[2][:7]
    days = Counter(s.as_of[:7] for one in event.series for s in one.statements if s.as_of)
    return max(sorted(days), key=lambda month: days[month]) if days else UNKNOWN
