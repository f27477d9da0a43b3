"""The first noun behind a number, over the modifiers that may stand between the two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from extractor.match.lexicon import Hit
from extractor.match.noun_heads import ADJECTIVES, head_of
from extractor.match.nouns import PLACE_UNITS, noun_at, noun_of
from extractor.match.numerals import DASHES
from extractor.match.parsed import Parsed
from extractor.types import Concept, Noun

MODIFIERS = 5
NO_NOUN = frozenset(
    {"PREP", "CONJ", "VERB", "INFN", "GRND", "PRTS", "NPRO", "PRCL", "COMP", "ADVB"}
)
_OPENERS = frozenset("\u00ab\"\u201c\u201e'")


def first_noun(parsed: Parsed, start: int, ceiling: int) -> Noun | None:
    """The first known noun to the right, over a few modifiers."""
    index, skipped = start, 0
    while index < ceiling and skipped <= MODIFIERS:
        filler = parsed.starting("filler", index)
        noun = noun_at(parsed, index)
        if noun is not None and not (_fills(filler) and filler[0].last >= noun.last):
            return None if _is_whereabouts(parsed, noun) else head_of(parsed, noun, ceiling)
        step = _step_over(parsed, index) or _joined_modifier(parsed, index)
        if step is None:
            return None
        skipped += 1
        index = step
    return None


def _is_whereabouts(parsed: Parsed, noun: Noun) -> bool:
    """«11 stations of Aktobe | region»: where they stand; «districts» would be counted."""
    one = not parsed.norm(noun.last).endswith("s")
    area = any(c.unit in PLACE_UNITS for c in noun.concepts)
    if not parsed.language.analytic or not one or not area:
        return False
    reach = range(max(0, noun.first - _NAMED), noun.first)
    return any(parsed.starting("of", index) for index in reach)


# «of Aktobe region», «of the North Kazakhstan region»: so many tokens.
_NAMED = 4


def distance(parsed: Parsed, index: int) -> Noun | None:
    """«130 | шақырымдағы | аурухана»: what is so far away, and not so many of them."""
    hits = parsed.starting("noun", index) if noun_at(parsed, index) is None else ()
    far = (h for h in hits if h.reading.case == "adj" and h.first == h.last)
    other = next((h for h in far if cast(Concept, h.entry.meaning).unit == "other"), None)
    return noun_of(other, (cast(Concept, other.entry.meaning),)) if other is not None else None


def _fills(filler: Sequence[Hit]) -> bool:
    """«30 | жас | отбасы», but «мыңдаған | жастарды»: in a case it is a noun of its own."""
    if not filler:
        return False
    reading = filler[0].reading
    return reading.case is None or reading.pos is not None


def is_within_word(parsed: Parsed, first: int, last: int) -> bool:
    """«COVID-19», «KN95», «two-bedroom», «5-litre»: a number that is part of a word."""
    return _hangs_on(parsed, first) or _carries(parsed, last)


def _hangs_on(parsed: Parsed, first: int) -> bool:
    if parsed.tokens[first].value is None or not parsed.glued(first):
        return False
    dashed = parsed.norm(first - 1) in DASHES and parsed.glued(first - 1)
    word = first - (2 if dashed else 1)
    if parsed.tokens[word].sort != "word" or parsed.starting("number", word):
        return False
    money = (cast(Concept, hit.entry.meaning) for hit in parsed.ending("noun", word))
    return not any(concept.sort == "currency" for concept in money)


def _carries(parsed: Parsed, last: int) -> bool:
    dash, word = last + 1, last + 2
    if parsed.norm(dash) not in DASHES or not (parsed.glued(dash) and parsed.glued(word)):
        return False
    named = parsed.tokens[word].sort == "word" and parsed.norm(word) not in parsed.language.tails
    return named and not parsed.starting("number", word)


def _past_compound(parsed: Parsed, index: int) -> int | None:
    """«two-bedroom | apartments», «25-kg | bags», «COVID-19 | patients»."""
    number = parsed.tokens[index].value is not None or parsed.starting("number", index)
    if not number or not is_within_word(parsed, index, index):
        return None
    return index + (3 if _carries(parsed, index) else 1)


def _step_over(parsed: Parsed, index: int) -> int | None:
    """The token after a modifier; None where the noun phrase ends."""
    token = parsed.tokens[index]
    if (past := _past_compound(parsed, index)) is not None:
        return past
    if token.sort == "mark":
        passable = token.text in _OPENERS or (token.text in DASHES and parsed.glued(index))
        return index + 1 if passable else None
    nouns = parsed.starting("noun", index)
    described = [hit for hit in nouns if not cast(Concept, hit.entry.meaning).unit]
    if described:
        return described[0].last + 1
    for sort in ("of", "filler"):
        if found := parsed.starting(sort, index):
            return found[0].last + 1
    if parsed.starting("stop", index) or parsed.starting("link", index) or token.sort == "number":
        return None
    verbs = parsed.starting("verb", index)
    if any(hit.reading.tense for hit in verbs):
        return index + 1 if any(hit.reading.pos == "PRTF" for hit in verbs) else None
    return None if _is_closed_word(parsed, index) else index + 1


def _joined_modifier(parsed: Parsed, index: int) -> int | None:
    """«large | and | low-income families»: a joiner between two words that describe."""
    joiner = next(iter(parsed.starting("and", index)), None)
    if joiner is None or not _describes(parsed.ending("noun", index - 1)):
        return None
    after = joiner.last + 1
    return after if _describes(parsed.starting("noun", after)) else None


def _describes(hits: Sequence[Hit]) -> bool:
    return bool(hits) and all(cast(Concept, hit.entry.meaning).unit is None for hit in hits)


def _is_closed_word(parsed: Parsed, index: int) -> bool:
    """A preposition, verb or conjunction, where the morphology knows parts of speech."""
    readings = parsed.language.morphology.readings(parsed.norm(index))
    tagged = [reading.pos for reading in readings if reading.pos]
    if not tagged:
        return False
    if tagged[0] == "NOUN" and not any(reading.pos in ADJECTIVES for reading in readings):
        # An unknown noun is the head itself: nothing known is counted behind it.
        return True
    return tagged[0] in NO_NOUN
