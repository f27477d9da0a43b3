"""Scripts: the Cyrillic view of Latin Kazakh words, look-alike letters, lower case by code point.

Tables are data (``langs/*/scripts.toml``); a word goes in, a word comes out, offsets stay with
the token, so that the view may be longer or shorter than the word.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from extractor.types import Script

_SAMPLE = 20_000
_SCRIPT_BLOCKS: tuple[tuple[Script, str], ...] = (
    ("Cyrl", r"\u0400-\u0481\u048a-\u052f\u1c80-\u1c8f\ua640-\ua69f"),
    ("Latn", r"A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff"),
    ("Arab", r"\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc"),
)
_HINT = 1e-6
_NEVER = 4
_KEYS = frozenset(
    (
        *("home", "scripts", "telling", "together", "lone", "alien", "common", "vowels"),
        *("shared_marks", "own_marks"),
        *("twins", "latin", "alphabet", "rewrite", "stem"),
    )
)


@dataclass(frozen=True, slots=True, eq=False)
class Alphabet:
    """«2018», «2021»: one Latin alphabet; ``letters`` maps to Cyrillic, longest keys first."""

    name: str
    telling: tuple[str, ...]
    leaning: tuple[str, ...]
    never: tuple[str, ...]
    needs: str
    capitals: Mapping[int, str]
    letters: Mapping[str, str]
    units: regex.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """«jjа» → «ия»: one step from the letter-by-letter view to the spelling.

    ``only`` names the alphabet in which it is one; empty: in all.
    """

    pattern: regex.Pattern[str]
    write: str
    only: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Scripts:
    """How one language is written: its scripts, telling letters, look-alikes and alphabets."""

    home: Script
    scripts: tuple[Script, ...]
    telling: frozenset[str]
    together: tuple[str, ...]
    lone: str
    alien: frozenset[str]
    shared_marks: tuple[str, ...]
    own_marks: tuple[str, ...]
    common: frozenset[str]
    twins: Mapping[int, str]
    twins_back: Mapping[int, str]
    alphabets: tuple[Alphabet, ...]
    rewrites: tuple[Rewrite, ...]
    stems: tuple[tuple[str, str], ...]
    vowels: frozenset[str]

    @property
    def latin_telling(self) -> frozenset[str]:
        """«ǵ», «ş», «a'»: all signs that some Latin alphabet of the language has."""
        return frozenset(sign for alphabet in self.alphabets for sign in alphabet.telling)


def load_scripts(table: Mapping[str, Any]) -> Scripts:
    """«langs/kk/scripts.toml», parsed → its tables, compiled; a missing key is an error."""
    missing = _KEYS - table.keys()
    if missing:
        raise ValueError(f"scripts.toml: missing {', '.join(sorted(missing))}")
    twins = {ord(key): value for key, value in table["twins"].items()}
    return Scripts(
        home=table["home"],
        scripts=tuple(table["scripts"]),
        telling=frozenset(table["telling"]),
        together=tuple(table["together"]),
        lone=table["lone"],
        alien=frozenset(table["alien"]),
        shared_marks=tuple(table["shared_marks"]),
        own_marks=tuple(table["own_marks"]),
        common=frozenset(table["common"]),
        twins=twins,
        twins_back={ord(value): chr(key) for key, value in twins.items()},
        alphabets=tuple(_load_alphabet(row, table["latin"]) for row in table["alphabet"]),
        rewrites=tuple(
            Rewrite(regex.compile(row["pattern"]), row["write"], row.get("only", ""))
            for row in table["rewrite"]
        ),
        stems=tuple((row["read"], row["write"]) for row in table["stem"]),
        vowels=frozenset(table["vowels"]),
    )


def _load_alphabet(row: Mapping[str, Any], latin: Mapping[str, str]) -> Alphabet:
    letters = {**latin, **row["letters"]}
    units = sorted(letters, key=len, reverse=True)
    return Alphabet(
        name=row["name"],
        telling=tuple(row["telling"]),
        leaning=tuple(row.get("leaning", ())),
        never=tuple(row["never"]),
        needs=row.get("needs", ""),
        capitals={ord(key): value for key, value in row["capitals"].items()},
        letters=letters,
        units=regex.compile(
            "|".join(map(regex.escape, units)) + r"|\P{L}|\p{Cyrillic}|(?P<unknown>\p{L})"
        ),
    )


@lru_cache(maxsize=8)
def read_scripts(path: Path) -> Scripts:
    """«langs/kk/scripts.toml» → its tables; read once."""
    try:
        return load_scripts(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, regex.error) as error:
        raise ValueError(f"{path}: {error}") from error


# --- letters --------------------------------------------------------------------------------


def lower_each(text: str) -> str:
    """«İstanbul» → «istanbul»: lower case code point by code point, so that offsets hold."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else low[0] for char in text)


@lru_cache(maxsize=1)
def _script_patterns() -> tuple[tuple[Script, re.Pattern[str]], ...]:
    """Runs of letters by block: the standard engine reads them ten times as fast as classes."""
    return tuple((script, re.compile(f"[{blocks}]+")) for script, blocks in _SCRIPT_BLOCKS)


def script_counts(text: str) -> Mapping[Script, int]:
    """«Chery выделила» → Latn 5, Cyrl 8: letters of each script, over the first 20 000."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return {"Latn": sum(map(len, _ascii_words().findall(sample)))}
    return {
        script: sum(map(len, pattern.findall(sample))) for script, pattern in _script_patterns()
    }


@lru_cache(maxsize=1)
def _ascii_words() -> re.Pattern[str]:
    return re.compile("[A-Za-z]+")


