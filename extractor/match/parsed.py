"""A sentence with every known phrase in it, asked by place and sort."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.knowledge import Language
from extractor.match.lexicon import Hit, Lexicon
from extractor.types import Concept, Sentence, Span, Token

# What opens a line of a list: dashes, asterisks, dots and squares, ticks and arrows; «\\» hides the
# dash of Markdown.
_BULLETS = frozenset(
    "-*\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00b7\u2022\u2023\u2043\u2219\\\u25a0\u25a1\u25aa\u25ab\u25b6\u25b8\u25ba"
    "\u25c6\u25cf\u25cb\u25e6\u2705\u2713\u2714\u2794\u27a1\u27a4\U0001f538\U0001f539\U0001f4cc\U0001f449"
)


@dataclass(frozen=True)
class Parsed:
    """«екі жүк көлігі» → which phrases begin or end at each token."""

    sentence: Sentence
    language: Language
    hits: tuple[Hit, ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens

    @cached_property
    def _sorts(self) -> dict[str, list[Hit]]:
        sorts: dict[str, list[Hit]] = {}
        for hit in self.hits:
            sorts.setdefault(hit.entry.sort, []).append(hit)
        return sorts

    # Most sentences are asked only what sorts of phrases they have, never where these stand.

    @cached_property
    def _starting(self) -> dict[tuple[str, int], list[Hit]]:
        places: dict[tuple[str, int], list[Hit]] = {}
        for hit in self.hits:
            places.setdefault((hit.entry.sort, hit.first), []).append(hit)
        return places

    @cached_property
    def _ending(self) -> dict[tuple[str, int], list[Hit]]:
        places: dict[tuple[str, int], list[Hit]] = {}
        for hit in self.hits:
            places.setdefault((hit.entry.sort, hit.last), []).append(hit)
        return places

    @cached_property
    def is_list_line(self) -> bool:
        """«– 450 отбасы;», «✅ 14 тонн ұн»: a line of a list."""
        return self.tokens[0].text in _BULLETS

    def starting(self, sort: str, index: int) -> Sequence[Hit]:
        """Hits of a sort that begin at a token, longest first."""
        return self._starting.get((sort, index), ())

    def ending(self, sort: str, index: int) -> Sequence[Hit]:
        """Hits of a sort that end at a token, longest first."""
        return self._ending.get((sort, index), ())

    def of_sort(self, sort: str) -> Sequence[Hit]:
        return self._sorts.get(sort, ())

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The classes of the words that say who does what, or that tell of another field."""
        return tuple(
            f"{sort} in sentence={name}"
            for sort in ("noise", "role", "verb")
            for name in sorted({hit.entry.id for hit in self.of_sort(sort)})
        )

    @cached_property
    def aid_words(self) -> tuple[Hit, ...]:
        """Words that tell of aid; one inside a longer word of people or things, or of another kind
        of aid, does not count: «first-graders», «chopped | firewood»."""
        nouns = [hit for hit in self.of_sort("noun") if not self._is_auxiliary(hit)]
        reach, told = _reach(nouns), self.of_sort("aid")
        deeds = {hit.first: hit for hit in told if hit.last > hit.first}
        return tuple(
            hit
            for hit in (*nouns, *told)
            if not (_is_inside(hit, ("noun",), reach) or _is_in_other(hit, deeds))
        )

    def _is_auxiliary(self, hit: Hit) -> bool:
        """«жинап | қойды»: what completes a converb, and no sheep."""
        if not self.starting("completing", hit.first):
            return False
        readings = self.language.morphology.readings(self.norm(hit.first - 1))
        return any(reading.tense == "converb" for reading in readings)

    def between(self, sort: str, first: int, last: int) -> Iterator[Hit]:
        """Hits of a sort that lie within tokens first..last."""
        for hit in self.of_sort(sort):
            if first <= hit.first and hit.last <= last:
                yield hit

    def weight(self, start: int, stop: int) -> float:
        """How far apart tokens start..stop-1 keep their neighbours: borders weigh more."""
        plain, outside = self._weights
        ends = (start - 1, stop)
        inside = any(self._depths[i] for i in ends if 0 <= i < len(self._depths))
        sums = plain if inside else outside
        return sums[stop] - sums[start]

    @cached_property
    def _depths(self) -> list[int]:
        """Which tokens stand in brackets, or name a slice: «, в том числе 71 ребенка,»."""
        depths, opened = [0] * len(self.tokens), list[int]()
        for first, last in self._slices():
            depths[first : last + 1] = [1] * (last + 1 - first)
        for index, token in enumerate(self.tokens):
            if token.text == "(":
                opened.append(index)
            elif token.text == ")" and opened:
                for inner in range(opened.pop(), index + 1):
                    depths[inner] = 1
        return depths

    def _slices(self) -> Iterator[tuple[int, int]]:
        """«, оның ішінде 4 615 бала», «incl. 3,140 children»: from comma to comma, or a noun."""
        for hit in self.of_sort("scope"):
            if hit.entry.id != "part" or hit.entry.meaning != "before" or not hit.first:
                continue
            reach = range(hit.last + 1, min(hit.last + _SLICE, len(self.tokens)))
            number = next((index for index in reach if self.is_number(index)), None)
            if number is None:
                continue
            noun = next(self.between("noun", number + 1, hit.last + _SLICE), None)
            if noun is None:
                continue
            first = hit.first - (self.norm(hit.first - 1) == ",")
            yield first, noun.last + (self.norm(noun.last + 1) == ",")

    @cached_property
    def _weights(self) -> tuple[list[float], list[float]]:
        """Running sums of the weights of all tokens, and of those outside brackets."""
        plain, outside = [0.0], [0.0]
        for token, depth in zip(self.tokens, self._depths, strict=True):
            weight = _weight(token)
            plain.append(plain[-1] + weight)
            outside.append(outside[-1] + (0.0 if depth else weight))
        return plain, outside

    def norm(self, index: int) -> str:
        return self.tokens[index].norm if 0 <= index < len(self.tokens) else ""

    def is_number(self, index: int) -> bool:
        """Does a number stand here, in digits or in words?"""
        if not 0 <= index < len(self.tokens):
            return False
        return self.tokens[index].value is not None or bool(self.starting("number", index))

    def glued(self, index: int) -> bool:
        """Does this token touch the one before it?"""
        if index <= 0 or index >= len(self.tokens):
            return False
        return self.tokens[index - 1].span.stop == self.tokens[index].span.start

    def dashed(self, index: int) -> bool:
        """«Актау – 12»: a dash between words, and not the hyphen of one."""
        return index > 0 and self.norm(index) in WORD_DASHES and not self.glued(index)

    def span(self, first: int, last: int) -> Span:
        """«tokens first..last» → the characters from one to the other."""
        return Span(self.tokens[first].span.start, self.tokens[last].span.stop)


