"""Numbers as written: digits, words, scales, split sums, fractions and ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.knowledge import Language
from extractor.match.lexicon import Hit
from extractor.match.morphology import Reading
from extractor.match.words import NumberWord
from extractor.types import Bound, Number, Span, Token

_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)
_HALF = Decimal("0.5")
_ENDLESS = Decimal("1e30")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014")


@dataclass(frozen=True, slots=True)
class _Piece:
    """One atom of a number: a digit token or a number word."""

    role: str
    value: Decimal
    last: int
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class _Line:
    """The tokens of a sentence with the number words found in them."""

    tokens: Sequence[Token]
    words: Mapping[int, tuple[Hit, ...]]
    language: Language

    def piece(self, index: int, *roles: str) -> _Piece | None:
        """The longest atom at a token, of the roles asked for; any role if none is."""
        if index >= len(self.tokens):
            return None
        token = self.tokens[index]
        if token.value is not None:
            if not roles or "digits" in roles:
                return _Piece("digits", token.value, index, None)
            return None
        for hit in self.words.get(index, ()):
            word = hit.entry.meaning
            if isinstance(word, NumberWord) and (not roles or word.role in roles):
                return _Piece(word.role, word.value, hit.last, hit.reading)
        return None

    def glued(self, index: int) -> bool:
        """Does this token touch the one before it?"""
        if index <= 0 or index >= len(self.tokens):
            return False
        return self.tokens[index - 1].span.stop == self.tokens[index].span.start

    def norm(self, index: int) -> str:
        return self.tokens[index].norm if 0 <= index < len(self.tokens) else ""


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number being read: what is added up, what waits for a scale, where it ends."""

    total: Decimal = Decimal(0)
    current: Decimal | None = None
    scale: Decimal = _ENDLESS
    scales: int = 0
    last: int = -1
    words: bool = False
    reading: Reading | None = None
    digits_last: bool = False

    @property
    def value(self) -> Decimal:
        return self.total + (self.current or 0)


def find_numbers(
    tokens: Sequence[Token], hits: Sequence[Hit], language: Language
) -> tuple[Number, ...]:
    """«723 млн.900 мың теңгеге» → 723 900 000: the numbers of a sentence, left to right."""
    words: dict[int, tuple[Hit, ...]] = {}
    taken = {
        index for h in hits if h.entry.sort == "homograph" for index in range(h.first, h.last + 1)
    }
    for hit in hits:
        if hit.entry.sort == "number" and hit.first not in taken:
            words[hit.first] = (*words.get(hit.first, ()), hit)
    line = _Line(tokens, words, language)
    numbers: list[Number] = []
    index = 0
    while index < len(tokens):
        number = None
        if index in words or tokens[index].value is not None:
            number = _number_at(line, index)
        if number is None:
            index += 1
            continue
        numbers.append(number)
        index = number.last + 1
    return tuple(numbers)


def _number_at(line: _Line, index: int) -> Number | None:
    """The first rule that reads a number here; ranges before their parts."""
    for rule in RULES:
        number = rule(line, index)
        if number is not None:
            return number
    return None


# -- single numbers ---------------------------------------------------------------------


def _add(line: _Line, index: int, state: _Sum) -> _Sum | None:
    """One more atom at a token, if it can go on with what stands before it."""
    piece = line.piece(index, "digits", "cardinal", "scale")
    if piece is None or _closed(line, state):
        return None
    if piece.role == "digits":
        return _add_digits(line, index, state, piece)
    if piece.role == "cardinal":
        return _add_word(state, piece)
    return _add_scale(line, state, piece)


def _closed(line: _Line, state: _Sum) -> bool:
    """«оннан | бес»: a denominator in its case takes no more words."""
    case = state.reading.case if state.reading else None
    return case is not None and case == line.language.fraction_case


def _add_digits(line: _Line, index: int, state: _Sum, piece: _Piece) -> _Sum | None:
    if state.current is not None:
        return None
    if state.scales and not _continues(line, piece, state):
        return None
    return replace(
        state, current=piece.value, last=index, words=False, reading=None, digits_last=True
    )


def _continues(line: _Line, piece: _Piece, state: _Sum) -> bool:
    """«723 млн | 900 мың», «849 мың | 836 доллар», but not «5 мың | 2020 жылы»."""
    after = line.piece(piece.last + 1, "scale")
    if after is not None and after.value < state.scale:
        return piece.value < _THOUSAND
    rest = piece.value < min(state.scale, _THOUSAND) and state.scale == _THOUSAND
    return rest and (piece.value >= _HUNDRED or state.scales > 1)


