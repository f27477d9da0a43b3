"""The whole, so much for each, or a part: what words and neighbours say of a figure."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from extractor.match.candidates import (
    GIVING,
    Candidate,
    Rule,
    Verdict,
)
from extractor.match.counted import is_goods, is_money
from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE_UNITS, RECEIVER_UNITS, is_given_to, noun_at
from extractor.match.numerals import DASHES
from extractor.match.parsed import Parsed
from extractor.match.partitives import is_rest
from extractor.match.tense import status_of
from extractor.types import (
    Concept,
    Figure,
    Quantity,
)

_WORTH = 3
_SMALL_PAYMENT = Decimal(5_000_000)


def share_is_part(candidate: Candidate) -> Verdict | None:
    """A share is a slice by its nature."""
    return Verdict("part", "share") if candidate.unit == "percent" else None


def each_by_case(candidate: Candidate) -> Verdict | None:
    """«50 мың теңгеден алды»: the ablative distributes, sums that one may get."""
    quantity = candidate.quantity
    large = is_money(candidate) and quantity.value > 2 * _SMALL_PAYMENT
    large = large and not _follows_receivers(candidate)
    return Verdict("each", "distributive", quantity.span) if quantity.each and not large else None


def _follows_receivers(candidate: Candidate) -> bool:
    """«алты отбасына 25 миллион теңгеден»: those who get it are counted right before."""
    before = candidate.before
    if before is None or before.sentence != candidate.quantity.sentence:
        return False
    dative = any(noun.case == "dat" for noun in before.quantity.nouns)
    beside = candidate.quantity.first - before.quantity.last == 1
    return dative and beside and before.unit in PEOPLE_UNITS


def each_beside(candidate: Candidate) -> Verdict | None:
    """«по 42 500 тенге», «әр отбасына 50 маска», «30,000 tenge per pupil»."""
    if any(concept.kind == "sites" for concept in candidate.concepts):
        # «12 пункт күн сайын көмек қабылдайды»
        return None
    first, last, parsed = candidate.quantity.first, candidate.quantity.last, candidate.parsed
    compared = [hit for hit in parsed.of_sort("scope") if hit.entry.id == "compare"]
    for hit in parsed.of_sort("scope"):
        if hit.entry.id != "each" or any(_covers(other, hit) for other in compared):
            continue
        if is_span(parsed, hit):
            continue
        reach = _SCOPE_REACH[str(hit.entry.meaning)]
        if hit.entry.meaning == "after":
            end = _after_bracket(parsed, last)
            beside = end < hit.first <= end + reach and not crosses(parsed, end, hit.first)
        else:
            start = hit.last if candidate.unit in PEOPLE_UNITS else _behind_counted(parsed, hit)
            reach = _TAKER_FAR if _is_of_taker(parsed, hit) else reach
            near = first - reach <= start < first and not crosses(parsed, start, first)
            # «каждой из 250 семей по две тонны — всего 500 тонн», «$180 each | and 2,000 stoves»:
            # all of them together, and another thing.
            summed = any(h.entry.id == "whole" for h in parsed.between("scope", start + 1, first))
            near = near and not summed and not _names_day(parsed, hit)
            near = near and not (parsed.language.analytic and parsed.starting("and", hit.last + 1))
            beside = near and _is_per(candidate, hit)
        if beside:
            return Verdict("each", hit.entry.form, hit.span)
    return None


def _is_of_taker(parsed: Parsed, hit: Hit) -> bool:
    """«each | affected household | is entitled to a one-off grant of …»: who gets it, as far as
    the clause goes."""
    behind = parsed.between("noun", hit.last + 1, hit.last + 1 + _ADJECTIVES)
    takers = any(_is_taker(parsed, noun) for noun in behind)
    return takers and parsed.language.analytic


def _is_taker(parsed: Parsed, noun: Hit) -> bool:
    """«each | family», «each of the | families», but not «the annual | … of students»."""
    people = cast(Concept, noun.entry.meaning).unit in PEOPLE_UNITS
    single = parsed.norm(noun.last) == noun.entry.form.split()[-1]
    before = range(noun.first - _ADJECTIVES, noun.first)
    return people and (single or any(parsed.starting("of", index) for index in before))


# Words from «each family» to what it gets.
_TAKER_FAR = 18


def _names_day(parsed: Parsed, hit: Hit) -> bool:
    """«в день | праздника раздали 300 корзин»: a day of its own, and not so many a day."""
    if not parsed.language.inversion or hit.first == hit.last:
        return False
    readings = parsed.language.morphology.readings(parsed.norm(hit.last + 1))
    nouns = {reading.case for reading in readings if reading.pos == "NOUN"}
    return nouns == {"gen"} or (bool(nouns) and "gen" in nouns and "nom" not in nouns)


def is_span(parsed: Parsed, hit: Hit) -> bool:
    """«gave up | a day's | pay», «340 patients in | a week»: how long, and not how often."""
    if not parsed.language.analytic:
        return False
    times = any(one.entry.id == "rate" for one in parsed.starting("scope", hit.first))
    inside = parsed.starting("stop", hit.first - 1) and parsed.starting("indefinite", hit.first)
    return hit.reading.case == "gen" or (times and bool(inside))


