"""Numbers that count nothing: clocks, phones, names, labels, ages, dates."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from extractor.match.lexicon import Hit
from extractor.match.nouns import PEOPLE_UNITS
from extractor.match.numerals import DASHES, is_guessed
from extractor.match.parsed import WORD_DASHES, Parsed
from extractor.match.words import NumberWord, Refusal
from extractor.types import Concept, Number, Quantity

_YEARS = (Decimal(1900), Decimal(2100))
_LABELS = frozenset((":", ".", "\u2116", "#"))
_MARKED = frozenset(("label", "counter"))
_QUOTES = frozenset("\u00ab\"\u201c\u201e\u00bb\u201d'")
_JOINTS = frozenset("/%_=&?")
_ENDS = frozenset((",", ";", ".", ")", ""))
# What a service number, an age, and a year without the word may be.
_ORDINAL = frozenset({"ordinal", "denominator"})
_LIMITS = {"phone": (100, 9999), "age": (0, 120)}
_OLD_YEARS = (1400, 2100)
_DIRECT = frozenset({"nom", "acc"})
_HALF_DAY = 12
_PRECISE = -4
_GROUPS = 2
_SMALL = 1000
_STREET = 4
_LONG = 9
_CODES = range(3, 6)


def refuse_number(parsed: Parsed, number: Number) -> str | None:
    """«60 жастан асқан» → "age": why a number counts nothing, by what stands beside it."""
    if number.rule in ("ordinal", "label", "date"):
        return number.rule
    for rule in REFUSALS:
        reason = rule(parsed, number)
        if reason is not None:
            return reason
    return None


def refuse_quantity(parsed: Parsed, quantity: Quantity) -> str | None:
    """«2024», «бір реттік», «2-1»: what is refused for want of a noun."""
    for rule in LATE_REFUSALS:
        reason = rule(parsed, quantity)
        if reason is not None:
            return reason
    return None


# -- by what stands beside it -----------------------------------------------------------------


def clock(parsed: Parsed, number: Number) -> str | None:
    """«16:57», «2:1»: digits on both sides of a colon."""
    after, before = number.last + 1, number.first - 1
    right = parsed.norm(after) == ":" and parsed.glued(after) and parsed.norm(after + 1).isdigit()
    left = parsed.norm(before) == ":" and parsed.glued(before) and parsed.norm(before - 1).isdigit()
    return "clock" if right or (left and parsed.glued(number.first)) else None


def phone(parsed: Parsed, number: Number) -> str | None:
    """«+7 708 706 4242», «54-74-09»: a plus before it, or groups chained by dashes."""
    first, last = number.first, number.last
    token = parsed.tokens[first]
    if token.value is None:
        return None
    if parsed.norm(first - 1) == "+" and parsed.glued(first):
        return "phone"
    if number.max is None and _chained(parsed, first, -1) + _chained(parsed, last, 1) >= 2:
        return "phone"
    if any(parsed.norm(first - step) == "+" for step in (2, 3)) or _has_area_code(parsed, number):
        return "phone"
    return None


def _chained(parsed: Parsed, index: int, step: int) -> int:
    """How many groups of digits hang on by glued dashes in one direction."""
    found = 0
    while found < 2:
        dash, digits = index + step, index + 2 * step
        edge = max(dash, index) if step > 0 else index
        if not (0 <= digits < len(parsed.tokens)) or parsed.norm(dash) not in DASHES:
            return found
        if parsed.tokens[digits].value is None or not parsed.glued(edge):
            return found
        found, index = found + 1, digits
    return found


def _has_area_code(parsed: Parsed, number: Number) -> bool:
    """«8 (7172) 74-54-09»: digits in brackets with digits before and behind."""
    for opening in (number.last + 1, number.first - 1, number.first - 3):
        inside = opening + 1
        if parsed.norm(opening) != "(" or parsed.norm(inside + 1) != ")":
            continue
        behind = inside + 2
        code = parsed.norm(inside)
        digits = behind < len(parsed.tokens) and parsed.tokens[behind].value is not None
        if digits and code.isdigit() and len(code) in _CODES:
            return True
    return False


def code(parsed: Parsed, number: Number) -> str | None:
    """«COVID-19», «Y-8», «A4», «050000»: digits stuck to a word, or led by a zero, are a name."""
    first = number.first
    if parsed.tokens[first].value is None:
        return None
    text = parsed.tokens[first].text
    if text[0] == "0" and len(text) > 1 and text.isdigit():
        return "code"
    before = parsed.norm(first - 1)
    if _is_address_part(parsed, first):
        return "code"
    lettered = _is_lettered(parsed, number.last + 1) and not _in_years(number.value)
    if lettered or (before in _QUOTES and _is_cut(parsed, first)):
        return "code"
    dash = before in DASHES and parsed.glued(first)
    if dash and parsed.glued(first - 1) and parsed.tokens[first - 2].sort == "word":
        return "code"
    if not (parsed.glued(first) and parsed.tokens[first - 1].sort == "word"):
        return None
    money = any(_is_money(hit) for hit in parsed.ending("noun", first - 1))
    if money or before in parsed.language.signs:
        return None
    after = number.last + 1
    amid = parsed.glued(after) and parsed.tokens[after].sort == "word"
    amid = amid and not parsed.starting("noun", after)
    return "code" if amid or parsed.tokens[first - 1].text.isascii() else None


def _is_lettered(parsed: Parsed, index: int) -> bool:
    """«19а үй», «Class 5B»: one letter stuck to the digits that means nothing by itself."""
    if not parsed.glued(index) or parsed.tokens[index].sort != "word":
        return False
    known = any(parsed.starting(sort, index) for sort in ("noun", "number", "refuse", "bound"))
    return len(parsed.norm(index)) == 1 and not known


def _is_cut(parsed: Parsed, first: int) -> bool:
    """«didn'92t»: digits between a quote and a letter, all stuck together."""
    after = first + 1
    return parsed.glued(first) and parsed.glued(after) and parsed.tokens[after].sort == "word"


