"""Who, under which name, where and when: the mentions that belong to an event.

What stands in the event's own sentences comes first; then what its paragraph said just
before; then what the article is about: the giver, the place and the time that its headline
and lead set for all that follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile

from extractor.match.context import Context
from extractor.match.governors import nearest
from extractor.match.lexicon import Hit
from extractor.match.parsed import WORD_DASHES, Parsed
from extractor.match.scenes import HEADING
from extractor.types import Concept, Event, Figure, Mention, Span, Token

_COUNTRY = "KZ"
_OWN_CODES = frozenset({"KZ-71", "KZ-75", "KZ-79"})
_SMALL = frozenset({"town", "city", "district", "village"})
# So many letters of a place are the same in all its cases.
_STEM = 5
_TOWNS = frozenset({"town", "city"})
_WHOLE_COUNTRY = 10
# «Children with cerebral palsy from Almaty»: so far before «from» stands who gets.
_DESCRIBED = 4
_GIVERS = frozenset({"entrepreneur", "farmer"})
_CLOSING = frozenset({*WORD_DASHES, "."})
_LEAD = 4
_NEAR = 3
_SEVERAL = 2
# A line of fewer words is a cell of a table, not a sentence.
_PROSE = 3
_MAIN = 1.5
# «To Ukraine» says more of the aid than «in Astana», where it was gathered.
_TOWARDS = 2
# Regions of one list are alike where none comes up far more often.
_ALIKE = 0.6
_HALF = 0.5
# So many sentences with «we» make a report of one's own.
_WE = 2

# Parts that give, best first; a name that is only there gives when nobody else does.
_ACTING = frozenset({"agent", "subject", "source", "possessor"})
_PLACES = frozenset({"place", "origin"})
_AID = frozenset({"money", "goods", "recipients"})
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


def fill_slots(
    context: Context,
    events: Sequence[Event],
    mentions: Sequence[Mention],
    figures: Sequence[Figure] = (),
) -> tuple[Event, ...]:
    """«e1: f1, f2» → with provider, campaign, places and period from its own sentences.

    ``figures`` tell apart the events of one sentence: each giver goes to the nearest figure.
    """
    story = Story(context, mentions, events, {figure.id: figure for figure in figures})
    return tuple(_filled(event, story) for event in events)


def fill_alone(
    context: Context, mentions: Sequence[Mention], figures: Sequence[Figure]
) -> dict[str, Event]:
    """«f1» → who gives, where and when, if its event held this figure alone.

    A single figure has nobody to be held against, and is left out.
    """
    if len(figures) < 2:
        return {}
    events = [Event(f.id, (f.id,), (), sentences=(f.sentence,)) for f in figures]
    story = Story(context, mentions, events, {figure.id: figure for figure in figures})
    return {event.id: _told_alone(event, story) for event in events}


def _told_alone(event: Event, story: Story) -> Event:
    return replace(
        event,
        providers=tuple(_name_providers(event, story)),
        places=_locate(event, story).places,
        period=_told_when(event, story),
    )


def _filled(event: Event, story: Story) -> Event:
    where = _locate(event, story)
    return replace(
        event,
        campaign=_name_campaign(event, story),
        providers=tuple(_name_providers(event, story)),
        places=where.places,
        locations=where.codes,
        period=_date_event(event, story),
        wave=_number_wave(event, story),
    )


# -- the article as a whole ----------------------------------------------------------------


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
        first = _body_start(event, self)
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
        return [i for i in self.prose if self.is_headline(i)] + body[:_LEAD]

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
                scores[_identity(mention)] = scores.get(_identity(mention), 0.0) + worth
        if not scores:
            return None
        best = max(scores, key=lambda key: scores[key])
        weighty = scores[best] >= max(_MAIN, _HALF * sum(scores.values()))
        return self.fullest(best) if weighty else None

    def _may_lead(self, mention: Mention) -> bool:
        """A crowd or a person gives in its own sentence only, unless the headline is about it."""
        if mention.code in ("crowd", "person"):
            return self.is_headline(mention.sentence)
        if mention.rule in _PLACES:
            titled = mention.rule == "origin" and self.is_headline(mention.sentence)
            return titled or (mention.rule == "place" and mention.sentence in self.lead)
        return mention.code != "helper"

    @cached_property
    def acting(self) -> frozenset[str]:
        """Everybody who gives anywhere in the article."""
        found = (m for m in self.mentions if m.sort == "provider" and m.rule in _ACTING)
        return frozenset(_identity(m) for m in found if m.code != "helper")

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
        bodies = [m for m in lead if m.code == "body" and m.rule in (*_ACTING, "named")]
        return min(bodies, key=lambda m: m.span, default=None)

    @cached_property
    def topic(self) -> Mention | None:
        """Where nobody is seen to give: the fund that headline and lead are about."""
        scores: dict[str, float] = {}
        for mention in self.at("provider", self.lead):
            if mention.code == "body" and self._is_benefactor(mention):
                worth = self.weight(mention.sentence)
                scores[_identity(mention)] = scores.get(_identity(mention), 0.0) + worth
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

    def fullest(self, identity: str) -> Mention | None:
        """The mention that gives a name in full: «партия» → «Жаңа дала» партиясы."""
        same = [m for m in self.mentions if m.sort == "provider" and _identity(m) == identity]
        whole = [m for m in same if m.value == m.text]
        acting = [m for m in whole if m.rule in (*_ACTING, HEADING)]
        return min(acting or whole or same, key=lambda m: m.span, default=None)

    def figures_of(self, event: Event) -> list[Figure]:
        return [self.figures[name] for name in event.figures if name in self.figures]

    @cached_property
    def counted(self) -> frozenset[int]:
        """The sentences in which an event has a figure."""
        return frozenset(index for event in self.events for index in event.sentences)

    @cached_property
    def scenery(self) -> Scenery:
        return Scenery(self)


def _identity(mention: Mention) -> str:
    return mention.id or (mention.value or mention.text).casefold().strip("«»“”\"' ")


def _body_start(event: Event, story: Story) -> int:
    """The first sentence of an event that is not its headline, if it has one."""
    body = [i for i in event.sentences if not story.is_headline(i)]
    return body[0] if body else event.sentences[0]


# -- campaigns -----------------------------------------------------------------------------


def _name_campaign(event: Event, story: Story) -> Mention | None:
    """Its own campaign, that of its paragraph, or the only one that the article names."""
    chosen = _campaign_of(event, story)
    same = [m for m in story.mentions if chosen and m.id and m.id == chosen.id]
    plain = [m for m in same if m.sort == "campaign" and not m.text.startswith("#")]
    return next(iter(plain), chosen) if chosen and chosen.text.startswith("#") else chosen


def _campaign_of(event: Event, story: Story) -> Mention | None:
    own = story.at("campaign", event.sentences)
    if own:
        return own[0]
    near = story.at("campaign", story.before(event, _NEAR))
    if near and not _is_aside(event, story):
        return near[0]
    every = [m for m in story.mentions if m.sort == "campaign"]
    headlined = any(story.is_headline(index) for index in event.sentences)
    meant = headlined or _speaks_of_campaign(event, story)
    if not meant and (_is_aside(event, story) or not _has_aid(event, story)):
        return None
    meant = meant or any(story.is_headline(m.sentence) for m in every)
    if not meant and _has_other_giver(event, story):
        every = [m for m in every if _gives_its_name(m, event, story)]
    names = {m.id or m.text.casefold() for m in every}
    central = any(m.sentence in story.lead for m in every) or len(story.events) == 1
    return every[0] if len(names) == 1 and central else None


def _is_aside(event: Event, story: Story) -> bool:
    """«Кроме того, завод купил …», «бұған дейін», «as well»: another matter than the campaign."""
    return any(
        hit.entry.id == "aside"
        for index in (_body_start(event, story), *story.before(event, 1))
        for hit in story.parsed(index).of_sort("head")
    )


def _speaks_of_campaign(event: Event, story: Story) -> bool:
    """«для акции», «к акции присоединился бизнес. X …»: the campaign is meant, though not named."""
    return any(
        hit.entry.id == "campaign"
        for index in (*event.sentences, *story.before(event, 1))
        for hit in story.parsed(index).of_sort("head")
    )


def _gives_its_name(campaign: Mention, event: Event, story: Story) -> bool:
    """«Біз біргеміз!» қоры gives under the name of its campaign."""
    givers = _best_parts(_own_givers(event, story))
    return any(campaign.text.casefold() in giver.text.casefold() for giver in givers)


def _has_other_giver(event: Event, story: Story) -> bool:
    """Somebody gives here who is not the one that the article is about."""
    main = story.main_giver
    own = _best_parts(_own_givers(event, story)) or _givers_before(event, story)
    if story.author is not None or not own:
        return False
    if main is None:
        return len(story.acting) >= _SEVERAL
    return all(m.code != "helper" and _identity(m) != _identity(main) for m in own)


# -- waves ---------------------------------------------------------------------------------


def _number_wave(event: Event, story: Story) -> int | None:
    """The wave that its sentences name, nearest to its figures; or that of all the article."""
    own = story.at("wave", event.sentences)
    near = own or story.at("wave", story.before(event, _NEAR))
    if not near:
        every = [m for m in story.mentions if m.sort == "wave"]
        near = every if any(m.sentence in story.lead for m in every) else []
        if len({m.value for m in near}) > 1:
            return None
    start = min((f.span.start for f in story.figures_of(event)), default=None)
    best = min(near, key=lambda m: _to_figure(m, start), default=None)
    return int(best.value) if best is not None and best.value else None


def _to_figure(mention: Mention, start: int | None) -> int:
    """Characters between a wave and the event's first figure; behind it counts double."""
    if start is None:
        return mention.span.start
    gap = start - mention.span.start
    return gap if gap >= 0 else -2 * gap


