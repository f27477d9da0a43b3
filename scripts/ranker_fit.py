"""Rows and choices → tables of weights: logistic regression, and conditional logit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from extractor.match.ranker import Features, Ranker

# Weaker regularisation wins nothing out of fold.
STRENGTH = 0.1
# Of choices: more of it is surer of each step, and groups fewer events right.
PENALTY = 0.5
# A feature seen less often than this is chance; a weight smaller than that says nothing.
RARE, FAINT = 4, 0.005

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """Named features, whether the answer is yes, and how much the row counts."""

    features: Features
    yes: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The options that there were, which of them was right, and how much the choice counts."""

    options: tuple[Features, ...]
    right: int
    weight: float = 1.0


def fit(name: str, rows: Sequence[Row], margin: float = 0.0) -> Ranker:
    """Rows → weights of a logistic regression; the margin is taken off its bias."""
    mean = sum(row.weight for row in rows) / len(rows)
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-6)
    model.fit(
        vectorizer.fit_transform(_without_rare([row.features for row in rows])),
        [row.yes for row in rows],
        sample_weight=[row.weight / mean for row in rows],
    )
    bias = round(float(model.intercept_[0]) - margin, 3)
    return Ranker(name, bias, _table(vectorizer.get_feature_names_out(), model.coef_[0]))


def fit_choices(name: str, choices: Sequence[Choice]) -> Ranker:
    """Choices → weights of a conditional logit: the softmax over each one's own options."""
    vectorizer = DictVectorizer()
    options = vectorizer.fit_transform(
        _without_rare([option for choice in choices for option in choice.options])
    )
    sizes = [len(choice.options) for choice in choices]
    starts = np.cumsum([0, *sizes[:-1]])
    right = starts + [choice.right for choice in choices]
    weights = np.array([choice.weight for choice in choices])
    of_option = np.repeat(np.arange(len(choices)), sizes)

    def loss(table: Array) -> tuple[float, Array]:
        scores = options @ table
        scores -= np.maximum.reduceat(scores, starts)[of_option]
        parts = np.exp(scores)
        sums = np.add.reduceat(parts, starts)
        likely = parts / sums[of_option] * weights[of_option]
        unlikely = weights @ (np.log(sums) - scores[right])
        slope = options.T @ likely - options[right].T @ weights
        return unlikely + PENALTY * table @ table / 2, slope + PENALTY * table

    start = np.zeros(options.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    return Ranker(name, 0.0, _table(vectorizer.get_feature_names_out(), found.x))


def _without_rare(rows: Sequence[Features]) -> list[Features]:
    seen = Counter(name for row in rows for name in row)
    return [{name: v for name, v in row.items() if seen[name] >= RARE} for row in rows]


def _table(names: Iterable[str], weights: Iterable[float]) -> Mapping[str, float]:
    """Names in order with their weights, without the faint ones."""
    pairs = sorted(zip(map(str, names), map(float, weights), strict=True))
    return {name: round(weight, 3) for name, weight in pairs if abs(weight) >= FAINT}


def write(ranker: Ranker, path: Path) -> None:
    table = {"name": ranker.name, "bias": ranker.bias, "weights": ranker.weights}
    path.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
