"""Numbers as written: digits, words, scales, split sums, fractions and ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.knowledge import Language
from extractor.match.lexicon import Hit
from extractor.match.numerals import (
    DASHES,
    HUNDRED,
    MILLION,
    ONE,
    SMALL_STEPS,
    THOUSAND,
    VULGAR,
    Line,
    Piece,
    Sum,
    is_guessed,
    past_dot,
    read_on,
    read_sum,
)
from extractor.match.words import NumberWord
from extractor.types import Bound, Number, Token

_BEGINNING = frozenset(
    ("digits", "cardinal", "scale", "portion", "collective", "vague", "several", "ordinal")
)
_CENT = Decimal("0.01")
_REACH = 4
_FAR = 20
_NEAR = 2
_ROUND = frozenset(map(Decimal, (10, 100)))
_MULTIPLIED = frozenset(("several", "vague", "scale", "cardinal"))


def find_numbers(
    tokens: Sequence[Token], hits: Sequence[Hit], language: Language
) -> tuple[Number, ...]:
    """«723 млн.900 мың теңгеге» → 723 900 000: the numbers of a sentence, left to right."""
    found = [hit for hit in hits if hit.entry.sort == "number"]
    if not found and all(token.value is None for token in tokens):
        return ()
    line = _line(tokens, hits, found, language)
    numbers: list[Number] = []
    free = 0
    for index in sorted(line.pieces):
        number = _number_at(line, index) if index >= free and _begins(line, index) else None
        if number is not None:
            numbers.append(number)
            free = number.last + 1
    return tuple(numbers)


def _begins(line: Line, index: int) -> bool:
    """May a number begin here? «and», «of», «с лишним» only go on; «a» needs a word behind it."""
    for piece in line.pieces[index]:
        if piece.role in _BEGINNING or (piece.role == "article" and index + 1 in line.pieces):
            return True
    return False


def _line(
    tokens: Sequence[Token], hits: Sequence[Hit], found: Sequence[Hit], language: Language
) -> Line:
    """The number words found in a sentence, without those that only look like it."""
    alike = [hit for hit in hits if hit.entry.sort == "homograph"]
    nouns = [hit for hit in hits if hit.entry.sort == "noun"]
    words: dict[int, tuple[Hit, ...]] = {}
    if found:
        taken = _lookalikes(tokens, alike, found) | _named(tokens, nouns, found)
        for hit in found:
            if hit.first not in taken and _agrees(hit, tokens, nouns, language):
                words[hit.first] = (*words.get(hit.first, ()), hit)
    return Line(tokens, words, language, frozenset(hit.first for hit in nouns))


def _lookalikes(tokens: Sequence[Token], alike: Sequence[Hit], found: Sequence[Hit]) -> set[int]:
    """«оның үйі», but «жетпіс бірден»: alone or behind a number a word is what it looks like."""
    taken: set[int] = set()
    ends = {-1} if len(tokens) == 1 else {hit.last for hit in found if _is_plain(hit, tokens)}
    for hit in alike:
        before = hit.first - 1
        if hit.first < hit.last or before in taken or before not in ends:
            taken.update(range(hit.first, hit.last + 1))
    return taken


def _is_plain(hit: Hit, tokens: Sequence[Token]) -> bool:
    """«жетпіс», «мың» in no case: another word of the number may follow."""
    word = hit.entry.meaning
    plain = tokens[hit.last].norm == hit.entry.form
    return plain and isinstance(word, NumberWord) and word.value >= 10


def _named(tokens: Sequence[Token], nouns: Sequence[Hit], found: Sequence[Hit]) -> set[int]:
    """«450 | екі пәтерлі үй», «two | first-aid kits», «2,5 мың | бірлік»: of the noun counted."""
    ends = {hit.last: hit.entry.form for hit in found}
    return {
        index
        for hit in nouns
        if hit.first > 0
        if hit.first < hit.last or _is_longer(hit, tokens[hit.last].norm, ends)
        if tokens[hit.first - 1].value is not None or hit.first - 1 in ends
        for index in range(hit.first, hit.last + 1)
    }


def _is_longer(noun: Hit, norm: str, numbers: Mapping[int, str]) -> bool:
    """«бірлік» is a noun of its own and no «бір» with an ending."""
    return noun.entry.form == norm and len(norm) > len(numbers.get(noun.last, norm))


def _agrees(hit: Hit, tokens: Sequence[Token], nouns: Sequence[Hit], language: Language) -> bool:
    """«семью тысячами», but «поддержали семью»: a doubtful form needs its case beside it."""
    word = tokens[hit.first].norm
    if word not in language.doubtful:
        return True
    after = hit.last + 1
    if hit.first == 0 and (after == len(tokens) or any(noun.first == after for noun in nouns)):
        return True
    case = language.doubtful[word]
    beside = [tokens[i].norm for i in (hit.first - 1, hit.last + 1) if 0 <= i < len(tokens)]
    return any(
        reading.case == case for norm in beside for reading in language.morphology.readings(norm)
    )


def _number_at(line: Line, index: int) -> Number | None:
    """The first rule that reads a number here; ranges before their parts."""
    for rule in DIGIT_RULES if line.pieces[index][0].role == "digits" else RULES:
        number = rule(line, index)
        if number is not None:
            return _with_aside(line, number)
    return None


def _with_aside(line: Line, number: Number) -> Number:
    """«500 (пятьсот) тенге», «120 (+79) человек»: said again in words, or how much it grew."""
    opens = number.last + 1
    if line.norm(opens) != "(" or number.max is not None:
        return number
    grown = line.norm(opens + 1) == "+"
    again = plain(line, opens + 1 + grown) if line.piece(opens + 1 + grown) else None
    if again is None or line.norm(again.last + 1) != ")":
        return number
    counted = again.last + 2 in line.nouns
    if not (counted if grown else again.value == number.value):
        return number
    last = again.last + 1
    return replace(number, last=last, span=line.span(number.first, last))


# -- single numbers ---------------------------------------------------------------------


def plain(line: Line, index: int) -> Number | None:
    """«28073», «елу мың»: a number by itself, with what hangs on its digits."""
    state = read_sum(line, index)
    if state is None:
        return None
    ordinal = line.piece(_past_hyphen(line, state.last + 1), "ordinal")
    if ordinal is not None and line.tokens[index].value is None:
        return _number(line, index, ordinal.last, state.value, "ordinal")
    digits = line.tokens[state.last].value is not None
    rule = "digits" if digits and not state.scales else "words"
    bound: Bound = state.bound or ("approx" if state.case == "equ" else "exact")
    value = _undo_group(line, index, state)
    number = _number(line, index, state.last, value, rule, of=state, bound=bound)
    return _with_tail(line, number)


def _number(
    line: Line,
    first: int,
    last: int,
    value: Decimal,
    rule: str,
    *,
    of: Sum | Piece | None = None,
    bound: Bound = "exact",
) -> Number:
    """A number over tokens first..last, with the case and possessive of its last word."""
    reading = of.reading if of is not None else None
    return Number(
        span=line.span(first, last),
        value=value,
        first=first,
        last=last,
        rule=rule,
        bound=bound,
        case=reading.case if reading else None,
        possessive=bool(reading and reading.possessive),
    )


def _past_hyphen(line: Line, index: int) -> int:
    """The token behind a glued hyphen, or the token itself."""
    joins = line.norm(index) in DASHES and line.glued(index) and line.glued(index + 1)
    return index + 1 if joins else index


def _undo_group(line: Line, index: int, state: Sum) -> Decimal:
    """«1.250 млн»: before a scale three digits after a point are decimals."""
    token, group = line.tokens[index], line.language.digits.group
    grouped = token.sort == "number" and token.text.count(group) == 1 and state.scales == 1
    triple = grouped and len(token.text.rpartition(group)[2]) == 3
    if not triple or state.scale < MILLION or group == ",":
        return state.value
    return state.value / THOUSAND


def _with_tail(line: Line, number: Number) -> Number:
    """«2800-ден», «43-і», «600-дей»; «79-й» is an ordinal and no number."""
    dash = number.last + 1
    word = _past_hyphen(line, dash)
    if not (line.glued(dash) and line.glued(word)):
        return number
    tail = line.language.tails.get(line.norm(word))
    if tail is None:
        return number
    refuse = "date" if tail.decade and _is_decade(number) else tail.refuse
    if refuse is not None:
        return replace(number, rule=refuse, last=word, span=line.span(number.first, word))
    bound: Bound = tail.bound or number.bound
    return replace(
        number,
        last=word,
        span=line.span(number.first, word),
        case=tail.case,
        possessive=tail.possessive,
        bound=bound,
    )


def _is_decade(number: Number) -> bool:
    """«90-х», «1990-х»: ten years, and no «2-х»."""
    value = number.value
    return value % 10 == 0 and (10 < value < HUNDRED or 1000 < value < 2100)


def ordinal(line: Line, index: int) -> Number | None:
    """«бірінші», «twenty-fifth»: a place in a row, no quantity."""
    piece = line.piece(index, "ordinal")
    return _number(line, index, piece.last, piece.value, "ordinal") if piece else None


def inverted_scale(line: Line, index: int) -> Number | None:
    """«тысяч пять», «тысяч пять-шесть»: the scale before its count is a guess."""
    scale = line.piece(index, "scale") if line.language.inversion else None
    if scale is None:
        return None
    after = scale.last + 1
    if line.piece(after, "cardinal", "digits") is None:
        return None
    count = dashed_range(line, after) or plain(line, after)
    if count is None or count.value >= THOUSAND or count.rule == "ordinal":
        return None
    if not any(is_guessed(hit.reading, count.value) for hit in line.words.get(index, ())):
        return None
    number = _number(line, index, count.last, count.value * scale.value, "words")
    if count.max is None:
        return replace(number, bound="approx")
    return replace(number, max=count.max * scale.value, rule="range", bound="range")


# -- shares, vague magnitudes, collectives ------------------------------------------------


def portion(line: Line, index: int) -> Number | None:
    """«жарты миллион», «three quarters of a million», «жартысы» alone is 50 percent."""
    piece = line.piece(index, "portion")
    if piece is None:
        return None
    return _portion_of_scale(line, index, piece) or _share(line, index, piece.last, piece)


def _portion_of_scale(line: Line, index: int, piece: Piece) -> Number | None:
    after = piece.last + 1
    while line.piece(after, "partitive", "article") or _past_hyphen(line, after) != after:
        after += 1
    scale = line.piece(after, "scale")
    if scale is None or scale.value < 10:
        return None
    last = past_dot(line, scale.last)
    return _number(line, index, last, _rounded(piece.value * scale.value), "portion", of=scale)


def _share(line: Line, first: int, last: int, piece: Piece) -> Number:
    """A part of a whole, as percent of it."""
    value = _rounded(piece.value * HUNDRED)
    return replace(_number(line, first, last, value, "share", of=piece), share=True)


def _rounded(value: Decimal) -> Decimal:
    """«33.33»: two places are enough, and whole numbers have none."""
    return value.to_integral_value() if value % 1 == 0 else value.quantize(_CENT)


def slashed(line: Line, index: int) -> Number | None:
    """«1/3 жителей» is a share; «24/7», «12/20», «4.5/5» are labels."""
    marks = line.norm(index + 1) == "/" and line.glued(index + 1) and line.glued(index + 2)
    top, below = line.piece(index, "digits"), line.piece(index + 2, "digits")
    if not marks or top is None or below is None:
        return None
    whole = top.value % 1 == 0 and 0 < top.value < below.value <= 10
    if not whole or line.norm(index + 3) == "/":
        return _number(line, index, index + 2, top.value, "label")
    return _share(line, index, index + 2, replace(top, value=top.value / below.value))


def vulgar(line: Line, index: int) -> Number | None:
    """«¾ домов» is a share like «три четверти домов»; «½ млн» is half a million."""
    part = line.piece(index, "digits")
    if part is None or line.tokens[index].text not in VULGAR or line.piece(index + 1, "scale"):
        return None
    return _share(line, index, index, part)


def fraction(line: Line, index: int) -> Number | None:
    """«үштен бірі» → 33.33 percent; «две трети»; «екі бүтін оннан бес» → 2.5."""
    top = read_sum(line, index)
    if top is None:
        return None
    whole = line.piece(top.last + 1, "whole")
    if whole is not None:
        after = whole.last + (2 if line.piece(whole.last + 1, "conjunction") else 1)
        part = _ratio(line, after, read_sum(line, after)) or _decimals(line, after)
        return _mixed(line, index, top.value, part) if part else None
    if line.tokens[index].value is not None:
        return None
    part = _ratio(line, index, top)
    if part is None:
        return None
    return _portion_of_scale(line, index, part) or _share(line, index, part.last, part)


def _ratio(line: Line, index: int, top: Sum | None) -> Piece | None:
    """A fraction that starts here: «две трети», «оннан бес»."""
    if top is None or not top.value:
        return None
    below = line.piece(_past_hyphen(line, top.last + 1), "denominator")
    if below is not None:
        value = top.value / below.value
        return Piece("share", value, below.last) if value < 1 else None
    ablative = line.language.fraction_case
    if ablative is None or top.case != ablative or line.tokens[index].value is not None:
        return None
    over = read_sum(line, top.last + 1, SMALL_STEPS)
    if over is None or not 0 < over.value < top.value:
        return None
    return Piece("share", over.value / top.value, over.last, over.reading)


def _decimals(line: Line, index: int) -> Piece | None:
    """«two point | two five», «екі бүтін | жиырма бес»: digits behind the point, said as words."""
    digits, last = "", index - 1
    while (words := read_sum(line, last + 1, SMALL_STEPS)) is not None:
        digits, last = f"{digits}{words.value}", words.last
    return Piece("share", Decimal(f"0.{digits}"), last) if digits else None


def _mixed(line: Line, index: int, whole: Decimal, part: Piece) -> Number:
    value, last = whole + part.value, part.last
    scale = line.piece(last + 1, "scale")
    if scale is not None and scale.value >= THOUSAND:
        value, last = value * scale.value, past_dot(line, scale.last)
    return _number(line, index, last, value.normalize(), "mixed", of=scale or part)


def vague(line: Line, index: int) -> Number | None:
    """«ондаған мың», «сотни», «жүз мыңдаған», «бірнеше жүз мың»: an order of magnitude."""
    piece = line.piece(index, "vague") or line.piece(index, "several") or _tenfold(line, index)
    if piece is None or (line.piece(index, "scale") and not _is_loose(line, index, piece)):
        return None
    value, first = max(piece.value, ONE), piece
    while (factor := _factor(line, piece)) is not None:
        value *= Decimal(10) ** factor.value.adjusted()
        piece = replace(factor, last=past_dot(line, factor.last))
    if piece is first and piece.role != "vague":
        return None
    last = _repeated(line, index, piece.last)
    return replace(_number(line, index, last, value, "vague", of=piece), bound="vague")


def _tenfold(line: Line, index: int) -> Piece | None:
    """«он | мыңдаған», «жүз | миллиондаған»: a round number of what is vague."""
    piece = line.piece(index, "scale", "cardinal")
    if piece is None or piece.value not in _ROUND or line.piece(piece.last + 1, "vague") is None:
        return None
    return None if line.piece(piece.last + 1, "scale") else piece


def _is_loose(line: Line, index: int, piece: Piece) -> bool:
    return piece.role in ("scale", "cardinal") or _is_plain_plural(line, index)


def _factor(line: Line, piece: Piece) -> Piece | None:
    """«бірнеше | жүз | мың»: what goes on to multiply; a vague word hundreds at most."""
    after = piece.last + 1
    scale = line.piece(after, "scale")
    if scale is not None and (scale.value >= THOUSAND or piece.role == "several"):
        return scale
    word = line.piece(after, "vague")
    if word is not None and (word.value < THOUSAND or scale is None):
        return word if piece.role in _MULTIPLIED else None
    ten = line.piece(after, "cardinal") if piece.role == "several" else None
    return ten if ten is not None and ten.value in _ROUND and line.piece(ten.last + 1) else None


def _repeated(line: Line, first: int, last: int) -> int:
    """«тысячи и тысячи», «millions upon millions»: the same again."""
    again = last + 2
    if line.piece(last + 1, "conjunction") is None and line.norm(last + 1) not in DASHES:
        return last
    return again if line.norm(again) == line.norm(first) else last


def _is_plain_plural(line: Line, index: int) -> bool:
    """«тысячи семей» names no number, «тысячу семей» and «более тысячи» do."""
    readings = [hit.reading for hit in line.words.get(index, ())]
    return any(r.plural and r.case in (None, "nom", "acc") for r in readings) or all(
        r.plural for r in readings if r.pos is not None
    )


def repeated(line: Line, index: int) -> Number | None:
    """«мың-мың адам»: a doubled scale is vague."""
    scale = line.piece(index, "scale")
    if scale is None or line.norm(scale.last + 1) not in DASHES:
        return None
    again = line.piece(scale.last + 2, "scale")
    if again is None or again.value != scale.value or line.norm(index) != line.norm(again.last):
        return None
    return replace(_number(line, index, again.last, scale.value, "vague", of=again), bound="vague")


def collective(line: Line, index: int) -> Number | None:
    """«бесеуі», «трое», «a couple of»: so many of them; «пару тысяч» is two thousand."""
    tens = _collective_tens(line, index)
    if tens is not None:
        return tens
    piece = None if _is_counted(line, index) else line.piece(index, "collective")
    if piece is None:
        return None
    if line.piece(piece.last + 1, "scale") is not None:
        pair = read_on(line, Sum(current=piece.value, last=piece.last, words=True))
        return _number(line, index, pair.last, pair.value, "words", of=pair)
    return _number(line, index, piece.last, piece.value, "collective", of=piece)


def _collective_tens(line: Line, index: int) -> Number | None:
    """«жиырма төртеуі», «тридцать трое»: the tens go before; «двадцать пар» are no two."""
    tens = line.piece(index, "cardinal")
    if tens is None or tens.value not in _TENS:
        return None
    ones = line.piece(tens.last + 1, "collective")
    fewest = ONE if line.language.suffixed else _FEWEST
    if ones is None or not fewest <= ones.value < _TENS[0]:
        return None
    return _number(line, index, ones.last, tens.value + ones.value, "collective", of=ones)


_TENS = tuple(map(Decimal, range(10, 100, 10)))
# Of two there are pairs, where the word for them is one for a pair too.
_FEWEST = Decimal(3)


def _is_counted(line: Line, index: int) -> bool:
    """«120 | пар перчаток»: a number stands before it already."""
    before = index - 1
    if before >= 0 and line.tokens[before].value is not None:
        return True
    places = range(max(0, index - 3), index)
    ends = (hit.last for place in places for hit in line.words.get(place, ()))
    return before in ends


# -- ranges ---------------------------------------------------------------------------------


def dashed_range(line: Line, index: int) -> Number | None:
    """«10–15 тысяч» → 10000..15000; «2018-2019» are years, «54-74-09» is a phone."""
    low = read_sum(line, index)
    if low is None:
        return None
    first, last = _dash(line, low.last + 1)
    if first > last or (line.norm(index - 1) in DASHES and line.glued(index)):
        return None
    spaced = not line.glued(first) and not line.glued(last + 1)
    if line.glued(first) != line.glued(last + 1) and low.words:
        return None
    number = _join_range(line, index, low, last + 1)
    if number is None or number.max is None:
        return number
    far = spaced and number.value * _FAR < number.max
    return None if far else number


def _dash(line: Line, index: int) -> tuple[int, int]:
    """The tokens of «–», «…», «...» between the ends of a range; empty if none."""
    if line.norm(index) in line.language.ranges.marks:
        return index, index
    last = index
    while line.norm(last) == "." and last < index + 3:
        last += 1
    return (index, last - 1) if last - index >= 2 else (index, index - 1)


def worded_range(line: Line, index: int) -> Number | None:
    """«от 10 до 15 тысяч», «between 10 and 15», «10 мен 15 аралығында»."""
    low = read_sum(line, index)
    if low is None:
        return None
    before, middle = line.norm(index - 1), line.norm(low.last + 1)
    for frame in line.language.ranges.frames:
        if middle not in frame.middle or (frame.open and before not in frame.open):
            continue
        number = _join_range(line, index, low, low.last + 2)
        if number is not None and not frame.open and _is_leap(number, near=frame.near):
            continue
        if number is not None and (not frame.close or _closes(line, number.last, frame.close)):
            return number
    return None


def _is_leap(number: Number, *, near: bool) -> bool:
    """«in 2019 to 147 trillion», «5 или 100»: too far apart for a range that nothing opens."""
    apart = _NEAR if near else THOUSAND
    return number.max is not None and number.value * apart < number.max


def _closes(line: Line, last: int, words: frozenset[str]) -> bool:
    """«10 мен 15 мың теңге аралығында»: the word that closes a range, near its upper end."""
    return any(line.norm(last + step) in words for step in range(1, _REACH + 1))


def case_range(line: Line, index: int) -> Number | None:
    """«5-тен 10 мыңға дейін»: the low end in one case, the high end in another."""
    grammar = line.language.ranges
    if grammar.from_case is None:
        return None
    low = plain(line, index)
    if low is None or low.case != grammar.from_case or not line.piece(low.last + 1):
        return None
    high = plain(line, low.last + 1)
    if high is None or not _closes(line, high.last, grammar.close):
        return None
    return _join_range(line, index, Sum(current=low.value, last=low.last), low.last + 1)


def _join_range(line: Line, index: int, low: Sum, start: int) -> Number | None:
    top = plain(line, start) if line.piece(start, "digits", "cardinal", "scale") else None
    if top is None or top.rule not in ("digits", "words"):
        return None
    after = top.last + 1
    chained = line.norm(after) in DASHES and line.glued(after) and line.glued(after + 1)
    if chained and line.piece(after + 1, "digits"):
        return None
    value = low.value if low.scales else _lifted(line, low.value, start, top)
    if value >= top.value:
        return None
    return replace(
        top,
        span=line.span(index, top.last),
        value=value,
        max=top.value,
        first=index,
        rule="range",
        bound="range",
    )


def _lifted(line: Line, low: Decimal, start: int, top: Number) -> Decimal:
    """«две-три сотни тысяч»: the scales that close the upper end hold for the lower one too."""
    scale = best = ONE
    for index in range(top.last, start, -1):
        piece = line.piece(index, "scale")
        if piece is not None:
            scale *= piece.value
            best = scale if low < top.value / scale else best
    return low * best


RULES = (
    dashed_range,
    worded_range,
    case_range,
    repeated,
    inverted_scale,
    vague,
    slashed,
    vulgar,
    portion,
    fraction,
    collective,
    ordinal,
    plain,
)
# Digits are no word of these rules.
_WORD_RULES = (repeated, inverted_scale, vague, portion, collective, ordinal)
DIGIT_RULES = tuple(rule for rule in RULES if rule not in _WORD_RULES)