# -- providers -----------------------------------------------------------------------------


def _name_providers(event: Event, story: Story) -> list[Mention]:
    """The givers of its own clause; else of the paragraph; else of the article."""
    own = _best_parts(_own_givers(event, story))
    counted = any(f.kind == "volunteers" for f in story.figures_of(event))
    if all(m.code == "helper" for m in own):
        own = [] if counted else own
        main = story.main_giver or story.voice or story.topic
        main = main if _has_aid(event, story) else None
        own = _near_givers(event, story) or ([main] if main else own)
    else:
        own = [*own, *_named_after(event, story)]
    if story.author is not None and own:
        own = [story.author, *own]
    full = [_written_out(mention, story) for mention in own]
    unique = list({_identity(m): m for m in reversed(full)}.values())[::-1]
    return [m for m in unique if not any(_is_short_for(m, other) for other in unique)]


def _has_aid(event: Event, story: Story) -> bool:
    """«1 200 человек эвакуированы»: who only suffers got nothing from anybody."""
    figures = story.figures_of(event)
    return not figures or any(f.kind in _AID for f in figures)


def _is_short_for(mention: Mention, other: Mention) -> bool:
    """«DMMU» beside «… Unit (DMMU)», «Chery» beside «Chery International»."""
    short, long = _identity(mention), _identity(other)
    return len(short) < len(long) and bool(re.search(rf"\b{re.escape(short)}\b", long))


def _near_givers(event: Event, story: Story) -> list[Mention]:
    """Those who act in the sentence after, if it only says who; then those just before."""
    return [*_givers_before(event, story), *_named_after(event, story)]


def _givers_before(event: Event, story: Story) -> list[Mention]:
    for index in story.before(event, _NEAR):
        near = [
            m for m in story.at("provider", [index]) if m.code not in ("helper", "place", "person")
        ]
        if near := _best_parts(near):
            return near
    return []


def _named_after(event: Event, story: Story) -> list[Mention]:
    """«Бұл жұмысты X мен Y ұйымдастырды»: a sentence without figures, right behind."""
    acting = [m for m in story.at("provider", story.after(event)) if m.rule in _ACTING]
    bodies = [m for m in acting if m.code == "body"]
    return acting if len(bodies) >= _SEVERAL else []