# Dashes between words; ``numerals.DASHES`` has those within a number, too.
WORD_DASHES = frozenset({"-", "\u2013", "\u2014"})
# A slice names its number and noun within so many tokens.
_SLICE = 7
_WALLS = frozenset(";()\u2014\u2013\u00ab\u00bb\u201c\u201d")
_FENCES = frozenset(",:")
_WALL, _FENCE, _NUMBER, _WORD = 9.0, 4.0, 2.0, 1.0


def _weight(token: Token) -> float:
    if token.text in _WALLS:
        return _WALL
    if token.text in _FENCES:
        return _FENCE
    return _NUMBER if token.value is not None else _WORD


# «аз қамтылған» is one word for the poor, and its «қамтылған» no verb;
# «handed over 300 kits» hands over, and means not more than 300.
_LONGEST = 12
_SHADOWS = {
    "verb": ("noun", "verb"),
    "role": ("noun",),
    "noise": ("noun", "no_noise"),
    "bound": ("verb",),
    "topic": ("no_topic",),
    "aid": ("no_topic",),
}


def parse(sentence: Sentence, language: Language, lexicon: Lexicon | None = None) -> Parsed:
    """One walk of the lexicon over the sentence; a longer phrase hides what lies inside it."""
    hits = (lexicon or language.lexicon).scan(sentence.tokens)
    reach = _reach(hits)
    names = [hit for hit in hits if hit.entry.sort in _NAMED and hit.first == hit.last]
    named = {
        "verb": {hit.first for hit in names if not language.analytic or _is_sure(sentence, hit)},
        "role": {hit.first for hit in names if _is_sure(sentence, hit)},
    }
    kept = tuple(
        hit
        for hit in hits
        if hit.entry.sort not in _SHADOWS
        or not (_is_hidden(hit, reach) or hit.first in named.get(hit.entry.sort, ()))
    )
    if language.suffixed:
        places = (hit for hit in hits if hit.entry.sort == "place" and _is_sure(sentence, hit))
        towns = {hit.first for hit in places if _is_bare(sentence, hit)}
        kept = tuple(hit for hit in kept if not (hit.first in towns and _is_bent(sentence, hit)))
    elif language.analytic:
        lands = {h.first for h in hits if h.entry.sort == "place" and _is_sure(sentence, h)}
        kept = tuple(hit for hit in kept if not (hit.first in lands and _is_lone_noun(hit)))
    return Parsed(sentence, language, kept)


