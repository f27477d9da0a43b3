"""Rankers: tables of weights that are read, added up and explained."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import extractor
from extractor.evaluate import read_gold
from extractor.loading import RANKERS, load
from extractor.match.candidates import Candidate, Ruling, first_verdict
from extractor.match.objections import BARS
from extractor.match.ranker import (
    Features,
    Ranker,
    RankerError,
    bucket,
    choose,
    lead,
    probability,
    read_ranker,
)
from extractor.match.relevance import relevance_features
from extractor.ner.manifest import models_folder
from extractor.pipeline import group_figures, judge_article, read_article
from extractor.stages.events import weigh_events
from extractor.stages.figures import kind_of, object_to
from extractor.types import Source

ROOT = Path(__file__).resolve().parent.parent
WEIGHED = Ranker("figures", -0.5, {"gift<3": 1.0, "noise<2": -2.0, "topical": 0.5})


def test_score_adds_up() -> None:
    """What was never seen weighs nothing; amounts are multiplied."""
    assert WEIGHED.score({}) == -0.5
    assert WEIGHED.score({"gift<3": 1.0, "topical": 0.5, "unheard of": 9.0}) == 0.75
    assert probability(0.0) == 0.5
    assert probability(-1000.0) < 1e-9


def test_reasons_speak_for_the_verdict() -> None:
    features = {"gift<3": 1.0, "noise<2": 1.0, "topical": 1.0}
    assert WEIGHED.reasons(features, 1) == ("noise<2 -2.00",)
    assert WEIGHED.reasons({"gift<3": 1.0, "topical": 1.0}, 2) == ("gift<3 +1.00", "topical +0.50")


def test_the_likeliest_option_is_chosen() -> None:
    """How likely it is, its place, and that of the second."""
    sure, best, second = choose([0.0, 1.0, -1.0])
    assert (round(sure, 3), best, second) == (0.665, 1, 0)
    assert choose([-4.0]) == (1.0, 0, None)
    assert lead({"new": 1.0, "gap": 0.5}, {"gap": 0.5, "far": 1.0}) == {
        "new": 1.0,
        "gap": 0.0,
        "far": -1.0,
    }


@pytest.mark.parametrize(("value", "expected"), [(0, "0"), (1, "3"), (3, "3"), (8.5, "far")])
def test_bucket(value: float, expected: str) -> None:
    assert bucket(value, (0.0, 3.0, 8.0)) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "no such table"),
        ("{", "no table of weights"),
        ('{"name": "figures", "bias": 0}', "no table of weights"),
        ('{"name": "figures", "bias": 0, "weights": {"a": "heavy"}}', "no table of weights"),
        ("[]", "no table of weights"),
    ],
)
def test_broken_tables_are_named(tmp_path: Path, text: str | None, message: str) -> None:
    path = tmp_path / "figures.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(RankerError, match=f"figures.json: {message}"):
        read_ranker(path)


@dataclass(frozen=True)
class Noting(Ranker):
    """Notes the names of the features that it is asked about."""

    found: set[str] = field(default_factory=set)

    def score(self, features: Features) -> float:
        self.found.update(features)
        return super().score(features)


def names_in(name: str) -> set[str]:
    """The features that the articles of corpora/train and corpora/dev give a ranker."""
    know = load()
    ranker = know.rankers[name]
    noting = Noting(ranker.name, ranker.bias, ranker.weights)
    rankers = {**know.rankers, name: noting}

    def judge(candidate: Candidate) -> Ruling:
        barred = first_verdict(BARS, candidate)
        if barred is None and name == "figures":
            features = relevance_features(candidate, kind_of(candidate), object_to(candidate))
            noting.score(features)
        return Ruling(barred)

    for gold in read_gold(ROOT / "corpora" / "train", ROOT / "corpora" / "dev"):
        reading = read_article(Source(gold.text, id=gold.id, published=gold.published), know)
        judged = judge_article(reading, know, judge)
        if name != "figures":
            events = group_figures(reading.context, judged, rankers)
            weigh_events(events, judged.figures, rankers)
    return noting.found


@pytest.mark.parametrize("name", RANKERS)
def test_weights_are_those_of_the_features(name: str) -> None:
    """A feature that is renamed in the code leaves its weight behind: train again."""
    weights = json.loads((models_folder() / "rankers" / f"{name}.json").read_text())["weights"]
    orphans = set(weights) - names_in(name)
    assert len(orphans) <= len(weights) * 0.05, sorted(orphans)


@pytest.mark.parametrize(
    ("article", "figures"),
    [
        ("The fund delivered 120 food packages to large families in Almaty.", 1),
        ("Kairat beat Tobol in front of 120 spectators; tickets cost 900 tenge.", 0),
        ("Қор Алматыда 120 отбасыға азық-түлік таратты.", 1),
        ("«Қайрат» матчында 12 мың жанкүйер болды, билет 900 теңге тұрды.", 0),
        ("Фонд передал 120 семьям Алматы продуктовые наборы.", 1),
        ("На матче «Кайрата» было 12 тысяч болельщиков, билет стоил 900 тенге.", 0),
    ],
)
def test_figures_of_aid_are_told_from_others(article: str, figures: int) -> None:
    assert len(extractor.extract(article).figures) == figures
