"""The nouns right of a number: what is counted, its measure, and what is listed with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.match.first_noun import distance, first_noun
from extractor.match.nouns import is_bare, is_item, is_measured, is_people, next_number, noun_at
from extractor.match.numerals import DASHES
from extractor.match.parsed import Parsed
from extractor.types import Concept, Noun, Number

_LONGEST = 4


def nouns_right(parsed: Parsed, start: int, ceiling: int) -> tuple[Noun, ...]:
    """The measure and the thing measured, or the thing counted, right of a number."""
    noun = distance(parsed, start) or first_noun(parsed, start, ceiling)
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
    return (noun,) if is_bare(parsed, noun) else ()


def noun_right(parsed: Parsed, start: int) -> Noun | None:
    """«– | балалар тағамы», «яғни | жылы киім»: the first noun of a phrase that no number has."""
    return first_noun(parsed, start, next_number(parsed, start))


def listed_with(parsed: Parsed, noun: Noun) -> Iterator[Concept]:
    """«medicines, | baby food | and tents»: the other things of a list that a joiner closes."""
    found: list[Concept] = []
    index, closed = noun.last + 1, False
    while index < len(parsed.tokens) and len(found) < _LISTED:
        joiners = parsed.starting("and", index)
        if not joiners and parsed.norm(index) != ",":
            break
        ceiling = next_number(parsed, index)
        other = first_noun(parsed, (joiners[0].last if joiners else index) + 1, ceiling)
        if other is None or not is_item(other) or is_measured([other]):
            break
        if not _agrees(parsed, noun, other):
            break
        found.append(next(c for c in other.concepts if c.sort == "item"))
        closed, index = closed or bool(joiners), other.last + 1
    if closed:
        yield from found


_LISTED = 6


def _agrees(parsed: Parsed, noun: Noun, other: Noun) -> bool:
    """«тонн муки и | сахара», but not «тонн муки и | воду»: in one case, where cases are known."""
    cases = {hit.reading.case for hit in parsed.ending("noun", noun.last) if hit.reading.pos}
    others = {hit.reading.case for hit in parsed.ending("noun", other.last) if hit.reading.pos}
    return not cases or not others or bool(cases & others)


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
    thing = first_noun(parsed, start, ceiling)
    if thing is None or not (is_item(thing) or is_measured([thing])):
        return None
    return None if _is_where(parsed, thing) else thing


_OUTER = frozenset({"gen", "dat", "loc", "ins"})


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
