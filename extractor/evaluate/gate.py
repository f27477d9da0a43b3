"""The gate: floors under the scores of a corpus, by language and metric.

    {"corpora": {"../corpora/dev": {
        "digest": "93f0c1…",
        "floors": {"kk": {"figures_found_f1": 0.9, "figures_full_f1": 0.8}}}}}

The key is the corpus's path seen from the floors file; the digest is that of
the gold, so that a floor never judges another corpus than it was set on.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractor.evaluate.score import Scores

EPSILON = 0.005
GATED = (
    "figures_found_f1",
    "figures_kind_f1",
    "figures_full_f1",
    "events_exact_f1",
    "events_slots_f1",
)
HOW_TO_UPDATE = "update the floors (evaluate … --floors FILE --update) and say why in CHANGELOG.md"

LanguageFloors = Mapping[str, Mapping[str, float]]


class GateError(ValueError):
    """The gate cannot judge, or would be lowered; that is never a pass."""


@dataclass(frozen=True, slots=True)
class CorpusFloors:
    digest: str
    floors: LanguageFloors


@dataclass(frozen=True, slots=True)
class Floors:
    corpora: Mapping[str, CorpusFloors] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Breach:
    """«kk figures_full_f1: 0.78 is below its floor 0.8»."""

    lang: str
    metric: str
    floor: float
    score: float

    def __str__(self) -> str:
        return f"{self.lang} {self.metric}: {self.score:.4f} is below its floor {self.floor:.4f}"


def corpus_key(paths: Sequence[Path], floors: Path) -> str:
    """«corpora/dev» for «tests/floors.json» → "../corpora/dev"."""
    folder = floors.resolve().parent
    relative = (Path(os.path.relpath(path.resolve(), folder)).as_posix() for path in paths)
    return " + ".join(sorted(relative))


def read_floors(path: Path) -> Floors:
    """«tests/floors.json» → floors; a file that does not exist yet holds none."""
    if not path.is_file():
        return Floors()
    try:
        return parse_floors(json.loads(path.read_bytes()))
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise GateError(f"{path}: not a floors file: {problem!r}") from problem


def parse_floors(content: Mapping[str, Mapping[str, Mapping[str, object]]]) -> Floors:
    return Floors({key: parse_corpus(corpus) for key, corpus in content["corpora"].items()})


def parse_corpus(corpus: Mapping[str, object]) -> CorpusFloors:
    digest, languages = corpus["digest"], corpus["floors"]
    if not isinstance(digest, str) or not isinstance(languages, dict):
        raise TypeError("expected a digest and floors by language")
    return CorpusFloors(digest, {lang: parse_metrics(row) for lang, row in languages.items()})


def parse_metrics(row: Mapping[str, float]) -> dict[str, float]:
    return {name: float(floor) for name, floor in row.items()}


def write_floors(floors: Floors, path: Path) -> None:
    """«floors» → the file, keys in order, so that a diff shows what moved."""
    corpora = {
        key: {"digest": corpus.digest, "floors": corpus.floors}
        for key, corpus in floors.corpora.items()
    }
    content = json.dumps({"corpora": corpora}, indent=2, sort_keys=True, ensure_ascii=False)
    path.write_text(content + "\n", encoding="utf-8")


def check_floors(floors: Floors, corpus: str, scores: Scores) -> tuple[Breach, ...]:
    """«floors, "../corpora/dev", scores» → what fell; GateError where nothing can be said."""
    if corpus not in floors.corpora:
        raise GateError(f"no floors for {corpus}: {HOW_TO_UPDATE}")
    expected = floors.corpora[corpus]
    if expected.digest != scores.digest:
        raise GateError(
            f"{corpus}: the gold is not the one the floors were set on "
            f"(digest {scores.digest}, floors have {expected.digest}): {HOW_TO_UPDATE}"
        )
    return tuple(find_breaches(expected.floors, scores))


def find_breaches(floors: LanguageFloors, scores: Scores) -> Iterator[Breach]:
    for lang, metrics in sorted(floors.items()):
        if lang not in scores.groups:
            raise GateError(f"{lang}: has floors but no articles; nothing was measured")
        measured = scores.groups[lang].metrics()
        for name, floor in sorted(metrics.items()):
            if name not in measured:
                raise GateError(f"{lang}: there is no metric {name}")
            if measured[name] < floor:
                yield Breach(lang, name, floor, measured[name])


def update_floors(
    floors: Floors, corpus: str, scores: Scores, *, allow_regression: bool = False
) -> Floors:
    """«floors, scores» → floors just below the scores; none is lowered unless allowed."""
    before = floors.corpora[corpus].floors if corpus in floors.corpora else {}
    if not allow_regression:
        refuse_regression(before, scores)
    raised = {
        group: raise_floors(before.get(group, {}), scores.groups[group].metrics())
        for group in scores.groups
        if group in before or group in scores.languages
    }
    return replace(floors, corpora={**floors.corpora, corpus: CorpusFloors(scores.digest, raised)})


def refuse_regression(floors: LanguageFloors, scores: Scores) -> None:
    breaches = list(find_breaches(floors, scores))
    if breaches:
        listing = "; ".join(map(str, breaches))
        raise GateError(f"{listing}: lowering a floor takes allow_regression")


def raise_floors(floors: Mapping[str, float], metrics: Mapping[str, float]) -> dict[str, float]:
    """«{}, metrics» → a floor for each gated metric, and for those that had one."""
    names = sorted(metrics.keys() & {*GATED, *floors})
    return {name: next_floor(metrics[name], floors.get(name, 0.0)) for name in names}


def next_floor(score: float, floor: float) -> float:
    """«0.9137 over 0.9» → 0.9087; a score within the epsilon leaves its floor alone."""
    candidate = max(0.0, math.floor((score - EPSILON) * 10**4 + 10**-6) / 10**4)
    return candidate if score < floor else max(floor, candidate)
