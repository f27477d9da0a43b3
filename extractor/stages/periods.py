"""When: dates, periods and relative words become EDTF, or an honest nothing.

A sentence becomes a chart of atoms: numbers, and the words of ``langs/<lang>/dates.toml``.
The patterns of that file, level by level, join atoms into larger atoms; the longest win.
Which word means what, and in which order, the file says; what a pattern makes, ``MAKERS`` says.
"""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from extractor.fast import fast_dataclass
from extractor.match.lexer import DigitStyle, read_tokens
from extractor.match.lexicon import Entry, Hit, Lexicon
from extractor.match.memory import Memory
from extractor.match.morphology import Morphology, Reading, fold_word
from extractor.types import Lang, Mention, Sentence, Span, Token

LEVELS = ("year", "date", "part", "frame")
_SIGNS = {",": "comma", ":": "colon", "/": "slash", "(": "open", ")": "close"} | dict.fromkeys(
    "-\u2010\u2011\u2012\u2013\u2014", "dash"
)
_MARKS = {sign: frozenset((name,)) for sign, name in _SIGNS.items()}
# How many days after publication a date without a year may still lie.
# «2024-04-18»
_DAY_LENGTH = 10
_HORIZON = 60
_LIMIT_HORIZON = 180
_FUTURE_HORIZON = 300
# A date line tells of no day.
_TELLING = frozenset({"headline", "body"})
# How many words away the verb may stand that says whether a duration lies ahead.
_BESIDE = 8
# More months than these, all that the year has had, are those of the year.
_FEW = 2
_MOST_WORDS = 200_000
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "half_of": 6, "half_year": 6}
_SEASON_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}


# ---------------------------------------------------------------- what is made


@fast_dataclass(frozen=True, slots=True)
class Point:
    """«15 апреля» → Point(None, 4, 15); months 21 to 24 are the seasons of EDTF."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def edtf(self) -> str:
        """«Point(2020, 4)» → "2020-04"."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def season(self) -> tuple[int, int]:
        """«Point(2020, 4)» → (4, 0): where it stands within its year."""
        month = self.month or 0
        return _SEASON_MONTH.get(month, month), self.day or 0

    @property
    def exists(self) -> bool:
        """«31 апреля» → False."""
        try:
            date(self.year or 2000, self.season[0] or 1, self.day or 1)
        except ValueError:
            return False
        return True


@fast_dataclass(frozen=True, slots=True)
class Stretch:
    """From ``start`` to ``stop``, both included; None is an open end."""

    start: Point | None
    stop: Point | None

    @property
    def edtf(self) -> str:
        """«Stretch(None, Point(2020, 7))» → "../2020-07"."""
        if self.start == self.stop and self.start is not None:
            return self.start.edtf
        return "/".join(point.edtf if point else ".." for point in (self.start, self.stop))

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for point in (self.start, self.stop) if point is not None)


@fast_dataclass(frozen=True, slots=True)
class Anchor:
    """What a date leans on: publication, a year stated nearby, the day told last, tenses.

    ``tenses`` has −1 at the tokens that look back, 1 at those that look ahead, else 0.
    """

    published: date | None
    tenses: tuple[int, ...] = ()
    near: int | None = None
    told: date | None = None

    @property
    def ahead(self) -> bool:
        """«Помощь получат»: the sentence looks ahead, and nothing in it looks back."""
        return 1 in self.tenses and -1 not in self.tenses

    def beside(self, first: int, last: int) -> Anchor:
        """«сдадут в третьем квартале, ответил аким»: for these tokens the verb beside them."""
        tense = self._tense_at(first, last)
        return replace(self, tenses=(tense,)) if tense else self

    def ahead_at(self, first: int, last: int) -> bool:
        """«в течение двух дней автобусы будут»: the verb beside it, else the sentence."""
        tense = self._tense_at(first, last)
        return tense > 0 if tense else self.ahead

    def _tense_at(self, first: int, last: int) -> int:
        for step in range(1, _BESIDE + 1):
            for place in (last + step, first - step):
                if 0 <= place < len(self.tenses) and self.tenses[place]:
                    return self.tenses[place]
        return 0


@dataclass(frozen=True, slots=True)
class Word:
    """What an entry of dates.toml means; ``value`` is a month, an offset, a count."""

    sort: str
    id: str
    value: int | None
    unit: str | None
    exact: bool
    dotted: bool
    bare: bool
    on: tuple[Stretch, ...]
    names: frozenset[str]


