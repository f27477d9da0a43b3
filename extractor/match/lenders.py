"""Which figure lends its noun to a number that has none: «another 300», «жүздің 40-ы».

Each rule says which one; the first that finds one decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import cast

from extractor.match.bare_numbers import (
    MILLION,
    Bare,
    each_behind,
    ends_clause,
    has_scale,
    is_counted_alone,
    is_doer,
    is_in_place,
    is_inverted,
    is_more,
    is_scaled,
    stands_alone,
)
from extractor.match.nouns import PEOPLE_UNITS
from extractor.match.parsed import WORD_DASHES, Parsed
from extractor.match.partitives import is_partitive, is_rest, refers_back
from extractor.types import Concept, Figure, Quantity

_THOUSAND = 1000
_EARLIER = 6
# Sentences back to money told of: next to it, and anywhere in an article.
_NEXT, _STORY = 3, 60
_LEAST_MONEY = 100_000


def referring(bare: Bare) -> Figure | None:
    """«230 из них», «число их достигло 300», «12 – в Астане»: a larger one of those told before."""
    told = refers_back(bare.parsed, bare.quantity) or _is_of_opening(bare)
    if not told or is_inverted(bare):
        return None
    fitting = (f for f in bare.near(2) if _lends(f, bare.quantity))
    return next((f for f in fitting if f.kind == "money" or bare.ratio(f) >= 1), None)


def _is_of_opening(bare: Bare) -> bool:
    """«Of last year's 1,970 graduates 1,610 | found a job»: of the number that «of» opens with."""
    parsed, quantity = bare.parsed, bare.quantity
    here = [q for q in bare.context.by_sentence[quantity.sentence] if q.first < quantity.first]
    opened = parsed.language.analytic and parsed.starting("of", 0)
    return bool(opened) and len(here) == 1 and here[0].first <= _OPENED


_OPENED = 4


def alone(bare: Bare) -> Figure | None:
    """«… 1 107, …»: a number of size that ends its clause is of what was told just before."""
    if is_partitive(bare.parsed, bare.quantity) or not stands_alone(bare.parsed, bare.quantity):
        return None
    least, most = Decimal("0.05"), Decimal(20)
    fitting = (f for f in bare.near(1) if _lends(f, bare.quantity))
    return next((f for f in fitting if f.kind == "money" or least <= bare.ratio(f) <= most), None)


def left_over(bare: Bare) -> Figure | None:
    """«41 families … 37 … the remaining four»: what is left makes up the whole."""
    if not is_rest(bare.parsed, bare.quantity):
        return None
    near = [f for f in bare.near(_FAR) if _lends(f, bare.quantity)]
    sums = {(f.unit, f.quantity.value - bare.quantity.value) for f in near}
    return next((f for f in near if (f.unit, f.quantity.value) in sums), None)


def so_many_more(bare: Bare) -> Figure | None:
    """«Thirty more», «ещё 40 будут готовы», «тағы 9-ы»: more of the same."""
    if not is_more(bare) or not is_counted_alone(bare):
        return None
    fitting = (f for f in bare.near(2) if _lends(f, bare.quantity))
    return next((f for f in fitting if is_scaled(bare) or f.kind != "money"), None)


def at_another_time(bare: Bare) -> Figure | None:
    """«Без света 26 домов, вчера было 48», «Last year 96 were given out»: of the same things."""
    first = bare.quantity.first
    told = any(
        hit.entry.id == "earlier" and 0 < first - hit.last <= _EARLIER
        for hit in bare.parsed.of_sort("scope")
    )
    if not told or is_partitive(bare.parsed, bare.quantity) or not is_counted_alone(bare):
        return None
    fitting = (f for f in bare.near(1) if _lends(f, bare.quantity) and f.kind != "money")
    return next((f for f in fitting if Decimal("0.1") <= bare.ratio(f) <= 10), None)


def of_millions(bare: Bare) -> Figure | None:
    """«year before it was 3.9 billion»: millions of the money that was told of before."""
    large = is_scaled(bare) and bare.quantity.value >= MILLION
    if not large or is_partitive(bare.parsed, bare.quantity) or not is_counted_alone(bare):
        return None
    money = [f for f in bare.near(_STORY) if f.kind == "money" and f.unit != "MCI"]
    near = (f for f in money if bare.quantity.sentence - f.sentence <= _NEXT)
    close = next((f for f in near if bare.ratio(f) >= Decimal("0.05")), None)
    # Of the only currency that the article tells of, however far.
    return close or (money[0] if len({f.unit for f in money}) == 1 else None)


def of_thousands(bare: Bare) -> Figure | None:
    """«по 160 тысяч тенге за корову и по 45 тысяч за овцу»: the currency stands once."""
    large = bare.quantity.value >= _THOUSAND
    if not large or is_partitive(bare.parsed, bare.quantity) or not is_counted_alone(bare):
        return None
    money = (f for f in bare.near(0) if f.kind == "money" and f.unit != "MCI")
    most = MILLION if each_behind(bare) else Decimal(100)
    return next((f for f in money if Decimal("0.05") <= bare.ratio(f) <= most), None)