def _is_address_part(parsed: Parsed, first: int) -> bool:
    """«…/article/3177766/…», «%2F», «BA.5»: a mark that joins the digits to what precedes it."""
    mark, word = parsed.norm(first - 1), first - 2
    if word < 0 or not (parsed.glued(first) and parsed.glued(first - 1)):
        return False
    if parsed.tokens[word].sort != "word":
        return False
    text = parsed.tokens[word].text
    return mark in _JOINTS or (mark == "." and text.isupper() and len(text) < 3)


def _is_money(hit: Hit) -> bool:
    return cast(Concept, hit.entry.meaning).sort == "currency"


def hung(parsed: Parsed, number: Number) -> str | None:
    """«9-сынып», «60-year-old», «9-этажный»: a word that hangs on digits makes a label."""
    dash, word = number.last + 1, number.last + 2
    if word >= len(parsed.tokens) or parsed.norm(dash) not in DASHES:
        return None
    if not (parsed.glued(dash) and parsed.glued(word)) or parsed.tokens[word].sort != "word":
        return None
    roles = {cast(NumberWord, hit.entry.meaning).role for hit in parsed.starting("number", word)}
    if parsed.tokens[number.last].value is not None and roles and roles <= _ORDINAL:
        # «50-миллионная помощь»
        return "label"
    if roles or parsed.starting("homograph", word):
        return None
    units = {cast(Concept, hit.entry.meaning) for hit in parsed.starting("noun", word)}
    counted = any(unit.sort == "currency" or unit.unit == "percent" for unit in units)
    return None if counted or parsed.starting("bound", word) else "label"


def half_of_time(parsed: Parsed, number: Number) -> str | None:
    """«second half», «бірінші жартысында», «в половине | седьмого»: of a year, game or hour."""
    if not number.share:
        return None
    after = parsed.starting("number", number.last + 1) if parsed.language.inversion else ()
    beside = [cast(NumberWord, hit.entry.meaning) for hit in after]
    if any(word.role == "ordinal" and word.value <= _HALF_DAY for word in beside):
        return "clock"
    before = parsed.ending("number", number.first - 1)
    roles = {cast(NumberWord, hit.entry.meaning).role for hit in before}
    return "ordinal" if "ordinal" in roles else None


def hours(parsed: Parsed, number: Number) -> str | None:
    """«с 10.00 до 17.00»: two times of day."""
    ends = [parsed.tokens[index] for index in (number.first, number.last)]
    if number.max is None or not all(_is_hour(token.text) for token in ends):
        return None
    return "clock"


def _is_hour(text: str) -> bool:
    whole, point, minutes = text.partition(".")
    return point == "." and len(minutes) == 2 and whole.isdigit() and int(whole) < 25


