"""The noun that a number leaves out: «640 of them», «Eight more», «the remaining 18».

Each rule says which figure lends its noun; the first that finds one decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from extractor.match.context import Context
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE_UNITS, measure_of, noun_at
from extractor.match.parsed import WORD_DASHES, Parsed
from extractor.match.things import is_thing
from extractor.match.words import NumberWord
from extractor.types import Concept, Figure, Noun, Quantity

_MILLION = Decimal(1_000_000)
# Sentences in which a currency left out is named afterwards.
_SOON = 5
_THOUSAND = 1000
_EARLIER = 6
# Sentences back to money told of: next to it, and anywhere in an article.
_NEXT, _STORY = 3, 60
_LEAST_MONEY = 100_000


@dataclass(frozen=True, slots=True)
class _Bare:
    """A number without a noun, its sentence, and the figures before it."""

    quantity: Quantity
    context: Context
    figures: Sequence[Figure]

    @property
    def parsed(self) -> Parsed:
        return self.context.parsed[self.quantity.sentence]

    @property
    def taken(self) -> bool:
        """«тағы 70-ке жуығы алады»: who receives is somebody, where the verb stands last."""
        if not self.parsed.language.suffixed:
            return False
        hits = self.parsed.starting("verb", self.quantity.last + 1)
        return any(hit.entry.id == "receive" for hit in hits)

    @property
    def by(self) -> bool:
        """«дети получат | по 50 тысяч»: so many to each of them are not they."""
        hits = self.parsed.ending("scope", self.quantity.first - 1)
        adjacent = any(hit.entry.meaning == "adjacent" for hit in hits if hit.entry.id == "each")
        return adjacent and self.parsed.language.inversion

    def near(self, reach: int) -> Iterator[Figure]:
        """The figures before, nearest first, within so many sentences."""
        for figure in reversed(self.figures):
            if self.quantity.sentence - figure.sentence > reach:
                return
            if self.taken and figure.unit not in PEOPLE_UNITS:
                continue
            if self.by and figure.unit in PEOPLE_UNITS:
                continue
            if figure.kind != "money" or not self.is_aside(figure):
                yield figure

    def is_aside(self, figure: Figure) -> bool:
        """«2 billion tenge (about $4.5 million)»: a sum converted in brackets lends nothing."""
        tokens = self.context.parsed[figure.sentence].tokens
        first = figure.quantity.first
        return any(token.text == "(" for token in tokens[max(0, first - 1) : first])

    def ratio(self, figure: Figure) -> Decimal:
        return figure.quantity.value / max(self.quantity.value, Decimal(1))


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
    bare = _Bare(quantity, context, figures)
    if quantity.number.possessive and quantity.unit != "percent" and not _is_more(bare):
        whole = _of_owner(bare) or _slice_of(bare)
        if whole is None and _is_doer(bare.parsed, quantity.first - 1):
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
        whole = lender if partitive and not _is_more(bare) else None
        return Understood(_like(quantity, lender.quantity), whole, lender)
    if partitive:
        return Understood(_named_before(bare))
    coming = _coming_money(bare) or _coming_turn(bare)
    return Understood(_like(quantity, coming) if coming is not None else quantity)


def _next_sort(bare: _Bare) -> Understood | None:
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
    if not (_ends_clause(parsed, end) or parsed.starting("and", end)):
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


def _got_in_turn(bare: _Bare) -> Figure | None:
    """«аппараты получили 96 жителей, | протезы – 54»: as many people got another thing."""
    parsed, quantity = bare.parsed, bare.quantity
    if not parsed.language.inversion or not parsed.dashed(quantity.number.first - 1):
        return None
    things = any(is_thing(hit) for hit in parsed.ending("noun", quantity.number.first - 2))
    if not things or not _ends_clause(parsed, quantity.number.last + 1):
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


def _are_people(bare: _Bare) -> bool:
    """«помощь понадобилась четверым»: a collective number by itself is of people, and so is one
    that a verb tells of what befalls people alone («ранены более 300»)."""
    if bare.quantity.item is not None or bare.parsed.language.suffixed:
        return False
    collective = bare.quantity.number.rule == "collective"
    return (collective or _is_befallen(bare) or _are_in_need(bare)) and _is_counted_alone(bare)


def _are_in_need(bare: _Bare) -> bool:
    """«24 million | need | food», «340 | were injured»: what is said of people alone."""
    parsed, after = bare.parsed, bare.quantity.last + 1
    if not parsed.language.analytic:
        return False
    needs = any(hit.entry.id == "need" for hit in parsed.starting("verb", after))
    linked = max((hit.last for hit in parsed.starting("link", after)), default=after - 1)
    return needs or (linked >= after and bool(parsed.starting("befallen", linked + 1)))


def _is_befallen(bare: _Bare) -> bool:
    """«эвакуированы | 80», «пострадали | почти 300», «killed 28 people and | injured | 340», «30
    тысяч | остались без крова»: the plural right beside the number."""
    before = bare.parsed.ending("befallen", bare.quantity.first - 1)
    if bare.parsed.language.analytic:
        return any(hit.reading.tense in ("past", "progressive") for hit in before)
    told = [*before, *bare.parsed.starting("befallen", bare.quantity.last + 1)]
    return any(_is_plural_predicate(bare.parsed, hit.first) for hit in told)


def _is_plural_predicate(parsed: Parsed, index: int) -> bool:
    readings = parsed.language.morphology.readings(parsed.norm(index))
    return any(reading.plural and reading.pos in _PREDICATES for reading in readings)


def _counted_before(bare: _Bare) -> Quantity | None:
    """«738 коек из | 1 050»: of the same, where that is nothing the records hold."""
    of = bare.parsed.ending("out_of", bare.quantity.first - 1)
    here = bare.context.by_sentence.get(bare.quantity.sentence, ()) if of else ()
    beside = (other for other in here if other.last == of[0].first - 1)
    return next((other for other in beside if other.unit == "other"), None)


def _of_sort(bare: _Bare) -> Quantity | None:
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


def _apposed(bare: _Bare) -> Quantity | None:
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


def _has_own_noun(bare: _Bare) -> bool:
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


# -- who lends ------------------------------------------------------------------------------------


def referring(bare: _Bare) -> Figure | None:
    """«230 из них», «число их достигло 300», «12 – в Астане»: a larger one of those told before."""
    told = refers_back(bare.parsed, bare.quantity) or _is_of_opening(bare)
    if not told or _is_inverted(bare):
        return None
    fitting = (f for f in bare.near(2) if _lends(f, bare.quantity))
    return next((f for f in fitting if f.kind == "money" or bare.ratio(f) >= 1), None)


def _is_of_opening(bare: _Bare) -> bool:
    """«Of last year's 1,970 graduates 1,610 | found a job»: of the number that «of» opens with."""
    parsed, quantity = bare.parsed, bare.quantity
    here = [q for q in bare.context.by_sentence[quantity.sentence] if q.first < quantity.first]
    opened = parsed.language.analytic and parsed.starting("of", 0)
    return bool(opened) and len(here) == 1 and here[0].first <= _OPENED


