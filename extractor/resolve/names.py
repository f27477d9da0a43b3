"""Names across three languages: «Қамқор» қоры, фонд «Камкор», Qamqor Foundation are one.

A name is written in one rough Latin spelling, and what many bodies share is left out.
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex
from rapidfuzz import fuzz

# Of 100: «kamkor» and «kamkorlik» are one, «atamekn» and «amanat» are two.
_SAME = 86.0
_PREFIX = 4
_SHORTEST = 3
# «kobda» and «kobdinskogo»: case endings and those of adjectives.
_LONGEST_ENDING = 7


@dataclass(frozen=True, slots=True)
class _Spelling:
    letters: dict[int, str]
    groups: tuple[tuple[str, str], ...]
    shared: frozenset[str]
    stems: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _spelling() -> _Spelling:
    content = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
    letters = {ord(letter): to for letter, to in content["letters"].items()}
    groups = tuple(sorted(content["groups"].items(), key=lambda pair: (-len(pair[0]), pair[0])))
    bare = _Spelling(letters, groups, frozenset())
    words = [word for group in content["shared"].values() for word in group]
    whole = frozenset(_spelled(word, bare) for word in words if not word.endswith("-"))
    stems = {_spelled(word[:-1], bare) for word in words if word.endswith("-")}
    return _Spelling(letters, groups, whole, tuple(sorted(stems)))


@lru_cache(maxsize=65_536)
def _is_shared(word: str) -> bool:
    """«fond», «raione»: a word that many names have."""
    known = _spelling()
    return word in known.shared or word.startswith(known.stems)


@lru_cache(maxsize=1)
def _words() -> regex.Pattern[str]:
    return regex.compile(r"[\p{L}\p{M}\d]+")


@lru_cache(maxsize=1)
def _quoted() -> regex.Pattern[str]:
    return regex.compile(r"[«“„\"]([^«»“”„\"]{2,80})[»”“\"]")


@lru_cache(maxsize=65_536)
def spell(word: str) -> str:
    """«Қамқор», «Qamqor», «Камкор» → kamkor.

    >>> spell("Қамқор"), spell("Qamqor"), spell("Zhomart"), spell("Жомарт")
    ('kamkor', 'kamkor', 'jomart', 'jomart')
    """
    return _spelled(word, _spelling())


def _spelled(word: str, spelling: _Spelling) -> str:
    composed = unicodedata.normalize("NFC", word.casefold()).translate(spelling.letters)
    parts = unicodedata.normalize("NFD", composed)
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    for group, to in spelling.groups:
        plain = plain.replace(group, to)
    return "".join(char for place, char in enumerate(plain) if char != plain[place - 1 : place])


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """«“Қамқор” қоғамдық қоры» → kamkor: what tells a body apart, else all of its name.

    >>> name_key("«Қамқор» қоғамдық қоры"), name_key("общественный фонд «Камкор»")
    ('kamkor', 'kamkor')
    """
    found = _quoted().search(name)
    words = [spell(word) for word in _words().findall(found.group(1) if found else name)]
    own = [word for word in words if not _is_shared(word)]
    return " ".join(own or words)


@lru_cache(maxsize=65_536)
def is_named(name: str) -> bool:
    """«волонтёры», «local entrepreneurs»: a crowd has no name, its words begin small."""
    if _quoted().search(name):
        return True
    words = [word for word in _words().findall(name) if not _is_shared(spell(word))]
    return any(word[0].isupper() or word[0].isdigit() for word in words)


@lru_cache(maxsize=262_144)
def same_key(one: str, other: str) -> bool:
    """Are two keys one name, but for endings and slips?"""
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORTEST:
        return False
    if _begin_alike(one, other):
        return True
    return fuzz.token_sort_ratio(one, other) >= _SAME


def _begin_alike(one: str, other: str) -> bool:
    """«kobdada» and «kobde», «kulsarida» and «kulsari»: one stem under two endings."""
    if " " in one or " " in other:
        return False
    short, long = sorted((one, other), key=len)
    stem = max(_PREFIX, len(short) - 1)
    return (
        len(short) >= _PREFIX
        and short[:stem] == long[:stem]
        and len(long) - len(short) <= _LONGEST_ENDING
    )
