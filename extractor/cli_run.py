"""The commands ``run`` and ``merge``: a dump to the folder of a run."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extractor.cli_errors import DONE, INTERRUPTED, SET_ASIDE, WRONG_USAGE, say
from extractor.io.dumps.inputs import InputError, Inputs, Reading
from extractor.io.dumps.preview import Preview, fields_of, look_at
from extractor.run.drive import Plan, Progress, Share, make_plan, run
from extractor.run.folder import Folder
from extractor.run.gates import GateError
from extractor.run.merge import merge
from extractor.run.settings import Options, RunError

# Parts whose first rows are shown; the rest are said to be so many.
SHOWN = 5
EVERY = 5.0
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked ``run`` for."""

    inputs: tuple[str, ...]
    out: Path
    options: Options
    mapping: str | None = None
    encoding: str = "utf-8"
    workers: int = 1
    share: str | None = None
    fresh: bool = False
    dry: bool = False
    memory: int | None = None
    as_json: bool = False


def run_dump(request: Request) -> int:
    """«Request» → the folder of a run, messages said, the exit code."""
    try:
        return _run(request)
    except (RunError, InputError, GateError) as error:
        say(f"extractor: {error}")
        return WRONG_USAGE
    except KeyboardInterrupt:
        say("interrupted; the same command goes on from here")
        return INTERRUPTED


def merge_folder(path: Path, *, as_json: bool) -> int:
    """«DIR» of a run whose shares are done → its outputs."""
    folder = Folder(path)
    try:
        folder.read_begun()
        with folder.locked():
            folder.sweep()
            manifest = merge(folder)
    except RunError as error:
        say(f"extractor: {error}")
        return WRONG_USAGE
    return _say_end(manifest, as_json=as_json)


def _run(request: Request) -> int:
    reading = Reading(fields_of(request.mapping), request.encoding)
    options = replace(request.options, reading=reading)
    share = parse_share(request.share)
    _check_encoding(request.encoding)
    plan = make_plan(request.inputs, request.out, options)
    _say_inputs(plan.inputs, reading)
    if request.dry:
        _say_plan(plan, request)
        return DONE
    begun = time.monotonic()
    memory = None if request.memory is None else request.memory * MIB
    with _stoppable(), _shown(request.workers) as watch:
        manifest = run(
            plan,
            workers=request.workers,
            share=share,
            fresh=request.fresh,
            memory=memory,
            watch=watch,
        )
    if manifest is None:
        say(f"share {request.share} is done; extractor merge {request.out} when all are")
        return DONE
    say(f"{time.monotonic() - begun:.0f} s")
    return _say_end(manifest, as_json=request.as_json)


def parse_share(text: str | None) -> Share | None:
    """«3/8» → the third of eight.

    Raises:
        RunError: it is none.
    """
    if text is None:
        return None
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise RunError(f"--shard {text!r}: say I/N, such as 3/8")
    return Share(int(number), int(of))


def _check_encoding(name: str) -> None:
    try:
        "".encode(name)
    except LookupError:
        raise RunError(f"--encoding {name!r}: no such encoding") from None


# --- before -----------------------------------------------------------------------------------


def _say_inputs(inputs: Inputs, reading: Reading) -> None:
    """Which fields are taken for what, in the first parts; a dump without text is refused."""
    previews = [look_at(part, reading) for part in inputs.parts[:SHOWN]]
    for preview in previews:
        say(str(preview))
    if len(inputs.parts) > SHOWN:
        say(f"… and {len(inputs.parts) - SHOWN} more parts")
    if inputs.ignored:
        kinds = ", ".join(f"{number} {name}" for name, number in inputs.ignored.most_common(8))
        say(f"not read, of no known form: {kinds}")
    for preview in previews:
        _refuse_textless(preview, reading)


def _refuse_textless(preview: Preview, reading: Reading) -> None:
    if preview.rows and preview.without_text == preview.rows:
        raise InputError(
            f"{preview.part.paths[0]}: no text in the first {preview.rows} rows "
            f"(looked for {', '.join(reading.fields.text[:6])}); say --map text=FIELD"
        )


def _say_plan(plan: Plan, request: Request) -> None:
    size = sum(part.size for part in plan.inputs.parts)
    files = sum(len(part.paths) for part in plan.inputs.parts)
    gate = plan.settings.values["gate"]
    say(f"{files} files, {size:,} bytes; gate {gate}; {request.workers} workers")
    begun = plan.folder.begun.exists()
    say(f"{request.out}: {'a run has begun there' if begun else 'nothing there yet'}")
    say("dry run: nothing was written")


# --- meanwhile --------------------------------------------------------------------------------


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM, as batch systems send it, ends a run as Ctrl-C does."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def describe(progress: Progress, seconds: float) -> str:
    """«12,000 articles, 1,500/s, 40 % read, 2 min left; 310 with events, 2 quarantined»."""
    fresh = progress.rows - progress.kept
    rate = fresh / seconds if seconds > 0 else 0.0
    share = min(1.0, progress.read / progress.size) if progress.size else 1.0
    left = f", {_span(seconds * (1 - share) / share)} left" if 0 < share < 1 else ""
    found, bad = progress.statuses["events"], progress.statuses["quarantined"]
    return (
        f"{progress.rows:,} articles, {rate:,.0f}/s, {share:.0%} read{left}; "
        f"{found:,} with events, {bad:,} quarantined"
    )


def _span(seconds: float) -> str:
    """«95» → 1 min 35 s."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


@contextmanager
def _shown(workers: int) -> Iterator[Callable[[Progress], None]]:
    """A bar for a person at a terminal, a line every few seconds for a log."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn())
    with Bars(*columns, console=console, transient=True) as bars:
        task = bars.add_task(f"{workers} workers start", total=None)
        begun = time.monotonic()

        def watch(progress: Progress) -> None:
            words = describe(progress, time.monotonic() - begun)
            done = min(progress.read, progress.size)
            bars.update(task, description=words, total=progress.size, completed=done)

        yield watch


class _Lines:
    """One line every few seconds."""

    def __init__(self) -> None:
        self.begun = self.told = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self.told >= EVERY:
            self.told = now
            say(describe(progress, now - self.begun))


# --- after ------------------------------------------------------------------------------------


def _say_end(manifest: dict[str, Any], *, as_json: bool) -> int:
    counts = manifest["counts"]
    say(
        f"{counts['in']:,} articles: {counts['gated']:,} gated out, "
        f"{counts['no_event']:,} without event, {counts['events']:,} with events, "
        f"{counts['quarantined']:,} quarantined"
    )
    for name, number in counts["quarantined_by_reason"].items():
        say(f"  quarantined: {number:,} {name}")
    for name, number in counts["passed_over"].items():
        say(f"  no articles, passed over: {number:,} {name}")
    if counts["repeated_ids"]:
        say(f"  {counts['repeated_ids']:,} ids stand more than once: repeated_ids.jsonl")
    if as_json:
        import orjson

        summary = {"counts": counts, "digest": manifest["digest"], "outputs": manifest["outputs"]}
        sys.stdout.write(orjson.dumps(summary).decode() + "\n")
    return SET_ASIDE if counts["quarantined"] else DONE