def _own_givers(event: Event, story: Story) -> list[Mention]:
    """Givers of the event's sentences; where two events share one, each its nearest."""
    found = story.at("provider", _stretch(event, story))
    return [m for m in found if _is_nearest(m, event, story)] or found


def _stretch(event: Event, story: Story) -> list[int]:
    """Its sentences, and those between them in which no other event stands."""
    body = [i for i in event.sentences if not story.is_headline(i)]
    here = story.paragraph(body[0]) if body else 0
    between = range(body[0], body[-1]) if body else ()
    inside = takewhile(lambda index: story.paragraph(index) == here, between)
    free = [index for index in inside if index not in story.counted]
    return sorted({*event.sentences, *free})


def _is_nearest(mention: Mention, event: Event, story: Story) -> bool:
    here = story.owners.get(mention.sentence, ())
    rivals = [(abs(_distance(mention.span, figure)), owner) for figure, owner in here]
    return not rivals or min(rivals)[1] == event.id


def _distance(giver: Span, figure: Span) -> int:
    """A giver mostly stands before what it gives; behind it the way is counted double."""
    if giver.stop <= figure.start:
        return figure.start - giver.stop
    return 2 * max(0, giver.start - figure.stop)


def _best_parts(mentions: Sequence[Mention]) -> list[Mention]:
    """Who acts, rather than who is only named beside; a person beside a body gives with it."""
    acting = [m for m in mentions if m.rule in _ACTING]
    places = [m for m in mentions if m.rule in _PLACES]
    named = [m for m in mentions if m.rule == "named"]
    if any(m.code != "person" for m in acting):
        return acting
    return places[:1] or acting or named[:1]


def _written_out(mention: Mention, story: Story) -> Mention:
    """A bare «фонд» stands for the name that it means."""
    if mention.value == mention.text:
        return mention
    return story.fullest(_identity(mention)) or mention