_OPENED = 4


def alone(bare: _Bare) -> Figure | None:
    """«… 1 107, …»: a number of size that ends its clause is of what was told just before."""
    if is_partitive(bare.parsed, bare.quantity) or not _stands_alone(bare.parsed, bare.quantity):
        return None
    least, most = Decimal("0.05"), Decimal(20)
    fitting = (f for f in bare.near(1) if _lends(f, bare.quantity))
    return next((f for f in fitting if f.kind == "money" or least <= bare.ratio(f) <= most), None)


def left_over(bare: _Bare) -> Figure | None:
    """«41 families … 37 … the remaining four»: what is left makes up the whole."""
    if not is_rest(bare.parsed, bare.quantity):
        return None
    near = [f for f in bare.near(_FAR) if _lends(f, bare.quantity)]
    sums = {(f.unit, f.quantity.value - bare.quantity.value) for f in near}
    return next((f for f in near if (f.unit, f.quantity.value) in sums), None)


def so_many_more(bare: _Bare) -> Figure | None:
    """«Thirty more», «ещё 40 будут готовы», «тағы 9-ы»: more of the same."""
    if not _is_more(bare) or not _is_counted_alone(bare):
        return None
    fitting = (f for f in bare.near(2) if _lends(f, bare.quantity))
    return next((f for f in fitting if _is_scaled(bare) or f.kind != "money"), None)


