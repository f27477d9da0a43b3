"""A progress bar on stderr, for a person at a terminal who waits for several articles."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

Thing = TypeVar("Thing")
_CHUNK = 1 << 20


class Track(Protocol):
    def __call__(self, things: Iterable[Thing], /) -> Iterator[Thing]: ...


@contextmanager
def show_progress(count: Callable[[], int | None], *, busy: bool) -> Iterator[Track]:
    """A wrapper for what is waited for; without a terminal, or for one article, it is silent."""
    # Tables on the same terminal show by themselves how far things are.
    total = count() if sys.stderr.isatty() and not busy else 0
    if total in (0, 1):
        yield iter
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(
        *Progress.get_default_columns(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as progress:

        def track(things: Iterable[Thing], /) -> Iterator[Thing]:
            return iter(progress.track(things, total=total, description="articles"))

        yield track


def count_inputs(paths: Sequence[str]) -> int | None:
    """How many articles there may be; stdin cannot be counted."""
    if not paths or "-" in paths:
        return None
    return sum(map(_count_path, map(Path, paths)))


def _count_path(path: Path) -> int:
    from extractor.io.readers import KNOWN_SUFFIXES, LINES_SUFFIXES

    if path.is_dir():
        members = (member for member in path.rglob("*") if member.suffix in KNOWN_SUFFIXES)
        return sum(_count_path(member) for member in members if not _is_beside_text(member))
    if path.suffix in LINES_SUFFIXES and path.is_file():
        with path.open("rb") as stream:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(_CHUNK), b""))
    return 1


def _is_beside_text(path: Path) -> bool:
    """«x.json» beside «x.txt» is its annotation."""
    return path.suffix == ".json" and path.with_suffix(".txt").exists()