@fast_dataclass(frozen=True, slots=True)
class Atom:
    """A stretch of tokens that a slot may take; with a ``rule`` it is worth reporting."""

    names: frozenset[str]
    first: int
    last: int
    value: int | None = None
    unit: str | None = None
    cases: frozenset[str | None] = frozenset()
    stretch: Stretch | None = None
    on: tuple[Stretch, ...] = ()
    rule: str = ""
    horizon: int = _HORIZON
    rank: int = 0

    @property
    def is_period(self) -> bool:
        """«16:57» and «за три года» are no periods, but no figures either."""
        return bool(self.rule) and "span" not in self.names


@fast_dataclass(frozen=True, slots=True)
class Parts:
    """The atoms that a pattern took, asked for by name."""

    atoms: tuple[Atom, ...]

    def all(self, name: str) -> tuple[Atom, ...]:
        return tuple(atom for atom in self.atoms if name in atom.names)

    def one(self, name: str) -> Atom | None:
        found = self.all(name)
        return found[0] if found else None

    @property
    def first(self) -> int:
        return self.atoms[0].first

    @property
    def last(self) -> int:
        return self.atoms[-1].last

    def value(self, name: str) -> int | None:
        atom = self.one(name)
        return atom.value if atom else None

    @property
    def unit(self) -> str:
        atom = self.one("unit")
        return (atom.unit if atom else None) or ""

    @property
    def year(self) -> int | None:
        """«2020» or «текущего года» → 2020; None when it is not said."""
        atom = self.one("year_date")
        if atom is None:
            return self.value("year")
        start = atom.stretch.start if atom.stretch else None
        return start.year if start else None

    @property
    def year_is_lost(self) -> bool:
        """«осы жылдың қаңтары» of an undated article: a year is meant but not known."""
        return self.one("year_date") is not None and self.year is None


Maker = Callable[[Parts, Anchor], Stretch | None]