def _is_bare(sentence: Sentence, place: Hit) -> bool:
    """«Алматы», «Алматы облысы», but not «Жемде»: a name as it is, with no ending on it."""
    return sentence.tokens[place.first].norm == place.entry.form.split()[0].casefold()


def _is_bent(sentence: Sentence, hit: Hit) -> bool:
    """«Алматы» is no form of «алма»: a place in its own form is no noun with an ending."""
    return _is_lone_noun(hit) and sentence.tokens[hit.first].norm != hit.entry.form


def _is_lone_noun(hit: Hit) -> bool:
    """«Turkey» is a country where it has its capital, and no bird."""
    return hit.entry.sort == "noun" and hit.first == hit.last


# «Алматы» and «алты» are no forms of «ал-», but «shared» is no town of Shar; «пострадали от
# паводка» is a verb, whatever the longer noun «пострадавший от паводка» shares with it.
_NAMED = frozenset({"place", "number"})
_FINITE = frozenset({"VERB", "PRTS"})


def _is_sure(sentence: Sentence, name: Hit) -> bool:
    """«Орал», but not «үйіне оралды»: a number, or a place with its capital."""
    return name.entry.sort == "number" or sentence.tokens[name.first].text[:1].isupper()


def _reach(hits: Sequence[Hit]) -> dict[tuple[str, int], int]:
    """Where the longest phrase of a sort that begins at a token ends, if it has several words."""
    reach: dict[tuple[str, int], int] = {}
    for hit in hits:
        if hit.last > hit.first:
            key = (hit.entry.sort, hit.first)
            reach[key] = max(hit.last, reach.get(key, 0))
    return reach


def _is_hidden(hit: Hit, reach: Mapping[tuple[str, int], int]) -> bool:
    if hit.reading.pos in _FINITE:
        return False
    return _is_inside(hit, _SHADOWS[hit.entry.sort], reach)


def _is_in_other(hit: Hit, deeds: Mapping[int, Hit]) -> bool:
    """«отынын | жар-» tells of services, and of no fuel; «спасательная | техника» of the same."""
    meaning = hit.entry.meaning
    kinds = meaning.aid if isinstance(meaning, Concept) else (hit.entry.id,)
    around = (deeds.get(first) for first in range(hit.first - _LONGEST, hit.first + 1))
    longer = (
        o for o in around if o and o.last >= hit.last and o.last - o.first > hit.last - hit.first
    )
    return any(other.entry.id not in kinds for other in longer)


def _is_inside(hit: Hit, sorts: Sequence[str], reach: Mapping[tuple[str, int], int]) -> bool:
    """Does it lie within a longer phrase of one of the sorts?"""
    length = hit.last - hit.first
    for sort in sorts if reach else ():
        for first in range(max(0, hit.first - _LONGEST), hit.first + 1):
            last = reach.get((sort, first), -1)
            if last >= hit.last and last - first > length:
                return True
    return False
