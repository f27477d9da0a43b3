"""Series: what was stated of one quantity, in time order, and the total that follows.

The classic error is to add up running totals. So every statement is labelled: ``cumulative``
is the total until then, ``increment`` comes on top of it, ``restatement`` says an earlier
value again, ``plan`` is what is to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from itertools import pairwise
from typing import cast

from extractor.records import ConflictRecord, FigureSource, Label, SeriesRecord, StatementRecord
from extractor.resolve.days import day_of, iso_day, read_period
from extractor.resolve.mentions import EventMention, Fact
from extractor.types import Bound, Kind, Status

Sort = tuple[str, str, str | None, str]
_APPROX = Decimal("0.05")
_GATHERED = "collected"
_AHEAD = frozenset({"planned", "ongoing"})
_REACHED = frozenset({"delivered", "ongoing", "collected"})
_KEPT = frozenset({"recipients", "money", "goods", "volunteers", "sites", "requests", "affected"})


@dataclass(frozen=True, slots=True)
class Said:
    """A fact on the day that it is the state of."""

    fact: Fact
    article: str
    day: int | None
    order: tuple[str, str, int]
    planned: bool = False
    converted: bool = False
    label: Label = "cumulative"


def build_series(mentions: Sequence[EventMention]) -> tuple[SeriesRecord, ...]:
    """The mentions of one action → its series, by what they measure."""
    said: dict[Sort, list[Said]] = {}
    for mention in mentions:
        for one in _statements(mention):
            said.setdefault(one.fact.sort, []).append(one)
    return tuple(_series(sort, said[sort]) for sort in sorted(said, key=str))


# --- what an article states ----------------------------------------------------------------------


def _statements(mention: EventMention) -> Iterator[Said]:
    """Its totals, and progress against a plan: «750 000 of 2 000 000 masks» are both totals."""
    facts = {fact.figure: fact for fact in mention.facts if fact.kind in _KEPT}
    progress = dict(_progress(facts))
    day = _state_of(mention)
    for fact in facts.values():
        if fact.scope == "part" and fact.figure not in progress:
            continue
        yield Said(
            fact=fact,
            article=mention.article,
            day=day,
            order=mention.order,
            planned=fact.status == "planned" or fact.figure in progress.values(),
            converted=_is_converted(fact, facts),
        )


def _is_converted(fact: Fact, facts: dict[str, Fact]) -> bool:
    """«443 млн теңге (1 млн доллар)»: the sum again in another currency, and no second sum."""
    other = facts.get(fact.same_as or "")
    return other is not None and other.unit != fact.unit


def _progress(facts: dict[str, Fact]) -> Iterator[tuple[str, str]]:
    """Figures that say how much of a plan is reached, each with its plan: one part a whole."""
    for fact in facts.values():
        whole = facts.get(fact.of or "")
        if fact.scope != "part" or whole is None or whole.sort != fact.sort:
            continue
        rivals = [one for one in facts.values() if one.of == whole.figure and one.sort == fact.sort]
        if len(rivals) == 1 and fact.status in _REACHED and whole.status in _AHEAD:
            yield fact.figure, whole.figure


def _state_of(mention: EventMention) -> int | None:
    """The day whose state a report tells: the end of its period, else its publication."""
    day = mention.day
    told = read_period(mention.period) if mention.period else None
    if told is None or told.stop is None:
        return day
    return told.stop if day is None else min(told.stop, day)


# --- labels --------------------------------------------------------------------------------------


def _series(sort: Sort, said: Sequence[Said]) -> SeriesRecord:
    ordered = sorted(said, key=_time)
    labelled = _labelled(ordered) if sort[3] == "total" else ordered
    statements = tuple(_merged(labelled))
    totals = [s for s in statements if s.label == "cumulative" and sort[3] == "total"]
    done = [s for s in totals if s.status != _GATHERED] or totals
    planned = [s for s in statements if s.label == "plan"]
    latest = done[-1] if done else None
    plan = planned[-1].value if planned else None
    share = float(round(latest.value / plan, 4)) if latest and plan else None
    return SeriesRecord(
        kind=cast(Kind, sort[0]),
        unit=sort[1],
        item=sort[2],
        scope="each" if sort[3] == "each" else "total",
        statements=statements,
        latest=latest.value if latest else None,
        latest_status=latest.status if latest else None,
        planned=plan,
        done_share=share,
        falls=any(_falls(one, two) for one, two in pairwise(done)),
        conflicts=tuple(_conflicts(statements)),
    )


def _time(one: Said) -> tuple[object, ...]:
    """By the day it is the state of, then the report, then from small to large."""
    return (
        one.day if one.day is not None else 10**7,
        one.order,
        one.fact.amount,
        int(one.fact.figure[1:]),
    )


def _labelled(said: Sequence[Said]) -> list[Said]:
    """Each statement in time order, with its label."""
    found: list[Said] = []
    for one in said:
        found.append(replace(one, label=_label(one, found, said)))
    return found


def _label(one: Said, earlier: Sequence[Said], every: Sequence[Said]) -> Label:
    if one.planned:
        return "plan"
    done = [before for before in earlier if before.label != "plan"]
    elsewhere = [before for before in done if before.article != one.article]
    if one.converted or any(_same_value(one, before) for before in elsewhere):
        return "restatement"
    twin = next((b for b in done if b.article == one.article and _repeats(one, b)), None)
    if twin is not None:
        return twin.label
    if any(_same_value(one, before) for before in done):
        return "restatement"
    before = [b for b in done if b.label == "cumulative"]
    if before and (one.fact.series == "increment" or _adds_up(one, before[-1], every)):
        return "increment"
    return "cumulative"


def _repeats(one: Said, other: Said) -> bool:
    """The headline's figure again in the body of the same article."""
    return one.fact.same_as == other.fact.figure or other.fact.same_as == one.fact.figure


