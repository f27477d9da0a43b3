"""The measured parts of README.md, written between their marks (``make readme``).

Scores by ``extractor evaluate`` on the corpora, speed by ``scripts/bench.py``; each says
when it was measured, with which data.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import extractor
from extractor.cli_evaluate import Judging, collect_records
from extractor.evaluate import Scores, evaluate, read_gold

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
SPLITS = ("dev", "test")
METRICS = {
    "found": "figures_found_f1",
    "kind": "figures_kind_f1",
    "full": "figures_full_f1",
    "events": "events_exact_f1",
    "slots": "events_slots_f1",
}


def measure(split: str) -> Scores:
    gold = read_gold(ROOT / "corpora" / split)
    records, _ = collect_records(gold, Judging(gold=(), ner="rules"))
    return evaluate(gold, records)


def score_table() -> str:
    """«dev, test» → a row for each split and language."""
    rows = [
        f"| corpus | language | articles | {' | '.join(METRICS)} |",
        f"|---|---|--:|{'--:|' * len(METRICS)}",
        *(row for split in SPLITS for row in score_rows(split, measure(split))),
    ]
    return "\n".join([*rows, "", f"Measured on {today()}, data `{extractor.load().digest}`."])


def score_rows(split: str, scores: Scores) -> list[str]:
    return [
        f"| {split} | {group} | {counts.articles} | "
        + " | ".join(f"{100 * counts.metrics()[name]:.1f}" for name in METRICS.values())
        + " |"
        for group, counts in scores.groups.items()
    ]


def bench_block() -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "bench.py"], check=True, capture_output=True, text=True
    )
    return f"`make bench` on {today()}:\n\n```\n{done.stdout.strip()}\n```"


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def put(text: str, mark: str, content: str) -> str:
    """Between «<!-- mark: … -->» and «<!-- /mark -->»."""
    pattern = rf"(<!-- {mark}:[^\n]*-->\n).*?(<!-- /{mark} -->)"
    return re.sub(pattern, lambda found: f"{found[1]}{content}\n{found[2]}", text, flags=re.DOTALL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-bench", action="store_true", help="leave the speed as it is")
    options = parser.parse_args()
    text = put(README.read_text(encoding="utf-8"), "scores", score_table())
    if not options.no_bench:
        text = put(text, "bench", bench_block())
    README.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
