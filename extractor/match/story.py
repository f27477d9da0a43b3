"""The article behind its events: mentions by sort and sentence, and what it is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.match.context import Context
from extractor.match.parsed import Parsed
from extractor.match.scenes import HEADING
from extractor.types import Event, Figure, Mention, Span, Token

# Sentences: of the body that belong to the lead, around an event; and so many are several.
LEAD = 4
NEAR = 3
SEVERAL = 2
_MAIN = 1.5
_HALF = 0.5
# So many sentences with «we» make a report of one's own.
_WE = 2
# Parts that give, best first; a name that is only there gives when nobody else does.
ACTING = frozenset({"agent", "subject", "source", "possessor"})
# Givers that are places: where it came from, whose country it is.
AT_PLACES = frozenset({"place", "origin"})
_HEADLINE, _OPENING, _BODY = 3.0, 2.0, 1.0
_PART_WEIGHT = {
    "author": 2.0,
    "agent": 1.0,
    "subject": 1.0,
    HEADING: 1.0,
    "place": 0.6,
    "source": 0.8,
    "origin": 0.6,
    "possessor": 0.8,
    "named": 0.3,
}


@dataclass(frozen=True)
class Story:
    """The article behind its events: mentions by sort and sentence, and what it is about."""

    context: Context
    mentions: Sequence[Mention]
    events: Sequence[Event]
    figures: dict[str, Figure]

    @cached_property
    def table(self) -> dict[tuple[str, int], list[Mention]]:
        """(sort, sentence) → the mentions there, in reading order."""
        found: dict[tuple[str, int], list[Mention]] = {}
        for mention in sorted(self.mentions, key=lambda m: m.span):
            found.setdefault((mention.sort, mention.sentence), []).append(mention)
        return found

    @cached_property
    def owners(self) -> dict[int, list[tuple[Span, str]]]:
        """Sentence → the figures in it, each with the event that it belongs to."""
        found: dict[int, list[tuple[Span, str]]] = {}
        for event in self.events:
            for figure in (self.figures[name] for name in event.figures if name in self.figures):
                found.setdefault(figure.sentence, []).append((figure.span, event.id))
        return found

    def at(self, sort: str, sentences: Iterable[int]) -> list[Mention]:
        return [m for index in sentences for m in self.table.get((sort, index), ())]

    def parsed(self, index: int) -> Parsed:
        return self.context.parsed[index]

    def paragraph(self, index: int) -> int:
        return self.parsed(index).sentence.paragraph

    def before(self, event: Event, reach: int) -> list[int]:
        """The sentences of the paragraph before the event's first, nearest first."""
        first = body_start(event, self)
        earlier = range(first - 1, max(-1, first - 1 - reach), -1)
        here = self.paragraph(first)
        return [i for i in earlier if self.paragraph(i) == here]

    def after(self, event: Event) -> list[int]:
        """The sentence behind the event, in its paragraph, unless it counts something else."""
        index = event.sentences[-1] + 1
        inside = index < len(self.context.parsed) and index not in self.counted
        return [index] if inside and self.paragraph(index) == self.paragraph(index - 1) else []

    @cached_property
    def prose(self) -> list[int]:
        return [parsed.sentence.index for parsed in self.context.prose]

    @cached_property
    def lead(self) -> list[int]:
        """Headline and the first sentences of the body."""
        body = [i for i in self.prose if not self.is_headline(i)]
        return [i for i in self.prose if self.is_headline(i)] + body[:LEAD]

    def prosaic(self, index: int) -> bool:
        """Body text: a date line dates the article, not the aid."""
        return self.parsed(index).sentence.zone.kind == "body"

    def opens_paragraph(self, index: int) -> bool:
        return index == 0 or self.paragraph(index - 1) != self.paragraph(index)

    def is_headline(self, index: int) -> bool:
        return self.parsed(index).sentence.zone.kind == "headline"

    def weight(self, index: int) -> float:
        """A name in the headline says more of the article than one in its body."""
        if self.is_headline(index):
            return _HEADLINE
        return _OPENING if index in self.lead else _BODY

    @cached_property
    def main_giver(self) -> Mention | None:
        """Who gives in headline and lead, or most often; of many givers none is the main one."""
        scores: dict[str, float] = {}
        for mention in self.mentions:
            if mention.sort == "provider" and self._may_lead(mention):
                worth = self.weight(mention.sentence) * _PART_WEIGHT.get(mention.rule, 0.0)
                scores[identity(mention)] = scores.get(identity(mention), 0.0) + worth
        if not scores:
            return None
        best = max(scores, key=lambda key: scores[key])
        weighty = scores[best] >= max(_MAIN, _HALF * sum(scores.values()))
        return self.fullest(best) if weighty else None

    def _may_lead(self, mention: Mention) -> bool:
        """A crowd or a person gives in its own sentence only, unless the headline is about it."""
        if mention.code in ("crowd", "person"):
            return self.is_headline(mention.sentence)
        if mention.rule in AT_PLACES:
            titled = mention.rule == "origin" and self.is_headline(mention.sentence)
            return titled or (mention.rule == "place" and mention.sentence in self.lead)
        return mention.code != "helper"

    @cached_property
    def acting(self) -> frozenset[str]:
        """Everybody who gives anywhere in the article."""
        found = (m for m in self.mentions if m.sort == "provider" and m.rule in ACTING)
        return frozenset(identity(m) for m in found if m.code != "helper")

    @cached_property
    def author(self) -> Mention | None:
        """Whose report the article is: a line above it signs it."""
        return next((m for m in self.mentions if m.rule == "author"), None)

    @cached_property
    def voice(self) -> Mention | None:
        """Who says «we» in a report of his own: the body that headline or lead names first."""
        said = sum(
            any(token.norm in parsed.language.we for token in parsed.tokens)
            for parsed in self.context.prose
        )
        if said < _WE:
            return None
        lead = [m for m in self.mentions if m.sort == "provider" and m.sentence in self.lead]
        bodies = [m for m in lead if m.code == "body" and m.rule in (*ACTING, "named")]
        return min(bodies, key=lambda m: m.span, default=None)

    @cached_property
    def topic(self) -> Mention | None:
        """Where nobody is seen to give: the fund that headline and lead are about."""
        scores: dict[str, float] = {}
        for mention in self.at("provider", self.lead):
            if mention.code == "body" and self._is_benefactor(mention):
                worth = self.weight(mention.sentence)
                scores[identity(mention)] = scores.get(identity(mention), 0.0) + worth
        best = max(scores, key=lambda key: scores[key], default="")
        alone = scores.get(best, 0.0) > _HALF * sum(scores.values())
        return self.fullest(best) if alone else None

    def _is_benefactor(self, mention: Mention) -> bool:
        """A fund is there to give, whatever the sentence says of it."""
        parsed = self.parsed(mention.sentence)
        return any(
            hit.entry.id == "benefactor" and mention.span.overlaps(parsed.span(hit.first, hit.last))
            for hit in parsed.of_sort("head")
        )

    def is_authority(self, mention: Mention) -> bool:
        """«управление занятости», «әкімдік»: a body of the state, named anywhere."""
        parsed = self.parsed(mention.sentence)
        return any(
            hit.entry.id == "authority" and mention.span.overlaps(parsed.span(hit.first, hit.last))
            for hit in parsed.of_sort("head")
        )

    def fullest(self, name: str) -> Mention | None:
        """The mention that gives a name in full: «партия» → «Жаңа дала» партиясы."""
        same = [m for m in self.mentions if m.sort == "provider" and identity(m) == name]
        whole = [m for m in same if m.value == m.text]
        acting = [m for m in whole if m.rule in (*ACTING, HEADING)]
        return min(acting or whole or same, key=lambda m: m.span, default=None)

    def figures_of(self, event: Event) -> list[Figure]:
        return [self.figures[name] for name in event.figures if name in self.figures]

    @cached_property
    def counted(self) -> frozenset[int]:
        """The sentences in which an event has a figure."""
        return frozenset(index for event in self.events for index in event.sentences)


def identity(mention: Mention) -> str:
    return mention.id or (mention.value or mention.text).casefold().strip("«»“”\"' ")


def body_start(event: Event, story: Story) -> int:
    """The first sentence of an event that is not its headline, if it has one."""
    body = [i for i in event.sentences if not story.is_headline(i)]
    return body[0] if body else event.sentences[0]


def tokens_of(parsed: Parsed, mention: Mention) -> tuple[int, int]:
    first = bisect_right(parsed.tokens, mention.span.start, key=_stop)
    last = bisect_left(parsed.tokens, mention.span.stop, key=_start) - 1
    return (first, last) if first <= last else (0, 0)


def _start(token: Token) -> int:
    return token.span.start


def _stop(token: Token) -> int:
    return token.span.stop
