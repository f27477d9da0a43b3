"""The command ``extract``: inputs to records, and a word about each input set aside."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import extractor
from extractor.cli_errors import DONE, SET_ASIDE, WRONG_USAGE, say
from extractor.cli_progress import count_inputs, show_progress
from extractor.cli_writers import Writer, make_writer
from extractor.io.readers import STDIN, BadInput, read_sources
from extractor.records import ArticleRecord
from extractor.types import Source

if TYPE_CHECKING:
    from extractor.api import Failure
    from extractor.loading import Knowledge

# Reasons of inputs that could not even be opened.
UNOPENED = frozenset({"unreadable", "no_files"})


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked ``extract`` for."""

    paths: tuple[str, ...] = ()
    lang: str = "auto"
    style: str | None = None
    published: str | None = None
    domain: tuple[Path, ...] = ()
    ner: str = "auto"
    stanza_dir: Path | None = None
    with_text: bool = False
    output: Path | None = None


@dataclass(slots=True)
class Tally:
    """What a run has done so far."""

    articles: int = 0
    figures: int = 0
    events: int = 0
    skipped: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    missing: set[str] = field(default_factory=set)

    def count(self, record: ArticleRecord) -> None:
        self.articles += 1
        self.figures += len(record.figures)
        self.events += len(record.events)

    def exit_code(self) -> int:
        """«nothing could be opened» → 2, «some inputs set aside» → 3, else 0."""
        if not self.failed:
            return DONE
        nothing = not self.articles and not self.skipped
        return WRONG_USAGE if nothing and self.failed.keys() <= UNOPENED else SET_ASIDE

    def __str__(self) -> str:
        found = f"{plural(self.figures, 'figure')}, {plural(self.events, 'event')}"
        parts = [f"{plural(self.articles, 'article')}: {found}"]
        if self.skipped:
            parts.append(f"{self.skipped} skipped in other languages")
        if self.failed:
            reasons = ", ".join(
                f"{times} {reason}" for reason, times in sorted(self.failed.items())
            )
            parts.append(f"{self.failed.total()} failed ({reasons})")
        return "; ".join(parts)


def plural(number: int, noun: str) -> str:
    """«1 article», «2 articles»."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def run_extract(request: Request) -> int:
    """«Request» → records written, messages said, the exit code."""
    paths = request.paths
    if not paths and sys.stdin.isatty():
        say("extractor: give a path, or - for stdin (extractor extract --help)")
        return WRONG_USAGE
    know = extractor.load(request.domain, ner=request.ner, stanza_dir=request.stanza_dir)
    sources = date_sources(read_sources(paths or (STDIN,)), request.published)
    results = extract_each(sources, know, with_text=request.with_text)
    tally = Tally()
    with ExitStack() as stack:
        stream, style = open_output(request, stack)
        writer = stack.enter_context(make_writer(stream, style))
        bar = show_progress(lambda: count_inputs(paths), busy=stream.isatty())
        progress = stack.enter_context(bar)
        write_results(progress(results), request, writer, tally)
    say(str(tally))
    return tally.exit_code()


def open_output(request: Request, stack: ExitStack) -> tuple[TextIO, str]:
    """Where to, and in which style: a table for a person at a terminal, else JSON lines."""
    if request.output is None:
        return sys.stdout, request.style or ("table" if sys.stdout.isatty() else "jsonl")
    stream = request.output.open("w", encoding="utf-8", newline="\n")
    return stack.enter_context(stream), request.style or "jsonl"


def date_sources(
    sources: Iterable[Source | BadInput], published: str | None
) -> Iterator[Source | BadInput]:
    """«--published 2024-04-16» for the sources that come without a date."""
    for source in sources:
        if isinstance(source, Source) and source.published is None:
            yield replace(source, published=published)
        else:
            yield source


def extract_each(
    sources: Iterable[Source | BadInput], know: Knowledge, *, with_text: bool
) -> Iterator[ArticleRecord | Failure]:
    """Each source's record or failure; ``with_text`` puts plain text beside its figures too."""
    for source in sources:
        result = next(extractor.extract_many((source,), know=know))
        if with_text and isinstance(source, Source) and isinstance(result, ArticleRecord):
            result = result.model_copy(update={"text": result.text or source.content})
        yield result


def write_results(
    results: Iterable[ArticleRecord | Failure], request: Request, writer: Writer, tally: Tally
) -> None:
    seen: set[str] = set()
    for result in results:
        if not isinstance(result, ArticleRecord):
            say(f"{result.origin or result.id}: {result.reason}: {result.message}")
            tally.failed[result.reason] += 1
        elif request.lang not in ("auto", result.lang):
            tally.skipped += 1
        else:
            if result.id in seen:
                say(f"{result.id}: repeated_id: an earlier article has the same id")
            seen.add(result.id)
            tally.count(result)
            say_missing(result, tally.missing)
            writer.write(result)


def say_missing(record: ArticleRecord, said: set[str]) -> None:
    """«model_missing: ru: …: names by rules alone», once for each model of a run."""
    for note in record.notes:
        if note.startswith("model_missing: ") and note not in said:
            said.add(note)
            say(f"{note}: names by rules alone")