def oldest(parsed: Parsed, number: Number) -> str | None:
    """«the oldest of the patients being | 91»: how old who is told of is."""
    ended = parsed.norm(number.last + 1) in _ENDS or number.last + 1 == len(parsed.tokens)
    if not ended or not 0 < number.value < 111 or number.bound != "exact":
        return None
    if parsed.ending("of", number.first - 1) and _is_somebody(parsed, number.first - 2):
        # «a boy of | 11»
        return "age" if parsed.language.analytic else None
    said = (hit.last for hit in parsed.of_sort("age_word") if hit.last < number.first)
    last = max(said, default=None)
    if last is None or number.first - last > _SUPERLATIVE:
        return None
    between = range(last + 1, number.first)
    apart = any(parsed.norm(i) in _ENDS or parsed.tokens[i].value is not None for i in between)
    return None if apart else "age"


_SUPERLATIVE = 7


def degrees(parsed: Parsed, number: Number) -> str | None:
    """«25 °C»."""
    return "degree" if parsed.norm(number.last + 1) == "\u00b0" else None


def listed(parsed: Parsed, number: Number) -> str | None:
    """«1. Алматы», «2) …»: the number of a line in a list."""
    after = number.last + 1
    opens = number.first == 0 and number.value < 100 and parsed.norm(after) in (".", ")")
    more = after + 1 < len(parsed.tokens) and parsed.norm(after + 1) != "."
    return "list" if opens and parsed.glued(after) and more else None


def ratio(parsed: Parsed, number: Number) -> str | None:
    """«1 к 5», «one in five»: so many to so many."""
    words, tokens = parsed.language.ratios, parsed.tokens
    if not words or number.max is not None or number.value > 100:
        return None
    after, before = number.last + 1, number.first - 1
    left = parsed.norm(after) in words and number.value < 10 and parsed.is_number(after + 1)
    right = parsed.norm(before) in words and before > 0 and parsed.is_number(before - 1)
    if not left and not right:
        return None
    top = number.first if left else before - 1
    return "ratio" if tokens[top].text == "1" or _is_one(parsed, top) else None


def _is_one(parsed: Parsed, index: int) -> bool:
    hits = parsed.starting("number", index)
    return any(getattr(hit.entry.meaning, "value", 0) == 1 for hit in hits)


def worded(parsed: Parsed, number: Number) -> str | None:
    """«60 жастан асқан», «15 апреля», «№ 5»: the word beside it says what it is."""
    if parsed.norm(number.first - 1) in ("\u2116", "#"):
        return "label"
    return _said(parsed, number, soft=False)


def _said(parsed: Parsed, number: Number, *, soft: bool) -> str | None:
    """The reason that a word behind or before gives; soft words are asked for last."""
    for hit in parsed.starting("refuse", _behind(parsed, number)):
        refusal = cast(Refusal, hit.entry.meaning)
        fits = refusal.side == "after" and refusal.soft == soft and _refuses(refusal, number)
        # «20-сы жыл соңына дейін»: twenty of them, and no year.
        fits = fits and not (number.possessive and refusal.reason in ("date", "span"))
        if not fits or _is_thing(parsed, hit):
            continue
        if refusal.reason != "counter" or _is_whole(parsed, number.first, hit.last):
            return refusal.reason
    opened = number.bound == "range" and parsed.norm(number.first - 1) in _opening(parsed)
    before = number.first - (2 if opened else 1)
    marked = parsed.norm(before) in _LABELS
    for place in (before, before - 1) if marked else (before,):
        for hit in parsed.ending("refuse", place):
            refusal = cast(Refusal, hit.entry.meaning)
            fits = refusal.reason in _MARKED if place != before else refusal.reason != "counter"
            fits = fits and refusal.side == "before" and refusal.soft == soft
            fits = fits and not (refusal.reason == "date" and _is_spelled(parsed, number))
            if fits and _refuses(refusal, number):
                return refusal.reason
    return None


def _is_spelled(parsed: Parsed, number: Number) -> bool:
    """«In February | two flights»: no day of the month is spelled out behind its name."""
    spelled = parsed.tokens[number.first].value is None
    return spelled and parsed.language.analytic and number.value < _HALF_DAY


def _is_whole(parsed: Parsed, first: int, last: int) -> bool:
    """«1 245 просмотров» as a line of its own; in a sentence they are counted."""
    return first == 0 and last + 2 >= len(parsed.tokens)


