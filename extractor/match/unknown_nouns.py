"""A noun that no list has: its lemma, and whether it can only be of people."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.match.first_noun import MODIFIERS, NO_NOUN
from extractor.match.morphology import Reading
from extractor.match.nouns import PEOPLE
from extractor.match.parsed import Parsed
from extractor.types import Noun

_WORDS = 4
_SHORT = 4
_FINITE = frozenset({"past", "future"})
_SURE = frozenset({"gen", "dat", "loc", "abl"})


def unknown_people(parsed: Parsed, start: int, ceiling: int) -> Noun | None:
    """«трём первокурсникам», «45 foresters»: an unknown noun that can only be of people."""
    found = _unknown(parsed, start, ceiling)
    if found is None:
        return None
    index, lemma = found
    people = parsed.language.people
    if lemma in people.exceptions or not _names_people(parsed, index, lemma):
        return None
    case = next((r.case for r in parsed.language.morphology.readings(parsed.norm(index))), None)
    return Noun(parsed.span(index, index), index, index, lemma, (PEOPLE,), case)


def _names_people(parsed: Parsed, index: int, lemma: str) -> bool:
    """Animate where the dictionary says so, else by how people are called: «-er», «-шы»."""
    endings = parsed.language.people.endings
    readings = parsed.language.morphology.readings(parsed.norm(index))
    if any(reading.pos for reading in readings):
        return any(reading.animate and reading.lemma == lemma for reading in readings)
    long = [ending for ending in endings if len(lemma) >= len(ending) + _ROOT]
    return lemma.endswith(tuple(long))


_ROOT = 3


def unknown_noun(parsed: Parsed, start: int, ceiling: int) -> str | None:
    """«24 вагончика» of an unknown noun: its lemma, as it stands."""
    found = _unknown(parsed, start, ceiling)
    return found[1] if found else None


def _unknown(parsed: Parsed, start: int, ceiling: int) -> tuple[int, str] | None:
    """The unknown noun behind a number: its place and lemma."""
    for index in range(start, min(ceiling, start + MODIFIERS)):
        token = parsed.tokens[index]
        if token.sort != "word" or parsed.starting("stop", index) or parsed.starting("of", index):
            return None
        if parsed.starting("filler", index):
            continue
        readings = parsed.language.morphology.readings(token.norm)
        tagged = [reading for reading in readings if reading.pos]
        if tagged and tagged[0].pos == "NOUN":
            return index, tagged[0].lemma
        if tagged and tagged[0].pos in NO_NOUN:
            return None
        if not tagged:
            return _bare_lemma(parsed, index, ceiling)
    return None


def _bare_lemma(parsed: Parsed, index: int, ceiling: int) -> tuple[int, str] | None:
    """The first word in the plural, where the language marks it; else the first noun."""
    language = parsed.language
    if any(parsed.starting(sort, index) for sort in ("verb", "link")) or _is_closing_verb(
        parsed, index
    ):
        return None
    words = []
    for place in range(index, min(ceiling, index + _WORDS)):
        if parsed.tokens[place].sort != "word" or parsed.starting("stop", place):
            break
        words.append(place)
    if language.plurals:
        plurals = ((place, one) for place in words if (one := _singular(parsed, place)))
        return next(plurals, None)
    nouns = (place for place in words if not _is_attribute(parsed, place))
    index = next(nouns, index)
    return index, _shortest(parsed.norm(index), language.morphology.readings(parsed.norm(index)))


def _is_attribute(parsed: Parsed, index: int) -> bool:
    """«үш | америкалық елші», «12 | ІТ сынып»: an adjective made of a noun, or an initialism."""
    text = parsed.tokens[index].text
    if text.isupper() and len(text) < _SHORT:
        return True
    return any(r.case == "adj" for r in parsed.language.morphology.readings(parsed.norm(index)))


def _is_closing_verb(parsed: Parsed, index: int) -> bool:
    """«саны 300-ден асып | кетті.»: a finite form at the end of its clause counts nothing."""
    after = index + 1
    if after < len(parsed.tokens) and parsed.tokens[after].sort != "mark":
        return False
    readings = parsed.language.morphology.readings(parsed.norm(index))
    return any(reading.tense in _FINITE for reading in readings)


def _singular(parsed: Parsed, index: int) -> str | None:
    """«bridges» → «bridge», where the language has a table of plurals."""
    word = parsed.norm(index)
    for ending, singular in parsed.language.plurals:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: len(word) - len(ending)] + singular
    return None


def _shortest(word: str, readings: Sequence[Reading]) -> str:
    """«көшірмелерін» → «көшірме»: without sure endings, for lack of a dictionary form."""
    nominal = [r for r in readings if not r.tense and r.lemma != word and r.lemma[-1:] != "-"]
    certain = [
        r.lemma
        for r in nominal
        if r.case in _SURE or (r.case is None and len(word) - len(r.lemma) > 2)
    ]
    return max(certain, key=len) if certain else word


def held_noun(parsed: Parsed, sack: Noun) -> str | None:
    """«мешков | мусора»: an unknown noun in the genitive is what the sacks hold."""
    index = sack.last + 1
    if index >= len(parsed.tokens) or parsed.starting("noun", index):
        return None
    tagged = [r for r in parsed.language.morphology.readings(parsed.norm(index)) if r.pos]
    held = bool(tagged) and tagged[0].pos == "NOUN" and tagged[0].case == "gen"
    return tagged[0].lemma if held else None
