"""The places of an article: those where something happens, and those that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property

from extractor.match.bearings import bearing, cases_at, past_head, word_before
from extractor.match.datelines import CLOSING, is_byline, is_caption, is_dateline
from extractor.match.gazetteer import Place
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.match.story import ACTING, AT_PLACES, LEAD, SEVERAL, Story, body_start, tokens_of
from extractor.types import Concept, Event, Mention

COUNTRY = "KZ"
OWN_CODES = frozenset({"KZ-71", "KZ-75", "KZ-79"})
_SMALL = frozenset({"town", "city", "district", "village"})
# So many letters of a place are the same in all its cases.
_STEM = 5
# News of all the country is written there.
_DESKS = frozenset({"KZ", "KZ-71", "KZ-75"})
_ADJECTIVE = "adjective"
_TOWNS = frozenset({"town", "city"})
# «Children with cerebral palsy from Almaty»: so far before «from» stands who gets.
_DESCRIBED = 4
_GIVERS = frozenset({"entrepreneur", "farmer"})
# A line of fewer words is a cell of a table, not a sentence.
_PROSE = 3
# «To Ukraine» says more of the aid than «in Astana», where it was gathered.
_TOWARDS = 2
# Regions of one list are alike where none comes up far more often.
_ALIKE = 0.6


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
        return not (_beside_currency(parsed, mention) or is_byline(parsed, mention))

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
        if bearing(parsed, mention) != "origin" or _asks(parsed):
            return False
        return not self._is_of_receiver(parsed, mention)

    def _is_of_receiver(self, parsed: Parsed, mention: Mention) -> bool:
        """«40 children from Karaganda had been helped», «семьи из Тараза»: there the aid goes."""
        before = word_before(parsed, tokens_of(parsed, mention)[0])
        start = max(0, before - _DESCRIBED)
        walls = (i for i in range(start, before) if parsed.norm(i) == "," or _acts_at(parsed, i))
        first = max(walls, default=start - 1) + 1
        nouns = [h for h in parsed.between("noun", first, before - 1) if _is_receiver(h)]
        givers = self.story.at("provider", [mention.sentence])
        # «Мастерицы из Кулана прислали»: they give, and are from there.
        if any(g.span.overlaps(mention.span) and g.rule in ACTING for g in givers):
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
            if g.rule in ACTING | AT_PLACES and g.code != "crowd"
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
        return is_dateline(parsed, mention) or self._is_dated(parsed, mention)

    def _is_dated(self, parsed: Parsed, mention: Mention) -> bool:
        """A place with nothing but its day beside it: «Taraz, May 8, 2020», «8 мая, Тараз»."""
        first, last = tokens_of(parsed, mention)
        days = [tokens_of(parsed, m) for m in self.story.at("period", [mention.sentence])]
        ahead = first == 0 and any(start - last == 2 for start, _ in days)
        behind = last >= len(parsed.tokens) - 2 and any(
            start == 0 and first - stop == 2 for start, stop in days
        )
        marks = parsed.norm(last + 1 if ahead else first - 1)
        return (ahead or behind) and (marks == "," or marks in CLOSING)

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
            and is_caption(story.parsed(mention.sentence), mention)
        }
        codes = {mention.code for mention in found.values()}
        return found if len(codes) >= SEVERAL else {}

    def captioned(self, event: Event) -> list[Mention]:
        """The place at the head of the event's paragraph, or on a line of its own above it."""
        start = body_start(event, self.story)
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
        kept = [m for m in kept if not self._is_beside_goal(m, kept)]
        goals = {(m.sentence, m.code) for m in kept if self._bears(m, "goal")}
        return self._at_home([m for m in kept if not self._is_before_goal(m, goals)])

    def _is_beside_goal(self, mention: Mention, others: Sequence[Mention]) -> bool:
        """«Entrepreneurs of Taraz bought coal for the Karatal district»: where they are from."""
        language = self.story.parsed(mention.sentence).language
        latin = not language.suffixed and language.head != "initial"
        if not latin or not self._names_giver(mention):
            return False
        givers = self.story.at("provider", [mention.sentence])
        crowd = any(g.code == "crowd" and g.span.overlaps(mention.span) for g in givers)
        beside = [m for m in others if m.sentence == mention.sentence and m.code]
        return any(
            not self._names_giver(m) and not _abroad(m) and (crowd or m.code != mention.code)
            for m in beside
        )

    def _is_before_goal(self, mention: Mention, goals: AbstractSet[tuple[int, str | None]]) -> bool:
        """«В Таразе собрали 3 тонны для Актау», «Тараз шаруалары Ақтауға жіберді»."""
        if all(sentence != mention.sentence for sentence, _ in goals):
            return False
        parsed = self.story.parsed(mention.sentence)
        part = bearing(parsed, mention)
        elsewhere = (mention.sentence, mention.code) not in goals
        bare = parsed.language.suffixed and not part
        # «Фермеры Айыртауского района отправили в Кульсары сено»
        sent = not parsed.language.suffixed and self._names_giver(mention)
        return part == "inside" or (elsewhere and (bare or sent))

    def _is_home(self, mention: Mention) -> bool:
        """«Көкшетау кәсіпкерлері» in an article about another place, «соседняя область»."""
        main = {m.code for m in self.main}
        if mention.code not in main and _is_neighbour(self.story.parsed(mention.sentence), mention):
            return True
        if self._hosts_giver(mention) and not main <= {mention.code}:
            return True
        story = self.story
        told = {
            m.code
            for m in self.main
            if story.is_headline(m.sentence)
            or (m.sentence in story.lead and len(self.main) > SEVERAL)
        }
        if not told or mention.code in told or story.is_headline(mention.sentence):
            return False
        givers = story.at("provider", [mention.sentence])
        return any(g.span.overlaps(mention.span) and g.rule in ACTING for g in givers)

    def _hosts_giver(self, mention: Mention) -> bool:
        """«Екібастұздағы «Гамма» ЖШС», «Алматы қаласының «Гамма» клубы»: right before its name."""
        parsed = self.story.parsed(mention.sentence)
        last = tokens_of(parsed, mention)[1]
        after = past_head(parsed, last)
        behind = parsed.tokens[after : after + 1]
        acting = [g for g in self.story.at("provider", [mention.sentence]) if g.rule in ACTING]
        starts = {g.span.start for g in acting}
        cases = cases_at(parsed, last, last)
        inside = parsed.language.suffixed and bool(cases & {"adj", "gen"})
        return inside and any(t.span.start in starts for t in behind)

    def is_of_giver(self, mention: Mention) -> bool:
        """«Өскемендегі «Көк Тас»», «Самар ауданының шаруалары»: a place beside the one told of."""
        elsewhere = any(m.code == mention.code and m.id != mention.id for m in self.main_small)
        if not elsewhere or self.story.is_headline(mention.sentence):
            return False
        acting = [g for g in self.story.at("provider", [mention.sentence]) if g.rule in ACTING]
        if any(g.code == "crowd" and g.span.overlaps(mention.span) for g in acting):
            return True
        parsed = self.story.parsed(mention.sentence)
        last = tokens_of(parsed, mention)[1]
        behind = parsed.tokens[last + 1 : last + 2]
        starts = {g.span.start for g in acting}
        return bearing(parsed, mention) == "inside" and any(t.span.start in starts for t in behind)

    def _bears(self, mention: Mention, part: str) -> bool:
        return bearing(self.story.parsed(mention.sentence), mention) == part

    def _at_home(self, places: list[Mention]) -> list[Mention]:
        """Aid abroad has no place at home, aid at home none abroad."""
        if self.abroad is not None:
            return [m for m in places if m.code is None or _abroad(m)]
        home = [m for m in places if m.code and not _abroad(m)]
        return [m for m in places if not _abroad(m)] if home else places

    def _vague(self, mention: Mention) -> bool:
        """«Президент РК» names the country and no place in it."""
        parsed = self.story.parsed(mention.sentence)
        return mention.code == COUNTRY and bearing(parsed, mention) != "inside"

    @cached_property
    def main(self) -> list[Mention]:
        """The places that the article is about: by headline, lead, and how often."""
        scores: dict[str, float] = {}
        coded = [m for m in self.usable(self.places) if m.code and not self._is_listed(m)]
        for mention in coded:
            worth = self.story.weight(mention.sentence)
            worth *= _TOWARDS if self._bears(mention, "goal") else 1
            scores[mention.code or ""] = scores.get(mention.code or "", 0.0) + worth
        titled = {m.code for m in coded if self.story.is_headline(m.sentence)}
        whole = titled == {COUNTRY}
        inner = {c: score for c, score in scores.items() if (c == COUNTRY) == whole} or scores
        inner = {c: score for c, score in inner.items() if c not in self.passing}
        if not inner:
            return self._for_lack_of_better()
        best = max(inner, key=lambda code: inner[code])
        like = {code for code, score in inner.items() if score >= _ALIKE * inner[best]}
        equal = {best, *(like & self._listed_with(best, coded))}
        return [m for m in coded if m.code in equal]

    def _is_listed(self, mention: Mention) -> bool:
        """«– 315 детей отдохнули в Бурабае;»: a line of a list is about itself alone."""
        return self.story.parsed(mention.sentence).is_list_line

    def _listed_with(self, code: str, coded: Sequence[Mention]) -> set[str]:
        """«в Акмолинской и Костанайской областях»: the lead is about each of the regions listed."""
        lead = set(self.story.lead)
        regions = [m for m in coded if m.value == "region" and m.sentence in lead]
        regions = [m for m in regions if not self._names_giver(m)]
        first = next((m.sentence for m in regions if m.code == code), None)
        return {m.code or "" for m in regions if m.sentence == first}

    def _names_giver(self, mention: Mention) -> bool:
        """«волонтеры Туркестанской области»: whose they are, not where it goes."""
        givers = self.story.at("provider", [mention.sentence])
        return any(g.span.overlaps(mention.span) and g.rule in ACTING for g in givers)

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
            or codes.count(m.code) > SEVERAL
        }
        return frozenset({m.code for m in self.places if _abroad(m)} - sent)

    def _for_lack_of_better(self) -> list[Mention]:
        """«ASTANA –», «РК», «Үндістан үкіметі»: a desk, a title, a giver says where at last."""
        coded = [m for m in self.places if m.code and m.code not in self.passing]
        coded = [m for m in coded if not self._is_listed(m)]
        near = [m for m in coded if not self._is_desk(m)]
        return near[:1] or self._by_adjective() or [m for m in coded if m.code not in _DESKS][:1]

    def _by_adjective(self) -> list[Mention]:
        """«Карагандинские волонтеры раздали …»: whose they are says where, if nothing else does."""
        for index in self.story.lead:
            parsed = self.story.parsed(index)
            for hit in parsed.of_sort("place"):
                codes = _described(parsed.starting("place", hit.first))
                if len(codes) == 1:
                    span = parsed.span(hit.first, hit.last)
                    code, text = codes.pop(), hit.entry.form
                    return [Mention(span, "place", text, index, code=code, rule=_ADJECTIVE)]
        return []

    @cached_property
    def abroad(self) -> str | None:
        """The country that aid goes to, when the headline or the lead sends it there."""
        main = self.main
        return main[0].code if main and _abroad(main[0]) else None

    @cached_property
    def main_small(self) -> list[Mention]:
        """A town or district that the opening names; later ones belong to their sentences."""
        lead = set(self.story.lead[:LEAD])
        small = [m for m in self.main if is_small(m) and m.sentence in lead]
        title = [m for m in self.main if self.story.is_headline(m.sentence)]
        if title and not any(is_small(m) for m in title):
            return []
        if not small or self._is_regional(small):
            return []
        return [next((m for m in small if self._is_told(m, small[0])), small[0])]

    def _is_told(self, mention: Mention, first: Mention) -> bool:
        """«Теміртауға» of the headline is «Теміртау» in the body: the body tells it in full."""
        same = stem_of(mention) == stem_of(first)
        return same and not self.story.is_headline(mention.sentence)

    def _is_regional(self, small: Sequence[Mention]) -> bool:
        """A lead that names the region apart from its town is about all of the region."""
        apart = set(self.story.lead) - {m.sentence for m in small}
        return small[0].value in _TOWNS and any(
            m.value == "region" and m.sentence in apart for m in self.main
        )