def _opening(parsed: Parsed) -> frozenset[str]:
    return parsed.language.ranges.open


def _is_thing(parsed: Parsed, refusing: Hit) -> bool:
    """«500 | жылы киім», «1500 | жастық», «30 | жас отбасы», «500 | г муки»: something counted."""
    length = len(refusing.entry.form)
    for hit in parsed.starting("noun", refusing.first):
        longer = hit.last > refusing.last or (
            hit.last == refusing.last and len(hit.entry.form) > length
        )
        if longer and cast(Concept, hit.entry.meaning).unit not in (None, "other"):
            return True
    behind = parsed.starting("noun", refusing.last + 1)
    if parsed.starting("filler", refusing.first) and refusing.reading.case is None:
        return any(cast(Concept, hit.entry.meaning).unit in PEOPLE_UNITS for hit in behind)
    measures = parsed.starting("noun", refusing.first)
    weighed = any(cast(Concept, hit.entry.meaning).id == "gram" for hit in measures)
    return weighed and any(cast(Concept, hit.entry.meaning).sort == "item" for hit in behind)


def _behind(parsed: Parsed, number: Number) -> int:
    """The word behind a number, its point, hyphen or quoted letter: «9 «А» класс»."""
    after = number.last + 1
    if parsed.norm(after) == "." and parsed.glued(after):
        after += 1
    if parsed.norm(after) in DASHES and parsed.glued(after) and parsed.glued(after + 1):
        after += 1
    quoted = parsed.norm(after) in _QUOTES and parsed.norm(after + 2) in _QUOTES
    return after + 3 if quoted and len(parsed.norm(after + 1)) == 1 else after


def _refuses(refusal: Refusal, number: Number) -> bool:
    reason, before = refusal.reason, refusal.side == "before"
    if reason == "address":
        return False
    if reason in _LIMITS or (reason == "date" and refusal.soft):
        low, high = _LIMITS.get(reason, _OLD_YEARS)
        return number.value.as_integer_ratio()[1] == 1 and low <= number.value <= high
    if reason in _MARKED and before:
        # «квартира 12», but not «обеспечить квартирами | 1,2 тысячи семей»
        return number.first == number.last or number.value < _SMALL
    if reason == "clock" and before:
        return number.value <= 24 and number.rule in ("digits", "range", "words")
    if reason == "part":
        return number.share
    if reason != "date":
        return number.value < 10_000
    if refusal.year:
        return number.value < 2200 and number.rule != "vague"
    return number.value <= 31 or _in_years(number.value)


def _in_years(value: Decimal) -> bool:
    return _YEARS[0] <= value <= _YEARS[1] and value == value.to_integral_value()


REFUSALS = (clock, phone, code, hung, half_of_time, hours, oldest, degrees, listed, ratio, worded)


# -- for want of a noun -----------------------------------------------------------------------


def softly(parsed: Parsed, quantity: Quantity) -> str | None:
    """«школа 25», but not «в школе 120 человек»: a number with nothing counted behind it."""
    number = quantity.number
    counted = any(noun.first >= number.last for noun in quantity.nouns)
    if quantity.unit is not None and counted and _agrees(parsed, quantity):
        return None
    reason = _said(parsed, number, soft=True)
    spelled = parsed.language.inversion and number.rule == "words"
    if reason == "label" and spelled and parsed.tokens[number.first].value is None:
        # «Из двадцати квартир | четырнадцать – трёхкомнатные»: labels are written in digits.
        return None
    if reason == "label" and _breaks_down(parsed, number):
        return None
    after = number.last + 1
    ended = after == len(parsed.tokens) or parsed.tokens[after].sort == "mark"
    named = reason == "phone" and quantity.item is not None
    return None if named or (reason == "age" and not ended) else reason


def _breaks_down(parsed: Parsed, number: Number) -> bool:
    """«1 100 домов: | 640 в Кульсары»: so many of them, and no house number 640."""
    mark = parsed.norm(number.first - 1)
    if not parsed.language.inversion or mark not in (":", *DASHES):
        return False
    readings = parsed.language.morphology.readings(parsed.norm(number.first - 2))
    nouns = [reading for reading in readings if reading.pos == "NOUN"]
    return bool(nouns) and all(one.plural and one.case in ("gen", "acc") for one in nouns)