# ------------------------------------------------------------- what is known


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """«date:gen|year_date?»: the names that fit, the cases that fit, may it be missing."""

    names: tuple[str, ...]
    cases: frozenset[str | None]
    optional: bool
    unless: bool


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A row of ``[[pattern]]``; each is one of its own, and known by what it is, not says."""

    slots: tuple[Slot, ...]
    makes: str
    gives: frozenset[str]
    rule: str
    horizon: int
    rank: int


class Level:
    """The patterns of one level, by the name of a slot that may begin them."""

    def __init__(self, patterns: Mapping[str, tuple[Pattern, ...]]) -> None:
        self._patterns = patterns
        self._opened: dict[tuple[str, ...], tuple[Pattern, ...]] = {}

    def opened(self, names: tuple[str, ...]) -> tuple[Pattern, ...]:
        """«("number", "count", "day")» → each pattern that one of them may begin, once."""
        found = self._opened.get(names)
        if found is None:
            every = (p for name in names for p in self._patterns.get(name, ()))
            found = tuple(dict.fromkeys(every))
            if len(self._opened) < _MOST_WORDS:
                self._opened[names] = found
        return found


@dataclass(frozen=True)
class DateKnowledge:
    """dates.toml, ready for use; the patterns of a level join what those before it found."""

    morphology: Morphology
    lexicon: Lexicon
    levels: tuple[Level, ...]
    bare: str
    tense_of: str
    forward: frozenset[str]
    shortest_verb: int
    ahead: frozenset[str]
    passive: frozenset[str]
    state: frozenset[str]

    @cached_property
    def joins(self) -> Memory[bool]:
        """«жыл», «-», «in» → True: may a token with this norm be a part of a date?"""
        keys = self.lexicon.keys() | _MARKS.keys() | {"."}

        def find(norm: str) -> bool:
            readings = self.morphology.readings(norm)
            return norm in keys or any(reading.lemma in keys for reading in readings)

        return Memory(find, _MOST_WORDS)

    @cached_property
    def tenses(self) -> Memory[str | None]:
        """«будут» → future: the tense that a word by itself tells, if any."""
        return Memory(
            lambda norm: _word_tense(self.morphology.readings(norm), self.shortest_verb),
            _MOST_WORDS,
        )


def load_date_knowledge(lang_folder: Path, morphology: Morphology) -> DateKnowledge:
    """«langs/kk» → its dates.toml as a lexicon and patterns by level."""
    path = lang_folder / "dates.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    settings, rows = content.pop("settings"), content.pop("pattern")
    lexicon = Lexicon(morphology, _lex)
    for sort, entries in content.items():
        for row in entries:
            _add_word(lexicon, sort, row, origin=f"{path}: {sort}")
    return DateKnowledge(
        morphology=morphology,
        lexicon=lexicon,
        levels=tuple(_build_level(level, rows, path) for level in LEVELS),
        bare=settings["bare_month"],
        tense_of=settings["tense_of"],
        forward=frozenset(settings["forward"]),
        shortest_verb=settings["shortest_verb"],
        ahead=frozenset(settings["ahead"]),
        passive=frozenset(settings.get("passive", ())),
        state=frozenset(settings.get("state", ())),
    )


def _lex(form: str) -> tuple[Token, ...]:
    return tuple(read_tokens(form, 0, len(form), DigitStyle(",", "."), fold_word))


def _add_word(lexicon: Lexicon, sort: str, row: Mapping[str, Any], *, origin: str) -> None:
    id = row.get("id", row.get("unit", ""))
    word = Word(
        sort=sort,
        id=id,
        value=row.get("value"),
        unit=row.get("unit", row.get("id")),
        exact=row.get("exact", False),
        dotted=row.get("dotted", False),
        bare=row.get("bare", True),
        on=tuple(_parse_edtf(text, origin) for text in row.get("on", ())),
        names=frozenset((sort, f"{sort}.{id}")),
    )
    for form in row["forms"]:
        lexicon.add(Entry(sort, word.id, form, word, origin))


def _parse_edtf(text: str, origin: str) -> Stretch:
    """«2024-03-11/2024-04-09» → a stretch; «XXXX-05-09» comes every year."""
    points = [_parse_point(part, origin) for part in text.split("/")]
    return Stretch(points[0], points[-1])


def _parse_point(text: str, origin: str) -> Point:
    match = re.fullmatch(r"(\d{4}|XXXX)-(\d\d)-(\d\d)", text)
    if match is None:
        raise ValueError(f"{origin}: {text!r} is no date")
    year, month, day = match.groups()
    return Point(None if year == "XXXX" else int(year), int(month), int(day))


def _build_level(level: str, rows: Sequence[Mapping[str, Any]], path: Path) -> Level:
    """«[[pattern]] level = "date"» → its patterns, by the names of their first slot."""
    found: dict[str, list[Pattern]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row["level"] not in LEVELS or row["makes"] not in MAKERS:
            raise ValueError(f"{path}: pattern {row['slots']!r}: unknown level or makes")
        if row["level"] == level:
            pattern = _build_pattern(row, rank=LEVELS.index(level) * len(rows) - place)
            for name in _opening_names(pattern.slots):
                found[name].append(pattern)
    return Level({name: tuple(patterns) for name, patterns in found.items()})


def _opening_names(slots: Sequence[Slot]) -> Iterator[str]:
    """«year_date? day month» may begin with a year or with a day."""
    for slot in slots:
        yield from slot.names
        if not slot.optional:
            return


def _build_pattern(row: Mapping[str, Any], *, rank: int) -> Pattern:
    gives = row.get("gives", row["level"] if row["level"] == "frame" else "date")
    hidden = gives.startswith("bare_")
    return Pattern(
        slots=tuple(_build_slot(text) for text in row["slots"].split()),
        makes=row["makes"],
        gives=frozenset((gives,) if hidden or gives in ("span", "frame") else (gives, "date")),
        rule="" if hidden else row.get("rule", row["makes"]),
        horizon=row.get("horizon", _HORIZON),
        rank=rank,
    )


def _build_slot(text: str) -> Slot:
    """«date:gen,dat?» → Slot(("date",), {"gen", "dat"}, optional)."""
    body, _, cases = text.strip("!?").partition(":")
    return Slot(
        names=tuple(body.split("|")),
        cases=frozenset(None if case == "base" else case for case in cases.split(",") if case),
        optional=text.endswith("?"),
        unless=text.startswith("!"),
    )


# ------------------------------------------------------------------ the chart


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


def _build_chart(tokens: Sequence[Token], know: DateKnowledge, anchor: Anchor) -> Chart:
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
    backwards = None not in (start.year, stop.year) and not _in_order(start, stop)
    return backwards or (start.day is None) != (stop.day is None)


def _inner_rule(taken: Iterable[Atom]) -> str:
    """«in March 2021» is found by the rule that found «March 2021»."""
    return next(atom.rule for atom in taken if atom.rule)


# ------------------------------------------------------------ the first atoms


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
        if token.text in _MARKS:
            yield Atom(_MARKS[token.text], index, index)
    for key, word in words.items():
        yield from _word_atoms(word, key[:2], frozenset(cases[key]), tokens=tokens, know=know)


def _hit_counts(hit: Hit, word: Word, tokens: Sequence[Token]) -> bool:
    """«прошёл год» is no «прошедший год»: a verb is never a word of time."""
    if word.exact:
        norms = [t.norm for t in tokens[hit.first : hit.last + 1] if t.text not in _MARKS]
        return norms == list(_form_norms(hit.entry.form))
    return hit.reading.pos != "VERB"


@lru_cache(maxsize=4096)
def _form_norms(form: str) -> tuple[str, ...]:
    return tuple(token.norm for token in _lex(form) if token.text not in _MARKS)


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
        glued = suffix.first >= 1 and tokens[suffix.first - 1].text in _MARKS
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


# -------------------------------------------------------------------- makers


def _make_date(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«15 апреля 2024 года», «март 2021»."""
    if parts.year_is_lost:
        return None
    point = Point(parts.year, parts.value("month"), parts.value("day"))
    return Stretch(point, point)


