"""Reprints: articles that repeat another one nearly word for word, by MinHash of their words."""

from __future__ import annotations

from functools import lru_cache

import regex
from rensa import RMinHash

from extractor.records import ArticleRecord

# Hashes a signature has: the error of the estimated share is about 1 / sqrt(64) = 0.13.
_HASHES = 64
_SEED = 42
_SHINGLE = 3
_FEWEST_WORDS = 20
_FEWEST_QUOTED = 12
# Of shingles in common; two articles of one press release that were written anew share less.
_REPRINT = 0.6
_BYTES = 4


def sign(record: ArticleRecord) -> bytes:
    """An article's signature: of its text, else of the words of its figures and names.

    Too few words have none; those of the two sorts are never alike.
    """
    if record.text is not None:
        return _sign(record.text, b"t", _FEWEST_WORDS)
    quotes = [figure.text for figure in record.figures]
    names = [name.text for event in record.events for name in event.providers]
    return _sign(" ".join([*quotes, *names]), b"q", _FEWEST_QUOTED)


def _sign(text: str, sort: bytes, fewest: int) -> bytes:
    words = _words().findall(text.casefold())
    if len(words) < fewest:
        return b""
    hasher = RMinHash(num_perm=_HASHES, seed=_SEED)
    hasher.update([" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)])
    return sort + b"".join(value.to_bytes(_BYTES, "big") for value in hasher.digest())


def is_reprint(one: bytes, other: bytes) -> bool:
    """Do two articles share most of their word groups?"""
    return bool(one and other) and one[0] == other[0] and likeness(one, other) >= _REPRINT


@lru_cache(maxsize=65_536)
def likeness(one: bytes, other: bytes) -> float:
    """The estimated share of word groups that two articles have in common."""
    pairs = range(1, min(len(one), len(other)), _BYTES)
    same = sum(one[at : at + _BYTES] == other[at : at + _BYTES] for at in pairs)
    return same / _HASHES


@lru_cache(maxsize=1)
def _words() -> regex.Pattern[str]:
    return regex.compile(r"[\p{L}\p{M}\d]+")
