"""Gold articles → models/rankers/*.json: which quantities are figures, which figures one event.

    python scripts/train_rankers.py [--folds 10] [--out FOLDER]

Logistic regressions over named features. Trained on corpora/train, corpora/dev and, where it is
there, ../shared/gold; never on corpora/test. Scores out of fold, with the folds cut by article,
are printed and written into the card between its marks.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ranker_fit import Choice, Row, fit, fit_choices, write

from extractor.evaluate import GoldArticle, read_gold
from extractor.loading import Knowledge, load
from extractor.match.candidates import Candidate, Judge, Ruling, Verdict, first_verdict
from extractor.match.homes import REACH, Homes, linked
from extractor.match.objections import BARS
from extractor.match.ranker import Features, Ranker
from extractor.match.relevance import relevance_features
from extractor.match.ties import Ties
from extractor.pipeline import Reading, group_figures, judge_article, read_article
from extractor.stages.events import exact_features
from extractor.stages.figures import judge_by, kind_of, object_to
from extractor.stages.slots import fill_alone
from extractor.types import Event, Figure, Quantity, Source

ROOT = Path(__file__).resolve().parent.parent
RANKERS = ROOT / "models" / "rankers"
SHARED = ROOT.parent / "shared" / "gold"
CORPORA = ROOT / "corpora"
OWN = (CORPORA / "train", CORPORA / "dev", CORPORA / "clusters" / "dev")
TRAINED = (*OWN, SHARED / "seeds", SHARED / "dev")
HELD_OUT = (CORPORA / "test",)
# A false figure costs more than a missed one: log-odds taken off what the regression says.
MARGIN = 0.1
# The articles of the person who asked for the system count more than once.
WEIGHT_OF_SEEDS = 14
# Pairs are taught by the kinds that measure an action, and by what hangs on them.
MEASURES = frozenset({"recipients", "money", "goods", "volunteers", "sites"})
# The choices of a fifth of the articles are made with ties that the others taught.
INNER = 5


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article with its gold, read once, and the rows that it gives each ranker."""

    gold: GoldArticle
    reading: Reading
    figures: tuple[Row, ...]
    events: tuple[Row, ...]
    told: Told
    weight: float


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of gold as the pipeline reads them; event is the gold event of each, if any."""

    figures: tuple[Figure, ...]
    ties: Ties
    alone: Mapping[str, Event]
    event: Mapping[str, str | None]


def main() -> None:
    """Read, train, score out of fold, write."""
    options = _options()
    know = load(ner="rules")
    lessons = [lesson(gold, know) for gold in articles(TRAINED)]
    tests = [lesson(gold, know) for gold in articles(HELD_OUT)]
    grouped: list[Row] = []
    scores = list(out_of_fold(lessons, know, options.folds, grouped))
    rankers = {**train(lessons), "exact": fit("exact", grouped)}
    scores.append(("held out (corpora/test)", measure(tests, rankers, know)))
    options.out.mkdir(parents=True, exist_ok=True)
    for name, ranker in rankers.items():
        write(ranker, options.out / f"{name}.json")
    table = render(lessons, rankers, scores)
    print(table)
    card(options.out / "README.md", table)


def articles(folders: Iterable[Path]) -> Iterator[GoldArticle]:
    for folder in folders:
        if folder.is_dir():
            yield from read_gold(folder)
        else:
            print(f"not there, left out: {folder}")


# -- what an article teaches -----------------------------------------------------------------


def lesson(gold: GoldArticle, know: Knowledge) -> Lesson:
    """Quantities beside gold figures; pairs of figures beside gold events."""
    reading = read_article(Source(gold.text, id=gold.id, published=gold.published), know)
    weight = WEIGHT_OF_SEEDS if gold.id.startswith("seed") else 1
    rows: list[Row] = []
    judged = judge_article(reading, know, _teacher(gold, rows, weight))
    event_of = {figure: event.id for event in gold.events for figure in event.figures}
    told = Told(
        judged.figures,
        Ties(reading.context, judged.figures, judged.mentions),
        fill_alone(reading.context, judged.mentions, judged.figures),
        {f.id: event_of.get(_gold_of(f.quantity, gold) or "") for f in judged.figures},
    )
    return Lesson(gold, reading, tuple(rows), tuple(_pairs(told, weight)), told, weight)


def _is_own(gold: GoldArticle) -> bool:
    return gold.id.startswith("own-")


def _teacher(gold: GoldArticle, rows: list[Row], weight: float) -> Judge:
    """A judge who knows the gold, and notes what a ranker would have seen."""

    def judge(candidate: Candidate) -> Ruling:
        barred = first_verdict(BARS, candidate)
        if barred is not None:
            return Ruling(barred)
        features = relevance_features(candidate, kind_of(candidate), object_to(candidate))
        yes = _gold_of(candidate.quantity, gold) is not None
        rows.append(Row(features, yes, weight))
        return Ruling(None if yes else Verdict("off_topic", "gold"))

    return judge


def _gold_of(quantity: Quantity, gold: GoldArticle) -> str | None:
    """The gold figure that a quantity is, if any."""
    for figure in gold.figures:
        if figure.span.overlaps(quantity.span) and figure.value == quantity.value:
            return figure.id
    return None


def _pairs(told: Told, weight: float) -> Iterator[Row]:
    """Pairs of figures within reach, in one event or not; each article counts by its root."""
    taking = list(_taking_part(told.figures))
    rows = [
        (told.ties.features(one, other), _are_one(told.event[one.id], told.event[other.id]))
        for place, other in enumerate(taking)
        for one in taking[:place]
        if other.sentence - one.sentence <= REACH
    ]
    share = weight / max(1, len(rows)) ** 0.5
    yield from (Row(features, yes, share) for features, yes in rows)


def _are_one(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _taking_part(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Figures that measure an action, and those that hang on them."""
    taken: set[str] = set()
    for figure in figures:
        if figure.kind in MEASURES or any(one in taken for one in linked(figure)):
            taken.add(figure.id)
            yield figure