# -- places --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Where:
    """The codes and the small places of an event."""

    codes: tuple[str, ...] = ()
    places: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class Scenery:
    """The places of an article, without those that only look like it."""

    story: Story
    _found: dict[tuple[int, ...], list[Mention]] = field(default_factory=dict)

    @cached_property
    def places(self) -> list[Mention]:
        """Places where something may happen: not in a date, a currency, a byline."""
        every = [m for m in self.story.mentions if m.sort == "place" and m.rule != "demonym"]
        return [self._proper(m) for m in sorted(every, key=lambda m: m.span) if self._counts(m)]

    def _counts(self, mention: Mention) -> bool:
        if any(m.span.overlaps(mention.span) for m in self.story.at("period", [mention.sentence])):
            return False
        parsed = self.story.parsed(mention.sentence)
        return not (_beside_currency(parsed, mention) or _is_byline(parsed, mention))

    def _proper(self, mention: Mention) -> Mention:
        """«елорда» → the first mention that names the capital."""
        if mention.rule != "capital":
            return mention
        named = [
            m
            for m in self.story.mentions
            if (m.sort, m.code, m.value) == ("place", mention.code, "city") and m.rule != "capital"
        ]
        first = min(named, key=lambda m: m.span, default=None)
        return replace(first, sentence=mention.sentence) if first else mention

    def at(self, sentences: Iterable[int]) -> list[Mention]:
        wanted = set(sentences)
        return [m for m in self.places if m.sentence in wanted]

    def is_origin(self, mention: Mention) -> bool:
        """«Нұр-Сұлтаннан», «из Мангистауской области»; «заявки из Шымкента» ask for aid there."""
        parsed = self.story.parsed(mention.sentence)
        if _bearing(parsed, mention) != "origin" or _asks(parsed):
            return False
        return not self._is_of_receiver(parsed, mention)

    def _is_of_receiver(self, parsed: Parsed, mention: Mention) -> bool:
        """«40 children from Karaganda had been helped», «семьи из Тараза»: there the aid goes."""
        before = _word_before(parsed, _tokens_of(parsed, mention)[0])
        start = max(0, before - _DESCRIBED)
        walls = (i for i in range(start, before) if parsed.norm(i) == "," or _acts_at(parsed, i))
        first = max(walls, default=start - 1) + 1
        nouns = [h for h in parsed.between("noun", first, before - 1) if _is_receiver(h)]
        givers = self.story.at("provider", [mention.sentence])
        # «Мастерицы из Кулана прислали»: they give, and are from there.
        if any(g.span.overlaps(mention.span) and g.rule in _ACTING for g in givers):
            return False
        beside = [g for g in givers if not g.span.overlaps(mention.span)]
        return any(not any(g.span.overlaps(h.span) for g in beside) for h in nouns)

    def is_giver(self, mention: Mention) -> bool:
        """«The Turkistan Region sent»: the place is the giver, or names it."""
        parsed = self.story.parsed(mention.sentence)
        givers = self.story.at("provider", [mention.sentence])
        return any(
            g.span.overlaps(mention.span) and (_abroad(mention) or _same(g, mention))
            for g in givers
            if g.rule in _ACTING | _PLACES and g.code != "crowd"
            if not (g.rule == "origin" and self._is_of_receiver(parsed, mention))
        )

    def usable(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Neither where aid comes from nor who gives it; the country alone says little."""
        return [m for m in mentions if not self._is_aside(m) and not self.is_origin(m)]

    def _is_aside(self, mention: Mention) -> bool:
        desk = self._is_desk(mention) and mention.sentence not in self.captions
        return self.is_giver(mention) or self._vague(mention) or desk

    def _is_desk(self, mention: Mention) -> bool:
        """«ASTANA – At least …», «Алматы, 12 мая 2020 года.»: where the news was written."""
        parsed = self.story.parsed(mention.sentence)
        return _is_dateline(parsed, mention) or self._is_dated(parsed, mention)

    def _is_dated(self, parsed: Parsed, mention: Mention) -> bool:
        """A place with nothing but its day beside it: «Taraz, May 8, 2020», «8 мая, Тараз»."""
        first, last = _tokens_of(parsed, mention)
        days = [_tokens_of(parsed, m) for m in self.story.at("period", [mention.sentence])]
        ahead = first == 0 and any(start - last == 2 for start, _ in days)
        behind = last >= len(parsed.tokens) - 2 and any(
            start == 0 and first - stop == 2 for start, stop in days
        )
        marks = parsed.norm(last + 1 if ahead else first - 1)
        return (ahead or behind) and (marks == "," or marks in _CLOSING)

    @cached_property
    def captions(self) -> dict[int, Mention]:
        """«ТАРАЗ.», «- Atyrau region.»: of a round-up, each place at the head of its part."""
        story = self.story
        found = {
            mention.sentence: mention
            for mention in self.places
            if mention.code
            and story.prosaic(mention.sentence)
            and story.opens_paragraph(mention.sentence)
            and _is_caption(story.parsed(mention.sentence), mention)
        }
        codes = {mention.code for mention in found.values()}
        return found if len(codes) >= _SEVERAL else {}

    def captioned(self, event: Event) -> list[Mention]:
        """The place at the head of the event's paragraph, or on a line of its own above it."""
        start = _body_start(event, self.story)
        here = self.story.paragraph(start)
        own = [m for at, m in self.captions.items() if self.story.paragraph(at) == here]
        above = [at for at in self.captions if at < start]
        lines = [at for at in above if self._is_line(at)]
        if own or not lines or lines[-1:] != above[-1:]:
            return own
        return [self.captions[lines[-1]]]

    def _is_line(self, index: int) -> bool:
        """«ТАРАЗ» over a paragraph of words; over a number it is a cell of a table."""
        if not self.story.opens_paragraph(index + 1):
            return False
        words = [token for token in self.story.parsed(index + 1).tokens if token.sort == "word"]
        return len(words) >= _PROSE

    def own(self, sentences: Iterable[int]) -> list[Mention]:
        """Where something happens; «эвакуированные из X» is X where the article is about X."""
        asked = tuple(sentences)
        if asked not in self._found:
            self._found[asked] = self._own(asked)
        return self._found[asked]

    def _own(self, sentences: tuple[int, ...]) -> list[Mention]:
        here = [m for m in self.at(sentences) if not (self._is_aside(m) or self._is_home(m))]
        main = {m.code for m in self.main}
        kept = [m for m in here if not self.is_origin(m) or m.code in main]
        return self._at_home([m for m in kept if not self._is_before_goal(m, kept)])

    def _is_before_goal(self, mention: Mention, others: Sequence[Mention]) -> bool:
        """«В Таразе собрали 3 тонны для Актау», «Тараз шаруалары Ақтауға жіберді»."""
        goals = {
            m.code for m in others if m.sentence == mention.sentence and self._bears(m, "goal")
        }
        parsed = self.story.parsed(mention.sentence)
        part = _bearing(parsed, mention)
        bare = parsed.language.suffixed and not part and mention.code not in goals
        return bool(goals) and (part == "inside" or bare)

    def _is_home(self, mention: Mention) -> bool:
        """«Көкшетау кәсіпкерлері» in an article about another place, «соседняя область»."""
        main = {m.code for m in self.main}
        if mention.code not in main and _is_neighbour(self.story.parsed(mention.sentence), mention):
            return True
        story = self.story
        told = {
            m.code
            for m in self.main
            if story.is_headline(m.sentence)
            or (m.sentence in story.lead and len(self.main) > _SEVERAL)
        }
        if not told or mention.code in told or story.is_headline(mention.sentence):
            return False
        givers = story.at("provider", [mention.sentence])
        return any(g.span.overlaps(mention.span) and g.rule in _ACTING for g in givers)

    def is_of_giver(self, mention: Mention) -> bool:
        """«Өскемендегі «Көк Тас»», «Самар ауданының шаруалары»: a place beside the one told of."""
        elsewhere = any(m.code == mention.code and m.id != mention.id for m in self.main_small)
        if not elsewhere or self.story.is_headline(mention.sentence):
            return False
        acting = [g for g in self.story.at("provider", [mention.sentence]) if g.rule in _ACTING]
        if any(g.code == "crowd" and g.span.overlaps(mention.span) for g in acting):
            return True
        parsed = self.story.parsed(mention.sentence)
        last = _tokens_of(parsed, mention)[1]
        behind = parsed.tokens[last + 1 : last + 2]
        starts = {g.span.start for g in acting}
        return _bearing(parsed, mention) == "inside" and any(t.span.start in starts for t in behind)

    def _bears(self, mention: Mention, part: str) -> bool:
        return _bearing(self.story.parsed(mention.sentence), mention) == part

    def _at_home(self, places: list[Mention]) -> list[Mention]:
        """Aid abroad has no place at home, aid at home none abroad."""
        if self.abroad is not None:
            return [m for m in places if m.code is None or _abroad(m)]
        home = [m for m in places if m.code and not _abroad(m)]
        return [m for m in places if not _abroad(m)] if home else places

    def _vague(self, mention: Mention) -> bool:
        """«Президент РК» names the country and no place in it."""
        parsed = self.story.parsed(mention.sentence)
        return mention.code == _COUNTRY and _bearing(parsed, mention) != "inside"

    @cached_property
    def main(self) -> list[Mention]:
        """The places that the article is about: by headline, lead, and how often."""
        scores: dict[str, float] = {}
        coded = [m for m in self.usable(self.places) if m.code]
        for mention in coded:
            worth = self.story.weight(mention.sentence)
            worth *= _TOWARDS if self._bears(mention, "goal") else 1
            scores[mention.code or ""] = scores.get(mention.code or "", 0.0) + worth
        titled = {m.code for m in coded if self.story.is_headline(m.sentence)}
        whole = titled == {_COUNTRY}
        inner = {c: score for c, score in scores.items() if (c == _COUNTRY) == whole} or scores
        inner = {c: score for c, score in inner.items() if c not in self.passing}
        if not inner:
            return self._for_lack_of_better()
        best = max(inner, key=lambda code: inner[code])
        like = {code for code, score in inner.items() if score >= _ALIKE * inner[best]}
        equal = {best, *(like & self._listed_with(best, coded))}
        return [m for m in coded if m.code in equal]

    def _listed_with(self, code: str, coded: Sequence[Mention]) -> set[str]:
        """«в Акмолинской и Костанайской областях»: the lead is about each of the regions listed."""
        lead = set(self.story.lead)
        regions = [m for m in coded if m.value == "region" and m.sentence in lead]
        first = next((m.sentence for m in regions if m.code == code), None)
        return {m.code or "" for m in regions if m.sentence == first}

    @cached_property
    def passing(self) -> frozenset[str | None]:
        """«Лечился в Берлине» beside places at home: countries that aid does not go to.

        It goes to those that a headline names, that lie ahead, or that come up again and again.
        """
        if not any(m.code and not _abroad(m) for m in self.places):
            return frozenset()
        usable = self.usable(self.places)
        codes = [m.code for m in usable]
        sent = {
            m.code
            for m in usable
            if self.story.is_headline(m.sentence)
            or self._bears(m, "goal")
            or codes.count(m.code) > _SEVERAL
        }
        return frozenset({m.code for m in self.places if _abroad(m)} - sent)

    def _for_lack_of_better(self) -> list[Mention]:
        """«ASTANA –», «РК», «Үндістан үкіметі»: a desk, a title, a giver says where at last."""
        coded = [m for m in self.places if m.code and m.code not in self.passing]
        return [m for m in coded if not self._is_desk(m)][:1] or coded[:1]

    @cached_property
    def abroad(self) -> str | None:
        """The country that aid goes to, when the headline or the lead sends it there."""
        main = self.main
        return main[0].code if main and _abroad(main[0]) else None

    @cached_property
    def main_small(self) -> list[Mention]:
        """A town or district that the opening names; later ones belong to their sentences."""
        lead = set(self.story.lead[:_LEAD])
        small = [m for m in self.main if _is_small(m) and m.sentence in lead]
        title = [m for m in self.main if self.story.is_headline(m.sentence)]
        if title and not any(_is_small(m) for m in title):
            return []
        if not small or self._is_regional(small):
            return []
        return [next((m for m in small if self._is_told(m, small[0])), small[0])]

    def _is_told(self, mention: Mention, first: Mention) -> bool:
        """«Теміртауға» of the headline is «Теміртау» in the body: the body tells it in full."""
        same = mention.text.casefold()[:_STEM] == first.text.casefold()[:_STEM]
        return same and not self.story.is_headline(mention.sentence)

    def _is_regional(self, small: Sequence[Mention]) -> bool:
        """A lead that names the region apart from its town is about all of the region."""
        apart = set(self.story.lead) - {m.sentence for m in small}
        return small[0].value in _TOWNS and any(
            m.value == "region" and m.sentence in apart for m in self.main
        )


def _abroad(mention: Mention) -> bool:
    return mention.code is not None and not mention.code.startswith(_COUNTRY)


def _same(giver: Mention, place: Mention) -> bool:
    return giver.span.covers(place.span) and len(giver.span) - len(place.span) <= 8


def _is_small(mention: Mention) -> bool:
    return mention.value in _SMALL or mention.code in _OWN_CODES


def _tokens_of(parsed: Parsed, mention: Mention) -> tuple[int, int]:
    first = bisect_right(parsed.tokens, mention.span.start, key=_stop)
    last = bisect_left(parsed.tokens, mention.span.stop, key=_start) - 1
    return (first, last) if first <= last else (0, 0)


def _start(token: Token) -> int:
    return token.span.start


def _stop(token: Token) -> int:
    return token.span.stop


def _asks(parsed: Parsed) -> bool:
    concepts = (hit.entry.meaning for hit in parsed.of_sort("noun"))
    return any(isinstance(c, Concept) and c.kind == "requests" for c in concepts)


def _is_receiver(hit: Hit) -> bool:
    """«children», «семьи»; farmers and businessmen from somewhere mostly give."""
    noun = hit.entry.meaning
    gives = isinstance(noun, Concept) and not _GIVERS.isdisjoint(noun.category)
    return isinstance(noun, Concept) and noun.kind == "recipients" and not gives


def _acts_at(parsed: Parsed, index: int) -> bool:
    return bool(parsed.starting("verb", index))


def _beside_currency(parsed: Parsed, mention: Mention) -> bool:
    """«долларов США», «АҚШ доллары» name no place."""
    first, last = _tokens_of(parsed, mention)
    return any(
        isinstance(hit.entry.meaning, Concept) and hit.entry.meaning.sort == "currency"
        for hit in (*parsed.starting("noun", last + 1), *parsed.ending("noun", first - 1))
    )


def _is_byline(parsed: Parsed, mention: Mention) -> bool:
    """«… — заключил министр. Имя Фамилия, Нур-Султан»: the end of a line, behind a name."""
    first, last = _tokens_of(parsed, mention)
    if first < 3 or last < len(parsed.tokens) - 2 or parsed.norm(first - 1) != ",":
        return False
    names = parsed.tokens[first - 3 : first - 1]
    return first == 3 and all(token.text[:1].isupper() for token in names)


def _is_dateline(parsed: Parsed, mention: Mention) -> bool:
    """«ASTANA – At least …»: where the desk is, not where the aid goes."""
    first, last = _tokens_of(parsed, mention)
    closed = parsed.norm(last + 1) in _CLOSING
    return first == 0 and parsed.tokens[0].text.isupper() and closed


def _is_caption(parsed: Parsed, mention: Mention) -> bool:
    """«ТАРАЗ.», «- Atyrau region.»: nothing but a place, and what kind of place it is."""
    first, last = _tokens_of(parsed, mention)
    heads = {i for h in parsed.of_sort("place_head") for i in range(h.first, h.last + 1)}
    return all(
        token.sort != "word" or first <= index <= last or index in heads
        for index, token in enumerate(parsed.tokens)
    )


def _is_neighbour(parsed: Parsed, mention: Mention) -> bool:
    """«көршілес Ақтөбе облысы», «соседняя область»: who comes to help."""
    before = _tokens_of(parsed, mention)[0] - 1
    return any(hit.entry.id == "neighbour" for hit in parsed.ending("head", before))


def _bearing(parsed: Parsed, mention: Mention) -> str:
    """«origin», «inside», «goal» or nothing, by case ending or preposition."""
    first, last = _tokens_of(parsed, mention)
    if parsed.language.suffixed:
        last = _end_of_list(parsed, last)
    cases = _cases(parsed, first, last)
    if parsed.language.suffixed:
        made = any(hit.entry.id == "origin" for hit in parsed.starting("head", last + 1))
        owned = _cases_of_owned(parsed, last) if cases <= {"gen"} else set()
        if made or "abl" in cases or "abl" in owned:
            return "origin"
        if cases & {"loc", "adj"}:
            return "inside"
        return "goal" if "dat" in cases or "dat" in owned else ""
    word = _word_before(parsed, first)
    for part in ("origin", "inside", "goal"):
        if any(h.entry.id == part for h in parsed.ending("head", word)):
            return "goal" if part == "inside" and _is_entered(cases) else part
    # «отправит Афганистану 300 тонн»: whom it is given to.
    return "goal" if cases == {"dat"} else ""


def _is_entered(cases: set[str]) -> bool:
    """«в Украину», «в Костанайскую область» lead there, «в Украине» lies there."""
    return "acc" in cases and not cases & {"loc", "dat", "gen"}


def _end_of_list(parsed: Parsed, last: int) -> int:
    """«Бөрлі, Теректі аудандарында» → Теректі: the last of a list bears the case of all."""
    while True:
        step = next((s for s in (2, 3) if _joined_by(parsed, last, s)), None)
        if step is None:
            return last
        last = parsed.starting("place", last + step)[0].last


def _joined_by(parsed: Parsed, last: int, step: int) -> bool:
    """Is a place so many tokens behind this one joined to it by «,» or «және»?"""
    between = range(last + 1, last + step)
    joined = all(parsed.norm(i) == "," or parsed.ending("and", i) for i in between)
    return joined and bool(parsed.starting("place", last + step))


def _cases(parsed: Parsed, first: int, last: int) -> set[str]:
    """The cases of a name, or of the head noun behind it, at its end or before it."""
    hits = [*parsed.ending("place", last), *parsed.starting("place_head", last + 1)]
    hits += parsed.ending("place_head", last)
    heads = [h for h in hits if h.entry.sort == "place_head"]
    heads = heads or list(parsed.ending("place_head", first - 1))
    return {h.reading.case for h in heads or hits if h.reading.case}


def _cases_of_owned(parsed: Parsed, last: int) -> set[str]:
    """«Нұр-Сұлтан қ. жүк қоймасынан»: the noun that the place belongs to bears the case."""
    readings = parsed.language.morphology.readings
    for index in range(last + 1, min(last + 5, len(parsed.tokens))):
        token = parsed.tokens[index]
        if token.text == ".":
            continue
        if token.sort != "word" or parsed.starting("verb", index):
            break
        owned = [r.case for r in readings(token.norm) if r.possessive]
        if owned:
            return {case for case in owned if case}
    return set()


def _word_before(parsed: Parsed, first: int) -> int:
    """The preposition before a place: «из города Уральска», «из Астаны и Кокшетау»."""
    index = first - 1
    while index >= 0:
        listed = parsed.norm(index) == "," or parsed.ending("and", index)
        heads = parsed.ending("place_head", index - 1)
        earlier = parsed.ending("place", heads[0].first - 1 if heads else index - 1)
        if listed and earlier:
            index = earlier[0].first - 1
        elif parsed.ending("place_head", index) or _is_article(parsed, index):
            index -= 1
        else:
            break
    return index


def _is_article(parsed: Parsed, index: int) -> bool:
    return any(hit.entry.id == "article" for hit in parsed.ending("head", index))


def _locate(event: Event, story: Story) -> Where:
    """Its own places; else those said around it; else those that the article is about."""
    scenery = story.scenery
    own = scenery.own(event.sentences)
    national = _is_national(event, story)
    if any(m.code != _COUNTRY for m in own) or (own and (national or not scenery.main)):
        return _where(own, event, story)
    if national and scenery.abroad is None:
        return Where((_COUNTRY,))
    captioned = scenery.captioned(event)
    codes = {m.code for m in captioned}
    if not codes and scenery.abroad is None and _follows_nation(event, story):
        return Where((_COUNTRY,))
    for index in (*story.before(event, 2 * _NEAR), *story.after(event)):
        near = [m for m in scenery.own([index]) if m.code != _COUNTRY]
        if near and codes.issuperset(m.code for m in near) == bool(codes):
            return _where(near, event, story)
    if captioned:
        return _where(captioned, event, story)
    return _with_city(Where(_codes(scenery.main), tuple(scenery.main_small)), story)


def _codes(places: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.code for m in places if m.code))


