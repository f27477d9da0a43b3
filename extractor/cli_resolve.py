"""The commands ``resolve`` and ``totals``: records to canonical events, and events to sums."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, fields
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from extractor.cli_errors import DONE, SET_ASIDE, WRONG_USAGE, say
from extractor.io.commit import committed
from extractor.io.records import RecordError, try_events, try_records
from extractor.records import plain_number
from extractor.resolve import Store
from extractor.resolve.totals import By, Row, Totals, sum_events

if TYPE_CHECKING:
    from rich.table import Table

_STEPS = {"read": "articles read", "compare": "blocks compared", "cluster": "clusters made"}
# Reasons on one line are cut there; a record's errors may be long.
_LONGEST = 300
_WIDTH = 132
Model = TypeVar("Model")


def run_resolve(paths: Sequence[Path], output: Path | None, store: Path | None) -> int:
    """«records.jsonl» → canonical events as JSON lines, a summary on stderr, the exit code."""
    bad = _BadLines()
    with ExitStack() as stack:
        out = stack.enter_context(committed(output)) if output else sys.stdout.buffer
        kept = stack.enter_context(Store(store))
        with _watching() as watch:
            tally = kept.update(_good(chain.from_iterable(map(try_records, paths)), bad), watch)
        for event in kept.events():
            out.write(f"{event.to_json()}\n".encode())
    say(
        f"{tally.articles} articles, {tally.mentions} event mentions; "
        f"{tally.compared} pairs compared, {tally.likely} likely; {tally.events} canonical events"
    )
    if tally.repeated or tally.replaced:
        say(f"{tally.repeated + tally.replaced} repeated article ids: each counted once")
    if not tally.articles and bad.count:
        return WRONG_USAGE
    return SET_ASIDE if bad.count else DONE


class _BadLines:
    """Lines that are no records: each named on stderr and counted."""

    def __init__(self) -> None:
        self.count = 0

    def count_in(self, problem: RecordError) -> None:
        self.count += 1
        say(f"bad_record: {' '.join(str(problem).split())[:_LONGEST]}")


def _good(found: Iterable[Model | RecordError], bad: _BadLines) -> Iterator[Model]:
    for one in found:
        if isinstance(one, RecordError):
            bad.count_in(one)
        else:
            yield one


@contextmanager
def _watching() -> Iterator[Callable[[str, int], None] | None]:
    """Progress on stderr, for a person at a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("")

        def watch(step: str, count: int) -> None:
            progress.update(task, description=f"{count} {_STEPS[step]}")

        yield watch


# --- totals --------------------------------------------------------------------------------------


def run_totals(path: Path, by: str, style: str | None) -> int:
    """«events.jsonl» → sums on stdout; what they leave out on stderr."""
    bad = _BadLines()
    found = sum_events(_good(try_events(path), bad), cast(By, by))
    style = style or ("table" if sys.stdout.isatty() else "csv")
    if style == "json":
        json.dump(_plain(found), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    elif style == "csv":
        names = [field.name for field in fields(Row)]
        writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_cells(row) for row in found.rows)
    else:
        from rich.console import Console

        # Sums are not to be cut: a narrow terminal folds the lines.
        Console(width=max(Console().width, _WIDTH)).print(_table(found, by))
    for reason, left in found.left_out.items():
        say(f"left out: {reason}: {left.count} (such as {', '.join(left.events)})")
    return SET_ASIDE if bad.count else DONE


def _plain(found: Totals) -> dict[str, object]:
    return {
        "rows": [_cells(row) for row in found.rows],
        "left_out": {reason: asdict(left) for reason, left in found.left_out.items()},
    }


def _cells(row: Row) -> dict[str, object]:
    return {
        name: plain_number(value) if isinstance(value, Decimal) else value
        for name, value in asdict(row).items()
    }


_AMOUNTS = ("planned", "collected", "delivered", "unstated", "derived")


def _table(found: Totals, by: str) -> Table:
    """The rows, without the columns that nothing is in."""
    from rich.table import Table

    filled = [
        name for name in _AMOUNTS if any(getattr(row, name) is not None for row in found.rows)
    ]
    table = Table(
        caption="≥: some of it is at least, about, or from … to; !: reports contradict each other"
    )
    table.add_column(by, overflow="fold", min_width=8)
    table.add_column("what", overflow="fold", min_width=16)
    for name in (*filled, "events"):
        table.add_column(name, justify="right", no_wrap=True, overflow="fold")
    for row in found.rows:
        what = " ".join(filter(None, (row.item or row.kind, row.unit)))
        values = (getattr(row, name) for name in filled)
        cells = ("" if value is None else f"{plain_number(value):,}" for value in values)
        mark = "≥ " if row.at_least else ""
        doubt = " !" if row.conflicts or row.falls else ""
        table.add_row(row.group, mark + what, *cells, f"{row.events}{doubt}")
    return table
