"""The noun left of its number: before a dash or a verb, a bracket, or by inversion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from extractor.match.noun_heads import head_of
from extractor.match.nouns import PLACE_UNITS, counts, is_counted, is_of_people, noun_at, noun_of
from extractor.match.numerals import DASHES, is_guessed
from extractor.match.parsed import Parsed
from extractor.types import Concept, Noun, Number

_LEFT = 12


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
        passed = passed or (measured and noun is not None and is_of_people(noun))
        passed = passed or (noun is not None and _is_of_clause(parsed, noun, link))
        passed = passed or (noun is not None and _is_of_sum(parsed, noun, link))
        if noun is not None and noun.last < link and not passed:
            return (head_of(parsed, noun, link),)
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
    if noun is None or noun.last >= left or _is_place(noun) or is_counted(parsed, noun.first):
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
    first = [hit.first for hit in parsed.ending("noun", link - 1) if counts(hit)]
    return noun_at(parsed, min(first)) if first else None


def nouns_bracketed(parsed: Parsed, left: int, last: int) -> tuple[Noun, ...] | None:
    """«рис (2 кг)», «masks (70,000)»: a thing, and in brackets how much of it."""
    opens, closes = left - 1, last + 1
    closes += parsed.norm(closes) == "."
    if parsed.norm(opens) != "(" or parsed.norm(closes) != ")":
        return None
    for hit in parsed.ending("noun", opens - 1):
        concept = cast(Concept, hit.entry.meaning)
        if concept.sort == "item" and not is_counted(parsed, hit.first):
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
        if fits and guessed and not governed and not is_counted(parsed, hit.first):
            full = noun_at(parsed, hit.first)
            return full if full and full.last == hit.last else noun_of(hit, (concept,))
    return None


def bounded_noun(parsed: Parsed, left: int) -> Noun | None:
    """«домов | более 200», «тонн | около ста»: a genitive plural before its comparator."""
    for hit in parsed.ending("noun", left - 1):
        concept = cast(Concept, hit.entry.meaning)
        many = hit.reading.case == "gen" and hit.reading.plural and bool(concept.unit)
        if many and not is_counted(parsed, hit.first) and not _is_governed(parsed, hit.first):
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
            return None if is_counted(parsed, hit.first) else noun_of(hit, (concept,))
    return None


def is_one_sort(parsed: Parsed, noun: Noun, after: int) -> bool:
    """«900 семей: 300 | многодетных»: what has its number already, and a sort of it behind."""
    concepts = (cast(Concept, hit.entry.meaning) for hit in parsed.starting("noun", after))
    return is_counted(parsed, noun.first) and any(c.sort == "category" for c in concepts)