def at_another_time(bare: _Bare) -> Figure | None:
    """«Без света 26 домов, вчера было 48», «Last year 96 were given out»: of the same things."""
    first = bare.quantity.first
    told = any(
        hit.entry.id == "earlier" and 0 < first - hit.last <= _EARLIER
        for hit in bare.parsed.of_sort("scope")
    )
    if not told or is_partitive(bare.parsed, bare.quantity) or not _is_counted_alone(bare):
        return None
    fitting = (f for f in bare.near(1) if _lends(f, bare.quantity) and f.kind != "money")
    return next((f for f in fitting if Decimal("0.1") <= bare.ratio(f) <= 10), None)


def of_millions(bare: _Bare) -> Figure | None:
    """«year before it was 3.9 billion»: millions of the money that was told of before."""
    large = _is_scaled(bare) and bare.quantity.value >= _MILLION
    if not large or is_partitive(bare.parsed, bare.quantity) or not _is_counted_alone(bare):
        return None
    money = [f for f in bare.near(_STORY) if f.kind == "money" and f.unit != "MCI"]
    near = (f for f in money if bare.quantity.sentence - f.sentence <= _NEXT)
    close = next((f for f in near if bare.ratio(f) >= Decimal("0.05")), None)
    # Of the only currency that the article tells of, however far.
    return close or (money[0] if len({f.unit for f in money}) == 1 else None)


def _coming_money(bare: _Bare) -> Quantity | None:
    """«Фонд направил 85 миллионов. … 85 млн тенге»: millions of the currency that soon is named."""
    large = _is_scaled(bare) and bare.quantity.value >= _MILLION
    if not _is_counted_alone(bare) or not (large or _has_scale(bare)) or _is_slogan(bare):
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


def _is_slogan(bare: _Bare) -> bool:
    """«Миллион за добро»: how many is not said in a headline of one word and no verb."""
    number = bare.quantity.number
    alone = number.first == number.last and bare.parsed.tokens[number.first].value is None
    headline = bare.parsed.sentence.zone.kind == "headline"
    return alone and headline and not bare.parsed.of_sort("verb")


def _money_named(bare: _Bare) -> Quantity | None:
    """«Not a single tenge of the 500 million»: the sentence names its only currency."""
    parsed = bare.parsed
    named = [h for h in parsed.of_sort("noun") if cast(Concept, h.entry.meaning).sort == "currency"]
    if len({cast(Concept, hit.entry.meaning).unit for hit in named}) != 1:
        return None
    concept = cast(Concept, named[0].entry.meaning)
    noun = Noun(named[0].span, named[0].first, named[0].last, named[0].entry.form, (concept,))
    return replace(bare.quantity, unit=concept.unit, item=None, nouns=(noun,))


def _coming_turn(bare: _Bare) -> Quantity | None:
    """«Шалқарда 120, Мұғалжарда 61 отбасы»: place by place, the last has the noun of them all."""
    parsed, quantity = bare.parsed, bare.quantity
    if not parsed.language.suffixed or not _is_in_place(parsed, quantity):
        return None
    behind = quantity.last + 1
    if parsed.norm(behind) not in _LISTED and not parsed.starting("and", behind):
        return None
    here = bare.context.by_sentence.get(quantity.sentence, ())
    after = [other for other in here if other.first > quantity.last and _is_in_place(parsed, other)]
    named = next((other for other in after if other.unit is not None), None)
    return None if named is None or _is_currency(named) or named.number.share else named


_LISTED = frozenset({",", ";"})


