"""A cluster of mentions written down as a canonical event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import cast, get_args

import orjson

from extractor.records import (
    CanonicalEvent,
    CheckRecord,
    DerivedRecord,
    FigureSource,
    MentionRecord,
    SeriesRecord,
    StatementRecord,
)
from extractor.resolve.agreement import agree
from extractor.resolve.clusters import Cluster
from extractor.resolve.mentions import EventMention
from extractor.resolve.reprints import is_reprint
from extractor.resolve.series import build_series
from extractor.types import Lang, Status

# From the least to the most that can have happened to aid.
_STATUSES: tuple[Status, ...] = get_args(Status)
_ID_LENGTH = 16
# Relative: the sums of news are rounded.
_TOLERANCE = Decimal("0.01")
_EACH_RULE = "recipients × each = total"
_RUNNING_RULE = "total + what came on top"


def make_event(cluster: Cluster) -> CanonicalEvent:
    """Mentions of one action → who, where, when, and what was stated of it on which day."""
    originals = _originals(cluster.mentions)
    voters = [m for m in cluster.mentions if m.article not in originals]
    slots = agree(voters)
    series = build_series(cluster.mentions)
    return CanonicalEvent(
        id=event_id(cluster.mentions[0]),
        mentions=tuple(
            MentionRecord(
                article=mention.article,
                event=mention.event,
                lang=cast(Lang, mention.lang),
                outlet=mention.outlet,
                published=mention.published,
                reprint_of=originals.get(mention.article),
            )
            for mention in cluster.mentions
        ),
        aid=slots.aid,
        campaign=slots.campaign,
        providers=slots.providers,
        locations=slots.locations,
        places=slots.places,
        period=slots.period,
        wave=slots.wave,
        status=_furthest(series),
        series=series,
        derived=tuple(_derive(series)),
        dissent=slots.dissent,
        checks=tuple(_check(series)),
        confidence=cluster.confidence,
    )


def event_id(founder: EventMention) -> str:
    """The id of an event is that of its first mention: what it says, and where.

    It stays when later reports are added, and changes when an earlier one is.
    """
    figures = [
        (fact.kind, fact.unit, fact.item, fact.scope, fact.value, fact.max, fact.status)
        for fact in founder.facts
    ]
    campaign = founder.campaign.key if founder.campaign else None
    providers = [name.key for name in founder.providers]
    said = (founder.aid, campaign, providers, founder.locations, founder.period, founder.wave)
    content = orjson.dumps((founder.article, founder.event, said, figures))
    return f"ev-{hashlib.sha256(content).hexdigest()[:_ID_LENGTH]}"


def _originals(mentions: Sequence[EventMention]) -> dict[str, str]:
    """Reprint → the article that it repeats: the earliest with nearly the same words."""
    found: dict[str, str] = {}
    first: dict[str, EventMention] = {}
    for mention in mentions:
        original = next((m for m in first.values() if _repeats(mention, m)), None)
        if original is not None:
            found[mention.article] = original.article
        elif mention.article not in found:
            first.setdefault(mention.article, mention)
    return found


def _repeats(mention: EventMention, other: EventMention) -> bool:
    return mention.article != other.article and is_reprint(mention.signature, other.signature)


def _furthest(series: Sequence[SeriesRecord]) -> Status | None:
    """«delivered» where any report says so; nothing where none says anything."""
    told = {statement.status for one in series for statement in one.statements}
    return max((s for s in told if s), key=_STATUSES.index, default=None)


# --- arithmetic across articles ------------------------------------------------------------------


def _check(series: Sequence[SeriesRecord]) -> Iterator[CheckRecord]:
    """So many families, so much each, so much in all: do the three agree?"""
    for recipients, each, total in _products(series):
        stated = total.latest if total is not None else None
        if total is None or stated is None or recipients.latest is None:
            continue
        rate = each.statements[-1]
        expected = recipients.latest * rate.value
        holds = abs(stated - expected) <= _TOLERANCE * stated
        yield CheckRecord(
            rule=_EACH_RULE,
            operands=tuple(_operand(s) for s in (_last(recipients), rate, _last(total))),
            expected=expected,
            stated=stated,
            gap=stated - expected,
            verdict="holds" if holds else "contradicts",
        )


def _products(
    series: Sequence[SeriesRecord],
) -> Iterator[tuple[SeriesRecord, SeriesRecord, SeriesRecord | None]]:
    """Recipients of one unit, what each gets, and the total of the same, if one is stated."""
    recipients = [s for s in series if s.kind == "recipients" and s.latest is not None]
    if len(recipients) != 1:
        return
    for each in (s for s in series if s.scope == "each" and s.kind in ("money", "goods")):
        rates = {statement.value for statement in each.statements}
        exact = all(statement.bound == "exact" for statement in each.statements)
        if len(rates) == 1 and exact:
            same = (each.kind, each.unit, each.item)
            totals = (s for s in series if (s.kind, s.unit, s.item) == same and s.scope == "total")
            yield recipients[0], each, next((s for s in totals if s.latest is not None), None)


def _derive(series: Sequence[SeriesRecord]) -> Iterator[DerivedRecord]:
    """Totals that follow: recipients × each where no total is stated, and sums of increments."""
    for recipients, each, total in _products(series):
        exact = _last(recipients).bound == "exact"
        if total is None and exact and recipients.latest is not None:
            yield DerivedRecord(
                kind=each.kind,
                unit=each.unit,
                item=each.item,
                value=recipients.latest * each.statements[-1].value,
                status=recipients.latest_status,
                rule=_EACH_RULE,
                operands=(_last(recipients).sources[0], each.statements[-1].sources[0]),
            )
    for one in series:
        yield from _running(one)


def _running(series: SeriesRecord) -> Iterator[DerivedRecord]:
    """The last stated total and what came on top of it afterwards."""
    places = [i for i, s in enumerate(series.statements) if s.label == "cumulative"]
    added = [s for s in series.statements[places[-1] :] if s.label == "increment"] if places else []
    if added and series.latest is not None:
        base = series.statements[places[-1]]
        yield DerivedRecord(
            kind=series.kind,
            unit=series.unit,
            item=series.item,
            value=base.value + sum(s.value for s in added),
            status=base.status,
            rule=_RUNNING_RULE,
            operands=tuple(s.sources[0] for s in (base, *added)),
        )


def _last(series: SeriesRecord) -> StatementRecord:
    """The statement that the latest total is from."""
    told = (s for s in series.statements if s.value == series.latest and s.label == "cumulative")
    return next(told, series.statements[-1])


def _operand(statement: StatementRecord) -> str:
    source: FigureSource = statement.sources[0]
    return f"{source.article}/{source.figure}"
