"""Numbers with their bound and the noun that they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from extractor.match.lexicon import Hit
from extractor.match.morphology import Reading
from extractor.match.parsed import Parsed
from extractor.match.words import BoundWord, Refusal
from extractor.types import Bound, Concept, Noun, Number, Quantity, Refused, Span

_MODIFIERS = 5
_LEFT = 12
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014")
_OPENERS = frozenset("\u00ab\"\u201c\u201e")

_NO_NOUN = frozenset({"PREP", "CONJ", "VERB", "INFN", "GRND", "PRTS", "NPRO", "PRCL", "COMP", "ADVB"})
_YEARS = (Decimal(1900), Decimal(2100))


def find_quantities(
    parsed: Parsed, numbers: Sequence[Number], dates: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[Quantity, ...], tuple[Refused, ...]]:
    """«15 мыңнан астам отбасы» → ≥15000 family; numbers that count nothing stand apart.

    ``dates`` are the token ranges (ends included) of dates and times in the sentence.
    """
    quantities: list[Quantity] = []
    refused: list[Refused] = []
    for position, number in enumerate(numbers):
        reason = _refusal(parsed, number, dates)
        if reason is not None:
            refused.append(Refused(number, parsed.sentence.index, reason))
            continue
        ceiling = numbers[position + 1].first if position + 1 < len(numbers) else len(parsed.tokens)
        quantity = _quantity(parsed, number, ceiling)
        if _is_year(quantity) or _is_article(parsed, quantity):
            refused.append(Refused(number, parsed.sentence.index, "date" if _is_year(quantity) else "one"))
        else:
            quantities.append(quantity)
    return tuple(_share_nouns(parsed, quantities)), tuple(refused)


# -- what is no quantity --------------------------------------------------------------------


def _refusal(parsed: Parsed, number: Number, dates: Sequence[tuple[int, int]]) -> str | None:
    if number.rule in ("ordinal", "label"):
        return number.rule
    if any(first <= number.first and number.last <= last for first, last in dates):
        return "date"
    for rule in REFUSALS:
        reason = rule(parsed, number)
        if reason is not None:
            return reason
    return None


def clock(parsed: Parsed, number: Number) -> str | None:
    """«16:57»: digits on both sides of a colon."""
    after, before = number.last + 1, number.first - 1
    right = parsed.norm(after) == ":" and parsed.glued(after) and parsed.norm(after + 1).isdigit()
    left = parsed.norm(before) == ":" and parsed.glued(before) and parsed.norm(before - 1).isdigit()
    return "clock" if right or left else None


def phone(parsed: Parsed, number: Number) -> str | None:
    """«+7 708 706 4242», «54-74-09»: a plus before it, or groups chained by dashes."""
    first, last = number.first, number.last
    if parsed.norm(first - 1) == "+" and parsed.glued(first):
        return "phone"
    if parsed.tokens[first].value is None:
        return None
    chain = _chained(parsed, first, -1) + _chained(parsed, last, 1)
    if chain >= 2 and number.max is None:
        return "phone"
    plus = any(parsed.norm(first - step) == "+" for step in (2, 3))
    plain = parsed.tokens[first].text.replace(" ", "")
    long = len(plain) >= 9 and not parsed.tokens[first].text.count(" ") and plain.isdigit()
    return "phone" if plus or long else None


def _chained(parsed: Parsed, index: int, step: int) -> int:
    """How many groups of digits hang on by glued dashes in one direction."""
    found = 0
    while True:
        dash, digits = index + step, index + 2 * step
        edge = max(dash, index) if step > 0 else index
        if not (0 <= digits < len(parsed.tokens)) or parsed.norm(dash) not in _DASHES:
            return found
        if parsed.tokens[digits].value is None or not parsed.glued(edge):
            return found
        found, index = found + 1, digits


def code(parsed: Parsed, number: Number) -> str | None:
    """«COVID-19», «Y-8», «A4»: digits stuck to a word are a name."""
    first = number.first
    if parsed.tokens[first].value is None:
        return None
    dash = parsed.norm(first - 1) in _DASHES and parsed.glued(first)
    if dash and parsed.glued(first - 1) and parsed.tokens[first - 2].sort == "word":
        return "code"
    if parsed.norm(first - 1) in ("\u2116", "#", "n\u00ba"):
        return "label"
    stuck = parsed.glued(first) and parsed.tokens[first - 1].sort == "word"
    latin = stuck and parsed.tokens[first - 1].text.isascii() and len(parsed.norm(first - 1)) < 3
    return "code" if latin and parsed.norm(first - 1) not in parsed.language.signs else None


def listed(parsed: Parsed, number: Number) -> str | None:
    """«1. Алматы», «2) …»: the number of a line in a list."""
    after = number.last + 1
    opens = number.first == 0 and number.value < 100 and parsed.norm(after) in (".", ")")
    return "list" if opens and parsed.glued(after) and after + 1 < len(parsed.tokens) else None


def worded(parsed: Parsed, number: Number) -> str | None:
    """«60 жастан асқан», «15 апреля», «школа № 5»: the word beside it says what it is."""
    after = number.last + 1
    if parsed.norm(after) == "." and parsed.glued(after):
        after += 1
    if parsed.norm(after) in _DASHES and parsed.glued(after) and parsed.glued(after + 1):
        after += 1
    for hit in parsed.starting("refuse", after):
        refusal = cast(Refusal, hit.entry.meaning)
        if refusal.side == "after" and _refuses(refusal, number):
            return refusal.reason
    for hit in parsed.ending("refuse", number.first - 1):
        refusal = cast(Refusal, hit.entry.meaning)
        if refusal.side == "before" and _refuses(refusal, number):
            return refusal.reason
    return None


def _refuses(refusal: Refusal, number: Number) -> bool:
    if refusal.reason != "date":
        return number.value < 10_000
    if refusal.year:
        return number.value < 2200 and number.rule != "vague"
    return number.value <= 31 or _in_years(number.value)


def _in_years(value: Decimal) -> bool:
    return _YEARS[0] <= value <= _YEARS[1] and value == value.to_integral_value()


REFUSALS = (clock, phone, code, listed, worded)


def _is_year(quantity: Quantity) -> bool:
    """«2024» with no noun beside it is a year."""
    number = quantity.number
    bare = quantity.unit is None and quantity.bound == "exact" and number.rule == "digits"
    years = number.rule == "range" and number.max is not None and _in_years(number.max)
    if years and quantity.unit in (None, "other"):
        return _in_years(number.value)
    return bare and _in_years(number.value) and not number.possessive and number.case is None


def _is_article(parsed: Parsed, quantity: Quantity) -> bool:
    """«бір реттік», «один из»: one that counts nothing known, right beside it."""
    number = quantity.number
    if number.value != 1 or number.first != number.last or number.rule == "digits":
        return False
    near = quantity.nouns and quantity.nouns[0].first <= number.last + 2
    return not near or quantity.unit is None


# -- one quantity ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Bounded:
    bound: Bound
    span: Span | None
    first: int
    last: int


def _quantity(parsed: Parsed, number: Number, ceiling: int) -> Quantity:
    left, prefix = _prefix(parsed, number)
    before = _bound_before(parsed, left, number)
    after = _bound_after(parsed, number.last + 1, number.case)
    start = (after.last if after else number.last) + 1
    nouns = _nouns(parsed, start, ceiling)
    if prefix is not None and not any(c.sort == "currency" for n in nouns for c in n.concepts):
        nouns = (prefix,)
    late = None
    if after is None and nouns and nouns[-1].last >= start:
        late = _late_bound(parsed, nouns[-1], ceiling)
        if late is not None and _is_measured(nouns):
            more = _nouns(parsed, late.last + 1, ceiling)
            nouns = (*nouns, *more[:1]) if more and _is_item(more[0]) else nouns
    rule = number.rule
    if not nouns or _is_bare_measure(nouns):
        found = _nouns_left(parsed, before.first if before else left, number)
        if found is not None:
            nouns, rule = (*found, *nouns), f"{number.rule}/left"
    if parsed.language.inversion and not _is_measured(nouns):
        inverted = _inverted(parsed, left, nouns)
        if inverted is not None:
            nouns, rule = (inverted, *nouns), f"{number.rule}/inversion"
            before = before or _Bounded("approx", None, inverted.first, inverted.last)
    edges = [b for b in (before, after, late) if b is not None]
    first = min([number.first, left, *(b.first for b in edges), *(n.first for n in nouns)])
    last = max([number.last, *(b.last for b in edges), *(n.last for n in nouns)])
    last = _hanging(parsed, last)
    first = _range_opening(parsed, first, number)
    unit, item = _measure(nouns)
    return Quantity(
        span=parsed.span(first, last),
        sentence=parsed.sentence.index,
        number=number,
        bound=_bound(number, [b for b in (late, after, before) if b is not None]),
        unit=unit,
        item=item if unit is not None else _unknown(parsed, start, ceiling),
        nouns=nouns,
        first=first,
        last=last,
        bound_span=edges[0].span if edges else None,
        each=_distributes(parsed, number, nouns, edges),
        rule=rule,
    )


def _hanging(parsed: Parsed, last: int) -> int:
    """«80%-ы»: an ending that hangs on a sign by a hyphen."""
    dash, word = last + 1, last + 2
    hangs = parsed.norm(dash) in _DASHES and parsed.glued(dash) and parsed.glued(word)
    return word if hangs and parsed.norm(word) in parsed.language.tails else last


def _bound(number: Number, edges: Sequence[_Bounded]) -> Bound:
    """The words beside a number outrank its form; a range stays a range."""
    if number.max is not None:
        return "range"
    return edges[0].bound if edges else number.bound


def _range_opening(parsed: Parsed, first: int, number: Number) -> int:
    opens = number.bound == "range" and first == number.first
    return first - 1 if opens and parsed.norm(first - 1) in parsed.language.ranges.open else first


def _prefix(parsed: Parsed, number: Number) -> tuple[int, Noun | None]:
    """«$14.3 million», «CHF 121,847»: a sign or code before the number."""
    index = number.first - 1
    for hit in parsed.ending("noun", index):
        concept = cast(Concept, hit.entry.meaning)
        code = hit.span.of(_surface(parsed, hit)).isupper() and len(hit.span) <= 4
        if concept.sort == "currency" and code:
            return hit.first, _noun(hit, (concept,))
    sign = parsed.norm(index)
    unit = parsed.language.signs.get(sign)
    if unit is None:
        return number.first, None
    first = index
    if parsed.norm(index - 1) in ("us", "u.s") and parsed.glued(index):
        first = index - 1
    concept = Concept(unit, "currency", unit=unit, kind="money")
    return first, Noun(parsed.span(first, index), first, index, sign, (concept,))


def _surface(parsed: Parsed, hit: Hit) -> str:
    """The token texts of a hit, padded so that its span can be taken from them."""
    padding = " " * hit.span.start
    return padding + " ".join(t.text for t in parsed.tokens[hit.first : hit.last + 1])


def _bound_before(parsed: Parsed, left: int, number: Number) -> _Bounded | None:
    """«не менее», «шамамен»: the comparator that ends right before the number."""
    if number.bound == "range" and parsed.norm(left - 1) in parsed.language.ranges.open:
        return None
    index = left - 1
    while index >= 0 and parsed.starting("filler", index) and not parsed.ending("bound", index):
        index -= 1
    for hit in parsed.ending("bound", index):
        word = cast(BoundWord, hit.entry.meaning)
        if word.side != "before" or hit.entry.form == "-":
            continue
        if word.kind == "max" and _is_level(parsed, hit.first):
            return None
        return _Bounded(word.kind, hit.span, hit.first, hit.last)
    return None


def _is_level(parsed: Parsed, index: int) -> bool:
    """«увеличить до 2 миллионов»: the new level of something, not a ceiling."""
    return any(index - 12 <= hit.last < index for hit in parsed.of_sort("level"))


def _bound_after(parsed: Parsed, index: int, case: str | None) -> _Bounded | None:
    """«-ден астам», «-ға жуық», «шақты»: the comparator after a number in its case."""
    if parsed.norm(index) == "+" and parsed.glued(index):
        return _Bounded("min", parsed.span(index, index), index, index)
    for hit in parsed.starting("bound", index):
        word = cast(BoundWord, hit.entry.meaning)
        if word.side == "after" and word.case in (None, case):
            if word.kind == "max" and _raised(parsed, hit.last):
                return _Bounded("exact", hit.span, hit.first, hit.first - 1)
            return _Bounded(word.kind, hit.span, hit.first, hit.last)
    return None


def _raised(parsed: Parsed, index: int) -> bool:
    """«42 мың теңгеге дейін өсіру»: a level, not a ceiling."""
    return any(index < hit.first <= index + 2 for hit in parsed.of_sort("level"))


def _late_bound(parsed: Parsed, noun: Noun, ceiling: int) -> _Bounded | None:
    """«20 млн теңгеден астам»: the comparator after the unit, which stands in its case."""
    if noun.last + 1 >= ceiling:
        return None
    cases = {noun.case}
    for hit in parsed.ending("noun", noun.last):
        cases.add(hit.reading.case)
    for case in sorted(cases, key=str):
        found = _bound_after(parsed, noun.last + 1, case)
        if found is not None:
            return found
    return None


# -- nouns ----------------------------------------------------------------------------------


def _noun(hit: Hit, concepts: tuple[Concept, ...]) -> Noun:
    return Noun(hit.span, hit.first, hit.last, hit.entry.form, concepts, hit.reading.case)


def _noun_at(parsed: Parsed, index: int) -> Noun | None:
    """The longest known noun that begins here, with all that it may mean."""
    hits = [h for h in parsed.starting("noun", index) if cast(Concept, h.entry.meaning).unit]
    if not hits:
        return None
    longest = [hit for hit in hits if hit.last == hits[0].last]
    concepts = tuple(dict.fromkeys(cast(Concept, hit.entry.meaning) for hit in longest))
    best = next((hit for hit in longest if hit.reading.case), longest[0])
    return _noun(best, concepts)


def _nouns(parsed: Parsed, start: int, ceiling: int) -> tuple[Noun, ...]:
    """The measure and the thing measured, or the thing counted, right of a number."""
    noun = _first_noun(parsed, start, ceiling, _MODIFIERS)
    if noun is None:
        return ()
    found = [noun]
    while len(found) < 4:
        following = _following(parsed, found, ceiling)
        if following is None:
            break
        found.append(following)
    return tuple(found)


def _first_noun(parsed: Parsed, start: int, ceiling: int, reach: int) -> Noun | None:
    """The first known noun to the right, over at most ``reach`` modifiers."""
    index, skipped = start, 0
    while index < ceiling and skipped <= reach:
        filler = parsed.starting("filler", index)
        noun = _noun_at(parsed, index)
        if noun is not None and not (filler and filler[0].last >= noun.last):
            return _described(parsed, noun, ceiling)
        step = _step_over(parsed, index)
        if step is None:
            return None
        skipped += 1
        index = step
    return None


def _described(parsed: Parsed, noun: Noun, ceiling: int) -> Noun:
    """«пострадавших | домов», «displaced | people»: the category describes, the next counts."""
    if any(c.sort != "category" for c in noun.concepts) or noun.last + 1 >= ceiling:
        return noun
    head = _noun_at(parsed, noun.last + 1)
    if head is None or head.last >= ceiling:
        return noun
    counted = any(c.sort in ("unit", "category") or c.unit == "house" for c in head.concepts)
    return head if counted and not any(c.kind == "requests" for c in head.concepts) else noun


def _step_over(parsed: Parsed, index: int) -> int | None:
    """The token after a modifier; None where the noun phrase ends."""
    token = parsed.tokens[index]
    if token.sort == "mark":
        passable = token.text in _OPENERS or (token.text in _DASHES and parsed.glued(index))
        return index + 1 if passable else None
    described = [h for h in parsed.starting("noun", index) if not cast(Concept, h.entry.meaning).unit]
    if described:
        return described[0].last + 1
    if parsed.starting("of", index):
        return parsed.starting("of", index)[0].last + 1
    if parsed.starting("filler", index):
        return parsed.starting("filler", index)[0].last + 1
    if parsed.starting("stop", index) or parsed.starting("link", index) or token.sort == "number":
        return None
    if any(hit.reading.tense for hit in parsed.starting("verb", index)):
        participle = any(h.reading.pos == "PRTF" for h in parsed.starting("verb", index))
        return index + 1 if participle else None
    if _is_closed_word(parsed, index):
        return None
    return index + 1


def _is_closed_word(parsed: Parsed, index: int) -> bool:
    """A preposition, verb or conjunction, where the morphology knows parts of speech."""
    readings = parsed.language.morphology.readings(parsed.norm(index))
    tagged = [reading.pos for reading in readings if reading.pos]
    if not tagged:
        return False
    if tagged[0] == "NOUN" and _is_head_noun(readings):
        return True
    return tagged[0] in _NO_NOUN


def _is_head_noun(readings: Sequence[Reading]) -> bool:
    """An unknown noun is the head itself: nothing known is counted behind it."""
    return not any(r.pos in ("ADJF", "PRTF", "ADJS", "NUMR") for r in readings)


def _following(parsed: Parsed, found: Sequence[Noun], ceiling: int) -> Noun | None:
    """What stands behind a noun and belongs to it."""
    noun = found[-1]
    if _is_measured(found) and not any(_is_item(n) for n in found):
        return _measured_thing(parsed, noun.last + 1, ceiling)
    joined = _joined(parsed, noun, ceiling)
    if joined is not None:
        return joined
    return _compound(parsed, noun, ceiling)


def _measured_thing(parsed: Parsed, start: int, ceiling: int) -> Noun | None:
    """«тонн | гуманитарной помощи», «tonnes of | maize»: the thing behind its measure."""
    thing = _first_noun(parsed, start, ceiling, _MODIFIERS)
    if thing is None or not (_is_item(thing) or _is_measured([thing])):
        return None
    return thing


def _joined(parsed: Parsed, noun: Noun, ceiling: int) -> Noun | None:
    """«зейнеткерлер мен қарттарды»: two words for the same people."""
    joiners = parsed.starting("and", noun.last + 1)
    if not joiners or not _is_people(noun):
        return None
    other = _noun_at(parsed, joiners[0].last + 1) if joiners[0].last + 1 < ceiling else None
    same = other is not None and {c.unit for c in other.concepts} & {c.unit for c in noun.concepts}
    return other if same and other is not None and _is_people(other) else None


def _compound(parsed: Parsed, noun: Noun, ceiling: int) -> Noun | None:
    """«aid flights», «антисептик құтылары»: the head of a compound stands last."""
    index = noun.last + 1
    if parsed.language.head != "final" or index >= ceiling or _is_people(noun):
        return None
    if any(c.sort == "currency" for c in noun.concepts):
        return None
    head = _noun_at(parsed, index)
    if head is None or any(c.sort == "currency" for c in head.concepts) or _is_people(head):
        return None
    possessive = any(hit.reading.possessive for hit in parsed.ending("noun", head.last))
    bare = parsed.language.distributive_case is None and parsed.norm(noun.last) == _last_lemma(noun)
    return head if possessive or bare else None


def _last_lemma(noun: Noun) -> str:
    return noun.lemma.split()[-1].lower()


def _is_people(noun: Noun) -> bool:
    return any(c.unit in ("person", "family") for c in noun.concepts)


def _is_item(noun: Noun) -> bool:
    return any(c.sort == "item" for c in noun.concepts)


def _is_measured(nouns: Sequence[Noun]) -> bool:
    return any(c.sort == "measure" for c in nouns[0].concepts) if nouns else False


def _is_bare_measure(nouns: Sequence[Noun]) -> bool:
    """«- 1928 шт.»: pieces of something named before."""
    generic = all(c.id in ("piece", "kit") for n in nouns for c in n.concepts if c.sort == "measure")
    return _is_measured(nouns) and generic and not any(_is_item(n) for n in nouns)


def _nouns_left(parsed: Parsed, left: int, number: Number) -> tuple[Noun, ...] | None:
    """«маски — 70 тыс.», «отбасы саны 300-ден асты»: noun, link, number."""
    link = _link(parsed, left - 1)
    if link is None:
        return None
    floor = _clause_start(parsed, link)
    for index in range(floor, link):
        noun = _noun_at(parsed, index)
        if noun is not None and noun.last < link:
            return (_described(parsed, noun, link),)
    return None


def _link(parsed: Parsed, index: int) -> int | None:
    """The first token of the dash, verb or count noun that ties a noun to a number."""
    if index < 1:
        return None
    token = parsed.tokens[index]
    if token.text in _DASHES or token.text == ":":
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
        if text in ",;:.(\u2022*" or (text in _DASHES and not parsed.glued(position)):
            return position + 1
    return floor


def _inverted(parsed: Parsed, left: int, nouns: Sequence[Noun]) -> Noun | None:
    """«тонн пять»: the noun right before its number makes it a guess."""
    for hit in parsed.ending("noun", left - 1):
        concept = cast(Concept, hit.entry.meaning)
        fits = concept.sort == "measure" if nouns else bool(concept.unit)
        if fits and hit.reading.plural and hit.reading.case == "gen":
            return _noun(hit, (concept,))
    return None


def _unknown(parsed: Parsed, start: int, ceiling: int) -> str | None:
    """«24 вагончика» of an unknown noun: its lemma, as it stands."""
    index = start
    while index < min(ceiling, start + _MODIFIERS):
        token = parsed.tokens[index]
        if token.sort != "word" or parsed.starting("stop", index):
            return None
        readings = parsed.language.morphology.readings(token.norm)
        tagged = [r for r in readings if r.pos]
        if tagged and tagged[0].pos != "NOUN":
            if tagged[0].pos in _NO_NOUN:
                return None
            index += 1
            continue
        return tagged[0].lemma if tagged else _shortest(readings)
    return None


def _shortest(readings: Sequence[Reading]) -> str:
    """The word without its case, for lack of a dictionary form."""
    cased = [r.lemma for r in readings if r.case and not r.tense and not r.lemma.endswith("-")]
    return max(cased, key=len) if cased else readings[0].lemma


# -- measure and item -----------------------------------------------------------------------


_KITS = {"food": "food_basket", "flour": "food_basket", "hygiene_kit": "hygiene_kit"}


def _measure(nouns: Sequence[Noun]) -> tuple[str | None, str | None]:
    """«tonne» and «flour» from «тонн муки»; a currency outranks all else."""
    concepts = [c for noun in nouns for c in _preferred(noun)]
    if not concepts:
        return None, None
    money = next((c for c in concepts if c.sort == "currency"), None)
    if money is not None and concepts[0].sort == "currency":
        return money.unit, None
    measures = [c for c in concepts if c.sort == "measure"]
    items = [c for c in concepts if c.sort == "item"]
    if not measures and not items:
        return concepts[0].unit, None
    item = items[0].item if items else next((c.item for c in measures if c.item), None)
    if not measures:
        if concepts[0].sort in ("unit", "category"):
            return concepts[0].unit, None
        return _default_unit(items[-1]), items[-1].item
    unit = measures[0].unit
    if unit == "piece" and len(measures) > 1:
        unit = measures[1].unit
    if unit == "kit" and item is not None:
        item = _KITS.get(item, item)
    return unit, item


_COUNTED = {"tonne": "piece", "kilogram": "piece", "litre": "piece"}


def _default_unit(concept: Concept) -> str | None:
    """«200 концентраторов» are pieces: nothing is counted in tonnes without saying so."""
    return _COUNTED.get(concept.unit or "", concept.unit)


def _preferred(noun: Noun) -> Iterator[Concept]:
    """A word with several meanings is first a category, then a unit, then an item."""
    order = {"currency": 0, "category": 1, "measure": 2, "unit": 3, "item": 4}
    ranked = sorted(noun.concepts, key=lambda c: order[c.sort])
    yield ranked[0]
    if ranked[0].sort == "measure":
        yield from (c for c in ranked[1:] if c.sort == "item")


def _distributes(
    parsed: Parsed, number: Number, nouns: Sequence[Noun], edges: Sequence[_Bounded]
) -> bool:
    """«50 бетпердеден», «50 мың теңгеден»: the ablative without a comparator is per one."""
    case = parsed.language.distributive_case
    if case is None or edges or number.bound == "range":
        return False
    if not nouns:
        return number.case == case
    cases = {h.reading.case for h in parsed.ending("noun", nouns[-1].last)}
    return case in cases


# -- ellipsis -------------------------------------------------------------------------------


def _share_nouns(parsed: Parsed, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """«10 или 15 семей», «с 20 до 30 тысяч тенге»: the noun stands once, for both."""
    for position, quantity in enumerate(quantities):
        following = quantities[position + 1] if position + 1 < len(quantities) else None
        if quantity.unit is None and following is not None and _adjoins(parsed, quantity, following):
            yield replace(quantity, unit=following.unit, item=following.item, nouns=following.nouns)
        else:
            yield quantity


def _adjoins(parsed: Parsed, quantity: Quantity, following: Quantity) -> bool:
    """Two numbers with one joiner between them."""
    gap = following.first - quantity.last - 1
    if following.unit is None or gap != 1:
        return False
    between = quantity.last + 1
    return bool(parsed.starting("and", between)) or parsed.norm(between) in parsed.language.ranges.middle
