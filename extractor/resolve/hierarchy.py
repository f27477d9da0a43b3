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
    campaign: str | None
    providers: tuple[str, ...]
    aid: tuple[str, ...]
    locations: tuple[str, ...]
    wave: int | None
    start: int | None
    stop: int | None
    mentions: int

    @property
    def families(self) -> tuple[str, ...]:
        """Parts and wholes are of one campaign, or of one giver."""
        if self.campaign is not None:
            return (f"c {_stem(self.campaign)}",)
        return tuple(sorted({f"p {_stem(name)}" for name in self.providers}))

    @property
    def is_wide(self) -> bool:
        return self.locations == _COUNTRY or len(self.locations) > 1


def outline_of(event: CanonicalEvent) -> Outline:
    stretch = _stretch(event) or Stretch(None, None)
    return Outline(
        id=event.id,
        campaign=_key(event.campaign) if event.campaign else None,
        providers=tuple(_key(name) for name in event.providers),
        aid=tuple(event.aid),
        locations=tuple(event.locations),
        wave=event.wave,
        start=stretch.start,
        stop=stretch.stop,
        mentions=len(event.mentions),
    )


def dump_outline(outline: Outline) -> bytes:
    return orjson.dumps(asdict(outline))


def load_outline(line: bytes) -> Outline:
    row: dict[str, Any] = orjson.loads(line)
    for key in ("providers", "aid", "locations"):
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
        wholes = [*wide, *(unwaved.get(part.locations, ()) if part.wave is not None else ())]
        for whole in wholes:
            relation = _relation(part, whole) if whole.id != part.id else None
            if relation is not None:
                found.setdefault(part.id, []).append((_rank(whole), (whole.id, relation)))
    return found


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
    same_place = part.locations == whole.locations
    return "wave" if same_place and part.wave is not None and whole.wave is None else None


def _are_kin(part: Outline, whole: Outline) -> bool:
    """One campaign; or, where neither has a name, one giver and kind of aid."""
    if part.campaign is not None and whole.campaign is not None:
        return same_key(part.campaign, whole.campaign)
    if part.campaign is not None or whole.campaign is not None:
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
