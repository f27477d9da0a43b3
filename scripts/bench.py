"""How fast: articles a second by stage on one core, and the time to start. No pass, no fail.

Each function of ``extractor.stages`` that the pipeline calls is timed where the pipeline calls
it, over the own corpora and, where it is there, the gold in ``../shared``; medians of passes.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import extractor
from extractor.io.readers import read_sources
from extractor.loading import Knowledge
from extractor.stages.articles import ArticleError
from extractor.stages.records import make_record
from extractor.types import Source

ROOT = Path(__file__).resolve().parents[1]
CORPORA = (ROOT / "corpora" / "dev", ROOT / "corpora" / "test", ROOT.parent / "shared" / "gold")
STARTS = {
    "python alone": "pass",
    "import extractor": "import extractor",
    "import and load()": "import extractor; extractor.load()",
    "extractor --help": "import sys; sys.argv = ['extractor', '--help']; "
    "from extractor.cli import main; main()",
}
# The module, and not the function of the same name that the door gives.
PIPELINE = import_module("extractor.pipeline")


class Stopwatch:
    """Seconds by name, added up over one pass."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*positional: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*positional, **named)
            finally:
                self.seconds[name] += time.perf_counter() - start

        return run

    def lap(self) -> dict[str, float]:
        seconds, self.seconds = dict(self.seconds), defaultdict(float)
        return seconds


def stage_functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """«find_zones», «split_sentences», … as the pipeline names them."""
    for name, value in vars(PIPELINE).items():
        home = getattr(value, "__module__", "")
        is_stage = home.startswith("extractor.stages.") or home == "extractor.match.parsed"
        if is_stage and callable(value) and not isinstance(value, type):
            yield name, value


def read_articles() -> list[Source]:
    """The texts that have gold beside them."""
    texts = [text for folder in CORPORA for text in sorted(folder.rglob("*.txt"))]
    annotated = [text for text in texts if text.with_suffix(".json").exists()]
    return [source for source in read_sources(annotated) if isinstance(source, Source)]


def measure(sources: Sequence[Source], passes: int) -> tuple[list[dict[str, float]], list[float]]:
    """Seconds by stage and in all, for each pass; the first one has cold caches."""
    know = extractor.load()
    watch = Stopwatch()
    for name, function in list(stage_functions()):
        setattr(PIPELINE, name, watch.timed(name, function))
    laps, totals = [], []
    for _number in range(passes):
        start = time.perf_counter()
        for source in sources:
            run_article(source, know, watch)
        totals.append(time.perf_counter() - start)
        laps.append(watch.lap())
    return laps, totals


def run_article(source: Source, know: Knowledge, watch: Stopwatch) -> None:
    try:
        found = PIPELINE.run_for_record(source, know)
    except ArticleError:
        return
    record = watch.timed("make_record", make_record)(found, version="bench", digest=know.digest)
    watch.timed("to_json", record.to_json)()


def start_up(code: str, times: int) -> float:
    """Median seconds of a fresh interpreter that runs the code."""
    return median(one_start(code) for _number in range(times))


def one_start(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    return time.perf_counter() - start


def machine() -> str:
    """«Intel … @ 2.60GHz, Python 3.11.7, Linux x86_64»."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    cpu = next(models, platform.processor() or "unknown cpu")
    python = f"Python {platform.python_version()}"
    return f"{cpu}, {python}, {platform.system()} {platform.machine()}"


def print_stages(laps: Sequence[dict[str, float]], articles: int, megabytes: float) -> None:
    print(f"{'stage':20} {'ms/article':>10} {'share':>6} {'articles/s':>11} {'MB/s':>8}")
    whole = sum(median(lap[name] for lap in laps) for name in laps[0])
    for name in laps[0]:
        print_row(name, median(lap[name] for lap in laps), whole, articles, megabytes)


def print_row(name: str, seconds: float, whole: float, articles: int, megabytes: float) -> None:
    print(
        f"{name:20} {1000 * seconds / articles:10.3f} {seconds / whole:6.1%} "
        f"{articles / seconds:11.0f} {megabytes / seconds:8.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passes", type=int, default=7, help="passes over the corpora")
    parser.add_argument("--starts", type=int, default=5, help="starts of each kind")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sources = read_articles()
    megabytes = sum(len(source.content.encode()) for source in sources) / 1e6
    print(f"machine: {machine()}; one core")
    print(f"corpora: {len(sources)} articles, {megabytes:.2f} MB; {options.passes} passes\n")
    laps, totals = measure(sources, options.passes)
    warm = slice(1, None) if options.passes > 1 else slice(None)
    print_stages(laps[warm], len(sources), megabytes)
    typical = median(totals[warm])
    print_row("all, warm", typical, typical, len(sources), megabytes)
    print_row("all, first pass", totals[0], totals[0], len(sources), megabytes)
    print("\nstart-up, seconds")
    for name, code in STARTS.items():
        print(f"{name:20} {start_up(code, options.starts):6.3f}")


if __name__ == "__main__":
    main()
