"""Amounts as 3W rows and funding flows need them: each once, with who, what, where and when.

From canonical events each series gives its latest total and its plan; from articles each figure
gives itself. An amount for each, and one that repeats an earlier figure, would be added up twice:
both are left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.exports.content import Content, Report

if TYPE_CHECKING:
    from extractor.records import (
        ArticleRecord,
        CanonicalEvent,
        EventRecord,
        FigureRecord,
        SeriesRecord,
        StatementRecord,
    )


@dataclass(frozen=True, slots=True)
class Action:
    """Who gives what, where and when; all empty for a figure without an event."""

    providers: tuple[str, ...] = ()
    campaign: str | None = None
    aid: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """What was counted; ``of`` is the id of the amount that this is a part of."""

    kind: str
    unit: str
    item: str | None
    category: tuple[str, ...]
    value: Decimal
    max: Decimal | None
    bound: str
    status: str | None
    of: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Stated:
    """An action with an amount, or without one where no number was stated."""

    id: str
    action: Action
    amount: Amount | None
    day: str | None
    outlets: tuple[str, ...]
    articles: tuple[str, ...]


def stated(content: Content, report: Report) -> Iterator[Stated]:
    """Canonical events where there are any, else the events and figures of the articles."""
    if content.events is None:
        for record in content.records:
            yield from _of_article(record, report)
    else:
        for event in content.events:
            yield from _of_canonical(event, report)


# --- articles -------------------------------------------------------------------------------


def _of_article(record: ArticleRecord, report: Report) -> Iterator[Stated]:
    owners = {name: event for event in record.events for name in event.figures}
    for figure in record.figures:
        if figure.same_as is not None:
            report.left_out["figures that repeat another (same_as)"] += 1
        elif figure.scope == "each":
            report.left_out["figures for each (scope each)"] += 1
        else:
            action = _action(owners.get(figure.id))
            yield _row(record, figure.id, action, _amount(record, figure))
    for event in record.events:
        if not event.figures:
            yield _row(record, event.id, _action(event), None)


def _row(record: ArticleRecord, name: str, action: Action, amount: Amount | None) -> Stated:
    outlets = (record.source,) if record.source else ()
    identity = f"{record.id}/{name}"
    return Stated(identity, action, amount, record.published, outlets, (record.id,))


def _action(event: EventRecord | None) -> Action:
    if event is None:
        return Action()
    return Action(
        providers=_once(provider.text for provider in event.providers),
        campaign=event.campaign.text if event.campaign else None,
        aid=event.aid,
        locations=event.locations,
        places=_once(place.text for place in event.places),
        period=event.period,
    )


def _amount(record: ArticleRecord, figure: FigureRecord) -> Amount:
    return Amount(
        kind=figure.kind,
        unit=figure.unit,
        item=figure.item,
        category=figure.category,
        value=figure.value,
        max=figure.max,
        bound=figure.bound,
        status=figure.status,
        of=None if figure.of is None else f"{record.id}/{figure.of}",
        text=figure.text,
    )


# --- canonical events -----------------------------------------------------------------------


def _of_canonical(event: CanonicalEvent, report: Report) -> Iterator[Stated]:
    if event.derived:
        report.left_out["derived totals (nobody stated them)"] += len(event.derived)
    if not event.series:
        yield _canonical_row(event, event.id, None, None)
    for number, series in enumerate(event.series, 1):
        if series.scope == "each":
            report.left_out["series of amounts for each (scope each)"] += 1
            continue
        identity = f"{event.id}/s{number}"
        if series.latest is not None:
            yield _series_row(event, f"{identity}/latest", series, series.latest, planned=False)
        if series.planned is not None:
            yield _series_row(event, f"{identity}/planned", series, series.planned, planned=True)
        if series.latest is None and series.planned is None:
            report.left_out["series without a total or a plan"] += 1


def _series_row(
    event: CanonicalEvent, identity: str, series: SeriesRecord, value: Decimal, *, planned: bool
) -> Stated:
    """The words of its bound are those of the last statement with that value."""
    said = [
        one for one in series.statements if one.value == value and (one.label == "plan") is planned
    ]
    statement = said[-1] if said else None
    amount = Amount(
        kind=series.kind,
        unit=series.unit,
        item=series.item,
        category=(),
        value=value,
        max=statement.max if statement else None,
        bound=statement.bound if statement else "exact",
        status="planned" if planned else series.latest_status,
        of=None,
        text=None,
    )
    return _canonical_row(event, identity, amount, statement)


def _canonical_row(
    event: CanonicalEvent, identity: str, amount: Amount | None, statement: StatementRecord | None
) -> Stated:
    days = sorted(mention.published for mention in event.mentions if mention.published)
    day = statement.as_of if statement and statement.as_of else (days[0] if days else None)
    action = Action(
        providers=_once(provider.text for provider in event.providers),
        campaign=event.campaign.text if event.campaign else None,
        aid=event.aid,
        locations=event.locations,
        places=event.places,
        period=event.period,
    )
    outlets = _once(mention.outlet for mention in event.mentions if mention.outlet)
    articles = _once(mention.article for mention in event.mentions)
    return Stated(identity, action, amount, day, outlets, articles)


def _once(values: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