# -- training ----------------------------------------------------------------------------------


def train(lessons: Sequence[Lesson]) -> dict[str, Ranker]:
    """Lessons → rankers; what weighs the ties of pairs learns from pairs that others scored."""
    choices: list[Choice] = []
    for fold in range(INNER):
        away = [one for one in lessons if _fold_of(one, INNER, "inner") == fold]
        pairs = _fit_pairs([one for one in lessons if one not in away])
        choices += [choice for one in away for choice in _choices(one, pairs)]
    return {
        "figures": fit("figures", [row for lesson in lessons for row in lesson.figures], MARGIN),
        "events": _fit_pairs(lessons),
        "homes": fit_choices("homes", choices),
    }


def _fit_pairs(lessons: Sequence[Lesson]) -> Ranker:
    return fit("events", [row for lesson in lessons for row in lesson.events])


def _choices(lesson: Lesson, pairs: Ranker) -> Iterator[Choice]:
    """What each figure chooses among, after those before it are where gold has them."""
    told = lesson.told
    homes = Homes(told.ties, pairs, told.alone)
    found = list(_chosen(told, homes))
    share = lesson.weight / max(1, len(found)) ** 0.5
    yield from (Choice(options, right, share) for options, right in found)


def _chosen(told: Told, homes: Homes) -> Iterator[tuple[tuple[Features, ...], int]]:
    open_: dict[str, list[Figure]] = {}
    placed: set[str] = set()
    for figure in told.figures:
        event = told.event[figure.id]
        if not placed.intersection(linked(figure)):
            options = homes.options(figure, list(open_.values()))
            home = list(open_).index(event) if event in open_ else None
            right = [
                i
                for i, option in enumerate(options)
                if option.home == home and option.new == (event is not None and home is None)
            ]
            if right and len(options) > 1:
                yield tuple(option.features for option in options), right[0]
        if event is not None:
            open_.setdefault(event, []).append(figure)
            placed.add(figure.id)


