"""Linear rankers over named features: log-odds that can be added up by hand.

A ranker is trained by ``make train-rankers`` (logistic regression) and kept as a table of
weights in ``models/rankers``: reading it needs nothing but JSON.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from pathlib import Path

Features = Mapping[str, float]


class RankerError(ValueError):
    """A table of weights that cannot be read."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """A name, a bias and the weight of each feature that has one."""

    name: str
    bias: float
    weights: Mapping[str, float]

    def score(self, features: Features) -> float:
        """Features → log-odds of «yes»; what was never seen in training weighs nothing."""
        weight, total = self.weights.get, 0.0
        # A loop, not a sum over a generator: it is asked ten times for each figure.
        for name, value in features.items():
            total += weight(name, 0.0) * value
        return self.bias + total

    def reasons(self, features: Features, count: int = 3) -> tuple[str, ...]:
        """The features that weigh most, for what was decided: «verb<3 +0.41»."""
        weights = self.weights
        shares = [
            (weights[name] * value, name) for name, value in features.items() if name in weights
        ]
        sign = math.copysign(1.0, self.bias + sum(share for share, _ in shares))
        told = nsmallest(count, shares, key=lambda row: (-sign * row[0], row[1]))
        return tuple(f"{name} {share:+.2f}" for share, name in told if share)


def probability(score: float) -> float:
    """Log-odds → a share of one."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def choose(scores: Sequence[float]) -> tuple[float, int, int | None]:
    """Scores of options → how likely the best is (softmax), its place, and that of the second."""
    best, *others = nlargest(2, range(len(scores)), key=lambda index: scores[index])
    parts = sum(math.exp(score - scores[best]) for score in scores)
    return 1.0 / parts, best, others[0] if others else None


def lead(one: Features, other: Features) -> Features:
    """What speaks for one option rather than the other."""
    return {name: one.get(name, 0.0) - other.get(name, 0.0) for name in {**one, **other}}


def bucket(value: float, edges: tuple[float, ...]) -> str:
    """«7» among (3, 8, 15) → «8»: the first edge that is not below; «far» beyond the last."""
    return next((f"{edge:g}" for edge in edges if value <= edge), "far")


def read_ranker(path: Path) -> Ranker:
    """«models/rankers/figures.json» → its ranker.

    Raises:
        RankerError: the file is missing, or is no table of weights.
    """
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(name): float(weight) for name, weight in table["weights"].items()}
        return Ranker(str(table["name"]), float(table["bias"]), weights)
    except OSError as error:
        raise RankerError(f"{path.name}: no such table of weights; install again") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RankerError(f"{path.name}: no table of weights: {error}") from error