def script_of(text: str) -> Script | None:
    """«Қазақстан» → Cyrl: the script with the most letters, or nothing where there are none."""
    if text.isascii():
        return "Latn" if _ascii_words().search(text, 0, _SAMPLE) else None
    counts: dict[Script, int] = {}
    for script, pattern in _script_patterns():
        counts[script] = sum(map(len, pattern.findall(text, 0, _SAMPLE)))
        if 2 * counts[script] > len(text):
            return script
    best = max(counts, key=lambda script: counts[script])
    return best if counts[best] else None


def is_written_in(script: Script, text: str) -> bool:
    """«Dollars, 5» → in Latn: no letter of another script stands in it, if any at all."""
    others = (pattern for other, pattern in _script_patterns() if other != script)
    return not any(pattern.search(text) for pattern in others)


def fold_twins(word: str, scripts: Scripts) -> str:
    """«cлучаях» with a Latin c → «случаях»: look-alikes in a word of mixed script, one for one.

    Parts between hyphens are judged alone: «IT» of «IT-компания» stays Latin.
    """
    if word.isascii() or not scripts.twins:
        return word
    return "-".join(_fold_part(part, scripts) for part in word.split("-"))


def _fold_part(part: str, scripts: Scripts) -> str:
    counts = script_counts(part)
    cyrillic, latin = counts.get("Cyrl", 0), counts.get("Latn", 0)
    if not cyrillic or not latin:
        return part
    home = cyrillic if scripts.home == "Cyrl" else latin
    if 2 * home >= cyrillic + latin:
        return _translate(part, scripts.twins, scripts.home)
    other: Script = "Latn" if scripts.home == "Cyrl" else "Cyrl"
    return _translate(part, scripts.twins_back, other)


def _translate(part: str, twins: Mapping[int, str], home: Script) -> str:
    """The folded part, if that leaves one script; else the part as it was."""
    folded = part.translate(twins)
    counts = script_counts(folded)
    return folded if counts.get(home, 0) == sum(counts.values()) else part


# --- Latin Kazakh ---------------------------------------------------------------------------


def alphabet_of(text: str, scripts: Scripts) -> str:
    """«Ózbekstanda», «jöneltıldı» → the name of the alphabet, by its telling letters.

    Decide once for an article: single words seldom tell. Without any, the first in the table.
    """
    lowered = straight_marks(unicodedata.normalize("NFC", text[:_SAMPLE])).lower()
    letters = Counter(lowered)
    scores = [_alphabet_score(alphabet, lowered, letters) for alphabet in scripts.alphabets]
    return scripts.alphabets[scores.index(max(scores))].name


def _alphabet_score(alphabet: Alphabet, lowered: str, letters: Mapping[str, int]) -> float:
    def count(sign: str) -> int:
        return letters.get(sign, 0) if len(sign) == 1 else lowered.count(sign)

    if alphabet.needs and not count(alphabet.needs):
        return -1
    seen = sum(map(count, alphabet.telling))
    # Where no letter tells, pairs of letters do: «keldı», «deiın» against «keldi», «deıin».
    hints = _HINT * sum(map(count, alphabet.leaning))
    return seen + hints - _NEVER * sum(map(count, alphabet.never))


def straight_marks(text: str) -> str:
    """«ko’mek», «koʻmek» → «ko'mek»: apostrophes of all kinds, one for one."""
    return text if text.isascii() else _apostrophes().sub("'", text)


@lru_cache(maxsize=1)
def _apostrophes() -> re.Pattern[str]:
    return re.compile(r"[\u2018\u2019\u02b9\u02bb\u02bc\u00b4`]")


@lru_cache(maxsize=1 << 16)
def cyrillic_view(word: str, scripts: Scripts, alphabet: str | None = None) -> str:
    """«jumısshylarǵa» → its Cyrillic spelling, lower case; other words are only lowered.

    A word with letters that no Kazakh alphabet has (w, x, c) keeps its own.
    """
    folded = fold_twins(unicodedata.normalize("NFC", word), scripts)
    if not folded.isascii() and script_of(folded) == "Cyrl":
        return lower_each(folded)
    name = alphabet or alphabet_of(folded, scripts)
    table = next((row for row in scripts.alphabets if row.name == name), None)
    if table is None:
        return lower_each(folded)
    return _read_latin(folded, scripts, table) or lower_each(folded)


def _read_latin(word: str, scripts: Scripts, alphabet: Alphabet) -> str | None:
    lowered = straight_marks(lower_each(word.translate(alphabet.capitals)))
    units: list[str] = []
    for match in alphabet.units.finditer(lowered):
        if match["unknown"]:
            return None
        units.append(alphabet.letters.get(match[0], match[0]))
    view = "".join(units)
    for step in scripts.rewrites:
        if step.only in ("", alphabet.name):
            view = step.pattern.sub(step.write, view)
    return _restore_stem(view, scripts)


def _restore_stem(view: str, scripts: Scripts) -> str:
    """«економика» → «экономика»; «автомобили» gets no soft sign before a vowel."""
    for read, write in scripts.stems:
        if view.startswith(read):
            rest = view[len(read) :]
            soft = len(write) > len(read) and write.startswith(read)
            return view if soft and rest[:1] in scripts.vowels else write + rest
    return view


def words_of(text: str) -> Iterator[str]:
    """«qalasynda 5 myń» → its words, apostrophes inside."""
    return (match[0] for match in _word_pattern().finditer(text))


@lru_cache(maxsize=1)
def _word_pattern() -> regex.Pattern[str]:
    return regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['\u2019\u2018\u02bc\u02bb`][\p{L}\p{M}]+)*")
