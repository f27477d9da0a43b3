"""The commands ``evaluate`` and ``diff``: records against gold, and against older records."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import extractor
from extractor.cli_clusters import score_resolution
from extractor.cli_errors import DONE, GATE_FAILED, SET_ASIDE, WRONG_USAGE, say
from extractor.cli_extract import say_missing
from extractor.evaluate import (
    Bin,
    Error,
    GateError,
    GoldArticle,
    Scores,
    agreement,
    check_floors,
    corpus_key,
    diff_records,
    evaluate,
    list_errors,
    read_floors,
    read_gold,
    read_records,
    reliability,
    update_floors,
    write_floors,
)
from extractor.evaluate.cluster_report import clusters_to_dict, print_clusters
from extractor.evaluate.clusters import ClusterScores
from extractor.evaluate.report import (
    print_changes,
    print_errors,
    print_reliability,
    print_scores,
    scores_to_dict,
)
from extractor.records import ArticleRecord
from extractor.types import Source

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, slots=True)
class Judging:
    """What the user asked ``evaluate`` for."""

    gold: tuple[Path, ...]
    records: Path | None = None
    second: Path | None = None
    floors: Path | None = None
    update: bool = False
    allow_regression: bool = False
    errors: int = 0
    lang: str = "auto"
    ner: str = "auto"
    stanza_dir: Path | None = None
    as_json: bool = False

    def contradiction(self) -> str | None:
        """«--update» without «--floors», floors for a part of a corpus: wrong usage."""
        if self.update and self.floors is None:
            return "--update needs --floors FILE"
        if self.allow_regression and not self.update:
            return "--allow-regression goes with --update"
        if self.second is not None and (self.records or self.floors or self.errors):
            return "--second compares two annotations: leave out --records, --floors and --errors"
        if self.records is not None and (self.ner, self.stanza_dir) != ("auto", None):
            return "--records are made already: leave out --ner and --stanza-dir"
        if self.floors is not None and self.lang != "auto":
            return "floors judge a whole corpus: leave out --lang"
        return None


def run_evaluate(judging: Judging) -> int:
    """«Judging» → scores on stdout, breaches on stderr, the exit code."""
    problem = judging.contradiction()
    if problem is not None:
        say(f"extractor: {problem}")
        return WRONG_USAGE
    gold = [a for a in read_gold(*judging.gold) if judging.lang in ("auto", a.lang)]
    if not gold:
        say(f"extractor: no gold article in {judging.lang}")
        return WRONG_USAGE
    if judging.second is not None:
        print_report(agreement(gold, read_gold(judging.second)), (), (), {}, judging)
        return DONE
    records, complete = collect_records(gold, judging)
    scores = evaluate(gold, records)
    errors = list(islice(list_errors(gold, records), judging.errors))
    clusters = score_resolution(gold, records, judging.gold)
    print_report(scores, errors, reliability(gold, records), clusters, judging)
    gate = DONE if judging.floors is None else pass_gate(judging, judging.floors, scores)
    return gate or (DONE if complete else SET_ASIDE)


def collect_records(
    gold: Sequence[GoldArticle], judging: Judging
) -> tuple[list[ArticleRecord], bool]:
    """The records of the gold's articles, read or made now, and whether all were made."""
    if judging.records is not None:
        wanted = {article.id for article in gold}
        return [record for record in read_records(judging.records) if record.id in wanted], True
    know = extractor.load(ner=judging.ner, stanza_dir=judging.stanza_dir)
    results = list(extractor.extract_many(map(as_source, gold), know=know))
    records = [result for result in results if isinstance(result, ArticleRecord)]
    said: set[str] = set()
    for result in results:
        if isinstance(result, ArticleRecord):
            say_missing(result, said)
        else:
            say(f"{result.id}: {result.reason}: {result.message}")
    return records, len(records) == len(results)


def as_source(article: GoldArticle) -> Source:
    """The text with the metadata that an archive would have."""
    return Source(
        content=article.text,
        id=article.id,
        published=article.published,
        outlet=article.source,
        origin=article.id,
    )


def print_report(
    scores: Scores,
    errors: Iterable[Error],
    bins: Sequence[Bin],
    clusters: Mapping[str, ClusterScores],
    judging: Judging,
) -> None:
    if judging.as_json:
        report = scores_to_dict(scores)
        if bins:
            report["reliability"] = [asdict(one) for one in bins]
        if clusters:
            report["clusters"] = clusters_to_dict(clusters)
        if judging.errors:
            report["errors"] = [asdict(error) for error in errors]
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return
    console = stdout_console()
    print_scores(scores, console)
    print_reliability(bins, console)
    print_clusters(clusters, console)
    print_errors(errors, console)


def pass_gate(judging: Judging, path: Path, scores: Scores) -> int:
    """No score under its floor → 0; a breach, or a gate that cannot judge → 1."""
    key = corpus_key(judging.gold, path)
    try:
        floors = read_floors(path)
        if judging.update:
            raised = update_floors(floors, key, scores, allow_regression=judging.allow_regression)
            write_floors(raised, path)
            say(f"floors of {key} written to {path}")
            return DONE
        breaches = check_floors(floors, key, scores)
    except GateError as error:
        say(f"gate: {error}")
        return GATE_FAILED
    for breach in breaches:
        say(f"gate: {breach}")
    say(f"gate: {'failed' if breaches else 'passed'} ({key})")
    return GATE_FAILED if breaches else DONE


def run_diff(old: Path, new: Path, gold: Sequence[Path]) -> None:
    """«before.jsonl, after.jsonl» → the changes on stdout, their count on stderr."""
    judges = read_gold(*gold) if gold else ()
    changes = diff_records(read_records(old), read_records(new), gold=judges)
    print_changes(changes, stdout_console())
    moves = [change.move for change in changes]
    counts = (f"{moves.count(move)} {move}" for move in ("gained", "lost", "changed"))
    judged = [change.judgement for change in changes if change.judgement is not None]
    verdicts = (f"{judged.count(verdict)} {verdict}" for verdict in ("right", "wrong", "neither"))
    say(", ".join(counts) + (f"; of these {', '.join(verdicts)}" if judges else ""))


def stdout_console() -> Console:
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False)
