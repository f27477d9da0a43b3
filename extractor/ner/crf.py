"""The best tags for many sentences at once, by the weights of a linear-chain CRF.

The weights of a word, a pair of words, a window of classes are summed once and kept, so that
what was seen before costs one look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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
    Word,
    class_features,
    class_windows,
    far_features,
    near_features,
    own_features,
    pair_features,
    place_features,
)
from extractor.ner.units import Unit
from extractor.ner.weights import Matrix, Weights

_NEVER = np.float32(-1e4)
_MOST_SUMS = 60_000
_BATCH = 64
# The rows of a word in the table of sums: how it looks from its own place and from others.
_AT_OWN, _AT_LEFT, _AT_RIGHT, _AT_FAR_LEFT, _AT_FAR_RIGHT = range(5)


@dataclass
class _Sums:
    """Sums of weights in one growing table; row 0 is all zeros: nothing stands there."""

    table: Matrix
    used: int = 1
    words: dict[Word, int] = field(default_factory=dict)
    pairs: dict[tuple[int, int], int] = field(default_factory=dict)
    windows: dict[tuple[str, ...], int] = field(default_factory=dict)
    places: dict[tuple[str, ...], int] = field(default_factory=dict)

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
        if self._sums.used > _MOST_SUMS:
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
        # Two places before the first and after the last: row 0, seen from nowhere.
        rows = [self._word_row(word) for word in words]
        near = self._sums.pairs
        pairs = [0] * (len(words) + 1)
        for index in range(1, len(words)):
            key = rows[index - 1], rows[index]
            pairs[index] = near.get(key) or self._pair_row(key, words[index - 1], words[index])
        found: list[tuple[int, ...]] = []
        last = len(words) - 1
        contexts = zip(class_windows(words), place_features(words), strict=True)
        for index, (window, place) in enumerate(contexts):
            found.append(
                (
                    rows[index],
                    rows[index - 1] + _AT_LEFT if index else 0,
                    rows[index + 1] + _AT_RIGHT if index < last else 0,
                    rows[index - 2] + _AT_FAR_LEFT if index > 1 else 0,
                    rows[index + 2] + _AT_FAR_RIGHT if index + 1 < last else 0,
                    pairs[index],
                    pairs[index + 1] + 1 if index < last else 0,
                    self._window_row(window),
                    self._place_row(place),
                )
            )
        return found

    def _word_row(self, word: Word) -> int:
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

    def _pair_row(self, key: tuple[int, int], left: Word, right: Word) -> int:
        """The row for the right word of a pair; the one for the left word follows it."""
        features = tuple(pair_features(left, right))
        sums = self._sum(LEFT_PAIR, features), self._sum(RIGHT_PAIR, features)
        row = self._sums.pairs[key] = self._sums.add(*sums)
        return row

    def _window_row(self, window: tuple[str, str, str, str, str]) -> int:
        row = self._sums.windows.get(window)
        if row is None:
            row = self._sums.add(self._sum(OWN, class_features(window)))
            self._sums.windows[window] = row
        return row

    def _place_row(self, place: tuple[str, ...]) -> int:
        row = self._sums.places.get(place)
        if row is None:
            row = self._sums.places[place] = self._sums.add(self._sum(OWN, place))
        return row

    def _sum(self, prefix: str, features: Iterable[str]) -> Matrix:
        numbers = self._weights.rows
        rows = [numbers[name] for name in (prefix + part for part in features) if name in numbers]
        total: Matrix = self._weights.states[rows].sum(axis=0)
        return total


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
    best = scores[firsts[order[: running[0]]]] + starts
    for step in range(1, longest):
        count = running[step]
        candidates = best[:count, :, None] + moves
        back[step, :count] = candidates.argmax(axis=1)
        best[:count] = candidates.max(axis=1) + scores[firsts[order[:count]] + step]
    paths: list[list[int]] = [[] for _ in lengths]
    for place, index in enumerate(order[: running[0]]):
        paths[index] = _walk_back(int(best[place].argmax()), back[: lengths[index], place])
    return paths


def _walk_back(last: int, back: NDArray[np.int16]) -> list[int]:
    path = [last]
    for row in back[:0:-1]:
        path.append(int(row[path[-1]]))
    return path[::-1]
