"""The best tags for many sentences at once, by the weights of a linear-chain CRF.

The weights of a word, a pair of words, a window of classes are summed once and kept, so that
what was seen before costs one look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractor.ner.features import (
    FAR_LEFT,
    FAR_RIGHT,
    LEFT,
    LEFT_PAIR,
    OWN,
    RIGHT,
    RIGHT_PAIR,
    Window,
    Word,
    far_features,
    near_features,
    own_features,
    pair_features,
    place_features,
    window_features,
    windows_of,
)
from extractor.ner.units import Unit
from extractor.ner.weights import Matrix, Weights

_NEVER = np.float32(-1e4)
_MOST_SUMS = 150_000
_NOWHERE = (0, 0)
_BATCH = 64
# The rows of a word in the table of sums: how it looks from its own place and from others.
_AT_OWN, _AT_LEFT, _AT_RIGHT, _AT_FAR_LEFT, _AT_FAR_RIGHT = range(5)


@dataclass
class _Sums:
    """Sums of weights in one growing table; row 0 is all zeros: nothing stands there."""

    table: Matrix
    used: int = 1
    words: dict[Word, int] = field(default_factory=dict)
    pairs: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    windows: dict[Window, int] = field(default_factory=dict)
    places: dict[tuple[str, ...], int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Rows, and pairs and windows of which nothing is known."""
        return self.used + len(self.pairs) + len(self.windows)

    def add(self, *sums: Matrix) -> int:
        """Keep a few rows side by side; the number of the first."""
        first, self.used = self.used, self.used + len(sums)
        if self.used > len(self.table):
            self.table = np.concatenate([self.table, np.zeros_like(self.table)])
        self.table[first : self.used] = sums
        return first