def _with_city(where: Where, story: Story) -> Where:
    """A city that has a code of its own is named among the places too."""
    if where.places or len(where.codes) != 1 or where.codes[0] not in _OWN_CODES:
        return where
    named = [m for m in story.scenery.places if m.code == where.codes[0] and m.value == "city"]
    return replace(where, places=tuple(named[:1]))


def _is_national(event: Event, story: Story) -> bool:
    """«по всей республике», «елімізде», «across the country»."""
    return any(_tells_nation(index, story) for index in event.sentences)


def _follows_nation(event: Event, story: Story) -> bool:
    """The sentence before speaks of the whole country, and no headline of a part of it."""
    titled = any(story.is_headline(m.sentence) for m in story.scenery.main)
    near = story.before(event, _NEAR)
    return not titled and any(_tells_nation(index, story) for index in near)


def _tells_nation(index: int, story: Story) -> bool:
    return any(hit.entry.id == "national" for hit in story.parsed(index).of_sort("head"))


def _where(places: Sequence[Mention], event: Event, story: Story) -> Where:
    codes = list(dict.fromkeys(m.code for m in places if m.code))
    inner = [code for code in codes if code.startswith(f"{_COUNTRY}-")]
    if len(inner) >= _WHOLE_COUNTRY:
        return Where((_COUNTRY,))
    if inner or len(codes) > 1:
        codes = [code for code in codes if code != _COUNTRY] or codes
    named = _once([m for m in places if _is_small(m)])
    small = [m for m in named if not story.scenery.is_of_giver(m)]
    small = small if small or not named else list(story.scenery.main_small)
    if not codes:
        codes = [m.code for m in story.scenery.main[:1] if m.code]
        small += _with_city(Where(tuple(codes)), story).places
    return _with_city(Where(tuple(codes), tuple(small)), story)


