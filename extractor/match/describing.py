"""Which categories of people the words at a quantity name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from extractor.match.candidates import Candidate
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE_UNITS
from extractor.match.parsed import WORD_DASHES, Parsed
from extractor.match.tense import TOLD
from extractor.types import Concept

_KINDS = ("recipients", "affected")
# A word that holds others: «дети с инвалидностью» are not «дети» beside «люди с инвалидностью».
_HOLDS = {
    "child_with_disability": frozenset({"child", "person_with_disability"}),
    "orphan": frozenset({"child"}),
}


def describing(candidate: Candidate) -> list[Concept]:
    """Categories in the quantity and in the words that describe it, before or behind."""
    parsed, quantity = candidate.parsed, candidate.quantity
    start = quantity.number.last + 1 if quantity.first >= quantity.number.first else quantity.first
    hits = list(parsed.between("noun", start, quantity.last))
    if parsed.norm(quantity.first - 1) == "(":
        hits += parsed.between(
            "noun", _phrase_start(parsed, quantity.first - 2), quantity.first - 2
        )
    if not quantity.number.possessive:
        # «тоғызы – көпбалалы, | төртеуі – жесір»: each slice has what is said behind it.
        hits += _before(parsed, quantity.first)
    behind = _phrase_end(parsed, quantity.last)
    hits += parsed.between("noun", quantity.last + 1, behind)
    if quantity.nouns and not quantity.span.overlaps(quantity.nouns[0].span):
        hits += _said_of(parsed, quantity.last + 1)
    concepts = [cast(Concept, hit.entry.meaning) for hit in hits]
    return [concept for concept in concepts if concept.category]


def _before(parsed: Parsed, first: int) -> list[Hit]:
    """«аз қамтылған | 420 отбасы», «көпбалалы отбасылардан шыққан | 730 оқушы»: where the noun
    stands last, what describes it may stand before the number."""
    if not parsed.language.suffixed:
        return []
    found: list[Hit] = []
    index = first - 1
    while index >= max(0, first - _PHRASE):
        named = [h for h in parsed.ending("noun", index) if cast(Concept, h.entry.meaning).category]
        goal = bool(parsed.starting("meant_for", index + 1))
        named = [h for h in named if h.reading.case is None or (goal and h.reading.case == "dat")]
        named = [h for h in named if goal or not _names_doer(h)]
        if named:
            found += named
            index = min(hit.first for hit in named) - 1
        elif _goes_on(parsed, index):
            index -= 1
        else:
            break
    return found


def _names_doer(hit: Hit) -> bool:
    """«Кәсіпкер | 18 жесірге көмір берді»: who may give stands in the same case, and gives."""
    return bool(_DOERS & set(cast(Concept, hit.entry.meaning).category))


_DOERS = frozenset({"entrepreneur", "medical_worker", "farmer", "police", "worker", "veteran"})


def _goes_on(parsed: Parsed, index: int) -> bool:
    """«…, сиыры бар», «… және», «… отбасыларда өсіп жатқан»: still the same description."""
    if parsed.norm(index) == "," or parsed.ending("and", index):
        return parsed.tokens[index + 1].value is None
    having = (*parsed.ending("scope", index), *parsed.starting("scope", index + 1))
    if any(hit.entry.id == "raising" and hit.entry.meaning == "after" for hit in having):
        return True
    readings = parsed.language.morphology.readings(parsed.norm(index))
    if any(reading.tense in _ATTRIBUTIVE for reading in readings):
        return True
    if parsed.starting("meant_for", index - 1):
        # «балаларға арналған | интернаттағы | 112 бала»
        return any(reading.case == "adj" for reading in readings)
    families = (cast(Concept, hit.entry.meaning).unit for hit in parsed.ending("noun", index))
    return "family" in families and any(reading.case in ("abl", "loc") for reading in readings)


def _said_of(parsed: Parsed, index: int) -> list[Hit]:
    """«412 из них | — дети из малообеспеченных семей», «340-ы | – жетім»: up to the next mark."""
    while index < len(parsed.tokens) and (
        parsed.norm(index) in WORD_DASHES or parsed.starting("partitive_after", index)
    ):
        hits = parsed.starting("partitive_after", index)
        index = hits[0].last + 1 if hits else index + 1
    stop = index
    while stop < min(len(parsed.tokens), index + _PHRASE):
        acts = any(h.reading.tense in TOLD for h in parsed.starting("verb", stop))
        if acts or parsed.norm(stop) in _MARKS or parsed.tokens[stop].value is not None:
            break
        stop += 1
    hits = list(parsed.between("noun", index, stop - 1))
    # «төртеуі – баласын жалғыз өсіріп отырған ана»: whom they raise is another.
    raised = parsed.language.suffixed
    return [h for h in hits if not (raised and h.reading.case == "acc" and h.reading.possessive)]


_PHRASE = 7
_ATTRIBUTIVE = frozenset({"perfect", "converb", "progressive"})
_MARKS = frozenset(",;:.()!?")


def _phrase_start(parsed: Parsed, index: int) -> int:
    while index > 0 and parsed.tokens[index - 1].text not in ",;:.()":
        index -= 1
    return max(index, 0)


def _phrase_end(parsed: Parsed, last: int) -> int:
    """«детей из малообеспеченных семей»: the few words behind, up to a verb or a mark."""
    index, end = last + 1, last + 5
    while index < len(parsed.tokens) and index <= end:
        token = parsed.tokens[index]
        if (index == last + 1 or parsed.language.analytic) and _hyphened(parsed, index):
            # «детей-беженцев»: both words say who they are; «low-income» is one.
            index, end = index + 2, end + 2 * (index > last + 1)
            continue
        if token.sort != "word" or any(h.reading.tense for h in parsed.starting("verb", index)):
            break
        index += 1
    return last if parsed.language.suffixed else index - 1


def _hyphened(parsed: Parsed, index: int) -> bool:
    return parsed.norm(index) == "-" and parsed.glued(index) and parsed.glued(index + 1)


def categories_of(candidate: Candidate, kind: str) -> tuple[str, ...]:
    """«детей-сирот» → orphan: what its own words say of the people that are counted."""
    counted = candidate.unit in PEOPLE_UNITS or candidate.unit == "institution"
    if kind not in _KINDS or not counted:
        return ()
    return settled(name for concept in describing(candidate) for name in concept.category)


def settled(names: Iterable[str]) -> tuple[str, ...]:
    """«child, orphan» → «orphan»: each once, without those that another holds."""
    found = tuple(dict.fromkeys(names))
    if {"child", "person_with_disability"} <= set(found):
        found = tuple(dict.fromkeys(("child_with_disability", *found)))
    held = frozenset().union(*(_HOLDS.get(name, frozenset()) for name in found))
    return tuple(name for name in found if name not in held)
