"""A noun with all that it may mean: people, things or measures; unit and item of several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.match.words import NumberWord
from extractor.types import Concept, Noun

PEOPLE_UNITS = frozenset({"person", "family"})
# Who is given to, one by one or as a house.
RECEIVER_UNITS = PEOPLE_UNITS | {"institution"}
PLACE_UNITS = frozenset({"region", "settlement"})
PEOPLE = Concept("people", "unit", unit="person")


def noun_of(hit: Hit, concepts: tuple[Concept, ...]) -> Noun:
    """«теңгеге» → the noun with all that it may mean."""
    return Noun(hit.span, hit.first, hit.last, hit.entry.form, concepts, hit.reading.case)


def noun_at(parsed: Parsed, index: int) -> Noun | None:
    """The longest known noun that begins here, with all that it may mean."""
    hits = [h for h in parsed.starting("noun", index) if counts(h) and not _is_apart(parsed, h)]
    if not hits:
        return None
    stops = parsed.starting("stop", index)
    if stops and stops[0].last > hits[0].last:
        # «120 ғимаратты | су басты»
        return None
    longest = [hit for hit in hits if hit.last == hits[0].last]
    concepts = tuple(dict.fromkeys(cast(Concept, hit.entry.meaning) for hit in longest))
    if longest[0].last > index and all(concept.sort == "item" for concept in concepts):
        concepts = (*_sets(parsed, longest[0]), *concepts)
    best = next((hit for hit in longest if hit.reading.case), longest[0])
    return noun_of(best, concepts)


def _is_apart(parsed: Parsed, hit: Hit) -> bool:
    """«екі ауылына | мектеп автобусы» is no «ауыл мектебі»: the first word has its own case."""
    words = hit.entry.form.split()
    if not parsed.language.suffixed or len(words) != hit.last - hit.first + 1:
        return False
    return any(
        reading.lemma == word and reading.case in _TOWARDS
        for index, word in enumerate(words[:-1], hit.first)
        for reading in parsed.language.morphology.readings(parsed.norm(index))
    )


_TOWARDS = frozenset({"dat", "loc", "abl"})


def counts(hit: Hit) -> bool:
    """«қала», but not the «қалалық» made of it; «100 мың теңгелік» is a sum."""
    concept = cast(Concept, hit.entry.meaning)
    return concept.unit is not None and (hit.reading.case != "adj" or concept.sort == "currency")


def _sets(parsed: Parsed, item: Hit) -> Iterator[Concept]:
    """«комплектов | постельного белья»: a set is counted in sets; «test kits» are things."""
    if parsed.language.head == "final":
        return
    for hit in parsed.starting("noun", item.first):
        concept = cast(Concept, hit.entry.meaning)
        if hit.last - hit.first < item.last - item.first and concept.id == "kit":
            yield concept
            return


def is_bare(parsed: Parsed, noun: Noun) -> bool:
    hits = parsed.ending("noun", noun.last)
    return any(hit.reading.case is None and not hit.reading.possessive for hit in hits)


_COUNTS = frozenset({"cardinal", "collective", "scale", "half", "vague", "several"})


def next_number(parsed: Parsed, index: int) -> int:
    """Where the next number begins: what stands behind it is its own."""
    for place in range(index, len(parsed.tokens)):
        words = [cast(NumberWord, hit.entry.meaning) for hit in parsed.starting("number", place)]
        if parsed.tokens[place].value is not None or any(w.role in _COUNTS for w in words):
            return place
    return len(parsed.tokens)


def is_counted(parsed: Parsed, index: int) -> bool:
    """«из 26 | специалистов 14»: the noun has its number already."""
    before = index - 1
    if before < 0:
        return False
    words = [cast(NumberWord, hit.entry.meaning) for hit in parsed.ending("number", before)]
    return parsed.tokens[before].value is not None or any(w.role in _COUNTS for w in words)


def is_people(noun: Noun) -> bool:
    """«отбасы», «зейнеткер»."""
    return any(c.unit in PEOPLE_UNITS for c in noun.concepts)


def is_item(noun: Noun) -> bool:
    """«ұн», «masks»."""
    return any(c.sort == "item" for c in noun.concepts)


def is_measured(nouns: Sequence[Noun]) -> bool:
    """«тонна ұн»: the first of the nouns measures."""
    return any(c.sort == "measure" for c in nouns[0].concepts) if nouns else False


def is_sack(noun: Noun) -> bool:
    """«мешок», «қап»: a measure of what it holds, and a thing by itself."""
    sorts = {concept.sort: concept.id for concept in noun.concepts}
    return sorts.get("measure") == "kit" and sorts.get("item") == "sandbag"


def is_bare_measure(nouns: Sequence[Noun]) -> bool:
    """«- 1928 шт.»: pieces of something named before."""
    measures = [c.id for n in nouns for c in n.concepts if c.sort == "measure"]
    generic = all(name in ("piece", "kit") for name in measures)
    return is_measured(nouns) and generic and not any(is_item(n) for n in nouns)


def lacks_item(nouns: Sequence[Noun]) -> bool:
    """«- 300 тонн», «- 1928 шт.»: a measure of something named before."""
    named = any((is_item(n) and not is_sack(n)) or n.concepts[0].item for n in nouns)
    return is_measured(nouns) and not named


def is_given_to(parsed: Parsed, noun: Noun) -> bool:
    """«участникам войны — 1,5 млн тенге, | вдовам — 150 тысяч»: those who get so much."""
    if not parsed.language.inversion or not is_of_people(noun):
        return False
    readings = parsed.language.morphology.readings(parsed.norm(noun.first))
    cases = {reading.case for reading in readings if reading.pos == "NOUN"}
    return cases == {"dat"}


def is_of_people(noun: Noun) -> bool:
    return all(c.unit in PEOPLE_UNITS for c in noun.concepts)


_KITS = {"food": "food_basket"}
_COUNTED = {"tonne": "piece", "kilogram": "piece", "litre": "piece"}
_ORDER = {"currency": 0, "category": 1, "measure": 2, "unit": 3, "item": 4}


def measure_of(nouns: Sequence[Noun]) -> tuple[str | None, str | None]:
    """«tonne» and «flour» from «тонн муки»; a currency outranks all else."""
    concepts = [c for noun in nouns for c in _preferred(noun)]
    if not concepts:
        return None, None
    if concepts[0].sort == "currency":
        return concepts[0].unit, None
    measures = [c for c in concepts if c.sort == "measure"]
    items = [c for c in concepts if c.sort == "item"]
    if is_sack(nouns[0]):
        # «500 мешков» are sandbags, «500 мешков муки» sacks of flour.
        measures, items = (measures, items[1:]) if len(items) > 1 else ([], items)
    people = next((c for c in concepts[1:] if c.unit in PEOPLE_UNITS), None)
    if not measures and not items:
        school = concepts[0].unit == "institution" and people is not None
        return (people if school and people else concepts[0]).unit, None
    item = items[0].item if items else next((c.item for c in measures if c.item), None)
    if not measures:
        if concepts[0].sort in ("unit", "category"):
            return concepts[0].unit, None
        return _default_unit(items[-1]), items[-1].item
    unit = measures[0].unit
    if unit == "piece" and len(measures) > 1:
        unit = measures[1].unit
    if unit == "piece" and items and items[0].unit in ("house", "head"):
        unit = items[0].unit
    if unit == "kit" and item is not None and not any(map(is_sack, nouns)):
        item = _KITS.get(item, item)
    return unit, item


def _default_unit(concept: Concept) -> str | None:
    """«200 концентраторов» are pieces: nothing is counted in tonnes without saying so."""
    return _COUNTED.get(concept.unit or "", concept.unit)


def _preferred(noun: Noun) -> Iterator[Concept]:
    """A word with several meanings is first a category, then a unit, then an item.

    «екі ұшақпен»: a carrier has its load, whatever else the word may be.
    """
    ranked = sorted(noun.concepts, key=lambda c: _ORDER[c.sort])
    yield ranked[0]
    if ranked[0].sort == "measure" and not ranked[0].item:
        yield from (c for c in ranked[1:] if c.sort == "item")
