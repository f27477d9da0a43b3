"""Pairs of mentions: may they be one action at all, and what speaks for it or against it?

A pair is scored by named features, each with a weight from ``weights.toml``; nothing here
depends on the languages of the two, for only canonical values are compared.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from extractor.resolve.days import Stretch, gap
from extractor.resolve.mentions import EventMention, Fact, Name
from extractor.resolve.names import same_key
from extractor.resolve.reprints import is_reprint

COUNTRY = "KZ"
# Days between two reports of one action; what has a name or a giver is talked about for longer.
_APART, _APART_IF_NAMED = 90, 200
_DAYS, _WEEKS, _MONTH = 4, 21, 45
# Rounding: «15 мыңнан астам» of 15 240, «about 300» of 312.
_ROUNDED = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Weights:
    bias: float
    one_action: float
    features: dict[str, float]


@lru_cache(maxsize=1)
def weights() -> Weights:
    text = Path(__file__).with_name("weights.toml").read_text(encoding="utf-8")
    content = tomllib.loads(text)
    return Weights(content["bias"], content["one_action"], dict(content["features"]))


def score(one: EventMention, other: EventMention, waived: frozenset[str] = frozenset()) -> float:
    """Log odds that two mentions are one action; what is barred is not asked here.

    ``waived`` features do not count: other mentions of the two clusters have explained them.
    """
    known = weights()
    told = (known.features[name] for name in features(one, other) if name not in waived)
    return known.bias + sum(told)


# --- what can never be one -----------------------------------------------------------------------


def bar(one: EventMention, other: EventMention) -> str | None:
    """«wave», «region», «time»: why two mentions cannot be one action; else nothing."""
    if one.article == other.article:
        return "article"
    if one.wave is not None and other.wave is not None and one.wave != other.wave:
        return "wave"
    if _regions_bar(one, other):
        return "region"
    if one.campaign and other.campaign and _campaigns_differ(one.campaign, other.campaign):
        return "campaign"
    return "time" if _too_far_apart(one, other) else None


def _regions_bar(one: EventMention, other: EventMention) -> bool:
    """Other regions; or a part and its whole: the country and a region, some of a campaign's."""
    mine, its = set(one.locations), set(other.locations)
    if not mine or not its or mine == its:
        return False
    if not mine & its and COUNTRY not in mine | its:
        return True
    parted = COUNTRY in mine | its or (one.campaign is not None and other.campaign is not None)
    return parted and not _shares_rare_figure(one, other)


def _campaigns_differ(one: Name, other: Name) -> bool:
    return one.id is not None and other.id is not None and one.id != other.id


def _too_far_apart(one: EventMention, other: EventMention) -> bool:
    first, second = one.stretch, other.stretch
    if first is None or second is None:
        return False
    named = any(mine.named and same_key(mine.key, its.key) for mine, its in _names(one, other))
    return gap(first, second) > (_APART_IF_NAMED if named else _APART)


def _names(one: EventMention, other: EventMention) -> Iterator[tuple[Name, Name]]:
    """Campaign beside campaign, and each provider beside each."""
    if one.campaign and other.campaign:
        yield one.campaign, other.campaign
    for mine in one.providers:
        for its in other.providers:
            yield mine, its


# --- what speaks for one action ------------------------------------------------------------------


def features(one: EventMention, other: EventMention) -> Iterator[str]:
    """«same_campaign», «shared_figure_3», …: the names of all that the two have or lack."""
    if is_reprint(one.signature, other.signature):
        yield "reprint"
    yield from _named(one, other)
    yield from _placed(one, other)
    yield from _aided(one, other)
    yield from _dated(one, other)
    yield from _counted(one, other)


def _named(one: EventMention, other: EventMention) -> Iterator[str]:
    in_campaign = False
    if one.campaign and other.campaign:
        in_campaign = same_key(one.campaign.key, other.campaign.key)
        if in_campaign:
            yield "same_campaign"
            if one.wave is not None and one.wave == other.wave:
                yield "same_wave"
        elif _comparable(one, other, [one.campaign], [other.campaign]):
            yield "other_campaign"
        else:
            yield "both_in_campaigns"
    first = [name for name in one.providers if name.named]
    second = [name for name in other.providers if name.named]
    if any(same_key(mine.key, its.key) for mine in first for its in second):
        yield "same_provider_too" if in_campaign else "same_provider"
    elif first and second and _comparable(one, other, first, second):
        yield "other_provider"
    elif any(mine.key == its.key for mine in one.providers for its in other.providers):
        yield "same_crowd"