def _agrees(parsed: Parsed, quantity: Quantity) -> bool:
    """«школа 5 | города»: but for the genitive plural four at most, where forms tell."""
    number, noun = quantity.number, quantity.nouns[0] if quantity.nouns else None
    if noun is None or number.rule != "digits" or noun.first < number.last:
        return True
    readings = [hit.reading for hit in parsed.ending("noun", noun.last) if hit.reading.pos]
    many = any(reading.plural and reading.case not in _DIRECT for reading in readings)
    return many or not readings or number.value % 1 != 0 or 1 <= number.value % 10 <= 4


def year(parsed: Parsed, quantity: Quantity) -> str | None:
    """«2024» with no noun beside it is a year, and so it is in «the 2022 Family Survey»."""
    number = quantity.number
    loose = quantity.unit is None or _is_titled(parsed, quantity) or _dates(parsed, quantity)
    bare = loose and quantity.bound == "exact" and _is_written_as_year(parsed, number)
    years = number.rule == "range" and number.max is not None and _in_years(number.max)
    if years and quantity.unit in (None, "other"):
        return "date" if _in_years(number.value) else None
    inflected = number.possessive or number.case is not None
    return "date" if bare and _in_years(number.value) and not inflected else None


def _dates(parsed: Parsed, quantity: Quantity) -> bool:
    """«марафоны – 2018 өтті»: a name and its year, with nothing counted behind; «отбасы саны –
    2018» counts."""
    number, dash = quantity.number, quantity.number.first - 1
    behind = any(noun.first > number.last for noun in quantity.nouns)
    named = parsed.norm(dash) in WORD_DASHES and not parsed.ending("count_noun", dash - 1)
    return named and not behind and parsed.tokens[number.first].text.isdigit()


def _is_written_as_year(parsed: Parsed, number: Number) -> bool:
    """«1988», but not «1,988»: nobody groups the digits of a year."""
    return number.rule == "digits" and "," not in parsed.tokens[number.first].text


def _is_titled(parsed: Parsed, quantity: Quantity) -> bool:
    """«2022 | Family Survey»: a name; people of some nation have capitals too."""
    last, after = quantity.nouns[-1].last if quantity.nouns else -1, quantity.number.last + 1
    if last < after or (quantity.unit == "person" and not parsed.glued(after)):
        return False
    title = parsed.tokens[last].text
    return title.istitle() and parsed.tokens[quantity.number.first].text.isdigit()


def hour(parsed: Parsed, quantity: Quantity) -> str | None:
    """«до 17.00», «кеше 18.05-те»: a point where the language has a decimal comma."""
    number = quantity.number
    text = parsed.tokens[number.first].text
    bare = quantity.unit is None and quantity.item is None and number.rule == "digits"
    pointed = parsed.language.digits.decimal != "." and _is_hour(text)
    return "clock" if bare and pointed and text[-2:] < "60" else None


def precise(parsed: Parsed, quantity: Quantity) -> str | None:
    """«51.1605, 71.4704»: nobody counts so finely; a place on the map."""
    exponent = quantity.number.value.as_tuple().exponent
    bare = quantity.unit is None and quantity.number.rule == "digits"
    return "code" if bare and isinstance(exponent, int) and exponent <= _PRECISE else None


def row(parsed: Parsed, quantity: Quantity) -> str | None:
    """«4400 4301 1234 5678», «8 800 080 77 77»: three groups of digits and no word between."""
    number, tokens = quantity.number, parsed.tokens
    first, last = number.first, number.last
    if quantity.unit is not None or number.rule != "digits" or first < last:
        return None
    while first > 0 and last - first < _GROUPS and tokens[first - 1].value is not None:
        first -= 1
    while last + 1 < len(tokens) and last - first < _GROUPS and tokens[last + 1].value is not None:
        last += 1
    return "code" if last - first >= _GROUPS else None


def article(parsed: Parsed, quantity: Quantity) -> str | None:
    """«бір реттік», «один из», «one suspects»: one that counts nothing known beside it."""
    number = quantity.number
    if number.value != 1 or number.first != number.last:
        return None
    if number.rule not in ("words", "collective"):
        return None
    near = quantity.nouns and quantity.nouns[0].first <= number.last + 2
    if not near or quantity.unit is None:
        return "one"
    noun = quantity.nouns[0]
    written = parsed.norm(noun.last)
    plural = parsed.language.plurals and written.endswith("s") and not noun.lemma.endswith(written)
    return "one" if plural else None