def _covers(other: Hit, hit: Hit) -> bool:
    return other.first <= hit.first and hit.last <= other.last


def _behind_counted(parsed: Parsed, hit: Hit) -> int:
    """«каждый из 30 учеников», «each of the 214 families»: what each has stands behind."""
    wholes = (of.last + 1 for of in parsed.starting("out_of", hit.last + 1))
    start = next((i for i in wholes if _in_digits(parsed, i)), hit.last)
    if start == hit.last:
        return hit.last
    while _in_digits(parsed, start + 1):
        start += 1
    return start


def _in_digits(parsed: Parsed, index: int) -> bool:
    return index < len(parsed.tokens) and parsed.tokens[index].value is not None


def part_of_places(candidate: Candidate) -> Verdict | None:
    """«Актобе, Атырау и Костанай добавили | по четыре тонны»: so much in each of several places."""
    parsed, quantity = candidate.parsed, candidate.quantity
    if not parsed.language.inversion or not (is_goods(candidate) or is_money(candidate)):
        return None
    by = [h for h in parsed.ending("scope", quantity.first - 1) if _is_by(h)]
    before = [hit for hit in parsed.of_sort("place") if hit.last < quantity.first]
    nouns = (cast(Concept, h.entry.meaning) for h in parsed.of_sort("noun") if not _in(quantity, h))
    takers = any(c.unit in _ONES or c.unit in RECEIVER_UNITS or c.category for c in nouns)
    several = len({hit.first for hit in before}) >= _SEVERAL_PLACES
    return Verdict("part", "of_places", by[0].span) if by and several and not takers else None


_SEVERAL_PLACES = 2


def _is_by(hit: Hit) -> bool:
    return hit.entry.id == "each" and hit.entry.meaning == "adjacent"


def _in(quantity: Quantity, hit: Hit) -> bool:
    return quantity.first <= hit.first and hit.last <= quantity.last


def _after_bracket(parsed: Parsed, last: int) -> int:
    """«CHF 250 | (approx. KZT 123,000) | each»: a bracket parts nothing."""
    if parsed.norm(last + 1) != "(":
        return last
    closing = (i for i in range(last + 1, len(parsed.tokens)) if parsed.norm(i) == ")")
    return next(closing, last)


def each_price(candidate: Candidate) -> Verdict | None:
    """«sets worth 40,000 tenge», «из расчёта 15 000 тг на корзину»: a small price is of one."""
    quantity, parsed = candidate.quantity, candidate.parsed
    small = _SMALL_PRICE if candidate.unit == "KZT" else _SMALL_PRICE_ABROAD
    if not is_money(candidate) or quantity.value > small:
        return None
    for hit in parsed.of_sort("scope"):
        before = 0 < quantity.first - hit.last <= _PRICE_REACH
        after = hit.first == quantity.last + 1 and parsed.language.suffixed
        if hit.entry.id == "price" and (before or after):
            return Verdict("each", "price", hit.span)
    return None


def each_worth(candidate: Candidate) -> Verdict | None:
    """«20 мың теңгелік | азық-түлік себеті»: a sum made an adjective is what one is worth."""
    quantity, parsed = candidate.quantity, candidate.parsed
    if not is_money(candidate) or quantity.value > _SMALL_PAYMENT:
        return None
    if not any(noun.case == "adj" for noun in quantity.nouns):
        return None
    last = quantity.last
    for hit in parsed.between("noun", last + 1, last + _WORTH):
        concept = cast(Concept, hit.entry.meaning)
        if concept.sort in ("item", "measure") and concept.unit in ("kit", "piece"):
            return Verdict("each", "worth", hit.span)
    return None