def _make_days(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«1-20 шілде», «15 and 16 July»."""
    if parts.year_is_lost:
        return None
    start, stop = (Point(parts.year, parts.value("month"), d.value) for d in parts.all("day"))
    return Stretch(start, stop)


def _make_months(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«January-August 2022»; «декабрь-январь 2022 года» begins a year earlier."""
    if parts.year_is_lost:
        return None
    first, last = (atom.value for atom in parts.all("month"))
    return Stretch(Point(None, first), Point(parts.year, last))


def _make_years(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«2018-2019 жж.»."""
    years = [atom.value for atom in parts.all("year")]
    if len(years) < 2:
        years.append(parts.year)
    return Stretch(Point(years[0]), Point(years[-1]))


def _make_year(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«2023 году»."""
    point = Point(parts.year)
    return Stretch(point, point)


def _make_shift(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«прошлой недели», «осы айдың»; «жыл басынан» means this year."""
    offset = parts.value("deictic")
    return _shift_unit(anchor.published, parts.unit, offset or 0)


def _make_relative(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«кеше», «yesterday», «былтыр»."""
    word = parts.one("relative")
    if word is None or word.unit is None or word.value is None:
        return None
    return _shift_unit(anchor.published, word.unit, word.value)


def _shift_unit(day: date | None, unit: str, offset: int) -> Stretch | None:
    """«last week» → Monday to Sunday; «last month» → its month."""
    if day is None:
        return None
    if unit == "day":
        point = _point_of(day + timedelta(days=offset))
        return Stretch(point, point)
    if unit == "week":
        monday = day + timedelta(days=7 * offset - day.weekday())
        return Stretch(_point_of(monday), _point_of(monday + timedelta(days=6)))
    if unit == "year":
        return Stretch(Point(day.year + offset), Point(day.year + offset))
    if unit in _MONTHS:
        size = _MONTHS[unit]
        first = (day.month - 1) // size * size + 1 + offset * size
        return Stretch(_month_of(day.year, first), _month_of(day.year, first + size - 1))
    return None


def _point_of(day: date) -> Point:
    return Point(day.year, day.month, day.day)


def _month_of(year: int, month: int) -> Point:
    """«(2024, 0)» → December 2023."""
    return Point(year + (month - 1) // 12, (month - 1) % 12 + 1)


def _make_trailing(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«соңғы үш айда», «over the past 24 hours», «за последнюю неделю»."""
    count = parts.value("count")
    return _trailing(anchor.published, parts.unit, 1 if count is None else count)


def _make_over(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«в течение двух дней автобусы будут» looks ahead, «за сутки доставлено» back."""
    count = parts.value("count")
    look = _ahead if anchor.ahead_at(parts.first, parts.last) else _done
    return look(anchor.published, parts.unit, 1 if count is None else count)


def _make_outcome(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«он айдың қорытындысы» looks back, whatever the verb."""
    return _done(anchor.published, parts.unit, parts.value("count") or 1)


def _done(day: date | None, unit: str, count: int) -> Stretch | None:
    """«за девять месяцев» read in October → from January to September."""
    if day is not None and unit == "month" and _FEW < count == day.month - 1:
        return Stretch(Point(day.year, 1), Point(day.year, count))
    return _trailing(day, unit, count)


def _trailing(day: date | None, unit: str, count: int) -> Stretch | None:
    """«two months» read on 21 April → from February to April; a day is yesterday."""
    if day is None or not 1 <= count <= 100:
        return None
    if unit == "hour":
        unit, count = "day", -(-count // 24)
    if unit in ("half_year", "quarter"):
        size = _MONTHS[unit] * count
        return Stretch(_month_of(day.year, day.month - size), _month_of(day.year, day.month - 1))
    if unit == "day" and count == 1:
        return _shift_unit(day, unit, -1)
    return _reach(day, unit, -count)


def _ahead(day: date | None, unit: str, count: int) -> Stretch | None:
    """«two days» read on 12 April → 12 and 13 April."""
    if day is None or not 1 <= count <= 100:
        return None
    if unit == "hour":
        unit, count = "day", -(-count // 24)
    return _reach(day, unit, count - 1 if unit == "day" else count)


def _reach(day: date, unit: str, count: int) -> Stretch | None:
    """«day» and the end of so many units before or after it, in order."""
    if unit in ("day", "week"):
        here = _point_of(day)
        there = _point_of(day + timedelta(days=count * (7 if unit == "week" else 1)))
    elif unit == "year":
        here, there = Point(day.year), Point(day.year + count)
    elif unit in _MONTHS:
        here = _month_of(day.year, day.month)
        there = _month_of(day.year, day.month + count * _MONTHS[unit])
    else:
        return None
    return Stretch(there, here) if count < 0 else Stretch(here, there)


def _make_recent(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«на днях» read on the 13th → this month; read on the 2nd, nobody knows."""
    day = anchor.published
    if day is None or (day - timedelta(days=7)).month != day.month:
        return None
    return _shift_unit(day, "month", 0)


def _make_part(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«начало июля» → July: EDTF knows no finer; the start of a school year is its month."""
    whole = _whole_of(parts)
    stretch = whole.stretch if whole else _make_shift(parts, anchor)
    edge = parts.one("part")
    if stretch is None or edge is None or stretch.start == stretch.stop:
        return stretch
    ends = {"start": stretch.start, "end": stretch.stop}
    point = ends.get(edge.unit or "")
    return Stretch(point, point) if point else stretch


def _make_nth(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«первое полугодие 2020 года», «2021 жылдың бірінші тоқсаны»."""
    nth, size = parts.value("ordinal"), _MONTHS.get(parts.unit)
    if nth is None or size is None or parts.year_is_lost or not 1 <= nth * size <= 12:
        return None
    first = (nth - 1) * size + 1
    return Stretch(Point(parts.year, first), Point(parts.year, first + size - 1))


def _make_first_months(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«9 месяцев 2021 года» → from January to September."""
    count = parts.value("count")
    if count is None or parts.year is None or not 1 <= count <= 12:
        return None
    return Stretch(Point(parts.year, 1), Point(parts.year, count))


def _make_weekday(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«on Friday» → the last one, today included; in the future tense the next one."""
    wanted, day = parts.value("weekday"), anchor.published
    if wanted is None or day is None:
        return None
    offset = parts.value("deictic") or 0
    back = (day.weekday() + 1 - wanted) % 7
    if offset < 0:
        return _shift_unit(day, "day", -(back or 7))
    ahead = offset > 0 or anchor.ahead_at(parts.first, parts.last)
    return _shift_unit(day, "day", -back % 7 if ahead else -back)


def _make_season(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«весной 2024 года» → 2024-21."""
    if parts.year_is_lost:
        return None
    point = Point(parts.year, parts.value("season"))
    offset, day = parts.value("deictic"), anchor.published
    if offset and day is not None and point.year is None:
        running = _likely_year(point, replace(anchor, tenses=()), 0) or day.year
        ends = _month_of(running, point.season[0] + 3)
        over = offset < 0 and ends.edtf <= f"{day.year:04}-{day.month:02}"
        point = replace(point, year=running + offset + over)
    return Stretch(point, point)


def _make_feast(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«Құрбан айт» → its day of the year in question; Victory Day is always 9 May."""
    feast = parts.one("feast")
    if feast is None or not feast.on:
        return None
    if feast.on[0].start is not None and feast.on[0].start.year is None:
        return feast.on[0]
    if anchor.published is None:
        return None
    limit = _point_of(anchor.published + timedelta(days=feast.horizon))
    known = [s for s in feast.on if s.start and s.start.edtf <= limit.edtf]
    found = max(known, key=lambda s: s.edtf, default=None)
    return _in_months(found, anchor.published) if found else None


def _in_months(feast: Stretch, day: date) -> Stretch:
    """Ramadan read within it → the months until then: nobody counts its days."""
    start, stop = feast.start, feast.stop
    if start is None or stop is None or not start.edtf < _point_of(day).edtf <= stop.edtf:
        return feast
    return Stretch(replace(start, day=None), Point(day.year, day.month))


def _make_school(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«2023-2024 учебный год»; without years the one that is near, from September to May."""
    year = parts.value("year")
    if year is None:
        day = anchor.published
        if day is None:
            return None
        year = day.year - (day.month < 6) + (parts.value("deictic") or 0)
    return Stretch(Point(year, 9), Point(year + 1, 5))


def _make_same(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«1-20 шілде аралығында»: the marker adds nothing but certainty."""
    whole = _whole_of(parts)
    return whole.stretch if whole else None


def _whole_of(parts: Parts) -> Atom | None:
    """The only date among the parts; «Friday» or «2018» alone is one only inside a pattern."""
    return parts.one("date") or parts.one("bare_date")


def _make_since(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«с начала июля», «2020 жылдан бастап»; since this year began → up to the month it is."""
    dates, day = parts.all("date"), anchor.published
    whole = dates[-1] if dates else _whole_of(parts)
    if whole is None:
        return _since_month(parts.value("month"))
    if whole.stretch is None:
        return None
    start = whole.stretch.start
    if start is not None and day is not None and (start.year, start.month) == (day.year, None):
        return Stretch(Point(day.year, 1), Point(day.year, day.month))
    return Stretch(start, None)


def _since_month(month: int | None) -> Stretch | None:
    """«since March»: the name of a month that alone would be a verb."""
    return Stretch(Point(None, month), None) if month else None


def _make_until(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«до 1 сентября», «ко Дню Победы», «as of April 8»; the old year ends before the new."""
    whole = _whole_of(parts)
    stop = whole.stretch.stop if whole and whole.stretch else None
    if whole is None or stop is None:
        return None
    if whole.rule == "feast" and (stop.month, stop.day) == (1, 1):
        stop = Point(stop.year and stop.year - 1, 12, 31)
    return Stretch(None, _last_day(stop, anchor) if whole.unit == "end" else stop)


def _last_day(point: Point, anchor: Anchor) -> Point:
    """«конец апреля» as a limit → 30 April; «конец года» → 31 December."""
    if point.month is None and point.year is not None:
        return Point(point.year, 12, 31)
    if point.month is None or point.day is not None or point.month > 12:
        return point
    year = point.year or _likely_year(point, anchor, _LIMIT_HORIZON)
    return replace(point, day=monthrange(year, point.month)[1]) if year else point


def _make_eve(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«накануне Нового года», «Жеңіс күні қарсаңында» → the month of the day before it."""
    whole = _whole_of(parts)
    start = whole.stretch.start if whole and whole.stretch else None
    if start is None or start.month is None:
        return None
    opens = start.day == 1 or start.day is None
    year, month = start.year, start.month - opens
    if month == 0:
        year, month = year and year - 1, 12
    return Stretch(Point(year, month), Point(year, month))


def _make_to_date(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«на сегодняшний день» → up to publication."""
    today = _shift_unit(anchor.published, "day", 0)
    return Stretch(None, today.stop) if today else None


def _make_from_to(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«с 1 по 20 июля», «19 наурыздан бастап бүгінге дейін», «26 July – 2 August 2013»."""
    dates = parts.all("date") or parts.all("bare_date")
    last = dates[-1].stretch
    if last is None or last.stop is None:
        return None
    if len(dates) > 1:
        first = dates[0].stretch
        return Stretch(first.start, last.stop) if first else None
    return Stretch(replace(last.stop, day=parts.value("day")), last.stop)


def _make_told(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«На следующий день», «сол күні»: counted from the day that was told before."""
    return _shift_unit(anchor.told, "day", parts.value("told") or 0)


def _make_nothing(parts: Parts, anchor: Anchor) -> Stretch | None:
    """«Бүгінде», «since the beginning of the war»: time, but no date."""
    return None


MAKERS: Mapping[str, Maker] = {
    "date": _make_date,
    "days": _make_days,
    "months": _make_months,
    "year": _make_year,
    "years": _make_years,
    "shift": _make_shift,
    "relative": _make_relative,
    "trailing": _make_trailing,
    "over": _make_over,
    "outcome": _make_outcome,
    "recent": _make_recent,
    "part": _make_part,
    "nth": _make_nth,
    "first_months": _make_first_months,
    "weekday": _make_weekday,
    "season": _make_season,
    "feast": _make_feast,
    "school": _make_school,
    "same": _make_same,
    "since": _make_since,
    "until": _make_until,
    "by": _make_until,
    "as_of": _make_until,
    "eve": _make_eve,
    "to_date": _make_to_date,
    "from_to": _make_from_to,
    "told": _make_told,
    "now": _make_nothing,
    "unknown": _make_nothing,
    "duration": _make_nothing,
    "clock": _make_nothing,
}


# ------------------------------------------------------------ years not stated


def _settle(stretch: Stretch, anchor: Anchor, horizon: int) -> Stretch | None:
    """«15 апреля» → its year: the other end's, else that of publication, else nearby."""
    start, stop = _share_year(stretch.start, stretch.stop)
    first = start or stop
    if first is not None and first.year is None:
        year = _likely_year(first, anchor, horizon)
        if year is None:
            return None
        start, stop = (replace(p, year=year) if p == first else p for p in (start, stop))
        start, stop = _share_year(start, stop)
    settled = Stretch(start, stop)
    if not all(point.exists and 1 <= (point.year or 0) <= 9999 for point in settled.points):
        return None
    return settled if _in_order(start, stop) else None


def _share_year(start: Point | None, stop: Point | None) -> tuple[Point | None, Point | None]:
    """«from 24 February to 24 August 2023»: one year serves both ends, if the order allows."""
    if start is None or stop is None:
        return start, stop
    crosses = start.season > stop.season
    if start.year is None and stop.year is not None:
        start = replace(start, year=stop.year - crosses)
    elif stop.year is None and start.year is not None:
        stop = replace(stop, year=start.year + crosses)
    return start, stop


def _likely_year(point: Point, anchor: Anchor, horizon: int) -> int | None:
    """The latest year in which the day is not too far after publication."""
    if anchor.published is None:
        return anchor.near
    if anchor.ahead:
        horizon = max(horizon, _FUTURE_HORIZON)
    limit = anchor.published + timedelta(days=horizon)
    return limit.year - (point.season > (limit.month, limit.day))


def _in_order(start: Point | None, stop: Point | None) -> bool:
    if start is None or stop is None:
        return start is not None or stop is not None
    low, high = (start.year, start.month, start.day), (stop.year, stop.month, stop.day)
    shared = [(a, b) for a, b in zip(low, high, strict=True) if a is not None and b is not None]
    return [a for a, _ in shared] <= [b for _, b in shared]


# --------------------------------------------------------------- the sentence


@fast_dataclass(frozen=True, slots=True)
class FoundDate:
    """Tokens ``first`` to ``last`` of a sentence; ``value`` is EDTF, or None when not known.

    ``ahead``: all of it, or its end if only that is said, lies after publication.
    """

    sentence: Sentence
    first: int
    last: int
    value: str | None
    rule: str
    is_period: bool
    ahead: bool = False

    @property
    def span(self) -> Span:
        tokens = self.sentence.tokens
        return Span(tokens[self.first].span.start, tokens[self.last].span.stop)


def find_dates(
    sentences: Sequence[Sentence], published: str | None, know: Mapping[Lang, DateKnowledge]
) -> tuple[FoundDate, ...]:
    """«с 1 по 20 июля в 16:57» → the period and the clock, in reading order."""
    day, near, told = _read_published(published), None, None
    found: list[FoundDate] = []
    for sentence in sentences:
        knowledge = know.get(sentence.zone.lang)
        if knowledge is None or not sentence.tokens:
            near = None
            continue
        anchor = Anchor(day, _read_tenses(sentence.tokens, knowledge), told=told)
        atoms = _longest(_build_chart(sentence.tokens, knowledge, anchor).atoms)
        own = _stated_year(atoms)
        anchor = replace(anchor, near=own or near)
        near = own
        settled = [_settle_atom(atom, sentence, anchor) for atom in atoms]
        found.extend(_as_state(date, anchor, knowledge) for date in settled)
        if sentence.zone.kind in _TELLING:
            told = _last_day_told(settled) or told
    return tuple(found)


def _last_day_told(found: Iterable[FoundDate]) -> date | None:
    """«11 апреля … 12 апреля» → the latter, on which «the next day» leans."""
    days = [one.value for one in found if one.is_period and len(one.value or "") == _DAY_LENGTH]
    return _read_published(days[-1]) if days else None


def _as_state(found: FoundDate, anchor: Anchor, know: DateKnowledge) -> FoundDate:
    """«На 18 апреля получили 300 семей»: all until that day, unless the sentence looks ahead."""
    before = found.sentence.tokens[found.first - 1].norm if found.first else ""
    day = found.rule == "date" and found.value is not None and len(found.value) == _DAY_LENGTH
    if not day or before not in know.state or anchor.ahead:
        return found
    return replace(found, value=f"../{found.value}", rule="state")


def find_periods(
    sentences: Sequence[Sentence], published: str | None, know: Mapping[Lang, DateKnowledge]
) -> tuple[Mention, ...]:
    """«С начала июля» of 2020 → a period «2020-07/..»; unknown years stay None."""
    return periods_of(find_dates(sentences, published, know))


def periods_of(dates: Sequence[FoundDate]) -> tuple[Mention, ...]:
    """«dates of all sorts» → those that say when something takes place."""
    return tuple(
        Mention(
            span=found.span,
            sort="period",
            text=_text_of(found),
            sentence=found.sentence.index,
            value=found.value,
            rule=found.rule,
            code="ahead" if found.ahead else None,
        )
        for found in dates
        if found.is_period
    )


class NearDates:
    """The dates of a sentence, looked for only around the tokens that somebody asks about.

    A token that stands in no word of ``dates.toml`` is part of no date: from one such to the
    next, a stretch of tokens is read by itself.
    """

    def __init__(self, tokens: Sequence[Token], know: DateKnowledge) -> None:
        self._tokens, self._know = tokens, know
        self._start = self._stop = 0
        self._owners: dict[int, Atom] = {}

    def take(self, first: int, last: int) -> bool:
        """«31» of «31 мая» → True: does one date or time take all of tokens first..last?"""
        if not self._start <= first < self._stop:
            self._read_around(first)
        owner = self._owners.get(first)
        return owner is not None and owner is self._owners.get(last)

    def _read_around(self, index: int) -> None:
        """The stretch comes with the token on its left: a first word is read in its own way."""
        start = stop = index
        while start > 0 and self._joins(start):
            start -= 1
        while stop < len(self._tokens) and self._joins(stop):
            stop += 1
        chart = _build_chart(self._tokens[start:stop], self._know, Anchor(None))
        self._start, self._stop = start, stop
        self._owners = {
            start + place: atom
            for atom in _longest(chart.atoms)
            for place in range(atom.first, atom.last + 1)
        }

    def _joins(self, index: int) -> bool:
        token = self._tokens[index]
        return token.sort == "number" or self._know.joins[token.norm]


def _read_published(text: str | None) -> date | None:
    """«2024-04-15T11:43:00» → the day; «2024» alone is no day."""
    try:
        day = date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None


def _longest(atoms: Iterable[Atom]) -> tuple[Atom, ...]:
    """The longest atoms that report something, no two overlapping, in reading order."""
    chosen: dict[int, Atom] = {}
    reported = (atom for atom in atoms if atom.rule)
    for atom in sorted(reported, key=lambda a: (a.first - a.last, -a.is_period, -a.rank, a.first)):
        places = range(atom.first, atom.last + 1)
        if not any(place in chosen for place in places):
            chosen.update(dict.fromkeys(places, atom))
    return tuple(sorted(dict.fromkeys(chosen.values()), key=lambda atom: atom.first))


def _stated_year(atoms: Iterable[Atom]) -> int | None:
    """«23 July 2015» → 2015: a year with its month lends itself to the dates nearby."""
    points = (point for atom in atoms if atom.stretch for point in atom.stretch.points)
    return next((point.year for point in points if point.year and point.month), None)


def _settle_atom(atom: Atom, sentence: Sentence, anchor: Anchor) -> FoundDate:
    beside = anchor.beside(atom.first, atom.last)
    stretch = _settle(atom.stretch, beside, atom.horizon) if atom.stretch else None
    value = stretch.edtf if stretch else None
    ahead = stretch is not None and _lies_ahead(stretch, anchor.published)
    return FoundDate(sentence, atom.first, atom.last, value, atom.rule, atom.is_period, ahead)


def _lies_ahead(stretch: Stretch, day: date | None) -> bool:
    """«ертең», «до 1 сентября» read in August."""
    edge = stretch.start or stretch.stop
    if day is None or edge is None or edge.year is None:
        return False
    return (edge.year, *edge.season) > (day.year, day.month, day.day)


def _text_of(found: FoundDate) -> str:
    """The words of a date; whatever white space stood between them is plain spaces."""
    tokens = found.sentence.tokens[found.first : found.last + 1]
    pieces = [tokens[0].text]
    for before, token in pairwise(tokens):
        pieces += [" " * (token.span.start - before.span.stop), token.text]
    return "".join(pieces)


# ------------------------------------------------------------------ the tense


def _read_tenses(tokens: Sequence[Token], know: DateKnowledge) -> tuple[int, ...]:
    """«автобусы будут» → (0, 1): which words look back, which ahead."""
    return tuple(_direction(tokens, index, know) for index in range(len(tokens)))


def _direction(tokens: Sequence[Token], index: int, know: DateKnowledge) -> int:
    """Where verbs come last, only a word before a mark or the end may tell."""
    token = tokens[index]
    if token.norm in know.ahead:
        return 1
    closing = index + 1 == len(tokens) or tokens[index + 1].sort == "mark"
    if token.sort != "word" or not (closing or know.tense_of == "any"):
        return 0
    if index and tokens[index - 1].norm in know.passive:
        return 1
    tense = know.tenses[token.norm]
    return 1 if tense in know.forward else -1 if tense == "past" else 0


def _word_tense(readings: Sequence[Reading], shortest: int) -> str | None:
    """The likeliest tagged reading; without tags, that with the longest ending."""
    tagged = [reading for reading in readings if reading.pos is not None]
    if tagged:
        return tagged[0].tense if tagged[0].pos in ("VERB", "PRTS", "INFN") else None
    verbs = [r for r in readings if r.tense is not None and len(r.lemma) >= shortest]
    return min(verbs, key=lambda reading: len(reading.lemma)).tense if verbs else None