def _add_word(state: _Sum, piece: _Piece) -> _Sum | None:
    current = state.current
    if current is None:
        joined = piece.value
    elif state.words and _below(current, piece.value):
        joined = current + piece.value
    else:
        return None
    return replace(
        state,
        current=joined,
        last=piece.last,
        words=True,
        reading=piece.reading,
        digits_last=False,
    )


def _below(current: Decimal, value: Decimal) -> bool:
    """«жүз | елу | бес»: each word fits into the zeros of what stands before it."""
    if current % _HUNDRED == 0 and current >= _HUNDRED:
        return value < _HUNDRED
    tens = 10 <= current % _HUNDRED <= 90 and current % 10 == 0
    return tens and 0 < value < 10


def _add_scale(line: _Line, state: _Sum, piece: _Piece) -> _Sum | None:
    if piece.value == _HUNDRED:
        if state.current is None:
            hundreds = _HUNDRED
        elif state.words and state.current < _HUNDRED:
            hundreds = state.current * _HUNDRED
        else:
            return None
        return replace(
            state, current=hundreds, last=piece.last, words=True, reading=piece.reading,
            digits_last=False,
        )
    if piece.value >= state.scale:
        return None
    count = state.current if state.current is not None else _ONE
    return _Sum(
        total=state.total + count * piece.value,
        scale=piece.value,
        scales=state.scales + 1,
        last=_past_dot(line, piece.last),
        words=True,
        reading=piece.reading,
    )


def _past_dot(line: _Line, last: int) -> int:
    """«млн.теңге», «тыс. человек»: the point belongs to the abbreviation."""
    dotted = line.norm(last + 1) == "." and line.glued(last + 1)
    short = line.norm(last) in line.language.abbreviations
    return last + 1 if dotted and short and last + 2 < len(line.tokens) else last


def _add_half(line: _Line, index: int, state: _Sum) -> _Sum | None:
    piece = line.piece(index, "half")
    if piece is None:
        return None
    if state.current is not None:
        added = replace(state, current=state.current + _HALF)
    elif state.scales:
        added = replace(state, total=state.total + state.scale * _HALF)
    else:
        return None
    return replace(added, last=piece.last, reading=piece.reading)


def _read_sum(line: _Line, index: int) -> _Sum | None:
    """«бір жарым миллион», «two hundred and fifty», «7 миллионов 700 тысяч»."""
    state = _Sum()
    if line.piece(index, "article") is not None:
        after = line.piece(index + 1, "scale")
        if after is None:
            return None
        state, index = _Sum(current=_ONE, words=True), index + 1
    while True:
        step = _add(line, index, state) or _add_half(line, index, state)
        if step is None:
            step = _across(line, index, state)
        if step is None:
            return state if state.last >= 0 else None
        state, index = step, step.last + 1


def _across(line: _Line, index: int, state: _Sum) -> _Sum | None:
    """«hundred and | fifty», «twenty-| five»: joiners that a number goes across."""
    if state.last < 0 or not state.words:
        return None
    if line.piece(index, "conjunction") is not None:
        big = state.scales > 0 or (state.current or 0) >= _HUNDRED
        after = line.piece(index + 1, "cardinal")
        if not big or after is None:
            return None
        if state.current is None and after.value >= _HUNDRED:
            return None
        return _add_word(state, after)
    if line.norm(index) in _DASHES and line.glued(index) and line.glued(index + 1):
        after = line.piece(index + 1, "cardinal", "scale")
        if after is not None and state.current is not None:
            return _add(line, index + 1, state)
    return None


def plain(line: _Line, index: int) -> Number | None:
    """«28073», «елу мың»: a number by itself, with what hangs on its digits."""
    state = _read_sum(line, index)
    if state is None:
        return None
    number = Number(
        span=Span(line.tokens[index].span.start, line.tokens[state.last].span.stop),
        value=_undo_group(line, index, state),
        first=index,
        last=state.last,
        rule="digits" if state.digits_last and not state.scales else "words",
        case=state.reading.case if state.reading else None,
        possessive=bool(state.reading and state.reading.possessive),
    )
    if state.reading is not None and state.reading.case == "equ":
        number = replace(number, bound="approx")
    return _with_tail(line, number)