def each_on_average(candidate: Candidate) -> Verdict | None:
    """«its share came on average to 2.4 million tenge»: more for one, less for another."""
    quantity, parsed = candidate.quantity, candidate.parsed
    if not is_money(candidate) or quantity.value > _SMALL_PAYMENT:
        return None
    for hit in parsed.of_sort("scope"):
        beside = 0 < quantity.number.first - hit.last <= _AVERAGE_REACH
        if hit.entry.id == "average" and beside and not crosses(parsed, hit.last, quantity.first):
            return Verdict("each", "average", hit.span)
    return None


def each_for_one(candidate: Candidate) -> Verdict | None:
    """«15,3 млн за квартиру», «35,000 tenge for a sheep»: of one of what follows."""
    quantity, parsed = candidate.quantity, candidate.parsed
    if not is_money(candidate) or quantity.value > _DEAREST:
        return None
    starts = parsed.starting("scope", quantity.last + 1)
    for hit in (hit for hit in starts if hit.entry.id == "for_one"):
        for noun in parsed.starting("noun", hit.last + 1):
            concept = cast(Concept, noun.entry.meaning)
            if concept.unit in _ONES and not noun.reading.plural:
                return Verdict("each", "for_one", hit.span)
    return None


def each_goes_on(candidate: Candidate) -> Verdict | None:
    """«Әр себетте он келі ұн, 2 келі қант, бір литр май»: more of what one holds."""
    before = candidate.before
    if before is None or not is_goods(candidate) or not _is_listed(candidate, before):
        return None
    held = before.scope == "each" and before.kind == "goods" and before.unit in _LISTED
    few = candidate.quantity.value <= _PACKAGE and candidate.unit in _HELD
    return Verdict("each", "goes_on", before.span) if held and few else None


def _is_listed(candidate: Candidate, before: Figure) -> bool:
    """Nothing but a comma or a joiner between the figure before and this one."""
    if before.sentence != candidate.quantity.sentence:
        return False
    parsed = candidate.parsed
    between = range(before.quantity.last + 1, candidate.quantity.first)
    return bool(between) and all(
        parsed.norm(i) == "," or parsed.starting("and", i) for i in between
    )


def each_in_kit(candidate: Candidate) -> Verdict | None:
    """«пакеты от 4 до 5 кг», «parcels of 18 kg»: what one package weighs."""
    quantity, parsed = candidate.quantity, candidate.parsed
    if candidate.unit not in ("kilogram", "litre") or quantity.value > _PACKAGE:
        return None
    # «корзины, десятки килограммов мяса»: a comma parts a package from what is given beside it.
    steps = (1,) if parsed.norm(quantity.first - 1) == "," else (1, 2)
    hits = (h for step in steps for h in parsed.ending("noun", quantity.first - step))
    kit = next((hit for hit in hits if _is_kit(hit)), None)
    return Verdict("each", "in_kit", kit.span) if kit is not None else None


def each_range(candidate: Candidate) -> Verdict | None:
    """«730 пенсионерам начислили от 50 до 120 тысяч тенге»: one more, another less."""
    quantity, before = candidate.quantity, candidate.before
    small = is_money(candidate) and quantity.max is not None and quantity.max <= _SMALL_PAYMENT
    if not small:
        return None
    counted = before is not None and before.unit in PEOPLE_UNITS
    here = counted and before is not None and before.sentence == quantity.sentence
    named = here or _names_receivers(candidate.parsed)
    return Verdict("each", "range", quantity.span) if named else None


def each_of_sort(candidate: Candidate) -> Verdict | None:
    """«участникам войны — 1,5 млн тенге, вдовам — 150 тысяч»: so much for every one of a sort."""
    quantity, parsed = candidate.quantity, candidate.parsed
    dashed = parsed.norm(quantity.first - 1) in (":", *DASHES)
    if not dashed or not is_money(candidate) or quantity.value > _SMALL_PAYMENT:
        return None
    near = range(max(0, quantity.first - 1 - _SORT), quantity.first - 1)
    nouns = (noun_at(parsed, index) for index in near if parsed.norm(index) not in ",;:.")
    to = next((noun for noun in nouns if noun is not None and is_given_to(parsed, noun)), None)
    counted = to is not None and to.first > 0 and parsed.tokens[to.first - 1].value is not None
    return Verdict("each", "of_sort", to.span) if to is not None and not counted else None


# «труженикам тыла —»: words of those who get it.
_SORT = 3


