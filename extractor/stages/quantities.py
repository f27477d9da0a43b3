"""Numbers with their bound and the noun that they count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

from extractor.fast import fast_dataclass
from extractor.match.bounds import Edge, bound_after, bound_before, bound_behind, strongest
from extractor.match.first_noun import is_within_word
from extractor.match.lexicon import Hit
from extractor.match.nouns import (
    is_bare_measure,
    is_given_to,
    is_item,
    is_measured,
    is_sack,
    lacks_item,
    measure_of,
    noun_at,
    noun_of,
)
from extractor.match.nouns_left import (
    bounded_noun,
    currency_before,
    inverted_noun,
    is_one_sort,
    noun_opening,
    nouns_bracketed,
    nouns_left,
)
from extractor.match.nouns_right import noun_of_owner, nouns_right
from extractor.match.numerals import DASHES, THOUSAND
from extractor.match.parsed import Parsed
from extractor.match.refusals import refuse_number, refuse_quantity
from extractor.match.unknown_nouns import held_noun, unknown_noun, unknown_people
from extractor.match.words import BoundWord, NumberWord
from extractor.types import Concept, Noun, Number, Quantity, Refused

_ONE = Decimal(1)
_SIGN = 4
_MINUTES = 60
_CENTURIES = (1000, 2200)
_YEARS = (1900, 2100)
_WHOLE = 3
_NEXT = 3


def find_quantities(
    parsed: Parsed, numbers: Sequence[Number], is_date: Callable[[int, int], bool]
) -> tuple[tuple[Quantity, ...], tuple[Refused, ...]]:
    """«15 мыңнан астам отбасы» → ≥15000 family; numbers that count nothing stand apart.

    ``is_date`` says whether tokens first..last lie within a date or time of the sentence.
    """
    numbers = _with_implied(parsed, _with_halves(parsed, numbers))
    reasons = [refuse_number(parsed, number) for number in numbers]
    found: list[Quantity | Refused] = []
    for position, number in enumerate(numbers):
        reason = reasons[position]
        if reason is None:
            floor = numbers[position - 1].last + 1 if position else 0
            quantity = _quantity(parsed, number, floor, _ceiling(parsed, numbers, position))
            reason = refuse_quantity(parsed, quantity) or _dated(quantity, is_date)
        if reason is None:
            found.append(quantity)
        else:
            found.append(Refused(number, parsed.sentence.index, reason))
    _spread(parsed, found)
    joined = _join_ranges(parsed, [one for one in found if isinstance(one, Quantity)])
    refused = tuple(one for one in found if isinstance(one, Refused))
    return tuple(_share_nouns(parsed, joined)), refused


def _ceiling(parsed: Parsed, numbers: Sequence[Number], position: int) -> int:
    """Where the next number begins, over «COVID-19», «two-bedroom» and «first»."""
    for number in numbers[position + 1 : position + 1 + _NEXT]:
        if number.rule != "ordinal" and not is_within_word(parsed, number.first, number.last):
            return _prefix(parsed, number)[0]
    return len(parsed.tokens)


# -- «15, 16 және 17 сәуір»: what is said of one number of a list --------------------------------

# Up to which value a neighbour shares the reason of a number refused.
_SHARED = {"date": 31, "age": 110, "clock": 24, "label": 9_999, "phone": 9_999, "span": 99}


def _spread(parsed: Parsed, found: list[Quantity | Refused]) -> None:
    """«5, 7 и 12 лет», «статьи 293 и 294»: a bare number shares the fate of its neighbour."""
    for place in range(len(found) - 2, -1, -1):
        _infect(parsed, found, place, place + 1)
    for place in range(1, len(found)):
        _infect(parsed, found, place, place - 1)


def _infect(parsed: Parsed, found: list[Quantity | Refused], place: int, beside: int) -> None:
    one, other = found[place], found[beside]
    if not isinstance(one, Quantity) or not isinstance(other, Refused):
        return
    bare = one.unit is None and one.item is None and one.bound == "exact" and one.max is None
    if not bare or one.value > _SHARED.get(other.reason, -1):
        return
    left, right = sorted((one.number, other.number), key=lambda number: number.first)
    joiner = left.last + 1
    if joiner + 1 != right.first:
        return
    joined = parsed.starting("and", joiner) or parsed.norm(joiner) in parsed.language.pagers
    if joined or (parsed.norm(joiner) == "," and place < beside):
        found[place] = Refused(one.number, one.sentence, other.reason)


def _dated(quantity: Quantity, is_date: Callable[[int, int], bool]) -> str | None:
    """«15 апреля», «за три года»: a date or time, unless something is counted."""
    number = quantity.number
    if quantity.unit not in (None, "other") or number.possessive or not _is_datable(number):
        return None
    return "date" if is_date(number.first, number.last) else None


def _is_datable(number: Number) -> bool:
    """«31», «16.57», «2024»: no day, hour or year is between 60 and 1000, or over 2200."""
    top = number.max or number.value
    return top <= _MINUTES or _CENTURIES[0] <= top <= _CENTURIES[1]


# -- «более тонны»: a number that is not said -------------------------------------------------


def _with_implied(parsed: Parsed, numbers: Sequence[Number]) -> Sequence[Number]:
    """«более тонны муки», «тоннадан астам»: one of a measure, where a comparator says so."""
    implied = [number for hit in parsed.of_sort("bound") for number in _implied(parsed, hit)]
    if not implied:
        return numbers
    taken = {index for number in numbers for index in range(number.first, number.last + 1)}
    fresh = {n.first: n for n in implied if n.first not in taken and n.first - 1 not in taken}
    return sorted((*numbers, *fresh.values()), key=lambda number: number.first)


def _with_halves(parsed: Parsed, numbers: Sequence[Number]) -> Sequence[Number]:
    """«a tonne and a half» → 1.5 before its measure, and no half of anything."""
    if parsed.language.suffixed or not any(number.share for number in numbers):
        return numbers
    return [_one_and_half(parsed, number) or number for number in numbers]


def _one_and_half(parsed: Parsed, half: Number) -> Number | None:
    joined = half.share and half.value == _HALF and parsed.starting("and", half.first - 1)
    nouns = parsed.ending("noun", half.first - 2) if joined else ()
    for hit in nouns:
        noun = noun_of(hit, (cast(Concept, hit.entry.meaning),))
        if _is_article(parsed, hit.first - 1) and _is_divisible(parsed, (noun,)):
            first, last = hit.first - 1, half.last
            return Number(parsed.span(first, last), Decimal("1.5"), first, last, _AND_HALF)
    return None


_HALF = Decimal(50)
_AND_HALF = "and_half"


def _implied(parsed: Parsed, hit: Hit) -> Iterator[Number]:
    """The measure that a comparator is about; such a number takes no token but an article."""
    word = cast(BoundWord, hit.entry.meaning)
    if word.side == "before":
        first = hit.last + 1
        skipped = int(_is_article(parsed, first))
        noun = noun_at(parsed, first + skipped)
    else:
        first, skipped = hit.first - 1, 0
        noun = _noun_in(parsed, first, word.case)
    if noun is not None and _is_divisible(parsed, (noun,)) and not _is_plural(parsed, noun):
        yield Number(parsed.span(first, first), _ONE, first, first - 1 + skipped, "implied")


def _noun_in(parsed: Parsed, index: int, case: str | None) -> Noun | None:
    """The noun that ends at a token in a case; without a case none is meant."""
    for hit in parsed.ending("noun", index):
        if case is not None and hit.reading.case == case:
            return noun_of(hit, (cast(Concept, hit.entry.meaning),))
    return None


def _is_article(parsed: Parsed, index: int) -> bool:
    hits = parsed.starting("number", index)
    return any(cast(NumberWord, hit.entry.meaning).role == "article" for hit in hits)


def _is_plural(parsed: Parsed, noun: Noun) -> bool:
    readings = [hit.reading for hit in parsed.ending("noun", noun.last)]
    return all(reading.plural for reading in readings if reading.pos) and any(
        reading.pos for reading in readings
    )


def _is_divisible(parsed: Parsed, nouns: Sequence[Noun]) -> bool:
    """«половина тонны»: half of a measure is no share."""
    names = {c.id for noun in nouns[:1] for c in noun.concepts}
    return bool(names & parsed.language.divisible)


# -- one quantity ---------------------------------------------------------------------------


@fast_dataclass(frozen=True, slots=True)
class _Right:
    """What stands right of a number: its comparators and nouns."""

    nouns: tuple[Noun, ...]
    edges: tuple[Edge, ...]
    start: int


def _quantity(parsed: Parsed, number: Number, floor: int, ceiling: int) -> Quantity:
    """A number with what is counted; its nouns lie between the numbers on either side."""
    left, prefix = _prefix(parsed, number)
    before = bound_before(parsed, left, number)
    right = _right(parsed, number, ceiling, prefix)
    nouns, rule = right.nouns, number.rule
    if not nouns or lacks_item(nouns):
        found = _named_before(parsed, number, before.first if before else left, floor, nouns)
        if found is not None:
            nouns, rule = (*found, *nouns), f"{number.rule}/left"
    if parsed.language.inversion and not is_measured(nouns):
        inverted = inverted_noun(parsed, number, left, nouns)
        if inverted is not None:
            nouns, rule = (inverted, *nouns), f"{number.rule}/inversion"
            before = before or Edge("approx", None, inverted.first, inverted.last)
    if not nouns and _unknown(parsed, number, right.start, ceiling) is None:
        named = bounded_noun(parsed, before.first) if before and _inverts(parsed) else None
        named = named or currency_before(parsed, left) or _opening(parsed, number, left, floor)
        nouns, rule = ((named,), f"{number.rule}/inversion") if named else (nouns, rule)
    edges = (*right.edges, *((before,) if before else ()))
    first = min([number.first, left, *(e.first for e in edges), *(n.first for n in nouns)])
    last = max([number.last, *(e.last for e in edges), *(n.last for n in nouns)])
    number, unit, item = _measured(parsed, number, nouns)
    if len(nouns) == 1 and is_sack(nouns[0]) and (held := held_noun(parsed, nouns[0])):
        unit, item = None, held
    if unit is None and item is None and not number.share:
        people = _people(parsed, number, right.start, ceiling)
        nouns = (people,) if people is not None else nouns
        unit = "person" if people is not None else None
        last = max(last, people.last) if people is not None else last
        item = _unknown(parsed, number, right.start, ceiling) if people is None else None
    spans = [edge.span for edge in edges if edge.span is not None]
    return Quantity(
        span=parsed.span(_range_opening(parsed, first, number), _hanging(parsed, last)),
        sentence=parsed.sentence.index,
        number=number,
        bound=strongest(number, edges),
        unit=unit,
        item=item,
        nouns=nouns,
        first=_range_opening(parsed, first, number),
        last=_hanging(parsed, last),
        bound_span=spans[0] if spans else None,
        each=_distributes(parsed, number, nouns, edges),
        rule=rule,
    )


def _opening(parsed: Parsed, number: Number, left: int, floor: int) -> Noun | None:
    """«Мешков с песком уложено 41.200»; what stands alone at the end may be a year."""
    if _YEARS[0] <= number.value <= _YEARS[1]:
        return None
    return noun_opening(parsed, left, floor, number.last)


def _inverts(parsed: Parsed) -> bool:
    return parsed.language.inversion


# «вдовам — 150 тысяч»: who gets so much, and not how many of them there are.
_A_SUM = 10_000


def _named_before(
    parsed: Parsed, number: Number, left: int, floor: int, nouns: Sequence[Noun]
) -> tuple[Noun, ...] | None:
    """«маски — 70 тыс.», «сено — 300 тонн», «рис (2 кг)»: what stands before its number."""
    last = max([number.last, *(noun.last for noun in nouns)])
    if not nouns and _is_of_counted(parsed, number):
        return None
    found = nouns_bracketed(parsed, left, last) or nouns_left(
        parsed, left, floor, measured=is_measured(nouns)
    )
    if found is not None and is_one_sort(parsed, found[0], last + 1):
        return None
    if found is not None and number.value >= _A_SUM and is_given_to(parsed, found[0]):
        return None
    named = found is not None and (not nouns or is_bare_measure(nouns) or is_item(found[0]))
    return found if named else None


def _right(parsed: Parsed, number: Number, ceiling: int, prefix: Noun | None) -> _Right:
    """«15 мың|нан астам отбасы», «20 млн| теңгеден асатын қаражат»."""
    after = bound_after(parsed, number.last + 1, frozenset((number.case,)))
    start = max((after.last if after else number.last) + 1, number.last + 1)
    nouns = _counted(parsed, number, start, ceiling, after)
    if prefix is not None and not any(c.sort == "currency" for n in nouns for c in n.concepts):
        nouns = (prefix,)
    late = None
    if nouns and nouns[-1].last >= number.last:
        late = bound_behind(parsed, nouns, _hanging(parsed, nouns[-1].last), ceiling)
        if late is not None and is_measured(nouns):
            more = nouns_right(parsed, late.last + 1, ceiling)
            nouns = (*nouns, *more[:1]) if more and is_item(more[0]) else nouns
    edges = tuple(edge for edge in (late, after) if edge is not None)
    return _Right(nouns, edges, start)


def _counted(
    parsed: Parsed, number: Number, start: int, ceiling: int, after: Edge | None
) -> tuple[Noun, ...]:
    """The nouns that a number counts; in a case of its own it counts none, but «-нан астам»."""
    if number.rule == _AND_HALF:
        measure = noun_at(parsed, number.first + 1)
        of = parsed.starting("of", start)
        things = nouns_right(parsed, of[0].last + 1, ceiling) if of else ()
        return (*((measure,) if measure else ()), *(t for t in things[:1] if is_item(t)))
    if 0 < number.value < 1 and parsed.tokens[number.last].value is None and not number.share:
        start -= bool(parsed.starting("noun", number.last))
    if not _is_closed(parsed, number) or after is not None:
        return nouns_right(parsed, start, ceiling)
    thing = noun_at(parsed, start) if number.case == parsed.language.distributive_case else None
    if thing is not None and is_item(thing) and start < ceiling:
        # «60 үйге | бес-бестен | қой берілді»: so many of these to each
        return (thing,)
    return noun_of_owner(parsed, number, ceiling)


def _measured(
    parsed: Parsed, number: Number, nouns: Sequence[Noun]
) -> tuple[Number, str | None, str | None]:
    """Unit and item; «половина жителей» is a share, «жарты тонна» half a tonne."""
    unit, item = measure_of(nouns)
    if number.share:
        whole = number.possessive or not nouns or nouns[0].first > number.last + 2
        if whole or not _is_divisible(parsed, nouns):
            return number, "percent", None
        value = (number.value / 100).normalize()
        return replace(number, value=value, share=False, rule="portion"), unit, item
    return _regrouped(parsed, number, unit), unit, item


def _regrouped(parsed: Parsed, number: Number, unit: str | None) -> Number:
    """«14,478 адам»: nobody counts people to three decimals."""
    token = parsed.tokens[number.first]
    grouped = number.rule == "digits" and number.value.as_tuple().exponent == -3
    if not grouped or unit is None or unit in parsed.language.divisible or unit == "other":
        return number
    return number if token.text[0] == "0" else replace(number, value=number.value * THOUSAND)


def _is_closed(parsed: Parsed, number: Number) -> bool:
    """«340-қа», «бесеуі»: with an ending of its own a number is a noun phrase by itself."""
    ended = number.case not in (None, "equ") or number.possessive
    return ended and parsed.language.suffixed


def _people(parsed: Parsed, number: Number, start: int, ceiling: int) -> Noun | None:
    if _is_closed(parsed, number) and start == number.last + 1:
        return None
    return unknown_people(parsed, start, ceiling)


def _unknown(parsed: Parsed, number: Number, start: int, ceiling: int) -> str | None:
    if _is_closed(parsed, number) and start == number.last + 1:
        return None
    return unknown_noun(parsed, start, ceiling)


def _hanging(parsed: Parsed, last: int) -> int:
    """«80%-ы»: an ending that hangs on a sign by a hyphen."""
    dash, word = last + 1, last + 2
    hangs = parsed.norm(dash) in DASHES and parsed.glued(dash) and parsed.glued(word)
    return word if hangs and parsed.norm(word) in parsed.language.tails else last


def _range_opening(parsed: Parsed, first: int, number: Number) -> int:
    opens = number.bound == "range" and first == number.first
    return first - 1 if opens and parsed.norm(first - 1) in parsed.language.ranges.open else first


def _prefix(parsed: Parsed, number: Number) -> tuple[int, Noun | None]:
    """«$14.3 million», «CHF 121,847»: a sign or code before the number."""
    index = number.first - 1
    for hit in parsed.ending("noun", index):
        concept = cast(Concept, hit.entry.meaning)
        text = parsed.tokens[index].text
        coded = text.isupper() or (text[:1].isupper() and parsed.glued(number.first))
        alone = hit.first == index and coded and len(text) < _SIGN
        if concept.sort == "currency" and alone:
            return hit.first, noun_of(hit, (concept,))
    sign, signs = parsed.norm(index), parsed.language.signs
    unit = signs.get(sign)
    if unit is None:
        return number.first, None
    # «A$5», «US$5»
    lettered = f"{parsed.norm(index - 1)}{sign}" if parsed.glued(index) else ""
    unit, first = signs.get(lettered, unit), index - (lettered in signs)
    concept = Concept(unit, "currency", unit=unit, kind="money")
    return first, Noun(parsed.span(first, index), first, index, sign, (concept,))


def _distributes(
    parsed: Parsed, number: Number, nouns: Sequence[Noun], edges: Sequence[Edge]
) -> bool:
    """«50 бетпердеден», «50 мың теңгеден»: the ablative without a comparator is per one."""
    case = parsed.language.distributive_case
    if case is None or edges or number.bound == "range":
        return False
    last = max([number.last, *(noun.last for noun in nouns)])
    if parsed.starting("made_of", last + 1) or _is_source(nouns):
        return False
    if _is_said_twice(parsed, number):
        return True
    if not nouns or number.case == case:
        return number.case == case
    # «екі тоннадан көмір»: the measure has the case, not what is measured.
    measures = [noun for noun in nouns[:-1] if any(c.sort == "measure" for c in noun.concepts)]
    lasts = [noun.last for noun in (*measures, nouns[-1])]
    return any(h.reading.case == case for last in lasts for h in parsed.ending("noun", last))


_SOURCES = frozenset({"settlement", "region", "institution", "site"})


def _is_source(nouns: Sequence[Noun]) -> bool:
    """«алты ауылдан 1 340 адам шығарылды»: from where they were brought."""
    return bool(nouns) and all(concept.unit in _SOURCES for concept in nouns[-1].concepts)


def _is_said_twice(parsed: Parsed, number: Number) -> bool:
    """«бір-бір көрпе», «екі-екі қап»: a number said twice is so many for each."""
    first = number.first
    dashed = first >= 2 and parsed.norm(first - 1) in DASHES
    return dashed and first == number.last and parsed.norm(first - 2) == parsed.norm(first)


# -- ranges with a unit at both ends -----------------------------------------------------------


def _join_ranges(parsed: Parsed, quantities: Sequence[Quantity]) -> list[Quantity]:
    """«от 10 тысяч тенге до 15 тысяч тенге», «5%–7%» → one range."""
    joined: list[Quantity] = []
    for quantity in quantities:
        if joined and _is_range(parsed, joined[-1], quantity):
            joined[-1] = _range(parsed, joined[-1], quantity)
        elif joined and _falls(parsed, joined[-1], quantity):
            joined.append(replace(quantity, bound="exact", bound_span=None))
        else:
            joined.append(quantity)
    return joined


def _is_range(parsed: Parsed, low: Quantity, high: Quantity) -> bool:
    same = low.unit is not None and low.unit == high.unit and low.item in (None, high.item)
    plain = low.max is None and high.max is None and not (low.number.share or high.number.share)
    if not same or not plain or _lifted(parsed, low, high) >= high.value:
        return False
    middle = _left(parsed, high) - 1
    end = max([low.number.last, *(noun.last for noun in low.nouns)])
    end = _past_point(parsed, _hanging(parsed, end))
    if middle == end + 1:
        if parsed.norm(middle) in parsed.language.ranges.marks:
            return True
        opening = parsed.norm(_left(parsed, low) - 1)
        if _is_raised(parsed, _left(parsed, low) - 1):
            return False
        return any(
            parsed.norm(middle) in frame.middle and (not frame.open or opening in frame.open)
            for frame in parsed.language.ranges.frames
            if not frame.close and not frame.near
        )
    from_case = parsed.language.ranges.from_case
    return middle == end and high.bound == "max" and from_case in _cases(parsed, low, end)


def _is_raised(parsed: Parsed, index: int) -> bool:
    """«raised from KZT 500,000 to KZT 600,000»: from one level to another."""
    return any(parsed.ending("level", index - step) for step in range(1, _VERB_LEFT + 1))


_VERB_LEFT = 3


def _past_point(parsed: Parsed, end: int) -> int:
    """«от 1000 руб. | до 5000 руб.»: the point belongs to the abbreviation."""
    dotted = parsed.norm(end + 1) == "." and parsed.glued(end + 1)
    return end + 1 if dotted and parsed.norm(end) in parsed.language.abbreviations else end


def _falls(parsed: Parsed, high: Quantity, low: Quantity) -> bool:
    """«31-ден 24-ке дейін азайды»: from one level down to another, no ceiling."""
    from_case = parsed.language.ranges.from_case
    beside = high.number.last + 1 == low.number.first and low.bound == "max"
    return beside and high.number.case == from_case is not None and high.value >= low.value


def _cases(parsed: Parsed, quantity: Quantity, end: int) -> set[str | None]:
    """The cases that the last noun of a quantity may stand in."""
    tail = parsed.language.tails.get(parsed.norm(end)) if parsed.norm(end - 1) in DASHES else None
    return {hit.reading.case for hit in parsed.ending("noun", end)} | {tail.case if tail else None}


def _left(parsed: Parsed, quantity: Quantity) -> int:
    """The first token of a number or of the sign before it."""
    number = quantity.number
    return min([number.first, *(n.first for n in quantity.nouns if n.last == number.first - 1)])


def _lifted(parsed: Parsed, low: Quantity, high: Quantity) -> Decimal:
    """«$10 to $15 million»: the scale of the upper end holds for both."""
    scale = _scale_in(parsed, high.number)
    if _scale_in(parsed, low.number) > 1 or low.value >= high.value / scale:
        return low.value
    return low.value * scale


def _scale_in(parsed: Parsed, number: Number) -> Decimal:
    words = [
        cast(NumberWord, hit.entry.meaning)
        for index in range(number.first, number.last + 1)
        for hit in parsed.starting("number", index)
    ]
    return max([word.value for word in words if word.role == "scale"], default=_ONE)


def _range(parsed: Parsed, low: Quantity, high: Quantity) -> Quantity:
    number = replace(
        high.number,
        span=low.number.span.union(high.number.span),
        first=low.number.first,
        value=_lifted(parsed, low, high),
        max=high.value,
        bound="range",
        rule="range",
    )
    first = _range_opening(parsed, min(low.first, _left(parsed, low)), number)
    return replace(
        high,
        span=parsed.span(first, high.last),
        number=number,
        bound="range",
        first=first,
        bound_span=None,
        rule="range",
    )


# -- ellipsis -------------------------------------------------------------------------------


def _share_nouns(parsed: Parsed, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """«10 или 15 семей», «с 20 до 30 тысяч тенге»: the noun stands once, for both."""
    before: Quantity | None = None
    for position, quantity in enumerate(quantities):
        following = quantities[position + 1] if position + 1 < len(quantities) else None
        if quantity.unit is None and following and _adjoins(parsed, quantity, following):
            quantity = _with_nouns(quantity, following)
        elif quantity.unit is None and before and _is_whole_of(parsed, quantity, before):
            quantity = _with_nouns(quantity, before)
        yield quantity
        before = quantity


def _is_of_counted(parsed: Parsed, number: Number) -> bool:
    """«Parcels reached | 800 of the 2,300 pensioners»: so many of those who are counted behind."""
    if not parsed.language.analytic:
        return False
    wholes = (of.last + 1 for of in parsed.starting("out_of", number.last + 1))
    return any(
        start < len(parsed.tokens)
        and parsed.tokens[start].value is not None
        and noun_at(parsed, start + 1) is not None
        for start in wholes
    )


def _with_nouns(quantity: Quantity, other: Quantity) -> Quantity:
    return replace(quantity, unit=other.unit, item=other.item, nouns=other.nouns)


def _is_whole_of(parsed: Parsed, quantity: Quantity, before: Quantity) -> bool:
    """«22,480 sets out of 24 thousand», «412 заявок из 430»: the whole of those."""
    named = before.unit not in (None, "other", "percent") and before.value < quantity.value
    hits = parsed.ending("out_of", quantity.first - 1)
    return named and any(0 < hit.first - before.last <= _WHOLE for hit in hits)


def _opens_whole(parsed: Parsed, start: int, first: int) -> bool:
    """«640 of | 1,000 families», «10 of | the country's | 17 regions»: whose they are between."""
    owned = parsed.ending("noun", first - 1) if start < first <= start + _OWNER else ()
    return start == first or any(hit.reading.case == "gen" for hit in owned if hit.first >= start)


_OWNER = 2


def _adjoins(parsed: Parsed, quantity: Quantity, following: Quantity) -> bool:
    """Two numbers with one joiner between them."""
    gap = following.first - quantity.last - 1
    if following.unit in (None, "other", "percent"):
        return False
    parted = parsed.starting("out_of", quantity.last + 1)
    larger = following.value > quantity.value
    if larger and any(_opens_whole(parsed, h.last + 1, following.first) for h in parted):
        return True
    if gap != 1:
        return False
    between = quantity.last + 1
    if parsed.starting("and", between):
        return True
    return parsed.norm(between) in parsed.language.ranges.middle
