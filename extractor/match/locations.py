"""Where an event is: its own places, else those around it, else those of the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractor.match.scenery import COUNTRY, OWN_CODES, Scenery, is_small, stem_of
from extractor.match.story import NEAR, Story, body_start
from extractor.types import Event, Mention

_WHOLE_COUNTRY = 10
# So many regions in a lead, and none with an event: it is told of all of them.
_MANY = 4


@dataclass(frozen=True)
class Where:
    """The codes and the small places of an event."""

    codes: tuple[str, ...] = ()
    places: tuple[Mention, ...] = ()


def locate(event: Event, scenery: Scenery) -> Where:
    """Its own places; else those said around it; else those that the article is about."""
    story = scenery.story
    own = scenery.own(event.sentences)
    national = _is_national(event, story)
    if any(m.code != COUNTRY for m in own) or (own and (national or not scenery.main)):
        return _where(own, scenery)
    if (national or (own and not _is_titled(scenery))) and scenery.abroad is None:
        return Where((COUNTRY,))
    captioned = scenery.captioned(event)
    codes = {m.code for m in captioned}
    whole = not codes and scenery.abroad is None
    if whole and _follows_nation(story.before(event, NEAR), scenery):
        return Where((COUNTRY,))
    for index in (*story.before(event, 2 * NEAR), *story.after(event)):
        near = [m for m in scenery.own([index]) if m.code != COUNTRY]
        if near and codes.issuperset(m.code for m in near) == bool(codes):
            return _where(near, scenery)
    if captioned:
        return _where(captioned, scenery)
    lead = [i for i in story.lead if i < body_start(event, story) and not story.is_headline(i)]
    if whole and (_follows_nation(lead, scenery) or _opens_at_home(lead, scenery)):
        return Where((COUNTRY,))
    regions = _codes(scenery.main)
    if len(regions) >= _MANY and all(code.startswith(COUNTRY) for code in regions):
        return Where((COUNTRY,))
    return _with_city(Where(regions, tuple(scenery.main_small)), scenery)


def _codes(places: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.code for m in places if m.code))


def _with_city(where: Where, scenery: Scenery) -> Where:
    """A city that has a code of its own is named among the places too."""
    if where.places or len(where.codes) != 1 or where.codes[0] not in OWN_CODES:
        return where
    named = [m for m in scenery.places if m.code == where.codes[0] and m.value == "city"]
    return replace(where, places=tuple(named[:1]))


def _is_national(event: Event, story: Story) -> bool:
    """«по всей республике», «елімізде», «across the country»."""
    return any(_tells_nation(index, story) for index in event.sentences)


def _follows_nation(sentences: Iterable[int], scenery: Scenery) -> bool:
    """They speak of the whole country, and no headline of a part of it."""
    story = scenery.story
    return not _is_titled(scenery) and any(_tells_nation(index, story) for index in sentences)


def _opens_at_home(lead: Sequence[int], scenery: Scenery) -> bool:
    """«Қазақстанда тасқыннан үйі қираған 356 отбасы …» opens the article, and names no part."""
    codes = {m.code for m in scenery.own(lead[:1])}
    return codes == {COUNTRY} and not _is_titled(scenery)


def _is_titled(scenery: Scenery) -> bool:
    """The headline names a place that the article is about."""
    return any(scenery.story.is_headline(m.sentence) for m in scenery.main)


def _tells_nation(index: int, story: Story) -> bool:
    return any(hit.entry.id == "national" for hit in story.parsed(index).of_sort("head"))


def _where(places: Sequence[Mention], scenery: Scenery) -> Where:
    codes = list(dict.fromkeys(m.code for m in places if m.code))
    inner = [code for code in codes if code.startswith(f"{COUNTRY}-")]
    if len(inner) >= _WHOLE_COUNTRY:
        return Where((COUNTRY,))
    if inner or len(codes) > 1:
        codes = [code for code in codes if code != COUNTRY] or codes
    named = _once([m for m in places if is_small(m)])
    small = [m for m in named if not scenery.is_of_giver(m)]
    small = small if small or not named else list(scenery.main_small)
    if not codes:
        codes = [m.code for m in scenery.main[:1] if m.code]
        small += _with_city(Where(tuple(codes)), scenery).places
    return _with_city(Where(tuple(codes), tuple(small)), scenery)


def _once(places: Sequence[Mention]) -> list[Mention]:
    """«Актобе», «Актобенің»: one place in two cases is named once."""
    kept: dict[str, Mention] = {}
    for mention in sorted(places, key=lambda m: m.span):
        city = mention.code if mention.code in OWN_CODES and mention.value == "city" else None
        kept.setdefault(city or mention.id or stem_of(mention), mention)
    return list(kept.values())