def _names_receivers(parsed: Parsed) -> bool:
    """«Раненым выдано от 300 тысяч до полутора миллионов»: uncounted, in the dative plural."""
    hits = (*parsed.of_sort("noun"), *parsed.of_sort("role")) if parsed.language.inversion else ()
    return any(hit.reading.case == "dat" and hit.reading.plural and _is_person(hit) for hit in hits)


def _is_person(hit: Hit) -> bool:
    concept = hit.entry.meaning
    if not isinstance(concept, Concept):
        return hit.entry.id in ("hurt", "affected")
    return bool(concept.category) or concept.unit in PEOPLE_UNITS


_SMALL_PRICE = Decimal(200_000)
_SMALL_PRICE_ABROAD = Decimal(1_000)
# «140 млн тенге на технику» are no price of one machine.
_DEAREST = Decimal(100_000_000)
_PRICE_REACH = 4
_AVERAGE_REACH = 8
_PACKAGE = Decimal(100)
_HELD = frozenset({"kilogram", "litre", "piece"})
# «каждая получит по 2 тонны угля и 50 кг муки»
_LISTED = _HELD | {"tonne", "kit"}
_ONES = frozenset({"kit", "piece", "head", "house", "person", "family"})
_SCOPE_REACH = {"before": 10, "after": 2, "adjacent": 1}


def each_of_one(candidate: Candidate) -> Verdict | None:
    """«бір жиынтықтың құны – 18-20 мың теңге»: what one of them costs or gets."""
    quantity = candidate.quantity
    large = is_money(candidate) and quantity.value > _SMALL_PAYMENT
    ones = (q for q in candidate.context.by_sentence[quantity.sentence] if q.first < quantity.first)
    for one in ones:
        single = one.value == 1 and one.number.rule == "words" and one.unit not in (None, "other")
        given_to = one.unit not in PEOPLE_UNITS or any(noun.case == "dat" for noun in one.nouns)
        parsed = candidate.parsed
        near = not any(
            parsed.norm(i) == "," or (parsed.starting("and", i) and not is_money(candidate))
            for i in range(one.last, quantity.first)
        )
        priced = not large or _is_priced(parsed, one, quantity)
        if single and given_to and near and priced:
            return Verdict("each", "one", one.span)
    return None


def _is_priced(parsed: Parsed, one: Quantity, price: Quantity) -> bool:
    """«бір көліктің бағасы – 46 миллион теңге»: the price of one stands between the two."""
    words = parsed.between("scope", one.last + 1, price.first - 1)
    return any(hit.entry.id == "price" for hit in words)


def each_inside(candidate: Candidate) -> Verdict | None:
    """«ішінде 5 келі ұн, 2 келі қант»: what one kit holds."""
    if not is_goods(candidate) or candidate.unit == "tonne":
        return None
    parsed, quantity = candidate.parsed, candidate.quantity
    held = [
        h for h in parsed.of_sort("scope") if h.entry.id == "contents" and h.last < quantity.first
    ]
    index = quantity.sentence
    before = candidate.context.parsed[max(0, index - 1) : index]
    kits = any(_is_kit(hit) for p in before for hit in p.of_sort("noun"))
    # «жүк құрамында … 380 жинақ төсек-орын бар»: a set told behind the word is itself inside
    here = (hit for hit in parsed.of_sort("noun") if held and hit.last < held[-1].last)
    kits = kits or any(_is_kit(hit) for hit in here) or any(_is_in_one(parsed, h) for h in held)
    return Verdict("each", "contents", held[0].span) if held and kits else None


def _is_in_one(parsed: Parsed, held: Hit) -> bool:
    """«Сөмкенің | ішінде 12 дәптер бар»: what holds things, and is no load."""
    owners = (h for h in parsed.ending("noun", held.first - 1) if h.reading.case == "gen")
    concepts = (cast(Concept, hit.entry.meaning) for hit in owners if not hit.reading.plural)
    return any(c.sort == "item" and c.unit == "piece" for c in concepts)


def _is_kit(hit: Hit) -> bool:
    return cast(Concept, hit.entry.meaning).unit == "kit"


def crosses(parsed: Parsed, start: int, stop: int) -> bool:
    """Is there a border or another number between two tokens?"""
    tokens = parsed.tokens[start + 1 : stop]
    return any(token.text in ",;:.()" or token.value is not None for token in tokens)