def _is_currency(quantity: Quantity) -> bool:
    return any(concept.sort == "currency" for noun in quantity.nouns for concept in noun.concepts)


def of_thousands(bare: _Bare) -> Figure | None:
    """«по 160 тысяч тенге за корову и по 45 тысяч за овцу»: the currency stands once."""
    large = bare.quantity.value >= _THOUSAND
    if not large or is_partitive(bare.parsed, bare.quantity) or not _is_counted_alone(bare):
        return None
    money = (f for f in bare.near(0) if f.kind == "money" and f.unit != "MCI")
    most = _MILLION if _each_behind(bare) else Decimal(100)
    return next((f for f in money if Decimal("0.05") <= bare.ratio(f) <= most), None)


def of_payment(bare: _Bare) -> Figure | None:
    """«вручили в конверте 347 тысяч», «төлемі – 43 мың»: thousands that are paid are money."""
    parsed, quantity = bare.parsed, bare.quantity
    if quantity.value < _THOUSAND or not _has_scale(bare) or is_partitive(parsed, quantity):
        return None
    paid = any(hit.entry.id in _PAID for hit in parsed.of_sort("scope"))
    paid = paid or any(hit.entry.id == "cash" for hit in parsed.of_sort("aid"))
    # «труженикам тыла полагается | по 50 тысяч»: so many thousands to each are money.
    paid = paid or bare.by
    if not paid or not _is_counted_alone(bare):
        return None
    money = [f for f in bare.near(_STORY) if f.kind == "money" and f.unit != "MCI"]
    return money[0] if len({f.unit for f in money}) == 1 else None


_PAID = frozenset({"payment", "price", "size", "average"})


def in_turn(bare: _Bare) -> Figure | None:
    """«Boats: 9 on one street, 4 on the way», «десять в Актау, четыре – в Жанаозене»."""
    parsed, quantity = bare.parsed, bare.quantity
    if quantity.bound == "range" or quantity.value != quantity.value.to_integral_value():
        return None
    before = quantity.first - 1
    opened = parsed.norm(before) in (",", ";") or bool(parsed.starting("stop", before))
    opened = opened or _is_in_place(parsed, quantity)
    if is_partitive(parsed, quantity) or not opened or not _is_counted_alone(bare):
        return None
    reach = 1 if _is_in_place(parsed, quantity) else 0
    fitting = (f for f in bare.near(reach) if _lends(f, quantity) and f.kind != "money")
    return next((f for f in fitting if Decimal("0.01") <= bare.ratio(f) <= 100), None)


def listed_by_dash(bare: _Bare) -> Figure | None:
    """«Kobda – 214 houses, Martuk – 97, Khromtau – 35»: each name with its number."""
    parsed, quantity = bare.parsed, bare.quantity
    if not parsed.dashed(quantity.first - 1) or not _is_counted_alone(bare):
        return None
    if not parsed.tokens[quantity.first - 2].text[:1].isupper():
        return None
    before = next((f for f in bare.near(0) if _lends(f, quantity) and f.kind != "money"), None)
    listed = before is not None and parsed.dashed(before.quantity.first - 1)
    return before if listed else None


def place_by_place(bare: _Bare) -> Figure | None:
    """«5 055 отбасына … Астана қаласы – 1 250, Шымкент – 600, …»: what the total counts.

    Three places at least, and their numbers make no more than it.
    """
    if not _is_in_series(bare.parsed, bare.quantity):
        return None
    series = list(_series_around(bare))
    told = sum((quantity.value for quantity in series), Decimal(0))
    if len(series) < _FEWEST:
        return None
    wholes = (f for f in bare.near(_SERIES_REACH) if f.scope == "total" and f.kind != "money")
    return next((f for f in wholes if f.quantity.value >= told), None)


_FEWEST, _SERIES_REACH = 3, 20