def _undo_group(line: _Line, index: int, state: _Sum) -> Decimal:
    """«1.250 млн»: before a scale three digits after a point are decimals."""
    token = line.tokens[index]
    group = line.language.digits.group
    grouped = token.sort == "number" and group in token.text and state.scales == 1
    if not grouped or token.text.count(group) != 1 or state.value < 10**9 or group == ",":
        return state.value
    return state.value / _THOUSAND


def _with_tail(line: _Line, number: Number) -> Number | None:
    """«2800-ден», «43-і», «600-дей»; «79-й» is an ordinal and no number."""
    dash, word = number.last + 1, number.last + 2
    if line.norm(dash) not in _DASHES:
        word = dash
    if not (line.glued(dash) and line.glued(word)):
        return number
    tail = line.language.tails.get(line.norm(word))
    if tail is None:
        return number
    if tail.refuse is not None:
        return replace(number, rule=tail.refuse, last=word, span=_to(line, number, word))
    bound: Bound = tail.bound or number.bound
    return replace(
        number,
        last=word,
        span=_to(line, number, word),
        case=tail.case,
        possessive=tail.possessive,
        bound=bound,
    )


def _to(line: _Line, number: Number, last: int) -> Span:
    return Span(number.span.start, line.tokens[last].span.stop)


# -- shares, vague magnitudes, collectives ------------------------------------------------


def portion(line: _Line, index: int) -> Number | None:
    """«жарты миллион» is 500 000, «жартысы» alone is 50 percent."""
    piece = line.piece(index, "portion")
    if piece is None:
        return None
    span = Span(line.tokens[index].span.start, line.tokens[piece.last].span.stop)
    scale = line.piece(piece.last + 1, "scale")
    if scale is None and line.piece(piece.last + 1, "article") is not None:
        scale = line.piece(piece.last + 2, "scale")
    if scale is not None and scale.value >= _HUNDRED:
        last = _past_dot(line, scale.last)
        return Number(
            span=Span(span.start, line.tokens[last].span.stop),
            value=piece.value * scale.value,
            first=index,
            last=last,
            rule="portion",
            case=scale.reading.case if scale.reading else None,
        )
    reading = piece.reading
    return Number(
        span=span,
        value=piece.value * _HUNDRED,
        first=index,
        last=piece.last,
        rule="share",
        share=True,
        case=reading.case if reading else None,
        possessive=bool(reading and reading.possessive),
    )


def fraction(line: _Line, index: int) -> Number | None:
    """«үштен бірі» → 33 percent; «две трети»; «екі бүтін оннан бес» → 2.5."""
    first = line.piece(index, "cardinal", "digits", "scale")
    if first is None:
        return None
    whole = line.piece(first.last + 1, "whole")
    if whole is not None:
        part = _ratio(line, whole.last + 1)
        return part and _mixed(line, index, first.value, part)
    part = _ratio(line, index)
    if part is None or line.tokens[index].value is not None:
        return None
    value, last = part
    return Number(
        span=Span(line.tokens[index].span.start, line.tokens[last].span.stop),
        value=round(value * _HUNDRED, 2).normalize(),
        first=index,
        last=last,
        rule="share",
        share=True,
    )


def _ratio(line: _Line, index: int) -> tuple[Decimal, int] | None:
    """The value and last token of a fraction that starts here."""
    top = _read_sum(line, index)
    if top is None or not top.value:
        return None
    below = line.piece(top.last + 1, "denominator")
    if below is not None:
        return top.value / below.value, below.last
    ablative = line.language.fraction_case
    case = top.reading.case if top.reading else None
    if ablative is None or case != ablative or line.tokens[index].value is not None:
        return None
    over = line.piece(top.last + 1, "cardinal")
    if over is None or not 0 < over.value < top.value:
        return None
    return over.value / top.value, over.last


def _mixed(line: _Line, index: int, whole: Decimal, part: tuple[Decimal, int]) -> Number:
    value, last = whole + part[0], part[1]
    scale = line.piece(last + 1, "scale")
    if scale is not None and scale.value >= _THOUSAND:
        value, last = value * scale.value, _past_dot(line, scale.last)
    span = Span(line.tokens[index].span.start, line.tokens[last].span.stop)
    return Number(span=span, value=value, first=index, last=last, rule="mixed")