def _is_per(candidate: Candidate, hit: Hit) -> bool:
    """«әр отбасына 50 маска» but not «each of the 300 families»."""
    people = candidate.unit in PEOPLE_UNITS
    rates = (h for h in candidate.parsed.starting("scope", hit.first) if h.entry.id == "rate")
    timed = any(_covers(rate, hit) for rate in rates)
    timed = timed and not any(concept.kind == "volunteers" for concept in candidate.concepts)
    return not people or timed or hit.last == candidate.quantity.first - 1


def each_payment(candidate: Candidate) -> Verdict | None:
    """«выплаты в размере 45 МРП»: a payment of so much is so much for each."""
    if not any(c.sort == "currency" for c in candidate.concepts):
        return None
    if candidate.unit == "MCI":
        return Verdict("each", "payment")
    parsed, first = candidate.parsed, candidate.quantity.first
    sized = [
        h for h in parsed.of_sort("scope") if h.entry.id == "size" and abs(first - h.last) <= 4
    ]
    small = candidate.quantity.value <= _SMALL_PAYMENT
    paid = candidate.near("aid", "cash", reach=20)
    return Verdict("each", "payment", paid.span) if sized and small and paid else None


def each_once(candidate: Candidate) -> Verdict | None:
    """«единовременной выплаты до 2 миллионов тенге»: a payment that one person gets."""
    if not is_money(candidate) or candidate.quantity.value > _SMALL_PAYMENT:
        return None
    parsed, first, last = candidate.parsed, candidate.quantity.first, candidate.quantity.last
    hits = [hit for hit in parsed.of_sort("scope") if hit.entry.id in ("payment", "whole")]
    if any(hit.entry.id == "whole" for hit in hits):
        return None
    near = [h for h in hits if -8 <= h.first - last <= 8 or 0 <= first - h.last <= 8]
    return Verdict("each", "once", near[0].span) if near else None


def each_of_so_many(candidate: Candidate) -> Verdict | None:
    """«42 500 теңге 43 мың адамға төленді»: shared out it would be less than a loaf of bread."""
    quantity = candidate.quantity
    least = _LEAST_SUMS.get(quantity.unit or "")
    if least is None:
        return None
    here = candidate.context.by_sentence[quantity.sentence]
    many = [q for q in here if q.unit in PEOPLE_UNITS and _MANY <= q.value <= _MOST]
    nearest = min(many, key=lambda q: abs(q.first - quantity.first), default=None)
    if nearest is None or quantity.value >= least * nearest.value:
        return None
    if candidate.near("verb", "collect", reach=_GATHERED):
        # «1100 адам 550 650 теңге жинады»: all together.
        return None
    return Verdict("each", "so_many", nearest.span)


# What nobody gives to one person or family: less than this.
_LEAST_SUMS = {"KZT": Decimal(1_000), "RUB": Decimal(150), "USD": Decimal(2), "EUR": Decimal(2)}
_MANY, _MOST = 10, 500_000
_GATHERED = 2.0


def each_of_any(candidate: Candidate) -> Verdict | None:
    """«A household gets three tonnes», «многодетная семья получает две тонны»: whichever it is."""
    parsed, quantity = candidate.parsed, candidate.quantity
    if not (is_money(candidate) or is_goods(candidate)):
        return None
    takers = [h for h in parsed.of_sort("noun") if _is_any(parsed, h) and h.last < quantity.first]
    taker = max(takers, key=lambda hit: hit.last, default=None)
    if taker is None or parsed.weight(taker.last + 1, quantity.first) > _TAKER_REACH:
        return None
    verbs = [
        hit
        for hit in parsed.between("verb", taker.last + 1, len(parsed.tokens))
        if hit.entry.id in ("receive", "give", "giving")
    ]
    told = next((said for hit in verbs if (said := status_of(parsed, hit))), None)
    # «семье выплатят» may be one family's luck, «семья получает» is everybody's.
    open_ = ("ongoing", "planned") if parsed.language.analytic else ("ongoing",)
    return Verdict("each", "any", taker.span) if told in open_ else None


_TAKER_REACH = 9.0


def _is_any(parsed: Parsed, hit: Hit) -> bool:
    """«a large family», «многодетная семья»: one that no number counts, and nobody in particular.

    A Kazakh noun tells one from many by its number alone: «бір отбасы» is one of each.
    """
    concept = cast(Concept, hit.entry.meaning)
    if concept.unit not in PEOPLE_UNITS or concept.kind == "volunteers":
        return False
    before = range(max(0, hit.first - _ADJECTIVES), hit.first)
    if parsed.language.analytic:
        return any(parsed.starting("indefinite", i) for i in before)
    counted = any(parsed.tokens[i].value is not None for i in before)
    named = hit.reading.case in ("nom", "dat") and not hit.reading.plural
    return named and not counted and not parsed.language.suffixed


