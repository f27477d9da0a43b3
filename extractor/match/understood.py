"""The noun that a number leaves out: «640 of them», «Eight more», «the remaining 18».

It is lent by a figure told before, or named nearby and counted by nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from extractor.match.bare_numbers import (
    MILLION,
    PREDICATES,
    Bare,
    ends_clause,
    has_scale,
    is_counted_alone,
    is_doer,
    is_in_place,
    is_more,
    is_scaled,
)
from extractor.match.context import Context
from extractor.match.lenders import LENDERS, of_owner, slice_of
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE_UNITS, measure_of, noun_at
from extractor.match.parsed import Parsed
from extractor.match.partitives import is_partitive
from extractor.match.things import is_thing
from extractor.types import Concept, Figure, Noun, Quantity

# Sentences in which a currency left out is named afterwards.
_SOON = 5


@dataclass(frozen=True, slots=True)
class Understood:
    """A quantity with the noun that it leaves out; of which figure it is a slice, who lent it."""

    quantity: Quantity
    whole: Figure | None = None
    lender: Figure | None = None


def complete(context: Context, quantity: Quantity, figures: Sequence[Figure]) -> Understood:
    """«оның 43-і», «уже поступило 400 тысяч»: with the noun of the figure before, understood."""
    if quantity.number.share:
        return Understood(quantity if quantity.unit else replace(quantity, unit="percent"))
    bare = Bare(quantity, context, figures)
    if quantity.number.possessive and quantity.unit != "percent" and not is_more(bare):
        whole = of_owner(bare) or slice_of(bare)
        if whole is None and is_doer(bare.parsed, quantity.first - 1):
            return Understood(replace(quantity, unit="person"))
        if whole is not None:
            return Understood(_like(quantity, whole.quantity), whole, whole)
    sort = _next_sort(bare)
    if sort is not None:
        return sort
    other = _got_in_turn(bare)
    if other is not None:
        return Understood(_like(quantity, other.quantity), None, other)
    if quantity.unit is not None:
        return Understood(quantity)
    counted = _counted_before(bare)
    if counted is not None:
        return Understood(_like(quantity, counted))
    opening = _of_sort(bare) or _apposed(bare)
    if opening is not None:
        return Understood(opening)
    partitive = is_partitive(bare.parsed, quantity)
    if (quantity.item is not None and not partitive) or _has_own_noun(bare):
        return Understood(quantity)
    lender = next((f for f in (rule(bare) for rule in LENDERS) if f is not None), None)
    if (lender is None or lender.kind == "goods") and _are_people(bare):
        return Understood(replace(quantity, unit="person"))
    if lender is not None:
        whole = lender if partitive and not is_more(bare) else None
        return Understood(_like(quantity, lender.quantity), whole, lender)
    if partitive:
        return Understood(_named_before(bare))
    coming = _coming_money(bare) or _coming_turn(bare)
    return Understood(_like(quantity, coming) if coming is not None else quantity)


def _next_sort(bare: Bare) -> Understood | None:
    """«900 семей: 450 многодетных, | 420 неполных | и 30 малообеспеченных»: sorts of families.

    Each leaves the noun out, or has «ones» for it. Behind a colon or in brackets they are slices
    of what was counted before.
    """
    quantity, parsed = bare.quantity, bare.parsed
    last = next(bare.near(0), None)
    if last is None or last.unit not in PEOPLE_UNITS or last.scope == "each":
        return None
    end = _past_sort(parsed, quantity.number.last + 1)
    between = range(last.quantity.last + 1, quantity.first)
    if end is None or not between or not all(_joins(parsed, i) for i in between):
        return None
    if not (ends_clause(parsed, end) or parsed.starting("and", end)):
        return None
    opened = any(parsed.norm(i) in _OPENING for i in between)
    whole = last if opened and bare.ratio(last) > 1 else None
    if whole is None and _past_sort(parsed, last.quantity.number.last + 1) is None:
        return None
    return Understood(_like(quantity, last.quantity), whole, last)


_OPENING = frozenset({":", "("})


def _past_sort(parsed: Parsed, start: int) -> int | None:
    """«1 100 | неполных», «1,100 | single-parent ones»: where the token behind stands."""
    hit = next((h for h in parsed.starting("noun", start) if _is_sort(parsed, h)), None)
    if hit is None:
        return None
    pronoun = parsed.starting("same_noun", hit.last + 1)
    return pronoun[0].last + 1 if pronoun else hit.last + 1


def _is_sort(parsed: Parsed, hit: Hit) -> bool:
    """«многодетных», «көпбалалы», «single-parent ones»: a sort of people, and no word for them."""
    concept = cast(Concept, hit.entry.meaning)
    if concept.sort != "category":
        return False
    readings = parsed.language.morphology.readings(parsed.norm(hit.last))
    adjective = any(reading.pos == "ADJF" for reading in readings)
    return adjective or concept.unit is None or bool(parsed.starting("same_noun", hit.last + 1))


def _joins(parsed: Parsed, index: int) -> bool:
    """What opens a list of sorts or stands in it: marks, joiners, the sort of the one before."""
    sorts = (h for h in parsed.of_sort("noun") if cast(Concept, h.entry.meaning).sort == "category")
    return (
        parsed.norm(index) in _LISTED | _OPENING
        or bool(parsed.starting("and", index))
        or any(hit.first <= index <= hit.last for hit in sorts)
    )


def _got_in_turn(bare: Bare) -> Figure | None:
    """«аппараты получили 96 жителей, | протезы – 54»: as many people got another thing."""
    parsed, quantity = bare.parsed, bare.quantity
    if not parsed.language.inversion or not parsed.dashed(quantity.number.first - 1):
        return None
    things = any(is_thing(hit) for hit in parsed.ending("noun", quantity.number.first - 2))
    if not things or not ends_clause(parsed, quantity.number.last + 1):
        return None
    for figure in bare.near(0):
        if figure.unit not in PEOPLE_UNITS:
            return None
        if _got_a_thing(parsed, figure.quantity.first - 1):
            return figure
    return None


def _got_a_thing(parsed: Parsed, last: int) -> bool:
    """«Слуховые аппараты | получили | 96 жителей»: the thing, and the verb that ends there."""
    verbs = (hit for hit in parsed.ending("verb", last) if hit.entry.id == "receive")
    return any(is_thing(one) for hit in verbs for one in parsed.ending("noun", hit.first - 1))


def _are_people(bare: Bare) -> bool:
    """«помощь понадобилась четверым»: a collective number by itself is of people, and so is one
    that a verb tells of what befalls people alone («ранены более 300»)."""
    if bare.quantity.item is not None or bare.parsed.language.suffixed:
        return False
    collective = bare.quantity.number.rule == "collective"
    return (collective or _is_befallen(bare) or _are_in_need(bare)) and is_counted_alone(bare)


def _are_in_need(bare: Bare) -> bool:
    """«24 million | need | food», «340 | were injured»: what is said of people alone."""
    parsed, after = bare.parsed, bare.quantity.last + 1
    if not parsed.language.analytic:
        return False
    needs = any(hit.entry.id == "need" for hit in parsed.starting("verb", after))
    linked = max((hit.last for hit in parsed.starting("link", after)), default=after - 1)
    return needs or (linked >= after and bool(parsed.starting("befallen", linked + 1)))


def _is_befallen(bare: Bare) -> bool:
    """«эвакуированы | 80», «пострадали | почти 300», «killed 28 people and | injured | 340», «30
    тысяч | остались без крова»: the plural right beside the number."""
    before = bare.parsed.ending("befallen", bare.quantity.first - 1)
    if bare.parsed.language.analytic:
        return any(hit.reading.tense in ("past", "progressive") for hit in before)
    told = [*before, *bare.parsed.starting("befallen", bare.quantity.last + 1)]
    return any(_is_plural_predicate(bare.parsed, hit.first) for hit in told)


def _is_plural_predicate(parsed: Parsed, index: int) -> bool:
    readings = parsed.language.morphology.readings(parsed.norm(index))
    return any(reading.plural and reading.pos in PREDICATES for reading in readings)


def _counted_before(bare: Bare) -> Quantity | None:
    """«738 коек из | 1 050»: of the same, where that is nothing the records hold."""
    of = bare.parsed.ending("out_of", bare.quantity.first - 1)
    here = bare.context.by_sentence.get(bare.quantity.sentence, ()) if of else ()
    beside = (other for other in here if other.last == of[0].first - 1)
    return next((other for other in beside if other.unit == "other"), None)


def _of_sort(bare: Bare) -> Quantity | None:
    """«Of the houses and flats, | 298 went to Kostanay»: of what opens the sentence, uncounted."""
    parsed, quantity = bare.parsed, bare.quantity
    of = parsed.starting("out_of", 0) if parsed.language.analytic else ()
    noun = noun_at(parsed, max(hit.last for hit in of) + 1) if of else None
    if noun is None or parsed.norm(quantity.first - 1) != ",":
        return None
    if any(token.value is not None for token in parsed.tokens[: quantity.first]):
        return None
    unit, item = measure_of((noun,))
    return replace(quantity, unit=unit, item=item, nouns=(noun,))


def _apposed(bare: Bare) -> Quantity | None:
    """«Company volunteers, | 63 in all, …»: as many of those named before the comma."""
    quantity, parsed = bare.quantity, bare.parsed
    comma = quantity.first - 1
    all_told = parsed.starting("scope", quantity.last + 1)
    if not parsed.language.analytic or parsed.norm(comma) != ",":
        return None
    if not any(hit.entry.id == "whole" for hit in all_told):
        return None
    hits = parsed.ending("noun", comma - 1)
    noun = noun_at(parsed, min(hit.first for hit in hits)) if hits else None
    if noun is None or not _is_countable(noun):
        return None
    unit, item = measure_of((noun,))
    return replace(quantity, unit=unit, item=item, nouns=(noun,))


def _has_own_noun(bare: Bare) -> bool:
    """«из них действующих – 15 переливов»: a noun that no data file knows, in the form counted."""
    parsed, after = bare.parsed, bare.quantity.last + 1
    if not parsed.language.inversion or after >= len(parsed.tokens):
        return False
    known = any(hit.first == after for hit in parsed.hits)
    readings = parsed.language.morphology.readings(parsed.norm(after))
    counted = any(reading.case == "gen" and reading.pos == "NOUN" for reading in readings)
    return counted and not known and all(reading.pos in (None, "NOUN") for reading in readings)


def _like(quantity: Quantity, whole: Quantity) -> Quantity:
    return replace(quantity, unit=whole.unit, item=whole.item, nouns=whole.nouns)


def _coming_money(bare: Bare) -> Quantity | None:
    """«Фонд направил 85 миллионов. … 85 млн тенге»: millions of the currency that soon is named."""
    large = is_scaled(bare) and bare.quantity.value >= MILLION
    if not is_counted_alone(bare) or not (large or has_scale(bare)) or _is_slogan(bare):
        return None
    # «за лошадь – 150 тысяч, за овцу – 20 тысяч тенге»: thousands, of the sentence alone.
    soon = _SOON if large else 1
    after = [
        quantity
        for index in range(bare.quantity.sentence, bare.quantity.sentence + soon)
        for quantity in bare.context.by_sentence.get(index, ())
        if quantity.span.start > bare.quantity.span.start and _is_currency(quantity)
    ]
    if after:
        return after[0] if len({quantity.unit for quantity in after}) == 1 else None
    return _money_named(bare)


def _is_slogan(bare: Bare) -> bool:
    """«Миллион за добро»: how many is not said in a headline of one word and no verb."""
    number = bare.quantity.number
    alone = number.first == number.last and bare.parsed.tokens[number.first].value is None
    headline = bare.parsed.sentence.zone.kind == "headline"
    return alone and headline and not bare.parsed.of_sort("verb")


def _money_named(bare: Bare) -> Quantity | None:
    """«Not a single tenge of the 500 million»: the sentence names its only currency."""
    parsed = bare.parsed
    named = [h for h in parsed.of_sort("noun") if cast(Concept, h.entry.meaning).sort == "currency"]
    if len({cast(Concept, hit.entry.meaning).unit for hit in named}) != 1:
        return None
    concept = cast(Concept, named[0].entry.meaning)
    noun = Noun(named[0].span, named[0].first, named[0].last, named[0].entry.form, (concept,))
    return replace(bare.quantity, unit=concept.unit, item=None, nouns=(noun,))


def _coming_turn(bare: Bare) -> Quantity | None:
    """«Шалқарда 120, Мұғалжарда 61 отбасы»: place by place, the last has the noun of them all."""
    parsed, quantity = bare.parsed, bare.quantity
    if not parsed.language.suffixed or not is_in_place(parsed, quantity):
        return None
    behind = quantity.last + 1
    if parsed.norm(behind) not in _LISTED and not parsed.starting("and", behind):
        return None
    here = bare.context.by_sentence.get(quantity.sentence, ())
    after = [other for other in here if other.first > quantity.last and is_in_place(parsed, other)]
    named = next((other for other in after if other.unit is not None), None)
    return None if named is None or _is_currency(named) or named.number.share else named


_LISTED = frozenset({",", ";"})


def _is_currency(quantity: Quantity) -> bool:
    return any(concept.sort == "currency" for noun in quantity.nouns for concept in noun.concepts)


def _named_before(bare: Bare) -> Quantity:
    """«Schoolchildren … there will be 31 thousand of them»: named, not counted."""
    for index in range(bare.quantity.first):
        noun = noun_at(bare.parsed, index)
        if noun is None or noun.last >= bare.quantity.first or not _is_countable(noun):
            continue
        unit, item = measure_of((noun,))
        return replace(bare.quantity, unit=unit, item=item, nouns=(noun,))
    return bare.quantity


def _is_countable(noun: Noun) -> bool:
    return any(c.unit in PEOPLE_UNITS or c.unit == "house" for c in noun.concepts)