# -- scores ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Score:
    """Counts over articles: figures found, and events with exactly the figures of gold."""

    found: int = 0
    told: int = 0
    stated: int = 0
    exact: int = 0
    grouped: int = 0
    events: int = 0
    idle: int = 0
    spurious: int = 0

    def line(self) -> str:
        precision, recall = self.found / max(1, self.told), self.found / max(1, self.stated)
        exact = 2 * self.exact / max(1, self.grouped + self.events)
        return (
            f"{precision:.3f} | {recall:.3f} | {_f1(precision, recall):.3f} | {exact:.3f}"
            f" | {self.spurious} in {self.idle}"
        )


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def out_of_fold(
    lessons: Sequence[Lesson], know: Knowledge, folds: int, grouped: list[Row]
) -> Iterator[tuple[str, Score]]:
    """Each article is scored by rankers that never saw it.

    ``grouped`` gets a row for each event: what it is like, and whether it is exact.
    """
    total: dict[str, Score] = {"all": Score()}
    for fold in range(folds):
        away = [one for one in lessons if _fold_of(one, folds) == fold]
        rankers = train([one for one in lessons if _fold_of(one, folds) != fold])
        for one in away:
            for group in ("all", one.gold.lang, "own" if _is_own(one.gold) else "not own"):
                rows = add(total.setdefault(group, Score()), one, rankers, know)
            grouped += rows
    for group in sorted(total):
        yield f"out of fold, {group}", total[group]


def _fold_of(lesson: Lesson, folds: int, salt: str = "") -> int:
    """By the action that it reports, or by its own name."""
    named = (event.cluster for event in lesson.gold.events if event.cluster is not None)
    return zlib.crc32((salt + next(named, lesson.gold.id)).encode()) % folds


def measure(lessons: Sequence[Lesson], rankers: Mapping[str, Ranker], know: Knowledge) -> Score:
    score = Score()
    for one in lessons:
        add(score, one, rankers, know)
    return score


def add(score: Score, one: Lesson, rankers: Mapping[str, Ranker], know: Knowledge) -> list[Row]:
    """Count what rankers make of an article; its events, each with whether it is exact."""
    judged = judge_article(one.reading, know, judge_by(rankers["figures"]))
    events = group_figures(one.reading.context, judged, rankers)
    gold_of = {f.id: _gold_of(f.quantity, one.gold) or f"?{f.id}" for f in judged.figures}
    hits = {gold for gold in gold_of.values() if not gold.startswith("?")}
    score.found += len(hits)
    score.told += len(judged.figures)
    score.stated += len(one.gold.figures)
    if not one.gold.figures and not one.gold.events:
        score.idle += 1
        score.spurious += len(judged.figures)
    figure_of = {figure.id: figure for figure in judged.figures}
    counted = [event for event in events if event.figures]
    members = [frozenset(gold_of[figure] for figure in event.figures) for event in counted]
    told = set(members)
    gold = {frozenset(event.figures) for event in one.gold.events if event.figures}
    score.exact += len(told & gold)
    score.grouped += len(told)
    score.events += len(gold)
    return [
        Row(exact_features(event, [figure_of[f] for f in event.figures], len(counted)), own in gold)
        for event, own in zip(counted, members, strict=True)
    ]


# -- the card ----------------------------------------------------------------------------------


def render(
    lessons: Sequence[Lesson], rankers: dict[str, Ranker], scores: Iterable[tuple[str, Score]]
) -> str:
    rows = {
        "figures": sum(len(one.figures) for one in lessons),
        "events": sum(len(one.events) for one in lessons),
    }
    sizes = ", ".join(
        f"{name}: {count} rows, {len(rankers[name].weights)} weights"
        for name, count in rows.items()
    )
    head = (
        f"Trained on {len(lessons)} articles ({sizes}).\n\n"
        "| articles | figures P | R | F1 | events exact F1 | figures in articles without aid |\n"
        "|---|--:|--:|--:|--:|--:|\n"
    )
    return head + "\n".join(f"| {name} | {score.line()} |" for name, score in scores)


def card(path: Path, table: str) -> None:
    """The table between the marks of the card is written anew."""
    if path.exists():
        marks = re.compile(r"(?<=<!-- scores -->\n).*?(?=<!-- /scores -->)", re.DOTALL)
        text = path.read_text(encoding="utf-8")
        path.write_text(marks.sub(lambda _: f"{table}\n", text), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--out", type=Path, default=RANKERS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
