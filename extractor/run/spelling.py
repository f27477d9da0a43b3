"""Patterns of bytes for words as they are written: both cases, look-alikes, Latin Kazakh.

The gate reads UTF-8 as it comes, valid or not, and lowers nothing: every letter of a stem
becomes all the ways to write it, and every stem a path in one tree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from extractor.match.scripts import Scripts

_APOSTROPHES = "'\u2018\u2019\u02b9\u02bb\u02bc\u00b4`"
# What a rewrite of langs/kk/scripts.toml tells apart later: «й» and «и» are one Latin letter.
_EITHER = "j"
_SOFT = "\u0438\u0439"
_DOTS = {"i": ("i", "I", "\u0130"), "\u0131": ("\u0131", "I")}
_LETTER = r"A-Za-z\xc3-\xcb\xcc\xcd\xd0-\xd4\xe1"
# Punctuation outside ASCII: «», NBSP; dashes, quotes, ellipsis; a byte order mark.
_MARK = r"\xc2[\x80-\xbf]|\xe2[\x80-\xbf][\x80-\xbf]|\xef[\xbb\xbc][\x80-\xbf]"

Path = tuple[str, ...]

AFTER_WORD = rf"[^{_LETTER}]"
BEFORE_WORD = rf"(?:[^A-Za-z\x80-\xff\n]|{_MARK})"
BETWEEN_WORDS = r"(?:[ \t\r,-]|\xc2\xa0|\xe2\x80[\x80-\x95\xaf])+"
WORD_GOES_ON = r"[A-Za-z'\x80-\xff]*"


class Spelling:
    """How the letters of a language may be written; longer units («ия») are tried first."""

    def __init__(
        self,
        letters: Mapping[str, Iterable[str]],
        runs: Mapping[str, Sequence[str]] | None = None,
        either: Iterable[str] = (),
    ) -> None:
        self._writings = letters
        self._runs = runs or {}
        self._either = either
        self._longest = max(map(len, self._runs), default=1)
        self._letters: dict[str, str] = {}

    def of(self, word: str) -> Path:
        """«көмек» → five patterns of bytes: «к» is к, К, k or K, «ө» is ө, ó, ö or o', …"""
        return tuple(map(self._letter, self._split(word)))

    def _split(self, word: str) -> Iterator[str]:
        start = 0
        while start < len(word):
            sizes = range(self._longest, 1, -1)
            size = next((n for n in sizes if word[start : start + n] in self._runs), 1)
            yield word[start : start + size]
            start += size

    def _letter(self, unit: str) -> str:
        if unit not in self._letters:
            own = "".join(_pattern(_cases(char), self._writings.get(char, ())) for char in unit)
            runs = ("".join(map(self._of_run, run)) for run in self._runs.get(unit, ()))
            self._letters[unit] = pattern_of((one,) for one in (own, *runs))
        return self._letters[unit]

    def _of_run(self, char: str) -> str:
        """«*a» → ia, ıa, i'a, …: the star is any letter that may be «й» or «и»."""
        return _pattern(self._either if char == "*" else _cases(char))


def own_spelling(scripts: Scripts) -> Spelling:
    """Russian: «с» may be a Latin c, «е» may be «ё»."""
    return Spelling(_twins(scripts))


def latin_spelling(scripts: Scripts, runs: Mapping[str, Sequence[str]]) -> Spelling:
    """Kazakh: «ң» is also ń, ñ, ŋ and n'; ``runs`` are what is no letter for a letter."""
    letters: dict[str, set[str]] = defaultdict(set, _twins(scripts))
    either: set[str] = set()
    for alphabet in scripts.alphabets:
        for latin, letter in alphabet.letters.items():
            (either if letter == _EITHER else letters[letter]).update(_cases(latin))
    for letter in _SOFT:
        letters[letter].update(either)
    return Spelling(letters, runs, either)


def _twins(scripts: Scripts) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for twin, letter in scripts.twins.items():
        found[letter.lower()].add(chr(twin))
    found["\u0435"].update("\u0451\u0401")
    return dict(found)


def _cases(unit: str) -> tuple[str, ...]:
    """«ia» → ia, iA, Ia, IA and the dotted ones; «o'» with every apostrophe there is."""
    choices = [
        tuple(_APOSTROPHES) if char == "'" else _DOTS.get(char, (char, char.upper()))
        for char in unit
    ]
    return tuple(dict.fromkeys(map("".join, product(*choices))))


def _pattern(*writings: Iterable[str]) -> str:
    r"""{«к», «К», «k», «K»} → (?:[Kk]|\xd0[\x9a\xba])."""
    every = (writing for some in writings for writing in some)
    return pattern_of(tuple(map(_byte, writing.encode())) for writing in every)


def _byte(value: int) -> str:
    char = chr(value)
    return re.escape(char) if char.isascii() and char.isprintable() else f"\\x{value:02x}"


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    ends: bool = False


def pattern_of(paths: Iterable[Path]) -> str:
    """Many paths in one pattern, each beginning written once; of none, what never matches."""
    root = _Node()
    for path in paths:
        node = root
        for part in filter(None, path):
            node = node.children.setdefault(part, _Node())
        node.ends = True
    return _tree_pattern(root)


def _tree_pattern(node: _Node) -> str:
    if not node.children:
        return "" if node.ends else r"[^\x00-\xff]"
    single = sorted(p for p, child in node.children.items() if _is_byte(p) and _is_leaf(child))
    branches = [
        part + _tree_pattern(child)
        for part, child in sorted(node.children.items())
        if part not in single
    ]
    if single:
        branches.append(single[0] if len(single) == 1 else f"[{''.join(single)}]")
    if len(branches) == 1 and not node.ends:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if node.ends else ''}"


def any_of(beginnings: Iterable[str]) -> str:
    """What begins so, small or with a capital; look-alikes and other alphabets left aside."""
    return _tree_pattern(_byte_tree(beginnings))


def other_than(beginnings: Iterable[str]) -> str:
    """The first letters of any word but those that begin so, in whatever case."""
    root = _byte_tree(beginnings)
    letters = (_byte(value) for value in range(256) if value >= 0x80 or chr(value).isalpha())
    first = "".join(letter for letter in letters if letter not in root.children)
    return f"(?:{'|'.join([f'[{first}]', *_branches(root)])})"


def _byte_tree(words: Iterable[str]) -> _Node:
    root = _Node()
    for word in words:
        for writing in (word, word.capitalize(), word.upper()):
            node = root
            for byte in writing.encode():
                node = node.children.setdefault(_byte(byte), _Node())
            node.ends = True
    return root


def _branches(node: _Node) -> Iterator[str]:
    for byte, child in sorted(node.children.items()):
        if not child.ends:
            others = f"[^{''.join(sorted(child.children))}]"
            yield f"{byte}(?:{'|'.join([others, *_branches(child)])})"


def _is_leaf(node: _Node) -> bool:
    return node.ends and not node.children


def _is_byte(part: str) -> bool:
    return len(part) == 1 or re.fullmatch(r"\\x..|\\.", part) is not None