def _once(places: Sequence[Mention]) -> list[Mention]:
    """«Актобе», «Актобенің»: one place in two cases is named once."""
    kept: dict[str, Mention] = {}
    for mention in sorted(places, key=lambda m: m.span):
        city = mention.code if mention.code in _OWN_CODES and mention.value == "city" else None
        kept.setdefault(city or mention.id or mention.text.casefold()[:_STEM], mention)
    return list(kept.values())


# -- periods -------------------------------------------------------------------------------

_LOOSE = frozenset({"to_date", "as_of", "state", "recent", "now"})
# Dates that a verb of saying may have: «said on Friday», «18 апреля сообщили».
_SPOKEN = frozenset({"weekday", "date", "relative", "shift"})
_SAID = 4.0
# A date line has so many words before its date: «PETROPAVLOVSK, KAZINFORM, May 22 –».
_DATE_LINE = 3
_REPORT_DAYS = frozenset({"date", "numeric"})
_STATED = frozenset({"as_of", "state"})
_ACCOUNTS = frozenset({"to_date", "as_of", "state", "over", "first_months"})
_FRAME = frozenset({"from_to", "days", "months"})
_LASTING = _FRAME | {"until", "feast"}
_CALENDAR = frozenset({"date", "days", "from_to"})
_CLOSE = 2
# So many actions make a report; it covers a year, or months.
_REPORT = 4
_SPAN_OF_REPORT = re.compile(r"\d{4}|\d{4}-\d{2}/\d{4}-\d{2}")
_AHEAD = frozenset({"since", "date", "from_to", "days", "months"})
_REPORTED = _FRAME | {"year", "nth", "first_months", "school"}
_DAY = len("2024-04-15")
_MONTHS_OF_YEAR = 12
_GIVING = frozenset({"give", "receive", "collect"})
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 14)}


