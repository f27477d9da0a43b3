"""KazNERD → models/kk-ner/weights.xz: the Kazakh CRF, the same bytes every time.

    python scripts/train_kk.py [--corpus FILE] [--out FOLDER] [--iterations 150]

One sentence group in ten is held out (``Labelled.held_out``), never trained on, and scored at
the end through the recognizer that users get. ``model.toml`` and the tables between the marks
in ``README.md`` are written anew.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
import tomllib
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pycrfsuite

from extractor.match.morphology import fold_word
from extractor.match.scripts import cyrillic_view, read_scripts
from extractor.ner.corpus import (
    Labelled,
    Names,
    Score,
    as_sentence,
    in_latin,
    read_kaznerd,
    score_by_class,
    score_names,
    tags_of,
)
from extractor.ner.crf import Tagger
from extractor.ner.crf_backend import read_bio
from extractor.ner.features import Vocabulary, sentence_features
from extractor.ner.labels import label_of
from extractor.ner.manifest import digest_of
from extractor.ner.units import Unit, join_units
from extractor.ner.weights import Weights, read_weights, write_weights
from extractor.types import Span, Zone

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "models" / "kk-ner"
CORPUS = ROOT.parent / "shared" / "data" / "kaznerd" / "kaznerd_open.iob2.xz"
VERSION = "1"
ZONE = Zone(Span(0, 0), "body", "kk", "Cyrl")
LATIN_ZONE = Zone(Span(0, 0), "body", "kk", "Latn")
PARAMETERS = {"c1": 0.02, "c2": 0.05, "feature.possible_transitions": False}

Rows = list[tuple[Labelled, tuple[Unit, ...]]]


def main() -> None:
    """Read, train, write, score."""
    options = _options()
    rows = [(row, _units(row)) for row in read_kaznerd(options.corpus)]
    training = [pair for pair in rows if not pair[0].held_out]
    held_out = [pair for pair in rows if pair[0].held_out]
    print(f"{len(training)} sentences to train on, {len(held_out)} held out")
    weights = train(training, read_vocabulary(MODEL), options.iterations)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / "weights.xz"
    write_weights(path, weights)
    digest = write_manifest(options.out)
    print(f"{path}: {path.stat().st_size} bytes, sha256 {digest}")
    tagger = Tagger(read_weights(path))
    print(speed_of(tagger, held_out))
    report = score_report(tagger, held_out)
    print(report)
    write_card(options.out / "README.md", report)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--iterations", type=int, default=150)
    return parser.parse_args()


def _units(row: Labelled) -> tuple[Unit, ...]:
    return join_units(as_sentence(row.text, ZONE, fold_word))


def _latin_rows(rows: Rows, alphabet: str) -> Rows:
    """The same sentences in Latin letters, their words read through the Cyrillic view."""
    letters = tomllib.loads((MODEL / "latin.toml").read_text(encoding="utf-8"))[alphabet]
    scripts = read_scripts(ROOT / "extractor" / "langs" / "kk" / "scripts.toml")

    def fold(word: str) -> str:
        return cyrillic_view(word, scripts, alphabet)

    latin = [in_latin(row, letters) for row, _ in rows]
    return [(row, join_units(as_sentence(row.text, LATIN_ZONE, fold))) for row in latin]


def read_vocabulary(folder: Path) -> Vocabulary:
    """«words.toml», «names.tsv» → the stems that the features look for."""
    words = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
    names = (folder / "names.tsv").read_text(encoding="utf-8").splitlines()
    return Vocabulary(
        classes={stem: name for name, stems in words["classes"].items() for stem in stems},
        names=dict(line.split("\t", 1) for line in names if not line.startswith("#")),
        endings=tuple(words["endings"]),
        plain=words["plain"],
    )


# --- training -------------------------------------------------------------------------------


def train(rows: Rows, vocabulary: Vocabulary, iterations: int) -> Weights:
    """Sentences with tags → weights, by L-BFGS in one thread: no chance in it."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({**PARAMETERS, "max_iterations": iterations})
    for row, units in rows:
        words = [vocabulary.word(unit) for unit in units]
        trainer.append(sentence_features(words), tags_of(units, row.names))
    started = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "kk.crfsuite")
        trainer.train(path)
        print(f"trained in {time.process_time() - started:.0f} s of one core")
        return _read_crfsuite(path, vocabulary)


