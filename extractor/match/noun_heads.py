"""Which of two nouns side by side is counted: the first may only describe the second."""

from __future__ import annotations

from typing import cast

from extractor.match.nouns import PEOPLE_UNITS, PLACE_UNITS, is_bare, is_people, noun_at
from extractor.match.parsed import Parsed
from extractor.types import Concept, Noun

ADJECTIVES = frozenset({"ADJF", "PRTF", "ADJS", "NUMR"})
_BODIES = frozenset({"institution", "organisation", "site", "team"})
_HOUSES = frozenset({"institution", "site"})
_OBLIQUE = frozenset({"gen", "dat", "loc", "abl", "ins"})
_POSSESSIVE = ("'s", "\u2019s")


def head_of(parsed: Parsed, noun: Noun, ceiling: int) -> Noun:
    """«пострадавших | домов», «displaced | people»: the category describes, the next counts."""
    if noun.last + 1 >= ceiling:
        return noun
    family = _family_of(parsed, noun)
    if family is not None or _owns(parsed, noun):
        return family or noun
    if parsed.language.analytic and parsed.norm(noun.last)[-2:] in _POSSESSIVE:
        # «300 children's | jackets»: what is theirs is counted.
        return noun_at(parsed, noun.last + 1) or noun
    if (helper := _helper_of(parsed, noun)) is not None:
        return helper
    if _is_sort_of(parsed, noun):
        # «14 youth | centres»
        return noun_at(parsed, noun.last + 1) or noun
    described = all(c.sort == "category" for c in noun.concepts)
    head = noun_at(parsed, noun.last + 1)
    named = any(c.unit == "person" for c in noun.concepts) and not _is_participle(parsed, noun)
    if described and head is None and not named and parsed.language.head == "initial":
        head = _past_reason(parsed, noun.last + 1, ceiling)
    if head is None or head.last >= ceiling:
        return noun
    if not described:
        return head if _is_relational(parsed, noun) else noun
    if parsed.language.inversion and not _is_participle(parsed, noun) and _is_body(head):
        # «1 411 пенсионеров | компании»: whose they are.
        return noun
    if _describes_body(parsed, noun, head):
        return head
    counted = any(c.sort in ("unit", "category") or c.unit == "house" for c in head.concepts)
    counted = counted and not all(c.unit == "other" for c in head.concepts)
    counted = counted and not all(c.unit in _HOUSES for c in head.concepts)
    return head if counted and not any(c.kind == "requests" for c in head.concepts) else noun


def _describes_body(parsed: Parsed, noun: Noun, head: Noun) -> bool:
    """«214 пострадавшим | хозяйствам», «20 нуждающихся школ»: one case and number make one name."""
    if not parsed.language.inversion or head.first != noun.last + 1:
        return False
    bodies = any(c.unit == "institution" and c.sort == "unit" for c in head.concepts)
    return (
        bodies
        and _is_participle(parsed, noun)
        and bool(_plurals(parsed, noun) & _plurals(parsed, head))
    )


def _plurals(parsed: Parsed, noun: Noun) -> set[str]:
    readings = parsed.language.morphology.readings(parsed.norm(noun.last))
    return {reading.case for reading in readings if reading.case and reading.plural}


def _is_body(noun: Noun) -> bool:
    return all(c.unit in _BODIES for c in noun.concepts)


def _family_of(parsed: Parsed, noun: Noun) -> Noun | None:
    """«қандас | отбасы», «жесір мен жетім | отбасына»: so many families, whoever is in them."""
    if not parsed.language.suffixed or noun.case not in (None, "gen"):
        return None
    if not any(c.unit == "person" for c in noun.concepts):
        return None
    head = noun_at(parsed, noun.last + 1) or _past_joined(parsed, noun)
    return head if head is not None and head.concepts[0].unit == "family" else None


def _past_joined(parsed: Parsed, noun: Noun) -> Noun | None:
    """«жесір мен | жетім | отбасына»: behind two words for those who are in the families."""
    joiners = parsed.starting("and", noun.last + 1)
    other = noun_at(parsed, joiners[0].last + 1) if joiners else None
    if other is None or other.case is not None or not is_people(other):
        return None
    return noun_at(parsed, other.last + 1)


def _helper_of(parsed: Parsed, noun: Noun) -> Noun | None:
    """«109 қазақстандық | құтқарушы», «30 студент | ерікті»: persons of a sort who help."""
    if not parsed.language.suffixed or not is_bare(parsed, noun):
        return None
    if not all(c.unit == "person" and c.kind != "volunteers" for c in noun.concepts):
        return None
    head = noun_at(parsed, noun.last + 1)
    if head is None or not all(c.unit == "person" for c in head.concepts):
        return None
    return head if any(c.kind == "volunteers" for c in head.concepts) else None


def _owns(parsed: Parsed, noun: Noun) -> bool:
    """«65 қарттың | үйін», «екі баласымен | пәтер», «жеті баланы | жалғыз асырап отырған ана»: in
    such a case it is counted itself."""
    return parsed.language.suffixed and noun.case in _OBLIQUE | {"acc"}


def _is_sort_of(parsed: Parsed, noun: Noun) -> bool:
    """«youth | centres», «returnee | families», «village | schools»: a plural behind a singular."""
    if not parsed.language.analytic or parsed.norm(noun.last).endswith("s"):
        return False
    heads = parsed.starting("noun", noun.last + 1)
    kinds = all(
        c.sort in ("item", "category") or c.unit in (*PEOPLE_UNITS, *PLACE_UNITS)
        for c in noun.concepts
    )
    plural = any(
        hit.first == hit.last
        and parsed.norm(hit.last).endswith("s")
        and cast(Concept, hit.entry.meaning).unit in (*_HOUSES, *PEOPLE_UNITS, "team")
        for hit in heads
    )
    return kinds and plural


def _is_participle(parsed: Parsed, noun: Noun) -> bool:
    """«пострадавших» may describe; «детей» from poor families are counted themselves."""
    readings = parsed.language.morphology.readings(parsed.norm(noun.first))
    return any(reading.pos in ADJECTIVES for reading in readings)


def _past_reason(parsed: Parsed, index: int, ceiling: int) -> Noun | None:
    """«пострадавших | от паводка | семей»: a family in the genitive behind what befell it."""
    if index + 2 >= ceiling:
        return None
    prepositions = parsed.language.morphology.readings(parsed.norm(index))
    head = noun_at(parsed, index + 2)
    if head is None or not any(reading.pos == "PREP" for reading in prepositions):
        return None
    readings = [hit.reading for hit in parsed.ending("noun", head.last)]
    counted = any(reading.case == "gen" and reading.plural for reading in readings)
    return head if counted and any(c.unit == "family" for c in head.concepts) else None


def _is_relational(parsed: Parsed, noun: Noun) -> bool:
    """«12 | волонтерлік | штаб»: an adjective made of a noun counts nothing before another."""
    hits = [hit for hit in parsed.ending("noun", noun.last) if hit.first == noun.first]
    unmeasured = all(c.sort in ("unit", "category") for c in noun.concepts)
    return unmeasured and bool(hits) and all(hit.reading.case == "adj" for hit in hits)