def _series_around(bare: _Bare) -> Iterator[Quantity]:
    """The numbers of places in this sentence, and in the lines before and behind it."""
    by_sentence, here = bare.context.by_sentence, bare.quantity.sentence
    for step in (-1, 1):
        for index in range(here if step > 0 else here - 1, here + step * _SERIES_REACH, step):
            told = by_sentence.get(index, ())
            placed = [q for q in told if _is_in_series(bare.context.parsed[index], q)]
            if not placed:
                break
            yield from placed


def _is_in_series(parsed: Parsed, quantity: Quantity) -> bool:
    """«Қызылорда облысы – 610,»: a place, a dash or colon, a number by itself."""
    dash = quantity.first - 1
    marked = dash > 0 and (parsed.norm(dash) in WORD_DASHES or parsed.norm(dash) == ":")
    if not marked or quantity.unit is not None:
        return False
    return any(
        parsed.tokens[hit.first].text[:1].isupper()
        for last in range(dash - _HEAD, dash)
        for hit in parsed.ending("place", last)
    )


# «Астана | қаласы |», «Туркестанская | область |»: so near the dash stands the name.
_HEAD = 2


def given_to(bare: _Bare) -> Figure | None:
    """«medical help was given to 57.»: those who are given to are people told of before."""
    parsed, quantity = bare.parsed, bare.quantity
    aimed = any(h.entry.id == "target" for h in parsed.ending("scope", quantity.first - 1))
    if not aimed or not _ends_clause(parsed, quantity.last + 1):
        return None
    people = (f for f in bare.near(2) if f.unit in PEOPLE_UNITS and f.scope != "each")
    return next((f for f in people if bare.ratio(f) >= 1), None)


def their_number(bare: _Bare) -> Figure | None:
    """«Күн сайын 700 адам келеді, жұмада олардың саны 900-ге жетеді»: as many of the same."""
    named = bare.parsed.ending("count_noun", bare.quantity.first - 1)
    theirs = named and bare.parsed.ending("partitive_before", named[0].first - 1)
    if not theirs or not _is_counted_alone(bare):
        return None
    near = (f for f in bare.near(1) if f.kind not in ("money", "share"))
    return next((f for f in near if Decimal("0.1") <= bare.ratio(f) <= 10), None)


LENDERS: tuple[Callable[[_Bare], Figure | None], ...] = (
    left_over,
    their_number,
    referring,
    so_many_more,
    at_another_time,
    of_millions,
    of_thousands,
    of_payment,
    alone,
    given_to,
    in_turn,
    listed_by_dash,
    place_by_place,
)


def _lends(figure: Figure, quantity: Quantity) -> bool:
    """Can the noun of a figure be understood with a later number?"""
    slice_of_people = quantity.number.possessive and figure.unit in PEOPLE_UNITS
    if figure.kind == "share" or (figure.scope == "each" and not slice_of_people):
        return False
    if quantity.each and figure.unit in PEOPLE_UNITS:
        # «60 үйге бес-бестен»: so many to each of them.
        return False
    return figure.kind != "money" or quantity.value >= _LEAST_MONEY


# -- how the number stands ------------------------------------------------------------------------


_CLOSERS = frozenset({"stop", "link"})
_PREDICATES = frozenset({"VERB", "PRTS"})
_ENDS = frozenset({".", ",", ";", ")", "!", "-", "\u2013", "\u2014", "\u201d", "\u00bb"})


def _stands_alone(parsed: Parsed, quantity: Quantity) -> bool:
    """A number of size at the end of its clause, with no noun of its own."""
    large = quantity.value >= 100 and not (1900 <= quantity.value <= 2100)
    return large and _ends_clause(parsed, _past_filler(parsed, quantity.last + 1))


def _past_filler(parsed: Parsed, after: int) -> int:
    """«построят 150 | новых, …»: an adjective that leaves its noun out as the number does."""
    fillers = parsed.starting("filler", after) if parsed.language.inversion else ()
    closed = bool(fillers) and parsed.norm(fillers[0].last + 1) in _ENDS
    return fillers[0].last + 1 if closed else after