def _read_crfsuite(path: str, vocabulary: Vocabulary) -> Weights:
    tagger = pycrfsuite.Tagger()
    with tagger.open(path):
        info = tagger.info()
    tags = tuple(sorted(info.labels))
    number = {tag: index for index, tag in enumerate(tags)}
    moves = np.zeros((len(tags), len(tags)), np.float32)
    for (left, right), weight in info.transitions.items():
        moves[number[left], number[right]] = weight
    kept = {key: weight for key, weight in info.state_features.items() if abs(weight) >= 0.0005}
    rows = {feature: row for row, feature in enumerate(sorted({feature for feature, _ in kept}))}
    states = np.zeros((len(rows), len(tags)), np.float32)
    for (feature, tag), weight in kept.items():
        states[rows[feature], number[tag]] = weight
    return Weights(tags, moves, rows, states, vocabulary)


def write_manifest(folder: Path) -> str:
    """«model.toml»: what the weights must be to be used; the digest."""
    digest = digest_of(folder, ["weights.xz"])
    text = (
        "# Written by scripts/train_kk.py.\n"
        f'name = "kk-crf"\nversion = "{VERSION}"\nfiles = ["weights.xz"]\nsha256 = "{digest}"\n'
    )
    (folder / "model.toml").write_text(text, encoding="utf-8")
    return digest


# --- scores ---------------------------------------------------------------------------------


def score_report(tagger: Tagger, rows: Rows) -> str:
    """Held-out sentences → a table of scores, the classes of KazNERD with their label here."""
    found, gold = _found_and_gold(tagger, rows)
    lines = [
        "| class | label | n | precision | recall | F1 |",
        "| --- | --- | --- | --- | --- | --- |",
        _line("**all 25 classes**", "", score_names(found, gold)),
        _line("the 15 that we keep", "", score_names(_kept(found), _kept(gold))),
    ]
    for alphabet, year in (("acute", 2018), ("umlaut", 2021)):
        latin = score_names(*_found_and_gold(tagger, _latin_rows(rows, alphabet)))
        lines.append(_line(f"all, in the Latin letters of {year}", "", latin))
    for name, score in score_by_class(found, gold).items():
        if score.gold:
            lines.append(_line(name, label_of(name) or "–", score))
    return "\n".join(lines)


def _found_and_gold(tagger: Tagger, rows: Rows) -> tuple[Names, Names]:
    tags = tagger.tag([units for _, units in rows])
    found = (read_bio(units, row) for (_, units), row in zip(rows, tags, strict=True))
    return _names(found), _names(row.names for row, _ in rows)


def speed_of(tagger: Tagger, rows: Rows) -> str:
    """Words a second of one core, with nothing looked up before and with everything."""
    units = [units for _, units in rows]
    times = [time.process_time()]
    for _ in range(2):
        tagger.tag(units)
        times.append(time.process_time())
    cold, warm = (sum(map(len, units)) / (b - a) for a, b in pairwise(times))
    return f"tags {cold:,.0f} words/s at first, {warm:,.0f} the second time"


def _names(sentences: Iterable[Iterable[tuple[Span, str]]]) -> Names:
    return frozenset(
        (index, span, name) for index, names in enumerate(sentences) for span, name in names
    )


def _kept(names: Names) -> Names:
    return frozenset(name for name in names if label_of(name[2]))


def _line(name: str, label: str, score: Score) -> str:
    shares = (f"{share:.3f}" for share in (score.precision, score.recall, score.f1))
    return f"| {name} | {label} | {score.gold} | {' | '.join(shares)} |"


def write_card(path: Path, report: str) -> None:
    """The table between the marks of the card, if there is a card."""
    if path.exists():
        text = path.read_text(encoding="utf-8")
        marked = re.compile(r"(<!-- scores -->\n).*(<!-- /scores -->)", re.DOTALL)
        path.write_text(marked.sub(lambda m: f"{m[1]}{report}\n{m[2]}", text), encoding="utf-8")


if __name__ == "__main__":
    main()
