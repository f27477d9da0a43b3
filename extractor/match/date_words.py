"""dates.toml: the words of dates, and the patterns in which they stand.

Which word means what, and in which order, the file says; what a pattern makes, ``MAKERS`` says.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from extractor.match.lexer import DigitStyle, read_tokens
from extractor.match.lexicon import Entry, Lexicon
from extractor.match.memory import Memory
from extractor.match.moment_makers import MAKERS
from extractor.match.moments import HORIZON, Point, Stretch
from extractor.match.morphology import Morphology, Reading, fold_word
from extractor.types import Token

LEVELS = ("year", "date", "part", "frame")
_SIGNS = {",": "comma", ":": "colon", "/": "slash", "(": "open", ")": "close"} | dict.fromkeys(
    "-\u2010\u2011\u2012\u2013\u2014", "dash"
)
MARKS = {sign: frozenset((name,)) for sign, name in _SIGNS.items()}
_MOST_WORDS = 200_000


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
        keys = self.lexicon.keys() | MARKS.keys() | {"."}

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
    lexicon = Lexicon(morphology, lex_form)
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


def lex_form(form: str) -> tuple[Token, ...]:
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
        horizon=row.get("horizon", HORIZON),
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


def _word_tense(readings: Sequence[Reading], shortest: int) -> str | None:
    """The likeliest tagged reading; without tags, that with the longest ending."""
    tagged = [reading for reading in readings if reading.pos is not None]
    if tagged:
        return tagged[0].tense if tagged[0].pos in ("VERB", "PRTS", "INFN") else None
    verbs = [r for r in readings if r.tense is not None and len(r.lemma) >= shortest]
    return min(verbs, key=lambda reading: len(reading.lemma)).tense if verbs else None