def vague(line: _Line, index: int) -> Number | None:
    """«ондаған мың», «сотни», «бірнеше миллион»: an order of magnitude, no number."""
    piece = line.piece(index, "vague") or line.piece(index, "several")
    if piece is None:
        return None
    bare_scale = line.piece(index, "scale")
    if bare_scale is not None and not (piece.reading and _is_plain_plural(line, index)):
        return None
    value, last, reading = piece.value, piece.last, piece.reading
    scale = line.piece(last + 1, "scale")
    if scale is not None:
        value, last, reading = max(value, _ONE) * scale.value, scale.last, scale.reading
    elif piece.role == "several":
        return None
    return Number(
        span=Span(line.tokens[index].span.start, line.tokens[last].span.stop),
        value=value,
        first=index,
        last=last,
        rule="vague",
        bound="vague",
        case=reading.case if reading else None,
    )


def _is_plain_plural(line: _Line, index: int) -> bool:
    """«тысячи семей» names no number, «тысячу семей» and «более тысячи» do."""
    readings = [hit.reading for hit in line.words.get(index, ())]
    return any(r.plural and r.case in (None, "nom", "acc") for r in readings) or all(
        r.plural for r in readings if r.pos is not None
    )


def collective(line: _Line, index: int) -> Number | None:
    """«бесеуі», «трое», «a couple of»: so many of them."""
    piece = line.piece(index, "collective")
    if piece is None:
        return None
    return Number(
        span=Span(line.tokens[index].span.start, line.tokens[piece.last].span.stop),
        value=piece.value,
        first=index,
        last=piece.last,
        rule="collective",
        case=piece.reading.case if piece.reading else None,
        possessive=bool(piece.reading and piece.reading.possessive),
    )


# -- ranges ---------------------------------------------------------------------------------


def dashed_range(line: _Line, index: int) -> Number | None:
    """«10–15 тысяч» → 10000..15000; «2018-2019» are years, «54-74-09» is a phone."""
    low = _read_sum(line, index)
    if low is None or line.norm(low.last + 1) not in line.language.ranges.marks:
        return None
    dash = low.last + 1
    if line.glued(dash) != line.glued(dash + 1):
        return None
    if line.norm(index - 1) in _DASHES and line.glued(index):
        return None
    return _join_range(line, index, low, dash + 1, "range")


def worded_range(line: _Line, index: int) -> Number | None:
    """«от 10 до 15 тысяч», «between 10 and 15», «10 to 15»."""
    grammar = line.language.ranges
    low = _read_sum(line, index)
    if low is None or line.norm(low.last + 1) not in grammar.middle:
        return None
    opened = line.norm(index - 1) in grammar.open
    if not opened and (line.norm(low.last + 1) != "to" or line.norm(index - 1) == "from"):
        return None
    return _join_range(line, index, low, low.last + 2, "range")


def case_range(line: _Line, index: int) -> Number | None:
    """«5-тен 10 мыңға дейін»: the low end in one case, the high end in another."""
    grammar = line.language.ranges
    if grammar.from_case is None:
        return None
    low = plain(line, index)
    if low is None or low.case != grammar.from_case:
        return None
    high = plain(line, low.last + 1) if low.last + 1 < len(line.tokens) else None
    if high is None:
        return None
    closing = {line.norm(high.last + step) for step in (1, 2, 3)}
    if not closing & grammar.close:
        return None
    state = _Sum(current=low.value, last=low.last)
    return _join_range(line, index, state, low.last + 1, "range", high=high)


def _join_range(
    line: _Line, index: int, low: _Sum, start: int, rule: str, *, high: Number | None = None
) -> Number | None:
    top = high or (plain(line, start) if line.piece(start) else None)
    if top is None or top.rule == "ordinal":
        return None
    after = top.last + 1
    chained = line.norm(after) in _DASHES and line.glued(after) and line.piece(after + 1)
    if chained and line.glued(after + 1):
        return None
    low_value = low.value
    scale = _scale_of(line, start, top)
    if not low.scales and scale > 1 and low_value < top.value / scale:
        low_value *= scale
    if low_value >= top.value:
        return None
    return Number(
        span=Span(line.tokens[index].span.start, top.span.stop),
        value=low_value,
        max=top.value,
        first=index,
        last=top.last,
        rule=rule,
        bound="range",
        case=top.case,
    )


def _scale_of(line: _Line, start: int, top: Number) -> Decimal:
    """The scale word that closes the upper end, if one does."""
    for index in range(top.last, start, -1):
        piece = line.piece(index, "scale")
        if piece is not None and piece.value >= _THOUSAND:
            return piece.value
    return _ONE


RULES = (
    dashed_range,
    worded_range,
    case_range,
    vague,
    fraction,
    portion,
    collective,
    plain,
)
