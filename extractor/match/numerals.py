"""Number words and digits added up: «723 млн 900 мың», «two hundred and fifty»."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from typing import cast

from extractor.fast import fast_dataclass
from extractor.knowledge import Language
from extractor.match.lexicon import Hit
from extractor.match.morphology import Reading
from extractor.match.words import NumberWord
from extractor.types import Bound, Span, Token

ONE = Decimal(1)
HUNDRED = Decimal(100)
THOUSAND = Decimal(1000)
MILLION = Decimal(1_000_000)
_HALF = Decimal("0.5")
_FEW = frozenset(map(Decimal, ("1.5", "2", "3", "4")))
_ENDLESS = Decimal("1e30")
VULGAR = frozenset("\u00bc\u00bd\u00be\u2153\u2154\u2155\u2156\u2157\u2158\u215b\u215c\u215d\u215e")
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
# What a number may go on with, but for its words: «one million, two hundred», «twenty-five».
_JOINTS = DASHES | {","}


@fast_dataclass(frozen=True, slots=True)
class Piece:
    """One atom of a number: a digit token or a number word."""

    role: str
    value: Decimal
    last: int
    reading: Reading | None = None
    bound: Bound | None = None


@fast_dataclass(frozen=True, slots=True)
class Line:
    """The tokens of a sentence, the number words found in them, and where nouns begin."""

    tokens: Sequence[Token]
    words: Mapping[int, tuple[Hit, ...]]
    language: Language
    nouns: frozenset[int] = frozenset()
    pieces: dict[int, tuple[Piece, ...]] = field(default_factory=dict, compare=False)
    sums: dict[int, Sum | None] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for index, token in enumerate(self.tokens):
            if token.value is not None:
                value = _pointed(self, index) if token.value else token.value
                self.pieces[index] = (Piece("digits", value, index),)
        for index, hits in self.words.items():
            self.pieces[index] = tuple(map(_piece, hits))

    def piece(self, index: int, *roles: str) -> Piece | None:
        """The longest atom at a token, of the roles asked for; any role if none is."""
        for piece in self.pieces.get(index, ()):
            if not roles or piece.role in roles:
                return piece
        return None

    def glued(self, index: int) -> bool:
        """Does this token touch the one before it?"""
        if index <= 0 or index >= len(self.tokens):
            return False
        return self.tokens[index - 1].span.stop == self.tokens[index].span.start

    def hyphenated(self, index: int) -> bool:
        """Is there a hyphen here that touches both its neighbours?"""
        return self.norm(index) in DASHES and self.glued(index) and self.glued(index + 1)

    def norm(self, index: int) -> str:
        return self.tokens[index].norm if 0 <= index < len(self.tokens) else ""

    def span(self, first: int, last: int) -> Span:
        return Span(self.tokens[first].span.start, self.tokens[last].span.stop)


def _pointed(line: Line, index: int) -> Decimal:
    """«.5 million»: a decimal that begins with its point."""
    token = line.tokens[index]
    value = cast(Decimal, token.value)
    point = line.language.digits.decimal
    if point != "." or not line.glued(index) or line.norm(index - 1) != point:
        return value
    return value if line.glued(index - 1) or not token.text.isdigit() else Decimal(f".{token.text}")


def _piece(hit: Hit) -> Piece:
    word = cast(NumberWord, hit.entry.meaning)
    return Piece(word.role, word.value, hit.last, hit.reading, word.bound)


@fast_dataclass(frozen=True, slots=True)
class Sum:
    """A number being read: what is added up, what waits for a scale, where it ends."""

    total: Decimal = Decimal(0)
    current: Decimal | None = None
    scale: Decimal = _ENDLESS
    scales: int = 0
    last: int = -1
    words: bool = False
    fixed: bool = False
    reading: Reading | None = None
    bound: Bound | None = None

    @property
    def value(self) -> Decimal:
        return self.total + (self.current or 0)

    @property
    def case(self) -> str | None:
        return self.reading.case if self.reading else None


Step = Callable[[Line, int, Sum], Sum | None]


def read_sum(line: Line, index: int, steps: Sequence[Step] | None = None) -> Sum | None:
    """«бір жарым миллион», «two hundred and fifty», «7 миллионов 700 тысяч»."""
    if steps is not None:
        return _read(line, index, steps)
    if index not in line.sums:
        line.sums[index] = _read(line, index, STEPS)
    return line.sums[index]


def _read(line: Line, index: int, steps: Sequence[Step]) -> Sum | None:
    """One step after another, from a token on, as far as they go."""
    if index not in line.pieces:
        return None
    state = Sum()
    if line.piece(index, "article") is not None and line.piece(index, "cardinal") is None:
        if line.piece(index + 1, "scale") is None:
            return None
        state, index = Sum(current=ONE, words=True), index + 1
    state = _go_on(line, index, state, steps)
    return state if state.last >= 0 else None


def read_on(line: Line, state: Sum) -> Sum:
    """«пару | сотен тысяч»: the steps from behind what is read already."""
    return _go_on(line, state.last + 1, state, STEPS)


def _go_on(line: Line, index: int, state: Sum, steps: Sequence[Step]) -> Sum:
    while index in line.pieces or line.norm(index) in _JOINTS:
        step = None
        for rule in steps:
            step = rule(line, index, state)
            if step is not None:
                break
        if step is None:
            break
        state, index = step, step.last + 1
    return state


# -- one step: what may come next ------------------------------------------------------------


def _digits(line: Line, index: int, state: Sum) -> Sum | None:
    """«723 млн | 900 мың»."""
    piece = line.piece(index, "digits")
    if piece is None or state.current is not None or _is_closed(line, state):
        return None
    if state.scales and not _continues(line, piece, state):
        return None
    part = _part_of_one(line, index + 1)
    if part is not None and piece.value % 1 == 0:
        return replace(state, current=piece.value + part.value, last=part.last, fixed=True)
    fixed = line.tokens[index].text[-1] in VULGAR
    return Sum(
        total=state.total,
        current=piece.value,
        scale=state.scale,
        scales=state.scales,
        last=index,
        fixed=fixed,
        bound=state.bound,
    )


def _part_of_one(line: Line, index: int) -> Piece | None:
    """«2 | 1/2», «1 | ½»: a fraction that stands behind its whole."""
    top = line.piece(index, "digits")
    if top is None or line.glued(index):
        return None
    if line.tokens[index].text in VULGAR:
        return top
    slashed = line.norm(index + 1) == "/" and line.glued(index + 1) and line.glued(index + 2)
    below = line.piece(index + 2, "digits") if slashed else None
    if below is None or not 0 < top.value < below.value <= 10 or line.norm(index + 3) == "/":
        return None
    return Piece("share", round(top.value / below.value, 4), index + 2)


def _is_closed(line: Line, state: Sum) -> bool:
    """«оннан | бес»: a denominator in its case takes no more words."""
    return state.case is not None and state.case == line.language.fraction_case


def _continues(line: Line, piece: Piece, state: Sum) -> bool:
    """«723 млн | 900 мың», «849 мың | 836 доллар», but not «5 мың | 15 апреля»."""
    if line.tokens[piece.last].text[0] == "0":
        return False
    after = line.piece(piece.last + 1, "scale")
    if after is not None and THOUSAND <= after.value < state.scale:
        return piece.value < THOUSAND
    rest = piece.value < min(state.scale, THOUSAND) and state.scale == THOUSAND
    counted = piece.last + 1 in line.nouns
    return rest and (piece.value >= HUNDRED or state.scales > 1 or counted)


def _cardinal(line: Line, index: int, state: Sum) -> Sum | None:
    """«жүз | елу», «двести | пятьдесят»."""
    piece = line.piece(index, "cardinal")
    if piece is None or state.fixed or _is_closed(line, state):
        return None
    if state.current is None:
        joined = piece.value
        if state.scales and piece.value >= state.scale:
            return None
    elif state.words and _below(state.current, piece.value, line.language.composed_teens):
        joined = state.current + piece.value
    else:
        return None
    fixed = piece.value % 1 != 0
    return replace(
        state, current=joined, last=piece.last, words=True, fixed=fixed, reading=piece.reading
    )


def _below(current: Decimal, value: Decimal, composed_teens: bool) -> bool:
    """«жүз | елу | бес»: each word fits into the zeros of what stands before it."""
    rest = current % HUNDRED
    if rest == 0 and current >= HUNDRED:
        return 0 < value < HUNDRED
    lowest = 10 if composed_teens else 20
    return rest >= lowest and rest % 10 == 0 and 0 < value < 10


def _scale(line: Line, index: int, state: Sum) -> Sum | None:
    """«екі | жүз», «two | dozen», «15 | тыс.»."""
    piece = line.piece(index, "scale")
    if piece is None or _is_closed(line, state) or _stands_apart(line, index, state):
        return None
    if piece.value < THOUSAND:
        return _small_scale(state, piece)
    if piece.value >= state.scale:
        return None
    count = state.current if state.current is not None else ONE
    return Sum(
        total=state.total + count * piece.value,
        scale=piece.value,
        scales=state.scales + 1,
        last=past_dot(line, piece.last),
        words=True,
        reading=piece.reading,
        bound=state.bound or ("approx" if state.case == "equ" else None),
    )


def _stands_apart(line: Line, index: int, state: Sum) -> bool:
    """«300 м», «5 k»: a scale of one Latin letter hangs on its digits; «TN» counts nothing."""
    norm = line.norm(index)
    if norm in line.language.signed_scales and not _is_signed(line, index - 2):
        return True
    if norm in line.language.tight_scales:
        return not (state.last == index - 1 and line.glued(index))
    return state.last < 0 and len(norm) == 2 and line.tokens[index].text.isupper()


def _is_signed(line: Line, index: int) -> bool:
    """«$», «KZT»: a sign of money or its code in capitals."""
    if index < 0:
        return False
    coded = len(line.norm(index)) == _CODE and line.tokens[index].text.isupper()
    return coded or line.norm(index) in line.language.signs


_CODE = 3


def _small_scale(state: Sum, piece: Piece) -> Sum | None:
    """«үш жүз», «полтора десятка», «two dozen»: it multiplies what waits."""
    if state.current is None:
        count = ONE
    elif state.current < HUNDRED and (state.words or state.current < 10 or piece.value != HUNDRED):
        count = state.current
    else:
        return None
    return replace(
        state,
        current=count * piece.value,
        last=piece.last,
        words=True,
        fixed=piece.value != HUNDRED,
        reading=piece.reading,
    )


def past_dot(line: Line, last: int) -> int:
    """«млн.теңге», «тыс. человек»: the point belongs to the abbreviation."""
    dotted = line.norm(last + 1) == "." and line.glued(last + 1)
    short = line.norm(last) in line.language.abbreviations
    return last + 1 if dotted and short and last + 2 < len(line.tokens) else last


def _half(line: Line, index: int, state: Sum) -> Sum | None:
    """«бір | жарым», «two | and a half», «a million | and a half»."""
    piece = line.piece(index, "half")
    if piece is None or state.last < 0:
        return None
    if state.current is not None:
        added = replace(state, current=state.current + _HALF, fixed=True)
    else:
        added = replace(state, total=state.total + state.scale * _HALF, scales=9)
    return replace(added, last=piece.last, reading=piece.reading)


def _conjunction(line: Line, index: int, state: Sum) -> Sum | None:
    """«two hundred | and | fifty»."""
    if not state.words or state.last < 0 or line.piece(index, "conjunction") is None:
        return None
    start = index + (2 if line.hyphenated(index + 1) else 1)
    after = line.piece(start, "cardinal")
    if after is None or after.value >= HUNDRED or state.case is not None:
        return None
    scale = line.piece(after.last + 1, "scale")
    if scale is not None and (scale.value == HUNDRED or scale.value >= state.scale):
        return None
    big = state.scales > 0 if state.current is None else state.current % HUNDRED == 0
    return _cardinal(line, start, state) if big and state.value > 0 else None


def _comma(line: Line, index: int, state: Sum) -> Sum | None:
    """«one million, | two hundred thousand», all in words."""
    apart = state.current is not None or not state.scales or not state.words
    if apart or not line.language.comma_sums or line.norm(index) != ",":
        return None
    if line.piece(index + 1, "cardinal") is None:
        return None
    rest = read_sum(line, index + 1, WORD_STEPS)
    if rest is None or rest.value >= state.scale:
        return None
    if line.norm(state.last) in line.language.abbreviations:
        return None
    return _cardinal(line, index + 1, state)


def _hyphen(line: Line, index: int, state: Sum) -> Sum | None:
    """«twenty-| five», «two-| million», but not «сто-| двести»: that is a range."""
    if state.current is None or not line.hyphenated(index):
        return None
    for rule in (_half, _conjunction, _scale):
        step = rule(line, index + 1, state)
        if step is not None:
            return step
    after = line.piece(index + 1, "cardinal")
    over = line.piece(after.last + 1, "scale") if after else None
    # «екі жүз-үш жүз», «one hundred-two hundred»: the next hundred begins another number.
    another = over is not None and over.value <= HUNDRED <= state.current
    return None if another else _cardinal(line, index + 1, state)


def _excess(line: Line, index: int, state: Sum) -> Sum | None:
    """«двадцать | с лишним | тысяч», «300-| odd»."""
    if state.last < 0 or state.bound is not None:
        return None
    piece = line.piece(index + 1 if line.hyphenated(index) else index, "excess")
    if piece is None:
        return None
    return replace(state, last=piece.last, bound=piece.bound)


def _hundred(line: Line, index: int, state: Sum) -> Sum | None:
    """«екі | жүз» of a fraction: no larger scale belongs to what stands above its line."""
    piece = line.piece(index, "scale")
    return _small_scale(state, piece) if piece is not None and piece.value == HUNDRED else None


STEPS: tuple[Step, ...] = (
    _digits,
    _cardinal,
    _scale,
    _half,
    _conjunction,
    _comma,
    _hyphen,
    _excess,
)
# The words of one member of «one million, two hundred thousand».
WORD_STEPS: tuple[Step, ...] = (_cardinal, _scale, _conjunction, _hyphen)
# The words of a numerator.
SMALL_STEPS: tuple[Step, ...] = (_cardinal, _hundred)


def is_guessed(noun: Reading, count: Decimal) -> bool:
    """«тонн пять», «тысячи две»: what stands before a number, in the form that it asks for."""
    return noun.case == "gen" and noun.plural == (count not in _FEW)