def _ends_clause(parsed: Parsed, after: int) -> bool:
    """The end, a mark, a verb, or a word that no noun phrase goes across."""
    ended = after >= len(parsed.tokens) or parsed.norm(after) in _ENDS
    hits = (hit for hit in parsed.hits if hit.first == after)
    closed = any(hit.reading.tense or hit.entry.sort in _CLOSERS for hit in hits)
    readings = parsed.language.morphology.readings(parsed.norm(after))
    return ended or closed or any(reading.pos in _PREDICATES for reading in readings)


def _is_counted_alone(bare: _Bare) -> bool:
    """Nothing that may be counted stands behind the number, nor a year in it."""
    quantity, parsed = bare.quantity, bare.parsed
    year = 1900 <= quantity.value <= 2100 and not _has_scale(bare)
    more = parsed.starting("additive_after", quantity.last + 1)
    after = more[0].last + 1 if more else _past_filler(parsed, quantity.last + 1)
    return not year and (_each_behind(bare) or _ends_clause(parsed, after))


def _each_behind(bare: _Bare) -> bool:
    """«по 40 тысяч каждой»."""
    hits = bare.parsed.starting("scope", bare.quantity.last + 1)
    return any(hit.entry.id == "each" for hit in hits)


def _is_more(bare: _Bare) -> bool:
    """«ещё 40», «тағы 9-ы», «another 300», «Eight more»."""
    before = bare.parsed.ending("additive_before", bare.quantity.first - 1)
    return bool(before or bare.parsed.starting("additive_after", bare.quantity.last + 1))


def _has_scale(bare: _Bare) -> bool:
    """«347 тысяч», «940 млн»: told in thousands and more."""
    return bool(_scales(bare))


def _is_scaled(bare: _Bare) -> bool:
    """«18 миллионов», «940 млн»: told in millions and more."""
    return any(scale.value >= _MILLION for scale in _scales(bare))


def _scales(bare: _Bare) -> list[NumberWord]:
    """«18 | миллионов», «347 | тысяч»: the scales among the words of a number."""
    number = bare.quantity.number
    hits = bare.parsed.between("number", number.first, number.last)
    words = (cast(NumberWord, hit.entry.meaning) for hit in hits)
    return [word for word in words if word.role == "scale"]


def _is_in_place(parsed: Parsed, quantity: Quantity) -> bool:
    """«Кентауға 55, …», «в Актау – 12»: the place before its number."""
    index = quantity.first - 1
    if parsed.dashed(index):
        index -= 1
    cases = {hit.reading.case for hit in parsed.ending("place", index)}
    return bool(cases & {"dat", "loc"})


def _is_inverted(bare: _Bare) -> bool:
    """«детей четверо»: a collective number has its noun before it."""
    before = bare.quantity.first - 1
    collective = bare.quantity.number.rule == "collective" and bare.parsed.language.inversion
    return collective and bool(bare.parsed.ending("noun", before))


def is_rest(parsed: Parsed, quantity: Quantity) -> bool:
    """«the remaining 18», «қалған 7 тоннасы», «остальные 12»."""
    return any(
        0 < quantity.first - hit.last <= _REST_REACH[str(hit.entry.meaning)]
        for hit in rests(parsed)
    )


_REST_REACH = {"adjacent": 2, "before": 6}


def rests(parsed: Parsed) -> Iterator[Hit]:
    """«the rest», «қалғаны», but not the «қалған» of «қирап қалған»."""
    for hit in parsed.of_sort("scope"):
        before = parsed.language.morphology.readings(parsed.norm(hit.first - 1))
        auxiliary = any(r.tense == "converb" and r.lemma.endswith("-") for r in before)
        if hit.entry.id == "rest" and not auxiliary:
            yield hit


def is_partitive(parsed: Parsed, quantity: Quantity) -> bool:
    """«оның 43-і», «230 из них», «бесеуі»: so many of those."""
    if quantity.number.possessive or quantity.number.rule == "collective":
        return True
    if parsed.starting("partitive_after", quantity.last + 1):
        return True
    if parsed.language.suffixed and parsed.ending("count_noun", quantity.first - 1):
        # «олардың саны 900-ге жетеді»: all of them.
        return False
    return any(0 < quantity.first - hit.last <= 3 for hit in parsed.of_sort("partitive_before"))