def address(parsed: Parsed, quantity: Quantity) -> str | None:
    """«улица Абая, 15», «15 Abai Street»: a number near a street, and no «15 домов» on it."""
    number = quantity.number
    if quantity.unit not in (None, "house") or number.value >= _SMALL:
        return None
    if number.rule not in ("digits", "range") or (quantity.unit and _are_houses(parsed, quantity)):
        return None
    for step in range(1, _STREET + 1):
        left = parsed.ending("refuse", number.first - step)
        right = parsed.starting("refuse", number.last + step)
        if quantity.unit and any(hit.reading.case and not hit.reading.pos for hit in left):
            # «көшесіндегі 15 үй» stand in the street.
            return None
        if _is_street(left, "before") or _is_street(right, "after"):
            return "address"
    return None


def _are_houses(parsed: Parsed, quantity: Quantity) -> bool:
    """«15 домов», «15 houses», but not «15 дом»: the form in which they are counted."""
    noun = quantity.nouns[0] if quantity.nouns else None
    if noun is None or noun.first < quantity.number.last:
        return False
    genitive = any(
        hit.reading.pos and hit.reading.case == "gen" for hit in parsed.ending("noun", noun.last)
    )
    plural = parsed.language.plurals and parsed.norm(noun.last) != noun.lemma.split()[-1]
    return genitive or bool(plural)


def _is_street(hits: Sequence[Hit], side: str) -> bool:
    meanings = [cast(Refusal, hit.entry.meaning) for hit in hits]
    return any(word.reason == "address" and word.side == side for word in meanings)


def age(parsed: Parsed, quantity: Quantity) -> str | None:
    """«Maribel Domínguez, 43, was …», «the boy, 12, …»: a bare number behind who is so old."""
    number = quantity.number
    bare = quantity.unit is None and quantity.bound == "exact" and number.rule == "digits"
    if not bare or not 0 < number.value < 111 or parsed.norm(number.first - 1) != ",":
        return None
    if parsed.norm(number.last + 1) == "," and _is_somebody(parsed, number.first - 2):
        return "age"
    if number.value <= 14:
        return None
    name = parsed.tokens[number.first - 2].text if number.first > 1 else ""
    named = name[:1].isupper() and name[1:2].islower()
    return "age" if named and parsed.norm(number.last + 1) in _ENDS else None


def _is_somebody(parsed: Parsed, index: int) -> bool:
    """«the boy», «мальчик»: one person, named in the singular."""
    hits = [h for h in parsed.ending("noun", index) if h.entry.form == parsed.norm(index)]
    return any(cast(Concept, hit.entry.meaning).unit == "person" for hit in hits)


def long_code(parsed: Parsed, quantity: Quantity) -> str | None:
    """«130540007891»: nobody writes so many digits in a row of what he counts."""
    number = quantity.number
    text = parsed.tokens[number.first].text
    alone = quantity.unit is None and number.case is None
    bare = alone and number.rule == "digits" and text.isdigit()
    return "phone" if bare and len(text) >= _LONG and not text.endswith("000") else None


def score(parsed: Parsed, quantity: Quantity) -> str | None:
    """«2-1»: two bare numbers that fall."""
    number = quantity.number
    if quantity.unit is not None or number.rule != "digits" or number.value > 200:
        return None
    for dash, other in ((number.last + 1, number.last + 2), (number.first - 1, number.first - 2)):
        if not 0 <= other < len(parsed.tokens) or parsed.norm(dash) not in DASHES:
            continue
        value = parsed.tokens[other].value
        if value is not None and parsed.glued(dash) and parsed.glued(dash + 1):
            return "score"
    return None


def guessed_span(parsed: Parsed, quantity: Quantity) -> str | None:
    """«лет пять назад», «часа три»: a time before its number, by inversion."""
    number = quantity.number
    if not parsed.language.inversion or quantity.item or quantity.unit not in (None, "other"):
        return None
    for hit in parsed.ending("refuse", number.first - 1):
        refusal = cast(Refusal, hit.entry.meaning)
        if refusal.side == "after" and is_guessed(hit.reading, number.value):
            return refusal.reason
    return None


LATE_REFUSALS = (
    softly,
    guessed_span,
    year,
    hour,
    precise,
    row,
    article,
    address,
    age,
    long_code,
    score,
)
