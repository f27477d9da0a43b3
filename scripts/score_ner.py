"""The scores of the model cards again: names on sentences that no model was trained on.

Kazakh on the held-out tenth of KazNERD, the fifteen labels that we keep; Russian and English on
UNER PUD, which has persons, organisations and places: GPE and LOC count as one there. Exact span
and class. A model that is not installed is named and left out.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.match.morphology import fold_word
from extractor.ner import Label, Missing, Recognizer, describe, load_recognizer
from extractor.ner.corpus import (
    Labelled,
    Names,
    Score,
    as_sentence,
    read_kaznerd,
    read_uner,
    score_by_class,
    score_names,
)
from extractor.ner.labels import LABELS, label_of
from extractor.types import Lang, Script, Span, Zone

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
_PLACES: Mapping[Label, Label] = {"GPE": "LOC"}


@dataclass(frozen=True)
class Trial:
    """What a model is scored on: sentences, the labels that their annotators knew."""

    title: str
    script: Script
    file: Path
    labels: frozenset[Label]
    merged: Mapping[Label, Label]

    def rows(self) -> list[Labelled]:
        if self.file.name.startswith("kaznerd"):
            return [row for row in read_kaznerd(self.file) if row.held_out]
        return list(read_uner(self.file))


_UNER: frozenset[Label] = frozenset(("PERSON", "ORG", "LOC"))
TRIALS: Mapping[Lang, Trial] = {
    "kk": Trial(
        "KazNERD, the held-out tenth",
        "Cyrl",
        SHARED / "kaznerd" / "kaznerd_open.iob2.xz",
        frozenset(LABELS),
        {},
    ),
    "ru": Trial(
        "UNER_Russian-PUD",
        "Cyrl",
        SHARED / "uner-russian-pud" / "ru_pud-ud-test.iob2.xz",
        _UNER,
        _PLACES,
    ),
    "en": Trial(
        "UNER_English-PUD",
        "Latn",
        SHARED / "uner-english-pud" / "en_pud-ud-test.iob2.xz",
        _UNER,
        _PLACES,
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("langs", nargs="*", metavar="LANG", help="kk, ru, en; all without it")
    parser.add_argument("--write", action="store_true", help="put the table into the model's card")
    options = parser.parse_args()
    for lang, trial in TRIALS.items():
        if not options.langs or lang in options.langs:
            table = run_trial(lang, trial)
            if options.write and table:
                write_card(ROOT / "models" / f"{lang}-ner" / "README.md", table)


def run_trial(lang: Lang, trial: Trial) -> str:
    """«ru» → its model, the speed on stdout, and the table, which is printed too."""
    model = load_recognizer(lang)
    print(f"\n{lang}: {describe(model)}")
    if isinstance(model, Missing) or not trial.file.exists():
        print(f"not scored: {model if isinstance(model, Missing) else f'no {trial.file.name}'}")
        return ""
    rows = trial.rows()
    started = time.process_time()
    found = find(lang, model, rows, trial)
    seconds = time.process_time() - started
    gold = names_of(([(s, label_of(n)) for s, n in row.names] for row in rows), trial)
    print(f"{trial.title}: {len(rows)} sentences, {len(rows) / seconds:,.0f} a second of one core")
    table = table_of(found, gold)
    print(table)
    return table


def find(lang: Lang, model: Recognizer, rows: Sequence[Labelled], trial: Trial) -> Names:
    zone = Zone(Span(0, 0), "body", lang, trial.script)
    results = model.recognize([as_sentence(row.text, zone, fold_word) for row in rows])
    return names_of(([(e.span, e.label) for e in entities] for entities in results), trial)


def names_of(sentences: Iterable[Iterable[tuple[Span, Label | None]]], trial: Trial) -> Names:
    """Spans with labels, sentence by sentence → what is compared: the trial's labels alone."""
    return frozenset(
        (index, span, merged)
        for index, names in enumerate(sentences)
        for span, label in names
        if label and (merged := trial.merged.get(label, label)) in trial.labels
    )


def table_of(found: Names, gold: Names) -> str:
    scores = score_by_class(found, gold)
    return "\n".join(
        (
            "| class | n | precision | recall | F1 |",
            "| --- | --- | --- | --- | --- |",
            line("**all**", score_names(found, gold)),
            *(line(label, score) for label, score in scores.items() if score.gold),
        )
    )


def line(name: str, score: Score) -> str:
    shares = (f"{share:.3f}" for share in (score.precision, score.recall, score.f1))
    return f"| {name} | {score.gold:,} | {' | '.join(shares)} |"


def write_card(path: Path, table: str) -> None:
    """Between the marks of the card; the Kazakh one has none of ours, its training writes it."""
    text = path.read_text(encoding="utf-8")
    marked = re.compile(r"(<!-- scores: make score-ner -->\n).*(<!-- /scores -->)", re.DOTALL)
    path.write_text(marked.sub(lambda found: f"{found[1]}{table}\n{found[2]}", text), "utf-8")


if __name__ == "__main__":
    main()
