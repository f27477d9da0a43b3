"""A sentence as a chart of atoms: numbers and words of dates, and what the patterns join of them.

Level by level, the patterns of ``langs/<lang>/dates.toml`` join atoms into larger atoms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from extractor.match.date_words import MARKS, DateKnowledge, Level, Pattern, Slot, Word, lex_form
from extractor.match.lexicon import Hit
from extractor.match.moment_makers import MAKERS
from extractor.match.moments import Anchor, Atom, Parts, Point, Stretch, in_order
from extractor.types import Token


class Chart:
    """Atoms by the token at which they begin and the name by which slots ask for them."""

    def __init__(self) -> None:
        self._cells: dict[int, dict[str, list[Atom]]] = {}
        self.atoms: list[Atom] = []

    def add(self, atom: Atom) -> None:
        self.atoms.append(atom)
        cell = self._cells.setdefault(atom.first, {})
        for name in atom.names:
            cell.setdefault(name, []).append(atom)

    def openings(self) -> list[tuple[int, tuple[str, ...]]]:
        """Where atoms begin, from left to right, and under which names."""
        return [(at, tuple(self._cells[at])) for at in sorted(self._cells)]

    def fitting(self, slot: Slot, at: int) -> Sequence[Atom]:
        cell = self._cells.get(at)
        if cell is None:
            return ()
        found = [atom for name in slot.names if name in cell for atom in cell[name]]
        if not found or not slot.cases:
            return found
        return [atom for atom in found if not slot.cases.isdisjoint(atom.cases)]


def build_chart(tokens: Sequence[Token], know: DateKnowledge, anchor: Anchor) -> Chart:
    """«с 1 по 20 июля» → numbers, words, then every larger atom of every level."""
    chart = Chart()
    words = tuple(_read_words(tokens, know))
    for atom in (*_read_numbers(tokens), *_read_suffixed(tokens, words), *words):
        chart.add(atom)
    for level in know.levels:
        for atom in [*_apply_level(level, chart, anchor)]:
            chart.add(atom)
    return chart


def _apply_level(level: Level, chart: Chart, anchor: Anchor) -> Iterator[Atom]:
    for at, names in chart.openings():
        for pattern in level.opened(names):
            taken = _trim(_follow(pattern.slots, chart, at) or ())
            if taken and not _parts_line(atom := _make_atom(pattern, taken, anchor), taken):
                yield atom


def _follow(slots: Sequence[Slot], chart: Chart, at: int) -> tuple[Atom, ...] | None:
    """The longest way through the slots from token ``at`` on, or None."""
    if not slots:
        return ()
    slot, rest = slots[0], slots[1:]
    if slot.unless:
        return None if chart.fitting(slot, at) else _follow(rest, chart, at)
    best: tuple[Atom, ...] | None = None
    for atom in chart.fitting(slot, at):
        tail = _follow(rest, chart, atom.last + 1)
        if tail is not None and (best is None or (atom, *tail)[-1].last > best[-1].last):
            best = (atom, *tail)
    if best is None and slot.optional:
        return _follow(rest, chart, at)
    return best


def _trim(taken: tuple[Atom, ...]) -> tuple[Atom, ...]:
    """«on July 22, the …»: the comma waited for a year in vain."""
    return _trim(taken[:-1]) if taken and "comma" in taken[-1].names else taken


def _make_atom(pattern: Pattern, taken: tuple[Atom, ...], anchor: Anchor) -> Atom:
    return Atom(
        names=pattern.gives,
        first=taken[0].first,
        last=taken[-1].last,
        cases=taken[-1].cases,
        unit=next((atom.unit for atom in taken if "part" in atom.names), None),
        stretch=MAKERS[pattern.makes](Parts(taken), anchor),
        rule=_inner_rule(taken) if pattern.makes == "same" else pattern.rule,
        horizon=max(pattern.horizon, *(atom.horizon for atom in taken)),
        rank=pattern.rank,
    )


def _parts_line(atom: Atom, taken: Iterable[Atom]) -> bool:
    """«9 December 2020 – On Tuesday …»: a date line and what follows, no stretch of time."""
    start, stop = (atom.stretch.start, atom.stretch.stop) if atom.stretch else (None, None)
    if start is None or stop is None or not any("dash" in part.names for part in taken):
        return False
    backwards = None not in (start.year, stop.year) and not in_order(start, stop)
    return backwards or (start.day is None) != (stop.day is None)


def _inner_rule(taken: Iterable[Atom]) -> str:
    """«in March 2021» is found by the rule that found «March 2021»."""
    return next(atom.rule for atom in taken if atom.rule)


def _read_words(tokens: Sequence[Token], know: DateKnowledge) -> Iterator[Atom]:
    """«прошлой неделе» → deictic −1, unit week, each with the cases it may stand in."""
    cases: dict[tuple[int, int, int], set[str | None]] = {}
    words: dict[tuple[int, int, int], Word] = {}
    for hit in know.lexicon.scan(tokens):
        word = hit.entry.meaning
        if isinstance(word, Word) and _hit_counts(hit, word, tokens):
            key = (hit.first, hit.last, id(word))
            words[key] = word
            cases.setdefault(key, set()).add(hit.reading.case)
    for index, token in enumerate(tokens):
        if token.text in MARKS:
            yield Atom(MARKS[token.text], index, index)
    for key, word in words.items():
        yield from _word_atoms(word, key[:2], frozenset(cases[key]), tokens=tokens, know=know)


def _hit_counts(hit: Hit, word: Word, tokens: Sequence[Token]) -> bool:
    """«прошёл год» is no «прошедший год»: a verb is never a word of time."""
    if word.exact:
        norms = [t.norm for t in tokens[hit.first : hit.last + 1] if t.text not in MARKS]
        return norms == list(_form_norms(hit.entry.form))
    return hit.reading.pos != "VERB"


@lru_cache(maxsize=4096)
def _form_norms(form: str) -> tuple[str, ...]:
    return tuple(token.norm for token in lex_form(form) if token.text not in MARKS)


def _word_atoms(
    word: Word,
    place: tuple[int, int],
    cases: frozenset[str | None],
    *,
    tokens: Sequence[Token],
    know: DateKnowledge,
) -> Iterator[Atom]:
    first, last = place
    names = word.names
    if word.sort == "month":
        upper = tokens[first].text[0].isupper()
        if know.bare == "upper" and not upper:
            return
        if word.bare and (upper == (know.bare == "upper") or _opens_sentence(tokens, first)):
            names |= {"bare_month"}
    atom = Atom(names, first, last, word.value, word.unit, cases, on=word.on)
    yield atom
    if word.dotted and last + 1 < len(tokens) and tokens[last + 1].text == ".":
        yield replace(atom, last=last + 1)


def _opens_sentence(tokens: Sequence[Token], first: int) -> bool:
    """«– Мамырда …»: marks before the first word are no words."""
    return all(token.sort == "mark" for token in tokens[:first])


def _read_numbers(tokens: Sequence[Token]) -> Iterator[Atom]:
    """«15» → a day, an hour, a count; «2020» → a year; «31.01.2022» → a date."""
    for index, token in enumerate(tokens):
        if token.sort == "number":
            yield _plain_number(token, index)
            yield from _numeric_date(tokens, index)
            yield from _clock(tokens, index)


def _plain_number(token: Token, index: int) -> Atom:
    text, names = token.text, {"number"}
    value = int(text) if text.isdigit() and len(text) <= 4 else None
    if value is not None:
        names |= {"count"} if value <= 100 else set()
        names |= {"day"} if len(text) <= 2 and 1 <= value <= 31 else set()
        names |= {"hour"} if len(text) <= 2 and value <= 24 else set()
        names |= {"year"} if len(text) == 4 and 1900 <= value <= 2100 else set()
    return Atom(frozenset(names), index, index, value)


def _numeric_date(tokens: Sequence[Token], index: int) -> Iterator[Atom]:
    """«31.01.2022» is one token; «2020-07-04» and «31/01/2022» are five."""
    glued = _joined(tokens, index, 5)
    for text, last in ((tokens[index].text, index), (glued, index + 4)):
        point = _point_of_digits(text)
        if point is not None:
            yield Atom(
                frozenset(("date",)), index, last, stretch=Stretch(point, point), rule="numeric"
            )


def _point_of_digits(text: str) -> Point | None:
    match = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text)
    parts = match.groups()[::-1] if match else None
    if parts is None:
        match = re.fullmatch(r"(\d{4})([-./])(\d\d)\2(\d\d)", text)
        parts = match.group(1, 3, 4) if match else None
    if parts is None:
        return None
    year, month, day = map(int, parts)
    point = Point(year, month, day)
    return point if 1900 <= year <= 2100 and 1 <= month <= 12 and point.exists else None


def _joined(tokens: Sequence[Token], index: int, size: int) -> str:
    """«16», «:», «57» → "16:57", when nothing stands between them."""
    run = tokens[index : index + size]
    if len(run) < size or run[-1].span.stop - run[0].span.start != sum(len(t.text) for t in run):
        return ""
    return "".join(token.text for token in run)


def _clock(tokens: Sequence[Token], index: int) -> Iterator[Atom]:
    """«16:57», «11:43:00» are times of the day, and never figures."""
    for size in (5, 3):
        if re.fullmatch(r"(?:[01]?\d|2[0-4])(?::[0-5]\d){1,2}", _joined(tokens, index, size)):
            names = frozenset(("clock", "hour", "span"))
            yield Atom(names, index, index + size - 1, rule="clock")
            return


def _read_suffixed(tokens: Sequence[Token], words: Sequence[Atom]) -> Iterator[Atom]:
    """«25th», «1-го», «15-ші»: a number with its ending is a day and an ordinal."""
    for suffix in words:
        if "suffix" not in suffix.names:
            continue
        glued = suffix.first >= 1 and tokens[suffix.first - 1].text in MARKS
        index = suffix.first - (2 if glued else 1)
        if index < 0 or not _joined(tokens, index, suffix.last - index + 1):
            continue
        atom = _plain_number(tokens[index], index) if tokens[index].sort == "number" else None
        if atom is not None:
            names = atom.names | {"ordinal"}
            yield replace(atom, names=names, last=suffix.last, cases=_suffix_cases(suffix))


def _suffix_cases(suffix: Atom) -> frozenset[str | None]:
    """«1-нен» → the ablative: the entry of the ending names its case."""
    return frozenset((suffix.unit,)) if suffix.unit else frozenset((None,))
