"""The noun that a number counts: right of it, left of it, or before it by inversion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from extractor.match.lexicon import Hit
from extractor.match.morphology import Reading
from extractor.match.numerals import DASHES, is_guessed
from extractor.match.parsed import Parsed
from extractor.match.words import NumberWord
from extractor.types import Concept, Noun, Number

_MODIFIERS = 5
_LEFT = 12
_LONGEST = 4
_SHORT = 4
_OPENERS = frozenset("\u00ab\"\u201c\u201e'")
_NO_NOUN = frozenset(
    {"PREP", "CONJ", "VERB", "INFN", "GRND", "PRTS", "NPRO", "PRCL", "COMP", "ADVB"}
)
_ADJECTIVES = frozenset({"ADJF", "PRTF", "ADJS", "NUMR"})
PEOPLE_UNITS = frozenset({"person", "family"})
# Who is given to, one by one or as a house.
RECEIVER_UNITS = PEOPLE_UNITS | {"institution"}
PLACE_UNITS = frozenset({"region", "settlement"})
_BODIES = frozenset({"institution", "organisation", "site", "team"})
_HOUSES = frozenset({"institution", "site"})
_FINITE = frozenset({"past", "future"})
_OBLIQUE = frozenset({"gen", "dat", "loc", "abl", "ins"})
_OUTER = frozenset({"gen", "dat", "loc", "ins"})
_SURE = frozenset({"gen", "dat", "loc", "abl"})
_POSSESSIVE = ("'s", "\u2019s")


def noun_of(hit: Hit, concepts: tuple[Concept, ...]) -> Noun:
    """«теңгеге» → the noun with all that it may mean."""
    return Noun(hit.span, hit.first, hit.last, hit.entry.form, concepts, hit.reading.case)


def noun_at(parsed: Parsed, index: int) -> Noun | None:
    """The longest known noun that begins here, with all that it may mean."""
    hits = [h for h in parsed.starting("noun", index) if _counts(h) and not _is_apart(parsed, h)]
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


def _counts(hit: Hit) -> bool:
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


def nouns_right(parsed: Parsed, start: int, ceiling: int) -> tuple[Noun, ...]:
    """The measure and the thing measured, or the thing counted, right of a number."""
    noun = _distance(parsed, start) or _first_noun(parsed, start, ceiling)
    if noun is None:
        return ()
    found = [_site_of(parsed, noun, ceiling) or noun]
    while len(found) < _LONGEST:
        following = _following(parsed, found, ceiling)
        if following is None:
            break
        found.append(following)
    return tuple(found)


def _site_of(parsed: Parsed, noun: Noun, ceiling: int) -> Noun | None:
    """«12 гуманитарлық көмек жинау | пункті», «2 азық-түлік | қоймасы»: a place for things."""
    things = all(concept.sort == "item" for concept in noun.concepts)
    if not parsed.language.suffixed or not things or noun.case is not None:
        return None
    index = noun.last + 1
    work = parsed.language.morphology.readings(parsed.norm(index))
    nominal = not parsed.starting("noun", index) and any(r.tense == "infinitive" for r in work)
    head = noun_at(parsed, index + 1 if nominal else index)
    if head is None or head.last >= ceiling or not any(c.kind == "sites" for c in head.concepts):
        return None
    named = " " in head.lemma  # «жинау орны» has its possessive in its name
    possessive = any(hit.reading.possessive for hit in parsed.ending("noun", head.last))
    return head if named or possessive else None


def noun_of_owner(parsed: Parsed, number: Number, ceiling: int) -> tuple[Noun, ...]:
    """«7 269-ы бала»: after a number in the possessive only people, beside it, in no case."""
    index = number.last + 1
    noun = noun_at(parsed, index) if number.case is None and index < ceiling else None
    if noun is None or not is_people(noun):
        return ()
    return (noun,) if _is_bare(parsed, noun) else ()


def _is_bare(parsed: Parsed, noun: Noun) -> bool:
    hits = parsed.ending("noun", noun.last)
    return any(hit.reading.case is None and not hit.reading.possessive for hit in hits)


def _first_noun(parsed: Parsed, start: int, ceiling: int) -> Noun | None:
    """The first known noun to the right, over a few modifiers."""
    index, skipped = start, 0
    while index < ceiling and skipped <= _MODIFIERS:
        filler = parsed.starting("filler", index)
        noun = noun_at(parsed, index)
        if noun is not None and not (_fills(filler) and filler[0].last >= noun.last):
            return None if _is_whereabouts(parsed, noun) else _described(parsed, noun, ceiling)
        step = _step_over(parsed, index) or _joined_modifier(parsed, index)
        if step is None:
            return None
        skipped += 1
        index = step
    return None


def _is_whereabouts(parsed: Parsed, noun: Noun) -> bool:
    """«11 stations of Aktobe | region»: where they stand; «districts» would be counted."""
    one = not parsed.norm(noun.last).endswith("s")
    if not parsed.language.analytic or not one or not any(_is_area(c) for c in noun.concepts):
        return False
    reach = range(max(0, noun.first - _NAMED), noun.first)
    return any(parsed.starting("of", index) for index in reach)


def _is_area(concept: Concept) -> bool:
    return concept.unit in ("region", "settlement")


# «of Aktobe region», «of the North Kazakhstan region»: so many tokens.
_NAMED = 4


def _distance(parsed: Parsed, index: int) -> Noun | None:
    """«130 | шақырымдағы | аурухана»: what is so far away, and not so many of them."""
    hits = parsed.starting("noun", index) if noun_at(parsed, index) is None else ()
    far = (h for h in hits if h.reading.case == "adj" and h.first == h.last)
    other = next((h for h in far if cast(Concept, h.entry.meaning).unit == "other"), None)
    return noun_of(other, (cast(Concept, other.entry.meaning),)) if other is not None else None


def _described(parsed: Parsed, noun: Noun, ceiling: int) -> Noun:
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
    if not parsed.language.suffixed or not _is_bare(parsed, noun):
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


def _fills(filler: Sequence[Hit]) -> bool:
    """«30 | жас | отбасы», but «мыңдаған | жастарды»: in a case it is a noun of its own."""
    if not filler:
        return False
    reading = filler[0].reading
    return reading.case is None or reading.pos is not None


def _is_participle(parsed: Parsed, noun: Noun) -> bool:
    """«пострадавших» may describe; «детей» from poor families are counted themselves."""
    readings = parsed.language.morphology.readings(parsed.norm(noun.first))
    return any(reading.pos in _ADJECTIVES for reading in readings)


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
    if tagged[0] == "NOUN" and not any(reading.pos in _ADJECTIVES for reading in readings):
        # An unknown noun is the head itself: nothing known is counted behind it.
        return True
    return tagged[0] in _NO_NOUN


def _following(parsed: Parsed, found: Sequence[Noun], ceiling: int) -> Noun | None:
    """What stands behind a noun and belongs to it."""
    noun = found[-1]
    if is_measured(found) and not any(is_item(n) for n in found[1:]):
        thing = _measured_thing(parsed, noun, ceiling)
        if thing is not None or not is_item(noun):
            return thing
    return _joined(parsed, noun, ceiling) or _compound(parsed, noun, ceiling)


def _measured_thing(parsed: Parsed, measure: Noun, ceiling: int) -> Noun | None:
    """«тонн | гуманитарной помощи», «tonnes of | maize»: the thing behind its measure."""
    start = measure.last + 1
    if parsed.norm(start) == "." and parsed.glued(start) and not parsed.glued(start + 1):
        start += parsed.norm(measure.last) in parsed.language.abbreviations
    if parsed.norm(start) in DASHES and parsed.norm(start + 1) in parsed.language.tails:
        # «5 кг-нан» is a case, and no bread.
        start += 2 if parsed.glued(start) and parsed.glued(start + 1) else 0
    thing = _first_noun(parsed, start, ceiling)
    if thing is None or not (is_item(thing) or is_measured([thing])):
        return None
    return None if _is_where(parsed, thing) else thing


def _is_where(parsed: Parsed, thing: Noun) -> bool:
    """«860 дорба | үйлерге | жеткізілді»: whereto, and not what is in them."""
    homes = any(concept.unit == "house" for concept in thing.concepts)
    return parsed.language.suffixed and homes and thing.case in _OUTER


def _joined(parsed: Parsed, noun: Noun, ceiling: int) -> Noun | None:
    """«зейнеткерлер мен қарттарды»: two words for the same people."""
    joiners = parsed.starting("and", noun.last + 1)
    if not joiners or not is_people(noun):
        return None
    other = noun_at(parsed, joiners[0].last + 1) if joiners[0].last + 1 < ceiling else None
    if other is None or not is_people(other):
        return None
    same = {c.unit for c in other.concepts} & {c.unit for c in noun.concepts}
    return other if same else None


def _compound(parsed: Parsed, noun: Noun, ceiling: int) -> Noun | None:
    """«aid flights», «антисептик құтылары»: the head of a compound stands last."""
    index = noun.last + 1
    if parsed.language.head != "final" or index >= ceiling or is_people(noun):
        return None
    if parsed.language.suffixed and noun.case in _OUTER:
        # «470 үйге | азық-түлік пакеті», «36 мектептің | асханасына»: it is counted itself.
        return None
    if any(c.sort == "currency" or c.unit == "percent" for c in noun.concepts):
        return None
    head = noun_at(parsed, index)
    if head is None or any(c.sort == "currency" for c in head.concepts):
        return None
    plain = not parsed.language.suffixed
    if is_people(head):
        # «secondary school | pupils»: people are counted, not their school.
        return head if plain and noun.concepts[0].unit == "institution" else None
    possessive = any(hit.reading.possessive for hit in parsed.ending("noun", head.last))
    bare = plain and parsed.norm(noun.last) == noun.lemma.split()[-1].lower()
    return head if possessive or bare else None


def noun_right(parsed: Parsed, start: int) -> Noun | None:
    """«– | балалар тағамы», «яғни | жылы киім»: the first noun of a phrase that no number has."""
    return _first_noun(parsed, start, _next_number(parsed, start))


def listed_with(parsed: Parsed, noun: Noun) -> Iterator[Concept]:
    """«medicines, | baby food | and tents»: the other things of a list that a joiner closes."""
    found: list[Concept] = []
    index, closed = noun.last + 1, False
    while index < len(parsed.tokens) and len(found) < _LISTED:
        joiners = parsed.starting("and", index)
        if not joiners and parsed.norm(index) != ",":
            break
        ceiling = _next_number(parsed, index)
        other = _first_noun(parsed, (joiners[0].last if joiners else index) + 1, ceiling)
        if other is None or not is_item(other) or is_measured([other]):
            break
        if not _agrees(parsed, noun, other):
            break
        found.append(next(c for c in other.concepts if c.sort == "item"))
        closed, index = closed or bool(joiners), other.last + 1
    if closed:
        yield from found


_LISTED = 6


def _next_number(parsed: Parsed, index: int) -> int:
    """Where the next number begins: what stands behind it is its own."""
    for place in range(index, len(parsed.tokens)):
        words = [cast(NumberWord, hit.entry.meaning) for hit in parsed.starting("number", place)]
        if parsed.tokens[place].value is not None or any(w.role in _COUNTS for w in words):
            return place
    return len(parsed.tokens)


_COUNTS = frozenset({"cardinal", "collective", "scale", "half", "vague", "several"})


def _agrees(parsed: Parsed, noun: Noun, other: Noun) -> bool:
    """«тонн муки и | сахара», but not «тонн муки и | воду»: in one case, where cases are known."""
    cases = {hit.reading.case for hit in parsed.ending("noun", noun.last) if hit.reading.pos}
    others = {hit.reading.case for hit in parsed.ending("noun", other.last) if hit.reading.pos}
    return not cases or not others or bool(cases & others)


# -- what sort of noun -------------------------------------------------------------------------


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


# -- left of the number ------------------------------------------------------------------------


def nouns_left(
    parsed: Parsed, left: int, floor: int, *, measured: bool = False
) -> tuple[Noun, ...] | None:
    """«маски — 70 тыс.», «отбасы саны 300-ден асты»: noun, link, number.

    What is measured behind it is a thing: «Школьникам раздали обувь: 300 | пар».
    """
    link = _link(parsed, left - 1)
    if link is None:
        return None
    named = _named_by(parsed, link)
    if named is not None:
        return (named,)
    for index in range(max(floor, _clause_start(parsed, link)), link):
        noun = noun_at(parsed, index)
        passed = noun is None or noun.case == "abl" or _is_passed(parsed, noun)
        passed = passed or (noun is not None and _is_in_role(parsed, noun))
        # «the group's aim is wheelchairs: 17»
        passed = passed or (parsed.language.analytic and noun is not None and noun.case == "gen")
        passed = passed or (measured and noun is not None and _is_of_people(noun))
        passed = passed or (noun is not None and _is_of_clause(parsed, noun, link))
        passed = passed or (noun is not None and _is_of_sum(parsed, noun, link))
        if noun is not None and noun.last < link and not passed:
            return (_described(parsed, noun, link),)
    return None


def _is_of_sum(parsed: Parsed, noun: Noun, link: int) -> bool:
    """«размер | помощи | вдовам составит 100 тысяч», «сумма для | фронтовиков | составляла …»:
    what another noun is of, but for «число семей составило …»; and «за | корову | – 100 тысяч»."""
    if not parsed.language.inversion:
        return False
    if parsed.tokens[link].sort != "word":
        many = any(hit.reading.plural for hit in parsed.ending("noun", noun.last))
        return not many and _is_by_preposition(parsed, noun.first)
    named = parsed.ending("count_noun", noun.first - 1) or parsed.starting("count_noun", link)
    return not named and _is_governed(parsed, noun.first)


def _is_by_preposition(parsed: Parsed, index: int) -> bool:
    """«за | корову»."""
    readings = parsed.language.morphology.readings(parsed.norm(index - 1)) if index else ()
    return any(reading.pos == "PREP" for reading in readings)


def is_given_to(parsed: Parsed, noun: Noun) -> bool:
    """«участникам войны — 1,5 млн тенге, | вдовам — 150 тысяч»: those who get so much."""
    if not parsed.language.inversion or not _is_of_people(noun):
        return False
    readings = parsed.language.morphology.readings(parsed.norm(noun.first))
    cases = {reading.case for reading in readings if reading.pos == "NOUN"}
    return cases == {"dat"}


def _is_of_people(noun: Noun) -> bool:
    return all(c.unit in PEOPLE_UNITS for c in noun.concepts)


def _is_of_clause(parsed: Parsed, noun: Noun, colon: int) -> bool:
    """«she was given a | flat | by the akimat: two rooms», «families | got | a grant: 30 …»: what
    a whole clause tells of is no label, as «Parcels handed out: 300» is."""
    if not parsed.language.analytic or parsed.norm(colon) != ":":
        return False
    start = _clause_start(parsed, colon)
    verbs = [hit for hit in parsed.between("verb", start, colon - 1) if hit.reading.tense]
    told = any(hit.last < noun.first for hit in verbs)
    return told or any(parsed.starting("indefinite", hit.last + 1) for hit in verbs)


def _is_in_role(parsed: Parsed, noun: Noun) -> bool:
    """«returned | home – 31,640»: what they did, and no house."""
    return parsed.language.head == "final" and any(
        hit.first < noun.first and hit.last >= noun.last for hit in parsed.of_sort("role")
    )


def noun_opening(parsed: Parsed, left: int, floor: int, last: int) -> Noun | None:
    """«Мешков с песком уложено 41.200», «Волонтёров в штабе 210»: of what, at the very start.

    A genitive that nothing governs opens the clause, and the number closes it.
    """
    if not parsed.language.inversion or not _closes_clause(parsed, last):
        return None
    start = max(floor, _clause_start(parsed, left))
    noun = noun_at(parsed, start)
    if noun is None or noun.last >= left or _is_place(noun) or _is_counted(parsed, noun.first):
        return None
    readings = parsed.language.morphology.readings(parsed.norm(noun.first))
    plural = any(reading.plural and reading.case == "gen" for reading in readings)
    return noun if plural else None


def _closes_clause(parsed: Parsed, last: int) -> bool:
    after = last + 1
    return after >= len(parsed.tokens) or parsed.norm(after) in _CLAUSE_ENDS


_CLAUSE_ENDS = frozenset((".", ",", ";", ")", "!", ":"))


def _named_by(parsed: Parsed, link: int) -> Noun | None:
    """«ыстық тамақ ішетін бала саны»: where the head stands last, the noun beside the count."""
    if parsed.language.head != "final" or not parsed.starting("count_noun", link):
        return None
    first = [hit.first for hit in parsed.ending("noun", link - 1) if _counts(hit)]
    return noun_at(parsed, min(first)) if first else None


def nouns_bracketed(parsed: Parsed, left: int, last: int) -> tuple[Noun, ...] | None:
    """«рис (2 кг)», «masks (70,000)»: a thing, and in brackets how much of it."""
    opens, closes = left - 1, last + 1
    closes += parsed.norm(closes) == "."
    if parsed.norm(opens) != "(" or parsed.norm(closes) != ")":
        return None
    for hit in parsed.ending("noun", opens - 1):
        concept = cast(Concept, hit.entry.meaning)
        if concept.sort == "item" and not _is_counted(parsed, hit.first):
            return (noun_of(hit, (concept,)),)
    return None


def _is_passed(parsed: Parsed, noun: Noun) -> bool:
    """«в Павлодарской области – 449», «за сутки — 500», «…, Семей – 9100»: no such is counted."""
    if _is_place(noun) or _names_place(parsed, noun):
        return True
    spans = parsed.starting("refuse", noun.first)
    if any(c.unit == "other" for c in noun.concepts) and any(h.entry.id == "span" for h in spans):
        return True
    name = parsed.tokens[noun.first].text[:1].isupper() and parsed.norm(noun.first - 1) == ","
    return name and noun.case == "gen"


def _names_place(parsed: Parsed, noun: Noun) -> bool:
    """«Алматы облысы – 300»: no apples."""
    named = parsed.tokens[noun.first].text[:1].isupper()
    return named and any(
        hit.first <= noun.first <= noun.last <= hit.last for hit in parsed.of_sort("place")
    )


def _is_place(noun: Noun) -> bool:
    """«в Павлодарской области – 449»: the place is not what is counted there."""
    return all(c.unit in PLACE_UNITS for c in noun.concepts)


def _link(parsed: Parsed, index: int) -> int | None:
    """The first token of the dash, verb or count noun that ties a noun to a number."""
    if index < 1:
        return None
    token = parsed.tokens[index]
    if token.text in DASHES or token.text == ":":
        return None if parsed.glued(index) and parsed.glued(index + 1) else index
    for sort in ("link", "count_noun"):
        hits = parsed.ending(sort, index)
        if hits:
            return hits[0].first
    return None


def _clause_start(parsed: Parsed, index: int) -> int:
    floor = max(0, index - _LEFT)
    for position in range(index - 1, floor - 1, -1):
        text = parsed.tokens[position].text
        if text in ",;:.(\u2022*" or (text in DASHES and not parsed.glued(position)):
            return position + 1
    return floor


def inverted_noun(parsed: Parsed, number: Number, left: int, nouns: Sequence[Noun]) -> Noun | None:
    """«тонн пять»: the noun right before its number makes it a guess."""
    for hit in parsed.ending("noun", left - 1):
        concept = cast(Concept, hit.entry.meaning)
        fits = concept.sort == "measure" if nouns else bool(concept.unit)
        spelled = parsed.tokens[number.first].value is None
        guessed = is_guessed(hit.reading, number.value) and (hit.reading.plural or spelled)
        governed = parsed.tokens[number.first].value is not None and _is_governed(parsed, hit.first)
        if fits and guessed and not governed and not _is_counted(parsed, hit.first):
            full = noun_at(parsed, hit.first)
            return full if full and full.last == hit.last else noun_of(hit, (concept,))
    return None


def bounded_noun(parsed: Parsed, left: int) -> Noun | None:
    """«домов | более 200», «тонн | около ста»: a genitive plural before its comparator."""
    for hit in parsed.ending("noun", left - 1):
        concept = cast(Concept, hit.entry.meaning)
        many = hit.reading.case == "gen" and hit.reading.plural and bool(concept.unit)
        if many and not _is_counted(parsed, hit.first) and not _is_governed(parsed, hit.first):
            return noun_of(hit, (concept,))
    return None


def _is_governed(parsed: Parsed, index: int) -> bool:
    """«из | жителей», «число | жителей»: another word asks for the genitive."""
    before = index - 1
    if before < 0 or parsed.tokens[before].sort != "word":
        return False
    tagged = [r.pos for r in parsed.language.morphology.readings(parsed.norm(before)) if r.pos]
    return bool(tagged) and tagged[0] in ("PREP", "NOUN")


def currency_before(parsed: Parsed, left: int) -> Noun | None:
    """«US dollars 6000»: a currency by its full name."""
    for hit in parsed.ending("noun", left - 1):
        concept = cast(Concept, hit.entry.meaning)
        if concept.sort == "currency" and hit.first < hit.last:
            return None if _is_counted(parsed, hit.first) else noun_of(hit, (concept,))
    return None


def held_noun(parsed: Parsed, sack: Noun) -> str | None:
    """«мешков | мусора»: an unknown noun in the genitive is what the sacks hold."""
    index = sack.last + 1
    if index >= len(parsed.tokens) or parsed.starting("noun", index):
        return None
    tagged = [r for r in parsed.language.morphology.readings(parsed.norm(index)) if r.pos]
    held = bool(tagged) and tagged[0].pos == "NOUN" and tagged[0].case == "gen"
    return tagged[0].lemma if held else None


def is_one_sort(parsed: Parsed, noun: Noun, after: int) -> bool:
    """«900 семей: 300 | многодетных»: what has its number already, and a sort of it behind."""
    concepts = (cast(Concept, hit.entry.meaning) for hit in parsed.starting("noun", after))
    return _is_counted(parsed, noun.first) and any(c.sort == "category" for c in concepts)


def _is_counted(parsed: Parsed, index: int) -> bool:
    """«из 26 | специалистов 14»: the noun has its number already."""
    before = index - 1
    if before < 0:
        return False
    words = [cast(NumberWord, hit.entry.meaning) for hit in parsed.ending("number", before)]
    return parsed.tokens[before].value is not None or any(w.role in _COUNTS for w in words)


# -- unknown nouns -----------------------------------------------------------------------------


PEOPLE = Concept("people", "unit", unit="person")


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
    for index in range(start, min(ceiling, start + _MODIFIERS)):
        token = parsed.tokens[index]
        if token.sort != "word" or parsed.starting("stop", index) or parsed.starting("of", index):
            return None
        if parsed.starting("filler", index):
            continue
        readings = parsed.language.morphology.readings(token.norm)
        tagged = [reading for reading in readings if reading.pos]
        if tagged and tagged[0].pos == "NOUN":
            return index, tagged[0].lemma
        if tagged and tagged[0].pos in _NO_NOUN:
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
    for place in range(index, min(ceiling, index + _LONGEST)):
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


# -- measure and item -----------------------------------------------------------------------


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