def _described(hits: Iterable[Hit]) -> set[str]:
    """«экибастузские» → KZ-55: the codes of a region or town made an adjective."""
    places = (hit.entry.meaning for hit in hits)
    adjectives = [p for p in places if isinstance(p, Place) and p.adjective]
    codes = {p.code for p in adjectives if p.kind != "district"}
    return codes & OWN_CODES or codes


def _abroad(mention: Mention) -> bool:
    return mention.code is not None and not mention.code.startswith(COUNTRY)


def _same(giver: Mention, place: Mention) -> bool:
    return giver.span.covers(place.span) and len(giver.span) - len(place.span) <= 8


def stem_of(place: Mention) -> str:
    """«Актобе», «Актобенің»: the letters that a name keeps in all its cases."""
    return place.text.casefold()[:_STEM]


def is_small(mention: Mention) -> bool:
    city = mention.code in OWN_CODES and mention.rule != _ADJECTIVE
    return mention.value in _SMALL or city


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
    first, last = tokens_of(parsed, mention)
    return any(
        isinstance(hit.entry.meaning, Concept) and hit.entry.meaning.sort == "currency"
        for hit in (*parsed.starting("noun", last + 1), *parsed.ending("noun", first - 1))
    )


def _is_neighbour(parsed: Parsed, mention: Mention) -> bool:
    """«көршілес Ақтөбе облысы», «соседняя область»: who comes to help."""
    before = tokens_of(parsed, mention)[0] - 1
    return any(hit.entry.id == "neighbour" for hit in parsed.ending("head", before))