class Tagger:
    """Weights, and the sums of them that were needed so far."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._vocabulary = weights.vocabulary
        self._moves, self._starts = _only_bio(weights)
        self._sums = self._no_sums()

    def tag(self, sentences: Sequence[Sequence[Unit]]) -> list[list[str]]:
        """Units of sentences → a BIO tag for each: the best path through each sentence."""
        found: list[list[str]] = []
        for start in range(0, len(sentences), _BATCH):
            found += self._tag_batch(sentences[start : start + _BATCH])
        return found

    def _tag_batch(self, sentences: Sequence[Sequence[Unit]]) -> list[list[str]]:
        if self._sums.size > _MOST_SUMS:
            self._sums = self._no_sums()
        addends = [row for units in sentences for row in self._addends(units)]
        if not addends:
            return [[] for _ in sentences]
        scores: Matrix = self._sums.table[np.array(addends)].sum(axis=1)
        lengths = [len(units) for units in sentences]
        paths = best_paths(scores, lengths, self._moves, self._starts)
        return [[self._weights.tags[tag] for tag in path] for path in paths]

    def _no_sums(self) -> _Sums:
        return _Sums(np.zeros((1 << 12, len(self._weights.tags)), np.float32))

    def _addends(self, units: Sequence[Unit]) -> list[tuple[int, ...]]:
        """For each unit, the rows of the table whose sum are its scores."""
        words = [self._vocabulary.word(unit) for unit in units]
        rows = [self._word_row(word) for word in words]
        pairs = [_NOWHERE, *(self._pair_rows(*pair) for pair in _pairs(rows, words)), _NOWHERE]
        # Two places before the first word and behind the last there is nothing.
        before, after = (0, 0, *rows), (*rows, 0, 0)
        contexts = zip(windows_of(words), place_features(words), strict=True)
        return [
            (
                rows[index],
                before[index + 1] and before[index + 1] + _AT_LEFT,
                before[index] and before[index] + _AT_FAR_LEFT,
                after[index + 1] and after[index + 1] + _AT_RIGHT,
                after[index + 2] and after[index + 2] + _AT_FAR_RIGHT,
                pairs[index][1],
                pairs[index + 1][0],
                self._window_row(window),
                self._place_row(place),
            )
            for index, (window, place) in enumerate(contexts)
        ]

    def _word_row(self, word: Word) -> int:
        """The first of the rows of a word."""
        row = self._sums.words.get(word)
        if row is None:
            near, far = tuple(near_features(word)), tuple(far_features(word))
            row = self._sums.words[word] = self._sums.add(
                self._sum(OWN, own_features(word)),
                self._sum(LEFT, near),
                self._sum(RIGHT, near),
                self._sum(FAR_LEFT, far),
                self._sum(FAR_RIGHT, far),
            )
        return row

    def _pair_rows(self, key: tuple[int, int], left: Word, right: Word) -> tuple[int, int]:
        """What a pair tells of its left word, and of its right one: mostly nothing."""
        rows = self._sums.pairs.get(key)
        if rows is None:
            features = tuple(pair_features(left, right))
            rows = self._row(RIGHT_PAIR, features), self._row(LEFT_PAIR, features)
            self._sums.pairs[key] = rows
        return rows

    def _window_row(self, window: Window) -> int:
        row = self._sums.windows.get(window)
        if row is None:
            row = self._sums.windows[window] = self._row(OWN, window_features(window))
        return row

    def _place_row(self, place: tuple[str, ...]) -> int:
        row = self._sums.places.get(place)
        if row is None:
            row = self._sums.places[place] = self._row(OWN, place)
        return row

    def _row(self, prefix: str, features: Iterable[str]) -> int:
        """One new row with the sum of the weights of some features; row 0 if there are none."""
        rows = self._numbers(prefix, features)
        return self._sums.add(self._weights.states[rows].sum(axis=0)) if rows else 0

    def _sum(self, prefix: str, features: Iterable[str]) -> Matrix:
        total: Matrix = self._weights.states[self._numbers(prefix, features)].sum(axis=0)
        return total

    def _numbers(self, prefix: str, features: Iterable[str]) -> list[int]:
        get = self._weights.rows.get
        found = (get(prefix + feature) for feature in features)
        return [row for row in found if row is not None]


def _pairs(
    rows: Sequence[int], words: Sequence[Word]
) -> Iterator[tuple[tuple[int, int], Word, Word]]:
    """Neighbours, and the rows that name them."""
    return zip(pairwise(rows), words, words[1:], strict=False)


def _only_bio(weights: Weights) -> tuple[Matrix, Matrix]:
    """Moves and starts of which no path can take «I-X» behind anything but «B-X», «I-X»."""
    moves, starts = weights.moves.copy(), np.zeros(len(weights.tags), np.float32)
    for index, tag in enumerate(weights.tags):
        if tag.startswith("I-"):
            before = ("B-" + tag[2:], tag)
            moves[[left not in before for left in weights.tags], index] = _NEVER
            starts[index] = _NEVER
    return moves, starts


def best_paths(
    scores: Matrix, lengths: Sequence[int], moves: Matrix, starts: Matrix
) -> list[list[int]]:
    """Viterbi over sentences side by side; ``scores`` has their words one after another."""
    order = sorted(range(len(lengths)), key=lambda index: -lengths[index])
    firsts = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    longest = lengths[order[0]]
    back = np.zeros((longest, len(order), len(moves)), np.int16)
    running = [sum(lengths[index] > step for index in order) for step in range(longest)]
    into = np.ascontiguousarray(moves.T)
    best = scores[firsts[order[: running[0]]]] + starts
    for step in range(1, longest):
        count = running[step]
        candidates = best[:count, None, :] + into
        back[step, :count] = candidates.argmax(axis=2)
        best[:count] = candidates.max(axis=2) + scores[firsts[order[:count]] + step]
    paths: list[list[int]] = [[] for _ in lengths]
    for place, index in enumerate(order[: running[0]]):
        paths[index] = _walk_back(int(best[place].argmax()), back[: lengths[index], place])
    return paths


def _walk_back(last: int, back: NDArray[np.int16]) -> list[int]:
    path = [last]
    for row in back[:0:-1]:
        path.append(int(row[path[-1]]))
    return path[::-1]