def of_payment(bare: Bare) -> Figure | None:
    """«вручили в конверте 347 тысяч», «төлемі – 43 мың»: thousands that are paid are money."""
    parsed, quantity = bare.parsed, bare.quantity
    if quantity.value < _THOUSAND or not has_scale(bare) or is_partitive(parsed, quantity):
        return None
    paid = any(hit.entry.id in _PAID for hit in parsed.of_sort("scope"))
    paid = paid or any(hit.entry.id == "cash" for hit in parsed.of_sort("aid"))
    # «труженикам тыла полагается | по 50 тысяч»: so many thousands to each are money.
    paid = paid or bare.by
    if not paid or not is_counted_alone(bare):
        return None
    money = [f for f in bare.near(_STORY) if f.kind == "money" and f.unit != "MCI"]
    return money[0] if len({f.unit for f in money}) == 1 else None


_PAID = frozenset({"payment", "price", "size", "average"})


def in_turn(bare: Bare) -> Figure | None:
    """«Boats: 9 on one street, 4 on the way», «десять в Актау, четыре – в Жанаозене»."""
    parsed, quantity = bare.parsed, bare.quantity
    if quantity.bound == "range" or quantity.value != quantity.value.to_integral_value():
        return None
    before = quantity.first - 1
    opened = parsed.norm(before) in (",", ";") or bool(parsed.starting("stop", before))
    opened = opened or is_in_place(parsed, quantity)
    if is_partitive(parsed, quantity) or not opened or not is_counted_alone(bare):
        return None
    reach = 1 if is_in_place(parsed, quantity) else 0
    fitting = (f for f in bare.near(reach) if _lends(f, quantity) and f.kind != "money")
    return next((f for f in fitting if Decimal("0.01") <= bare.ratio(f) <= 100), None)


def listed_by_dash(bare: Bare) -> Figure | None:
    """«Kobda – 214 houses, Martuk – 97, Khromtau – 35»: each name with its number."""
    parsed, quantity = bare.parsed, bare.quantity
    if not parsed.dashed(quantity.first - 1) or not is_counted_alone(bare):
        return None
    if not parsed.tokens[quantity.first - 2].text[:1].isupper():
        return None
    before = next((f for f in bare.near(0) if _lends(f, quantity) and f.kind != "money"), None)
    listed = before is not None and parsed.dashed(before.quantity.first - 1)
    return before if listed else None


def place_by_place(bare: Bare) -> Figure | None:
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


def _series_around(bare: Bare) -> Iterator[Quantity]:
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


def given_to(bare: Bare) -> Figure | None:
    """«medical help was given to 57.»: those who are given to are people told of before."""
    parsed, quantity = bare.parsed, bare.quantity
    aimed = any(h.entry.id == "target" for h in parsed.ending("scope", quantity.first - 1))
    if not aimed or not ends_clause(parsed, quantity.last + 1):
        return None
    people = (f for f in bare.near(2) if f.unit in PEOPLE_UNITS and f.scope != "each")
    return next((f for f in people if bare.ratio(f) >= 1), None)


def their_number(bare: Bare) -> Figure | None:
    """«Күн сайын 700 адам келеді, жұмада олардың саны 900-ге жетеді»: as many of the same."""
    named = bare.parsed.ending("count_noun", bare.quantity.first - 1)
    theirs = named and bare.parsed.ending("partitive_before", named[0].first - 1)
    if not theirs or not is_counted_alone(bare):
        return None
    near = (f for f in bare.near(1) if f.kind not in ("money", "share"))
    return next((f for f in near if Decimal("0.1") <= bare.ratio(f) <= 10), None)


LENDERS: tuple[Callable[[Bare], Figure | None], ...] = (
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


def slice_of(bare: Bare) -> Figure | None:
    """«72 пәтердің 41-і көпбалалы шаңырақтарға»: a possessive number counts what was counted."""
    if is_doer(bare.parsed, bare.quantity.first - 1):
        return None
    fitting = (f for f in bare.near(1) if _lends_slice(bare, f))
    return next((f for f in fitting if bare.ratio(f) >= 1), None)


def _lends_slice(bare: Bare, figure: Figure) -> bool:
    """«190 мың доллар керек, оның 70 мыңы түсті»: thousands of thousands are money too."""
    scaled = figure.kind == "money" and figure.scope != "each" and has_scale(bare)
    if figure.kind == "money" and _is_of_persons(bare):
        return False
    return scaled or _lends(figure, bare.quantity)


def _is_of_persons(bare: Bare) -> bool:
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


def of_owner(bare: Bare) -> Figure | None:
    """«Концентраторлардың 205-і», «көмек алғандардың 420-сы»: the owner says of which."""
    quantity, parsed = bare.quantity, bare.parsed
    nouns = [h for h in parsed.ending("noun", quantity.first - 1) if h.reading.case == "gen"]
    concepts = [cast(Concept, hit.entry.meaning) for hit in nouns]
    units = {c.unit for c in concepts if c.sort != "item"} - {None}
    items = {c.item for c in concepts if c.sort == "item"}
    if not nouns and is_doer(parsed, quantity.first - 1):
        units = set(PEOPLE_UNITS)
    larger = (f for f in bare.near(_FAR) if _lends(f, quantity) and bare.ratio(f) >= 1)
    return next((f for f in larger if f.unit in units or (f.item and f.item in items)), None)


_FAR = 6
