"""Parts and wholes: a region's share of a national campaign, a wave of a campaign of several.

Both are canonical events of their own, linked by ``part_of``: the sums of the parts can be
compared with the whole, and are never added to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import orjson

from extractor.records import CanonicalEvent, CanonicalName
from extractor.resolve.days import Stretch, day_of, gap, read_period
from extractor.resolve.names import name_key, same_key

Relation = Literal["region", "wave", "share"]
Link = tuple[str, Relation]
_COUNTRY = ("KZ",)
_HOME = "KZ-"
_STEM = 4
# Days between a part and its whole; a campaign is summed up long after its parts.
_APART = 150
_ALL_REGIONS = 100


@dataclass(frozen=True, slots=True)
class Outline:
    """What of an event decides on parts and wholes."""

    id: str
    campaigns: tuple[str, ...]
    providers: tuple[str, ...]
    aid: tuple[str, ...]
    locations: tuple[str, ...]
    wave: int | None
    start: int | None
    stop: int | None
    dated: bool
    totals: dict[str, float]
    mentions: int

    @property
    def families(self) -> tuple[str, ...]:
        """Parts and wholes are of one campaign, or of one giver."""
        if self.campaigns:
            return tuple(sorted({f"c {_stem(name)}" for name in self.campaigns}))
        return tuple(sorted({f"p {_stem(name)}" for name in self.providers}))

    @property
    def is_wide(self) -> bool:
        """Of the whole country, of several regions, or of a campaign anywhere."""
        anywhere = not self.locations and bool(self.campaigns)
        return anywhere or self.locations == _COUNTRY or len(self.locations) > 1

    def exceeds(self, part: Outline) -> bool:
        """Is something that both state more here, and nothing less?"""
        common = self.totals.keys() & part.totals.keys()
        more = [self.totals[measure] > part.totals[measure] for measure in common]
        return any(more) and all(self.totals[m] >= part.totals[m] for m in common)


def outline_of(event: CanonicalEvent) -> Outline:
    """A canonical event → its outline; a campaign goes by all names that reports give it."""
    stretch = _stretch(event) or Stretch(None, None)
    told = read_period(event.period) if event.period else None
    others = [name_key(one.value) for one in event.dissent if one.field == "campaign"]
    campaign = [_key(event.campaign)] if event.campaign else []
    return Outline(
        id=event.id,
        campaigns=tuple(dict.fromkeys([*campaign, *others])),
        providers=tuple(_key(name) for name in event.providers),
        aid=tuple(event.aid),
        locations=tuple(event.locations),
        wave=event.wave,
        start=stretch.start,
        stop=stretch.stop,
        dated=told is not None and None not in (told.start, told.stop),
        totals=_totals(event),
        mentions=len(event.mentions),
    )


def dump_outline(outline: Outline) -> bytes:
    return orjson.dumps(asdict(outline))


def load_outline(line: bytes) -> Outline:
    row: dict[str, Any] = orjson.loads(line)
    for key in ("campaigns", "providers", "aid", "locations"):
        row[key] = tuple(row[key])
    return Outline(**row)


def link_family(outlines: Sequence[Outline]) -> dict[str, list[tuple[tuple[object, ...], Link]]]:
    """Events of one family → for each part the wholes it may belong to, each with its rank."""
    wide = [whole for whole in outlines if whole.is_wide]
    unwaved: dict[tuple[str, ...], list[Outline]] = {}
    for outline in outlines:
        if outline.wave is None:
            unwaved.setdefault(outline.locations, []).append(outline)
    found: dict[str, list[tuple[tuple[object, ...], Link]]] = {}
    for part in outlines:
        dated = part.wave is not None or part.dated
        wholes = [*wide, *(unwaved.get(part.locations, ()) if dated else ())]
        for whole in wholes:
            relation = _relation(part, whole) if whole.id != part.id else None
            if relation is not None:
                found.setdefault(part.id, []).append((_rank(whole), (whole.id, relation)))
    return found


def _totals(event: CanonicalEvent) -> dict[str, float]:
    """Latest totals by what they measure."""
    return {
        f"{one.kind} {one.unit} {one.item}": float(one.latest)
        for one in event.series
        if one.scope == "total" and one.latest is not None
    }


def _key(name: CanonicalName) -> str:
    return f"id:{name.id}" if name.id else name_key(name.text)


def _stem(key: str) -> str:
    return key if key.startswith("id:") else key[:_STEM]


def _rank(whole: Outline) -> tuple[object, ...]:
    """The narrowest whole is the nearest: a wave before the campaign, some regions before all."""
    regions = _ALL_REGIONS if whole.locations == _COUNTRY else len(whole.locations)
    return whole.wave is None, regions, -whole.mentions, whole.id


def _relation(part: Outline, whole: Outline) -> Relation | None:
    if not _are_kin(part, whole) or not _meet(part, whole):
        return None
    if whole.wave is not None and part.wave != whole.wave:
        return None
    if _is_within(part.locations, whole.locations):
        return "region"
    if not whole.locations and part.locations and part.locations != _COUNTRY:
        return "region" if whole.exceeds(part) else None
    return "wave" if part.locations == whole.locations and _is_wave(part, whole) else None


def _is_wave(part: Outline, whole: Outline) -> bool:
    """Its number says so; or it took less time, within the whole's, and did less."""
    if part.wave is not None:
        return whole.wave is None
    if not (part.campaigns and part.dated and whole.dated) or not whole.exceeds(part):
        return False
    assert part.start is not None and part.stop is not None
    assert whole.start is not None and whole.stop is not None
    inside = whole.start <= part.start and part.stop <= whole.stop
    return inside and part.stop - part.start < whole.stop - whole.start


def _are_kin(part: Outline, whole: Outline) -> bool:
    """One campaign; or, where neither has a name, one giver and kind of aid."""
    if part.campaigns and whole.campaigns:
        return any(same_key(one, other) for one in part.campaigns for other in whole.campaigns)
    if part.campaigns or whole.campaigns:
        return False
    shared = any(same_key(one, other) for one in part.providers for other in whole.providers)
    return shared and bool(set(part.aid) & set(whole.aid))


def _is_within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """«KZ-15» in «KZ», «KZ-15» in «KZ-15, KZ-23»; never equal."""
    if whole == _COUNTRY:
        return bool(part) and all(code.startswith(_HOME) for code in part)
    return bool(part) and set(part) < set(whole)


def _meet(part: Outline, whole: Outline) -> bool:
    return gap(Stretch(part.start, part.stop), Stretch(whole.start, whole.stop)) <= _APART


def _stretch(event: CanonicalEvent) -> Stretch | None:
    told = read_period(event.period) if event.period else None
    days = [day for day in (day_of(m.published) for m in event.mentions) if day is not None]
    if told is not None:
        return Stretch(told.start, told.stop if told.stop is not None else max(days, default=None))
    return Stretch(min(days), max(days)) if days else None


def nearest(links: Iterable[tuple[tuple[object, ...], Link]]) -> Link | None:
    """Of all wholes of an event, from all its families, the nearest."""
    best = min(links, default=None)
    return best[1] if best is not None else None
