"""Who, under which name, where and when: the mentions that belong to an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.match.context import Context
from extractor.types import Event, Mention

_OWN_CODES = frozenset({"KZ-71", "KZ-75", "KZ-79"})
_COUNTRY = "KZ"
_SMALL = frozenset({"town", "city", "district", "village"})


def fill_slots(
    context: Context, events: Sequence[Event], mentions: Sequence[Mention]
) -> tuple[Event, ...]:
    """«e1: f1, f2» → with provider, campaign, places and period from its own sentences."""
    slots = _Slots(context, mentions)
    return tuple(_filled(event, slots) for event in events)


@dataclass(frozen=True)
class _Slots:
    """Who, where and when of an event: from its own sentences, else from the article."""

    context: Context
    mentions: Sequence[Mention]

    def own(self, event: Event, sort: str) -> list[Mention]:
        """Mentions of a sort in the sentences of the event."""
        here = set(event.sentences)
        return [m for m in self.mentions if m.sort == sort and m.sentence in here]

    def near(self, event: Event, sort: str, reach: int) -> list[Mention]:
        """Mentions in the sentence before, then the one before that."""
        first = event.sentences[0]
        for step in range(1, reach + 1):
            found = [m for m in self.mentions if m.sort == sort and m.sentence == first - step]
            if found:
                return found
        return []

    def campaign(self, event: Event) -> Mention | None:
        own = self.own(event, "campaign") or self.near(event, "campaign", 3)
        if own:
            return own[0]
        names = {m.id or m.text for m in self.mentions if m.sort == "campaign"}
        every = [m for m in self.mentions if m.sort == "campaign"]
        return every[0] if len(names) == 1 and len(every) > 1 else None

    def providers(self, event: Event) -> list[Mention]:
        found = self.own(event, "provider") or self.near(event, "provider", 2)
        if not found:
            found = [m for m in self.mentions if m.sort == "provider"][:1]
        return _unique(found)

    def places(self, event: Event) -> list[Mention]:
        own = [m for m in self.own(event, "place") if m.rule != "demonym"]
        if own:
            return own
        return self.near(event, "place", 1) or self.lead_places()

    def lead_places(self) -> list[Mention]:
        """The place that the article is about: the one that its opening names."""
        places = [m for m in self.mentions if m.sort == "place" and m.code]
        if not places:
            return []
        opening = [m for m in places if m.sentence <= places[0].sentence + 1]
        counts: dict[str, int] = {}
        for mention in places:
            counts[mention.code or ""] = counts.get(mention.code or "", 0) + 1
        best = max(opening, key=lambda m: counts[m.code or ""])
        return [m for m in places if m.code == best.code]

    def period(self, event: Event) -> str | None:
        own = [m for m in self.own(event, "period") if m.value]
        return own[0].value if own else None


def _unique(mentions: Sequence[Mention]) -> list[Mention]:
    kept: dict[str, Mention] = {}
    for mention in mentions:
        kept.setdefault(mention.id or mention.text.lower(), mention)
    return list(kept.values())


def _filled(event: Event, slots: _Slots) -> Event:
    places = slots.places(event)
    codes = list(dict.fromkeys(m.code for m in places if m.code))
    inner = [code for code in codes if code.startswith(f"{_COUNTRY}-")]
    if inner or len(codes) > 1:
        codes = [code for code in codes if code != _COUNTRY] or codes
    named = [m for m in places if m.value in _SMALL or m.code in _OWN_CODES]
    unique = {m.text.lower()[:5]: m for m in reversed(named)}
    return replace(
        event,
        campaign=slots.campaign(event),
        providers=tuple(slots.providers(event)),
        places=tuple(sorted(unique.values(), key=lambda m: m.span)),
        locations=tuple(codes),
        period=slots.period(event),
    )