def _date_event(event: Event, story: Story) -> str | None:
    """What is said of it; else that of the account which it goes on with."""
    return _told_when(event, story) or _as_written(_summed_up(event, story))


def _told_when(event: Event, story: Story) -> str | None:
    """Its own date, nearest to its figures; else the one that stands over its sentences."""
    own = _of_deeds(story.at("period", event.sentences), story)
    chosen = _nearest_period(own, event, story)
    framed = not (_has_other_giver(event, story) or _is_planned(event, story))
    frame = _frame(event, story) if framed else _set_before(event, story) or _titled(event, story)
    if chosen is None:
        return _as_written(frame or _carried(event, story))
    if chosen.rule in _LOOSE and frame is not None:
        return _as_written(frame)
    return _as_written(_joined(chosen, own, event, story))


def _carried(event: Event, story: Story) -> str | None:
    """«A plane left on 9 May. On board are 20 tents.»: the day that was told just before.

    From one paragraph to the next only the opening of the article lends its day.
    """
    first = _body_start(event, story)
    for index in range(first - 1, max(-1, first - 1 - _NEAR), -1):
        if index in story.counted or not story.prosaic(index):
            break
        near = _dated(story.at("period", [index]))
        if near:
            told = _of_deeds(near, story)
            return told[0].value if told and _lends_day(index, event, story) else None
    return None


def _summed_up(event: Event, story: Story) -> str | None:
    """«За полгода помощь назначена 9 семьям. Пакет выплачен для 11 детей.»: one account.

    Where nobody new gives, what is counted over a stretch of time goes on being counted.
    """
    index = _body_start(event, story) - 1
    alone = _is_planned(event, story) or _best_parts(_own_givers(event, story))
    if alone or index not in story.before(event, 1):
        return None
    near = _of_deeds(story.at("period", [index]), story)
    return next((m.value for m in near if m.rule in _ACCOUNTS), None)


def _lends_day(index: int, event: Event, story: Story) -> bool:
    """The sentence right before, unless it tells of need; further off the lead, if of aid."""
    first = _body_start(event, story)
    close = index + 1 == first and story.paragraph(index) == story.paragraph(first)
    if close and not _is_planned(event, story):
        return not _tells_need(story.parsed(index))
    return (close or index in story.lead) and _tells_aid(index, story)


def _tells_aid(index: int, story: Story) -> bool:
    """«An event of the charity campaign took place today», «a train set off on Friday»."""
    parsed = story.parsed(index)
    gives = any(hit.entry.id in _GIVING for hit in parsed.of_sort("verb"))
    return gives or (index in story.context.topicality.topical and not _tells_need(parsed))


def _tells_need(parsed: Parsed) -> bool:
    """«Огонь лишил крова 14 тысяч семей», «зардап шеккен ауыл»."""
    return any(hit.entry.id == "affected" for hit in parsed.of_sort("role"))


def _set_before(event: Event, story: Story) -> str | None:
    """«Акция начнётся 15 мая. Помощь получат …»: the plan that the sentence before sets a day."""
    if not _is_planned(event, story):
        return None
    near = [i for i in story.before(event, 1) if i not in story.counted]
    return next((m.value for m in _dated(story.at("period", near)) if m.rule in _AHEAD), None)


def _of_deeds(mentions: Iterable[Mention], story: Story) -> list[Mention]:
    """Not when it was said; nor, where another day is named, the day of the report."""
    told = [m for m in _dated(mentions) if not _is_of_speech(m, story)]
    return [m for m in told if not _is_of_report(m, story)] or told


def _is_of_report(mention: Mention, story: Story) -> bool:
    """«ASTANA, May 22, 2024 – …», «9 сәуір. «Дала» –»: a date line within the first sentence."""
    parsed = story.parsed(mention.sentence)
    first, last = _tokens_of(parsed, mention)
    before = [token for token in parsed.tokens[:first] if token.sort == "word"]
    heads = len(before) <= _DATE_LINE and all(token.text[:1].isupper() for token in before)
    return heads and mention.rule in _REPORT_DAYS and parsed.norm(last + 1) in WORD_DASHES


