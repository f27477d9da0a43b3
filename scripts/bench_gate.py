"""The gate of a run: what it loses of the gold, what it lets through, how fast. No pass, no fail.

Recall over every annotated article there is; the share that passes of real news, by language,
where ``../shared/data/raw-news`` is there, and beside it what the extractor finds in the
articles that stay out; and the speed beside the bare automaton over the same texts.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import machine

import extractor
from extractor import ArticleError, ArticleRecord
from extractor.loading import Knowledge
from extractor.run.gate import Gate, load_gate

ROOT = Path(__file__).resolve().parents[1]
CORPORA = tuple(ROOT / "corpora" / f"{name}.jsonl" for name in ("train", "dev", "test", "second"))
GOLD = ROOT.parent / "shared" / "gold"
RAW = ROOT.parent / "shared" / "data" / "raw-news"
LANGS = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Article:
    """A text, and what its annotators found in it; nobody has annotated raw news."""

    id: str
    lang: str
    text: str
    figures: int = 0
    events: int = 0


def annotated() -> Iterator[Article]:
    """The own corpora, and the gold beside the repository where it is there."""
    for path in filter(Path.exists, CORPORA):
        for line in filter(None, path.read_bytes().split(b"\n")):
            row = json.loads(line)
            counts = len(row["figures"]), len(row["events"])
            yield Article(row["id"], row["lang"], row["text"], *counts)
    for path in sorted(GOLD.glob("*/*.json")):
        row = json.loads(path.read_bytes())
        text = path.with_suffix(".txt").read_bytes().decode()
        yield Article(row["id"], row["lang"], text, len(row["figures"]), len(row["events"]))


def raw_news(lang: str) -> list[Article]:
    path = RAW / f"{lang}.jsonl.xz"
    if not path.exists():
        return []
    with lzma.open(path) as lines:
        rows = [json.loads(line) for line in lines]
    return [Article(row["id"], lang, row["text"]) for row in rows]


# --- what passes -------------------------------------------------------------------------------


def print_recall(gate: Gate, articles: Iterable[Article]) -> None:
    """«ru figures 0.985 (67 of 68), lost ru-206»."""
    every = list({article.id: article for article in articles}.values())
    print(f"{'gold':<22} {'articles':>8} {'passed':>7} {'share':>7}  lost")
    for name, wanted in (
        ("with aid figures", lambda one: one.figures),
        ("with events", lambda one: one.events),
        ("without either", lambda one: not one.figures and not one.events),
    ):
        for lang in (*LANGS, "all"):
            asked = [one for one in every if wanted(one) and lang in (one.lang, "all")]
            lost = [one.id for one in asked if not gate.passes(one.text)]
            named = " ".join(lost) if name.startswith("with ") and lang == "all" else ""
            print_share(f"{name}, {lang}", len(asked), len(asked) - len(lost), named)


def print_share(name: str, asked: int, passed: int, named: str = "") -> None:
    share = passed / asked if asked else 0.0
    print(f"{name:<22} {asked:8} {passed:7} {share:7.3f}  {named}")


def print_news(gate: Gate, sure: float, *, list_lost: bool) -> None:
    """How many pass of real news; of those with an event, and without, as the extractor says."""
    know = extractor.load(ner="rules")
    print(f"\n{'real news':<22} {'articles':>8} {'passed':>7} {'share':>7}")
    lost: list[str] = []
    for lang in LANGS:
        groups: dict[str, list[bool]] = {"no event": [], "unsure event": [], "sure event": []}
        for article in raw_news(lang):
            found = read(article.text, know)
            passed = gate.passes(article.text)
            group = group_of(found, sure)
            groups[group].append(passed)
            if group == "sure event" and not passed and found is not None:
                lost.append(f"{article.id}: {surest(found, article.text)}")
        every = [passed for group in groups.values() for passed in group]
        for name, group_passed in {**groups, "all": every}.items():
            print_share(f"{lang}, {name}", len(group_passed), sum(group_passed))
    print(f"\nlost with a figure of confidence {sure} or more: {len(lost)}")
    print(*(lost if list_lost else ()), sep="\n")


def read(text: str, know: Knowledge) -> ArticleRecord | None:
    """What the extractor finds; an article in another language has nothing."""
    try:
        return extractor.extract(text, know=know)
    except ArticleError:
        return None


def group_of(found: ArticleRecord | None, sure: float) -> str:
    if found is None or not found.events:
        return "no event"
    return (
        "sure event" if any((f.confidence or 0) >= sure for f in found.figures) else "unsure event"
    )


def surest(found: ArticleRecord, text: str) -> str:
    figure = max(found.figures, key=lambda one: one.confidence or 0)
    around = text[max(0, figure.start - 40) : figure.end + 40]
    return f"{figure.confidence} {figure.kind}: … {' '.join(around.split())} …"


# --- how fast ----------------------------------------------------------------------------------


def print_speed(gate: Gate, texts: list[bytes], passes: int) -> None:
    """Seconds of the core's own time: the best of some passes, after one that warms up."""
    megabytes = sum(map(len, texts)) / 1e6
    print(f"\nspeed over {len(texts)} articles, {megabytes:.1f} MB, one core: {machine()}")
    print(f"{'':<22} {'MB/s':>8} {'µs/article':>11} {'ratio':>6}")
    bare = seconds(partial(each, walk(gate), texts), passes)
    for name, spent in (
        ("bare automaton", bare),
        ("gate", seconds(partial(each, gate.passes, texts), passes)),
    ):
        each_one = 1e6 * spent / len(texts)
        print(f"{name:<22} {megabytes / spent:8.0f} {each_one:11.1f} {bare / spent:6.2f}")


def walk(gate: Gate) -> Callable[[bytes], object]:
    """The automaton over all stems, from match to match, and nothing else."""
    find = gate.automaton.finditer
    return lambda text: any(False for _ in find(text))


def each(function: Callable[[bytes], object], texts: list[bytes]) -> None:
    for text in texts:
        function(text)


def seconds(work: Callable[[], None], passes: int) -> float:
    laps = []
    for _ in range(passes + 1):
        started = time.process_time()
        work()
        laps.append(time.process_time() - started)
    return min(laps[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--sure", type=float, default=0.8, help="confidence of a sure figure")
    parser.add_argument("--list-lost", action="store_true", help="name the sure events lost")
    parser.add_argument("--no-news", action="store_true", help="leave real news out")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    started = time.perf_counter()
    gate = load_gate()
    print(f"{len(gate.stems)} stems, read in {time.perf_counter() - started:.1f} s\n")
    gold = list(annotated())
    print_recall(gate, gold)
    news = [] if options.no_news else [one for lang in LANGS for one in raw_news(lang)]
    if news:
        print_news(gate, options.sure, list_lost=options.list_lost)
    else:
        print(f"\nno real news measured: {RAW} is not there, or --no-news")
    print_speed(gate, [one.text.encode() for one in news or gold], options.passes)


if __name__ == "__main__":
    main()