_ADJECTIVES = 3


def each_gets_next(candidate: Candidate) -> Hit | None:
    """«Қалада 18 ардагер тұрады. … олардың әрқайсысы төлем алады»: by what verb each of them gets
    something in the next sentence."""
    index = candidate.quantity.sentence + 1
    for parsed in candidate.context.parsed[index : index + 1]:
        for hit in parsed.of_sort("scope"):
            theirs = bool(parsed.ending("partitive_before", hit.first - 1))
            theirs = theirs or bool(parsed.starting("partitive_before", hit.last + 1))
            verbs = (verb for verb in parsed.of_sort("verb") if verb.entry.id in _GETS)
            if hit.entry.id == "each" and theirs:
                return next((verb for verb in verbs if verb.first > hit.last), None)
    return None


_GETS = (*GIVING, "plan")


def part_beside(candidate: Candidate) -> Verdict | None:
    """«из них 230», «оның ішінде 11 904 отбасы», «оның 43-і»."""
    parsed, quantity = candidate.parsed, candidate.quantity
    rest = is_rest(parsed, quantity)
    beside = parsed.ending("scope", quantity.first - 1)
    among = any(h.entry.id == "part" and h.entry.meaning == "before" for h in beside)
    earlier = candidate.context.before(quantity, _REST_OF if rest else _AMONG if among else 2)
    whole = any(q.unit == quantity.unit and q.value >= quantity.value for q in earlier)
    if not whole:
        return None
    if parsed.ending("additive_before", quantity.first - 1):
        return None
    if quantity.number.possessive or quantity.number.rule == "collective":
        return Verdict("part", "partitive", quantity.span)
    if _is_possessed(parsed, quantity):
        return Verdict("part", "possessive", quantity.span)
    if rest:
        return Verdict("part", "rest", quantity.span)
    for hit in parsed.of_sort("scope"):
        if hit.entry.id != "part":
            continue
        reach = _PART_REACH[str(hit.entry.meaning)]
        before = hit.entry.meaning != "after" and 0 < quantity.first - hit.last <= reach
        if hit.entry.meaning == "genitive":
            before = before and _is_owned(parsed, hit.first - 1)
        last = quantity.number.last
        after = hit.entry.meaning == "after" and 0 < hit.first - last <= reach
        after = after and not crosses(parsed, last, hit.first)
        if before or after:
            return Verdict("part", hit.entry.form, hit.span)
    return None


def _is_possessed(parsed: Parsed, quantity: Quantity) -> bool:
    """«оның 75 тоннасы», «соның 17 млн теңгесіне»: so much of that."""
    measured = len(quantity.nouns) == 1 and any(
        c.sort in _MEASURES and c.unit == quantity.unit for c in quantity.nouns[-1].concepts
    )
    if not measured or quantity.nouns[-1].first != quantity.nouns[-1].last:
        return False
    return any(hit.reading.possessive for hit in parsed.ending("noun", quantity.nouns[-1].last))


_MEASURES = frozenset({"measure", "currency"})
_REST_OF = 8
_AMONG = 4
_PART_REACH = {"before": 12, "genitive": 12, "after": 2, "adjacent": 1}


def _is_owned(parsed: Parsed, index: int) -> bool:
    """«таратылғанның | ішінде», but not «бір апта | ішінде»."""
    return any(r.case == "gen" for r in parsed.language.morphology.readings(parsed.norm(index)))


def part_understood(candidate: Candidate) -> Verdict | None:
    """«первые 250 выгружены», «отбасылардың он бесі»: so many of what was told before."""
    whole = candidate.antecedent
    if whole is None or whole.quantity.value <= candidate.quantity.value:
        return None
    return Verdict("part", "understood", whole.span)


SCOPES: tuple[Rule, ...] = (
    share_is_part,
    part_of_places,
    each_by_case,
    each_beside,
    each_of_one,
    each_price,
    each_worth,
    each_for_one,
    each_on_average,
    each_inside,
    each_goes_on,
    each_in_kit,
    each_range,
    each_of_sort,
    each_payment,
    each_once,
    each_of_so_many,
    each_of_any,
    part_beside,
    part_understood,
)