def _is_of_speech(mention: Mention, story: Story) -> bool:
    """«Said on Friday», «сообщили во вторник»: when it was said, not when it was done."""
    if mention.rule not in _SPOKEN:
        return False
    parsed = story.parsed(mention.sentence)
    first, last = _tokens_of(parsed, mention)
    spoken = nearest(parsed, first, last, "head", lambda hit: hit.entry.id == "speech")
    done = nearest(parsed, first, last, "verb")
    if spoken is None or spoken.distance > _SAID:
        return False
    # «Said that on Friday …»: what follows is what was done.
    reported = any(parsed.between("stop", spoken.hit.last + 1, first - 1))
    return not reported and (done is None or spoken.distance < done.distance)


def _is_planned(event: Event, story: Story) -> bool:
    """What is only planned did not happen when the sentence before says."""
    statuses = {f.status for f in story.figures_of(event) if f.status}
    return statuses == {"planned"}


def _frame(event: Event, story: Story) -> str | None:
    """«По состоянию на 11 апреля», «С 24 февраля по 24 августа»: a stretch for what follows.

    A single day in a sentence before is mostly that of the flood or of the speech.

    A date in a sentence that counts something is the date of that, and of nothing else.
    """
    first = _body_start(event, story)
    free = [i for i in story.prose if i < first and i not in story.counted]
    lead = _dated(story.at("period", [i for i in free if i in story.lead]))
    close = _dated(story.at("period", [i for i in free if first - i <= _CLOSE][::-1]))
    stated = [m for m in lead if m.rule in _STATED and _reaches(m, first, story)]
    near = [m for m in close if m.rule in _LASTING]
    wide = [m for m in lead if m.rule in _FRAME]
    chosen = next(iter((*stated, *near, *wide, *_reported(story))), None)
    return chosen.value if chosen else None


def _titled(event: Event, story: Story) -> str | None:
    """«The week in brief (12–16 February)», «2024: our year»: whoever gives, it was then."""
    if _is_planned(event, story):
        return None
    title = story.prose[:1]
    found = [m for m in _dated(story.at("period", title)) if m.rule in _FRAME]
    found += [m for m in _reported(story) if story.is_headline(m.sentence)]
    return found[0].value if found else None


def _reaches(mention: Mention, first: int, story: Story) -> bool:
    """«As of 8 a.m. 300 people were evacuated»: said of these, it dates what is close by."""
    return first - mention.sentence <= _CLOSE or mention.sentence not in story.context.by_sentence


def _reported(story: Story) -> list[Mention]:
    """«Отчёт за III квартал 2021 года», «2022: our year in figures»: what a report is about."""
    counted = [event for event in story.events if event.figures]
    if len(counted) < _REPORT:
        return []
    free = [i for i in story.lead if story.is_headline(i) or i not in story.counted]
    lead = [m for m in _dated(story.at("period", free)) if m.code != "ahead"]
    return [m for m in lead if m.rule in _REPORTED and _SPAN_OF_REPORT.fullmatch(m.value or "")]


def _open_to(value: str, others: Sequence[Mention]) -> str:
    """«2020-06-29/..» with «на сегодня» or «до конца июля» beside it ends there."""
    ends = [m.value or "" for m in others if m.rule in (*_STATED, "to_date", "until")]
    ends = [end for end in ends if end.removeprefix("../") > value[:-2].rstrip("/")]
    return value[:-2] + ends[0].removeprefix("../") if ends and value.endswith("/..") else value


def _dated(mentions: Iterable[Mention]) -> list[Mention]:
    return [m for m in mentions if m.value]


def _nearest_period(periods: Sequence[Mention], event: Event, story: Story) -> Mention | None:
    """In the first sentence that has one: the period nearest to a figure of the event."""
    firm = [m for m in periods if m.rule not in _LOOSE] or list(periods)
    body = [m for m in firm if not story.is_headline(m.sentence)] or firm
    if not body:
        return None
    same = [m for m in body if m.sentence == body[0].sentence]
    # «2-4 мамырда, Ораза айтта»: the days tell more than the feast.
    same = [m for m in same if m.rule in _CALENDAR] or same if _has_feast(same) else same
    spans = [f.span for f in story.figures_of(event) if f.sentence == body[0].sentence]
    if not spans:
        return same[0]
    return min(same, key=lambda m: min(_distance(m.span, span) for span in spans))


def _has_feast(periods: Sequence[Mention]) -> bool:
    return any(m.rule == "feast" for m in periods)


def _joined(chosen: Mention, periods: Sequence[Mention], event: Event, story: Story) -> str | None:
    """«since 1 March … as of 20 April», «left on 11 March, arrived on 28 March» → intervals."""
    value = chosen.value or ""
    same = [m for m in periods if m.sentence == chosen.sentence]
    if chosen.rule == "since":
        return _open_to(value, [*same, *(m for m in periods if m.rule == "until")])
    days = sorted({m.value for m in same if m.rule == "date" and m.value and len(m.value) == _DAY})
    alone = sum(chosen.sentence in other.sentences for other in story.events) == 1
    if len(days) == 2 and value in days and alone:
        return "/".join(days)
    return value


def _as_written(value: str | None) -> str | None:
    """Seasons as months: «2023-23» → 2023-09/2023-11, «../2023-23» → ../2023-11."""
    if value is None:
        return None
    start, between, end = value.partition("/")
    if not between:
        return _months(value)
    return f"{_months(start).partition('/')[0]}/{_months(end).rpartition('/')[2]}"


def _months(value: str) -> str:
    """A season of a year as its first and last month; a winter ends in the next year."""
    year, _, month = value.partition("-")
    if month not in _SEASONS:
        return value
    first, last = _SEASONS[month]
    over = last > _MONTHS_OF_YEAR
    return f"{year}-{first:02}/{int(year) + over}-{last - over * _MONTHS_OF_YEAR:02}"