def refers_back(parsed: Parsed, quantity: Quantity) -> bool:
    """A partitive word beside the number, or nothing but a comparator or verb behind it."""
    if is_partitive(parsed, quantity):
        return True
    after, before = _past_adverb(parsed, quantity.last + 1), quantity.first - 1
    if any(hit.last == before for hit in parsed.of_sort("count_noun")):
        return True
    if quantity.bound != "exact" and quantity.bound_span is not None:
        return quantity.bound_span.start > quantity.number.span.start
    return (
        parsed.dashed(after)
        or any(hit.reading.tense for hit in parsed.starting("verb", after))
        or any(hit.reading.tense for hit in parsed.starting("stop", after))
    )


def _past_adverb(parsed: Parsed, after: int) -> int:
    """«Две тысячи | уже | получил приют»: so far, between the number and its verb."""
    if not parsed.language.inversion:
        return after
    hits = (hit for hit in parsed.starting("scope", after) if hit.entry.id == "progress")
    found = next(hits, None)
    return found.last + 1 if found is not None else after


# -- slices ---------------------------------------------------------------------------------------


def _slice_of(bare: _Bare) -> Figure | None:
    """«72 пәтердің 41-і көпбалалы шаңырақтарға»: a possessive number counts what was counted."""
    if _is_doer(bare.parsed, bare.quantity.first - 1):
        return None
    fitting = (f for f in bare.near(1) if _lends_slice(bare, f))
    return next((f for f in fitting if bare.ratio(f) >= 1), None)


def _lends_slice(bare: _Bare, figure: Figure) -> bool:
    """«190 мың доллар керек, оның 70 мыңы түсті»: thousands of thousands are money too."""
    scaled = figure.kind == "money" and figure.scope != "each" and _has_scale(bare)
    if figure.kind == "money" and _is_of_persons(bare):
        return False
    return scaled or _lends(figure, bare.quantity)


def _is_of_persons(bare: _Bare) -> bool:
    """«12 мың балаға 240 млн теңге бөлінді, оның 7 мыңы – | көпбалалы отбасынан»: who they are
    stands behind a dash; to whom the money went would stand in the dative."""
    parsed, after = bare.parsed, bare.quantity.last + 1
    if not parsed.dashed(after):
        return False
    behind = parsed.between("noun", after + 1, after + _PREDICATE)
    people = [h for h in behind if cast(Concept, h.entry.meaning).unit in PEOPLE_UNITS]
    return bool(people) and max(people, key=lambda h: h.last).reading.case not in _GIVEN_TO


_PREDICATE = 3
_GIVEN_TO = frozenset({"dat", "gen", "loc"})


def _of_owner(bare: _Bare) -> Figure | None:
    """«Концентраторлардың 205-і», «көмек алғандардың 420-сы»: the owner says of which."""
    quantity, parsed = bare.quantity, bare.parsed
    nouns = [h for h in parsed.ending("noun", quantity.first - 1) if h.reading.case == "gen"]
    concepts = [cast(Concept, hit.entry.meaning) for hit in nouns]
    units = {c.unit for c in concepts if c.sort != "item"} - {None}
    items = {c.item for c in concepts if c.sort == "item"}
    if not nouns and _is_doer(parsed, quantity.first - 1):
        units = set(PEOPLE_UNITS)
    larger = (f for f in bare.near(_FAR) if _lends(f, quantity) and bare.ratio(f) >= 1)
    return next((f for f in larger if f.unit in units or (f.item and f.item in items)), None)


_FAR = 6


def _is_doer(parsed: Parsed, index: int) -> bool:
    """«көмек алғандардың», «алушылардың»: of those who did."""
    readings = parsed.language.morphology.readings(parsed.norm(index))
    genitive = any(reading.case == "gen" for reading in readings)
    return genitive and any(reading.tense in ("past", "agent") for reading in readings)


def _named_before(bare: _Bare) -> Quantity:
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
