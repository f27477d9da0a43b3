"""What the CRF sees of a sentence: words, neighbours, pairs, classes of words around.

Each function depends on very little (a word, a pair, five classes), so that the decoder can
keep the sum of the weights of each and look it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from extractor.ner.units import Unit

_CLASS_TAIL = 5
_NAME_TAIL = 7
_ENDING_TAIL = 4
_SHORTEST_NAME = 2
_MOST_WORDS = 1 << 16
_QUOTED = 4
_MARKS = str.maketrans(
    dict.fromkeys("\u2013\u2012\u2015\u2212", "\u2014")
    | dict.fromkeys("\u201c\u201e\u2039", "\u00ab")
    | dict.fromkeys("\u201d\u203a", "\u00bb")
    | dict.fromkeys("\u2010\u2011", "-")
)


Window = tuple[tuple[str, str], ...]
_OUTSIDE = ("", "")


@dataclass(frozen=True, slots=True)
class Word:
    """What the features need of a unit: its folded form, its shape, its classes.

    ``kind`` is what it looks like beside a name: «GIVEN», «X-u» (a surname), «x», «,».
    """

    form: str
    shape: str
    word_class: str
    name_class: str
    ending: str
    kind: str


@dataclass(frozen=True)
class Vocabulary:
    """Stems by class: «қаңтар» is a month, «алматы» a place; a word is a stem and a short tail.

    ``names`` are looked up by their plain letters, because one name is spelt in many ways:
    ``plain`` takes «Данагүл» to «данагул». ``endings`` are those of surnames.
    """

    classes: Mapping[str, str]
    names: Mapping[str, str]
    endings: Sequence[str]
    plain: Mapping[str, str]
    cache: dict[tuple[str, str], Word] = field(default_factory=dict, compare=False)

    @cached_property
    def plain_letters(self) -> Mapping[int, str]:
        return {ord(letter): plain for letter, plain in self.plain.items()}

    def word(self, unit: Unit) -> Word:
        """«Алматыда» → its form, its shape «Xxx», its class of names."""
        key = (unit.norm, unit.text)
        found = self.cache.get(key)
        if found is None:
            if len(self.cache) > _MOST_WORDS:
                self.cache.clear()
            found = self.cache[key] = self._word(*key)
        return found

    def _word(self, norm: str, text: str) -> Word:
        form, shape = _form(norm), shape_of(text)
        capital = "X" in shape
        name_class = self._name_class(form) if capital else ""
        ending = self._ending(form) if capital else ""
        return Word(
            form=form,
            shape=shape,
            word_class=_stem_class(form, self.classes, _CLASS_TAIL),
            name_class=name_class,
            ending=ending,
            kind=(name_class or shape[:1]) + ("-u" if ending else ""),
        )

    def _name_class(self, form: str) -> str:
        return _stem_class(form.translate(self.plain_letters), self.names, _NAME_TAIL)

    def _ending(self, form: str) -> str:
        """«Каналимовтың» → «ов»: the last such ending, if little stands behind it."""
        for ending in self.endings:
            at = form.rfind(ending, _SHORTEST_NAME)
            if at >= 0 and len(form) - at - len(ending) <= _ENDING_TAIL:
                return ending
        return ""


def _form(norm: str) -> str:
    """«14 478» → «00000»: how long a number is, not which."""
    if norm[:1].isdigit():
        norm = re.sub(r"(?<=\d)[ \u00a0\u2007\u2009\u202f'\u2019](?=\d)", "", norm)
    return re.sub(r"\d", "0", norm.translate(_MARKS))


def shape_of(text: str) -> str:
    """«Қасым-Жомарт» → «Xxx-Xxx»: runs of more than two are cut to two."""
    signs = (_sign(char) for char in text.translate(_MARKS))
    return re.sub(r"(.)\1{2,}", r"\1\1", "".join(signs))


def _sign(char: str) -> str:
    if char.isupper():
        return "X"
    if char.isalpha():
        return "x"
    return "0" if char.isdigit() else char


def _stem_class(form: str, stems: Mapping[str, str], tail: int) -> str:
    """The class of the longest stem that the word begins with, if its tail is short enough."""
    for stop in range(len(form), max(1, len(form) - tail - 1), -1):
        found = stems.get(form[:stop])
        if found is not None and _may_end(form[stop:]):
            return found
    return ""


def _may_end(tail: str) -> bool:
    return not tail or tail.isalpha() or tail[0] == "-"


# --- features -------------------------------------------------------------------------------


def own_features(word: Word) -> Iterator[str]:
    """All that is known of the word itself."""
    form, shape = word.form, word.shape
    yield "w=" + form
    yield "s=" + shape
    for length in range(1, min(len(form), 6) + 1):
        yield f"p{length}={form[:length]}"
        yield f"e{length}={form[-length:]}"
    yield from _letter_features(form, shape)
    if "-" in form:
        first, *rest = form.split("-")
        yield "h0=" + first
        yield "h1=" + "-".join(rest)
        yield f"h2={first}" + shape[:2]
    if word.word_class:
        yield "c=" + word.word_class
    if word.name_class:
        yield "g=" + word.name_class
    if word.ending:
        yield "u=" + word.ending


def _letter_features(form: str, shape: str) -> Iterator[str]:
    if shape.startswith("X"):
        yield "capital"
        if "x" not in shape and len(form) > 1:
            yield "capitals"
    if "0" in form:
        yield "digit"
        if set(form) == {"0"}:
            yield f"digits={min(len(form), 9)}"
    if form.isascii() and form.isalpha():
        yield "latin"


def near_features(word: Word) -> Iterator[str]:
    """What a neighbour may know."""
    form = word.form
    yield "w=" + form
    yield "s=" + word.shape
    yield "p5=" + form[:5]
    yield "e2=" + form[-2:]
    yield "e3=" + form[-3:]
    if word.name_class:
        yield "g=" + word.name_class
    if word.ending:
        yield "u"


def far_features(word: Word) -> Iterator[str]:
    """What a word two places away may know."""
    yield "w=" + word.form
    yield "s=" + word.shape
    yield "p4=" + word.form[:4]


def pair_features(left: Word, right: Word) -> Iterator[str]:
    """Two words that stand together."""
    yield f"w={left.form}|{right.form}"
    yield f"s={left.shape}|{right.shape}"
    yield f"p={left.form[:5]}|{right.form[:5]}"
    yield f"e={left.form[-3:]}|{right.form[-3:]}"
    yield f"se={left.shape}|{left.form[-2:]}|{right.shape}"
    yield f"g={left.kind}|{right.kind}"


def window_features(window: Window) -> Iterator[str]:
    """«NUM», «TU» around, or «X GIVEN X»: classes and kinds of five words, and trigrams of them."""
    yield from _class_features([word_class or "_" for word_class, _ in window])
    two, one, own, next_one, next_two = (kind for _, kind in window)
    yield f"k-1,0,1={one},{own},{next_one}"
    yield f"k-2,-1,0={two},{one},{own}"
    yield f"k0,1,2={own},{next_one},{next_two}"


def _class_features(classes: Sequence[str]) -> Iterator[str]:
    if set(classes) == {"_"}:
        return
    two, one, own, next_one, next_two = classes
    yield f"c-1={one}"
    yield f"c+1={next_one}"
    yield f"c-1,0={one},{own}"
    yield f"c0,1={own},{next_one}"
    yield f"c-1,0,1={one},{own},{next_one}"
    yield f"c-2,-1,0={two},{one},{own}"
    yield f"c0,1,2={own},{next_one},{next_two}"
    yield f"c5={two},{one},{own},{next_one},{next_two}"


def windows_of(words: Sequence[Word]) -> Iterator[Window]:
    """The class and kind of each word and of two on either side."""
    row = (_OUTSIDE, _OUTSIDE, *((word.word_class, word.kind) for word in words))
    row += (_OUTSIDE, _OUTSIDE)
    return zip(row, row[1:], row[2:], row[3:], row[4:], strict=False)


def place_features(words: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    """First, last, and how far inside quotes a word stands."""
    depth = 0
    last = len(words) - 1
    for index, word in enumerate(words):
        found: list[str] = []
        if index == 0:
            found.append("first")
        if index == last:
            found.append("last")
        if word.form == "\u00bb":
            depth = 0
        if depth:
            found.append(f"quoted={min(depth, _QUOTED)}")
            depth += 1
        if word.form == "\u00ab":
            depth = 1
        yield tuple(found)


# Which features stand where: the prefix says on which side of the word what they tell stands.
OWN, LEFT, RIGHT, FAR_LEFT, FAR_RIGHT = "", "<", ">", "<<", ">>"
LEFT_PAIR, RIGHT_PAIR = "<&", ">&"


def sentence_features(words: Sequence[Word]) -> list[list[str]]:
    """All features of all words of a sentence, as the trainer takes them."""
    rows = [list(own_features(word)) for word in words]
    for index, word in enumerate(words):
        near, far = tuple(near_features(word)), tuple(far_features(word))
        _add(rows, index + 1, LEFT, near)
        _add(rows, index - 1, RIGHT, near)
        _add(rows, index + 2, FAR_LEFT, far)
        _add(rows, index - 2, FAR_RIGHT, far)
        if index + 1 < len(words):
            pair = tuple(pair_features(word, words[index + 1]))
            _add(rows, index + 1, LEFT_PAIR, pair)
            _add(rows, index, RIGHT_PAIR, pair)
    contexts = zip(windows_of(words), place_features(words), strict=True)
    for row, (window, place) in zip(rows, contexts, strict=True):
        row.extend(window_features(window))
        row.extend(place)
    return rows


def _add(rows: list[list[str]], index: int, prefix: str, features: Sequence[str]) -> None:
    if 0 <= index < len(rows):
        rows[index] += (prefix + feature for feature in features)