def _comparable(
    one: EventMention, other: EventMention, first: list[Name], second: list[Name]
) -> bool:
    """Names without ids can be told apart in one language; across two they may be translated."""
    known = all(name.id for name in (*first, *second))
    return known or one.lang == other.lang


def _placed(one: EventMention, other: EventMention) -> Iterator[str]:
    if one.locations and other.locations:
        if one.locations == other.locations:
            if one.locations != (COUNTRY,):
                yield "same_region"
        else:
            yield "wider_place"
    if one.places and other.places:
        same = any(same_key(mine, its) for _, mine in one.places for _, its in other.places)
        yield "same_place" if same else "other_place"


def _aided(one: EventMention, other: EventMention) -> Iterator[str]:
    if one.aid and other.aid:
        yield "shared_aid" if set(one.aid) & set(other.aid) else "other_aid"


def _dated(one: EventMention, other: EventMention) -> Iterator[str]:
    if one.period and one.period == other.period:
        yield "same_period"
    first, second = one.stretch, other.stretch
    if first is None or second is None:
        return
    apart = gap(first, second)
    if (one.wave is None) != (other.wave is None):
        yield "one_wave" if apart <= _WEEKS else "one_wave_long_ago"
    if not (_is_short(first) and _is_short(second)):
        apart = max(apart, _WEEKS + 1)
    if apart <= _DAYS:
        yield "within_days"
    elif apart <= _WEEKS:
        yield "within_weeks"
    elif apart > _MONTH:
        yield "beyond_month"


def _is_short(stretch: Stretch) -> bool:
    """A year, or an open end, says little of when."""
    if stretch.start is None or stretch.stop is None:
        return False
    return stretch.stop - stretch.start <= _MONTH


# --- figures -------------------------------------------------------------------------------------


def _counted(one: EventMention, other: EventMention) -> Iterator[str]:
    """The best word of each sort of figure that both state, and no more than two of a kind."""
    said: dict[str, int] = {}
    first, second = _by_sort(one), _by_sort(other)
    common = first.keys() & second.keys()
    for sort in sorted(common, key=str):
        for word in _compare(first[sort], second[sort], one, other, each=sort[3] == "each"):
            said[word] = said.get(word, 0) + 1
    if first and second and not common:
        yield "nothing_in_common"
    for word, times in said.items():
        yield from [word] * min(times, 2)


def _by_sort(mention: EventMention) -> dict[tuple[str, str, str | None, str], list[Fact]]:
    found: dict[tuple[str, str, str | None, str], list[Fact]] = {}
    for fact in mention.facts:
        if fact.kind != "share":
            found.setdefault(fact.sort, []).append(fact)
    return found


def _compare(
    mine: list[Fact], its: list[Fact], one: EventMention, other: EventMention, *, each: bool
) -> Iterator[str]:
    equal = [fact for fact in mine for twin in its if fact.value == twin.value]
    if equal:
        best = max(_significance(fact) for fact in equal)
        if each:
            yield "same_each"
        else:
            yield f"shared_figure_{best}" if best <= 3 else "shared_figure_more"
    elif any(_close(fact, twin) for fact in mine for twin in its):
        yield "close_figure"
    elif each:
        yield "other_each"
    else:
        yield _course(mine, its, one, other)


def _course(mine: list[Fact], its: list[Fact], one: EventMention, other: EventMention) -> str:
    """Totals that differ: growing from day to day, a plan and its result, or another action."""
    if (other.day or 0) < (one.day or 0):
        mine, its, one, other = its, mine, other, one
    before, after = _largest(mine), _largest(its)
    if "planned" in (before.status, after.status) and before.status != after.status:
        return "planned_then_done"
    if any(fact.series == "increment" for fact in (*mine, *its)):
        return "growing"
    if one.day is None or other.day is None or one.day == other.day:
        return "contradicting_figure"
    return "growing" if after.amount > before.amount else "falling"


def _largest(facts: list[Fact]) -> Fact:
    return max(facts, key=lambda fact: (fact.amount, fact.figure))


def _close(one: Fact, other: Fact) -> bool:
    """«15 мыңнан астам» and 15 240: one is the other rounded."""
    if one.bound == other.bound == "exact":
        return False
    low, high = sorted((one.amount, other.amount))
    return high > 0 and (high - low) / high <= _ROUNDED


def _shares_rare_figure(one: EventMention, other: EventMention) -> bool:
    values = {(fact.unit, fact.item, fact.value) for fact in one.facts if _significance(fact) >= 3}
    return any((fact.unit, fact.item, fact.value) in values for fact in other.facts)


def _significance(fact: Fact) -> int:
    """How many digits say something: 1 of 500, 2 of 1 500, 5 of 15 244."""
    digits = fact.value.replace(".", "").strip("0")
    return len(digits)