def _same_value(one: Said, before: Said) -> bool:
    """The number that was said before, or that number rounded: 15 240, then «over 15 000».

    On a later day an exact number is no restatement of a rounded one: it may have grown.
    """
    new, old = one.fact, before.fact
    if new.amount == old.amount:
        return True
    if new.bound == "exact" and one.day != before.day:
        return False
    low, high = sorted((new, old), key=lambda fact: fact.amount)
    if "approx" in (new.bound, old.bound):
        return (high.amount - low.amount) / high.amount <= _APPROX
    if low.bound == "min":
        return low.amount == _cut(high.amount, low.amount)
    return high.bound == "max" and high.amount == _cut(low.amount, high.amount, ROUND_UP)


def _cut(amount: Decimal, like: Decimal, rounding: str = ROUND_DOWN) -> Decimal:
    """15 240 like 15 000 → 15 000: as many digits that say something, the rest cut off."""
    if not like:
        return amount
    digits = like.normalize().as_tuple()
    size = Decimal(1).scaleb(int(digits.exponent))
    return (amount / size).to_integral_value(rounding=rounding) * size


def _adds_up(one: Said, before: Said, every: Sequence[Said]) -> bool:
    """5 000, then 1 200, then 6 200: the second comes on top of the first."""
    if one.fact.amount >= before.fact.amount or one.fact.series == "cumulative":
        return False
    total = one.fact.amount + before.fact.amount
    return any(later.fact.amount == total and _time(later) > _time(one) for later in every)


def _merged(said: Iterable[Said]) -> Iterator[StatementRecord]:
    """One statement for a value of a day under one label, with all who say it."""
    table: dict[tuple[object, ...], list[Said]] = {}
    for one in said:
        fact = one.fact
        key = (one.label, fact.value, fact.max, fact.bound, fact.status, one.day)
        table.setdefault(key, []).append(one)
    for group in table.values():
        first = group[0]
        yield StatementRecord(
            label=first.label,
            value=first.fact.amount,
            max=Decimal(first.fact.max) if first.fact.max else None,
            bound=cast(Bound, first.fact.bound),
            status=cast(Status | None, first.fact.status),
            as_of=iso_day(first.day),
            sources=tuple(FigureSource(article=s.article, figure=s.fact.figure) for s in group),
        )


def _falls(one: StatementRecord, other: StatementRecord) -> bool:
    """A running total that sinks from one day to a later one."""
    first, second = day_of(one.as_of), day_of(other.as_of)
    later = first is not None and second is not None and first < second
    vague = "vague" in (one.bound, other.bound) or other.bound == "max"
    return later and not vague and (other.max or other.value) < one.value


def _conflicts(statements: Sequence[StatementRecord]) -> Iterator[ConflictRecord]:
    """Exact totals of one day and status, from different articles, that differ."""
    days: dict[tuple[str | None, str | None], list[int]] = {}
    for place, one in enumerate(statements):
        if one.label in ("cumulative", "restatement") and one.bound == "exact":
            days.setdefault((one.as_of, one.status), []).append(place)
    for (as_of, _), places in days.items():
        values = sorted({statements[place].value for place in places})
        articles = {
            frozenset(source.article for source in statements[place].sources) for place in places
        }
        if as_of is not None and len(values) > 1 and len(articles) > 1:
            yield ConflictRecord(as_of=as_of, values=tuple(values), statements=tuple(places))
