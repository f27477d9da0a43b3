"""Slots by agreement: what most reports say, with what the others say kept beside it.

A reprint has no vote of its own: it says what it copied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractor.records import CanonicalName, DissentRecord
from extractor.resolve.mentions import EventMention, Name
from extractor.resolve.names import same_key

# A value of a list stands if at least this share of the reports that fill the slot state it.
_AGREED = 0.5


@dataclass(frozen=True, slots=True)
class Slots:
    """The agreed values, and those that some reports hold against them."""

    aid: tuple[str, ...]
    campaign: CanonicalName | None
    providers: tuple[CanonicalName, ...]
    locations: tuple[str, ...]
    places: tuple[str, ...]
    period: str | None
    wave: int | None
    dissent: tuple[DissentRecord, ...]


@dataclass(frozen=True, slots=True)
class _Vote:
    """A value of a slot and the reports that state it; of a name also its id."""

    value: str
    mentions: tuple[EventMention, ...]
    id: str | None = None

    def name(self) -> CanonicalName:
        return CanonicalName(text=self.value, id=self.id)

    def dissent(self, field: str) -> DissentRecord:
        where = tuple(f"{mention.article}/{mention.event}" for mention in self.mentions)
        return DissentRecord(field=field, value=self.value, mentions=where)


def agree(voters: Sequence[EventMention]) -> Slots:
    """The reports of one action that are no reprints → its slots."""
    campaigns = _names(voters, lambda m: (m.campaign,) if m.campaign else ())
    providers = _names(voters, lambda m: m.providers)
    places = _names(voters, lambda m: (Name(text, None, key) for text, key in m.places))
    aid = _votes(voters, lambda m: m.aid)
    regions = _votes(voters, lambda m: m.locations)
    periods = _votes(voters, lambda m: (m.period,) if m.period else ())
    waves = _votes(voters, lambda m: (str(m.wave),) if m.wave else ())
    period = _latest(periods)
    kept = {
        "aid": _agreed(aid),
        "campaign": campaigns[:1],
        "providers": _agreed(providers),
        "locations": _agreed(regions),
        "period": [vote for vote in periods if vote.value == period],
        "wave": waves[:1],
    }
    said = {
        "aid": aid,
        "campaign": campaigns,
        "providers": providers,
        "locations": regions,
        "period": periods,
        "wave": waves,
    }
    return Slots(
        aid=tuple(vote.value for vote in kept["aid"]),
        campaign=campaigns[0].name() if campaigns else None,
        providers=tuple(vote.name() for vote in kept["providers"]),
        locations=tuple(sorted(vote.value for vote in kept["locations"])),
        places=tuple(vote.value for vote in places),
        period=period,
        wave=int(waves[0].value) if waves else None,
        dissent=tuple(
            vote.dissent(field)
            for field, votes in said.items()
            for vote in votes
            if vote not in kept[field]
        ),
    )


# --- plain values --------------------------------------------------------------------------------


def _votes(
    voters: Sequence[EventMention], values: Callable[[EventMention], Iterable[str]]
) -> list[_Vote]:
    """Values with those who state them: most votes first, then the earliest."""
    found: dict[str, list[EventMention]] = {}
    for mention in voters:
        for value in dict.fromkeys(values(mention)):
            found.setdefault(value, []).append(mention)
    ranked = sorted(found, key=lambda v: (-len(found[v]), found[v][0].order, v))
    return [_Vote(value, tuple(found[value])) for value in ranked]


def _agreed(votes: Sequence[_Vote]) -> list[_Vote]:
    """Those that half of the reports state, and the first in any case."""
    told = {mention.key for vote in votes for mention in vote.mentions}
    kept = [vote for vote in votes if len(vote.mentions) >= _AGREED * len(told)]
    return kept or list(votes[:1])


def _latest(periods: Sequence[_Vote]) -> str | None:
    """The period most reports state; of equals the one that was stated last."""
    if not periods:
        return None
    most = len(periods[0].mentions)
    tied = [vote for vote in periods if len(vote.mentions) == most]
    return max(tied, key=lambda vote: (vote.mentions[-1].order, vote.value)).value


# --- names ---------------------------------------------------------------------------------------


def _names(
    voters: Sequence[EventMention], names: Callable[[EventMention], Iterable[Name]]
) -> list[_Vote]:
    """Names brought together by their keys; each as most reports write it."""
    groups: list[list[tuple[EventMention, Name]]] = []
    for mention in voters:
        for name in names(mention):
            home = next((g for g in groups if any(same_key(n.key, name.key) for _, n in g)), None)
            if home is None:
                groups.append([(mention, name)])
            else:
                home.append((mention, name))
    votes = [_named(group) for group in groups]
    return sorted(votes, key=lambda vote: (-len(vote.mentions), vote.mentions[0].order, vote.value))


def _named(group: Sequence[tuple[EventMention, Name]]) -> _Vote:
    counted = Counter(name.text for _, name in group)
    first = {name.text: place for place, (_, name) in reversed(list(enumerate(group)))}
    text = min(counted, key=lambda t: (-counted[t], first[t]))
    mentions = {mention.key: mention for mention, _ in group}
    return _Vote(text, tuple(mentions.values()), next((n.id for _, n in group if n.id), None))
