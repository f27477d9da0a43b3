"""The commands ``report`` and ``serve``: records to a page, and a word about what is not on it."""

from __future__ import annotations

from pathlib import Path

from extractor.cli_errors import DONE, SET_ASIDE, say
from extractor.cli_extract import plural
from extractor.io.readers import BadInput
from extractor.report import Unread, Wanted, Written, write_report


def run_report(wanted: Wanted, output: Path) -> int:
    """«Wanted» → the page written, its path and what it holds said, the exit code."""
    written = write_report(wanted, output)
    say_unread(written.unread)
    for line in limits(written):
        say(line)
    shown = written.shown
    counts = f"{plural(shown.articles_kept, 'article')}, {plural(shown.events_kept, 'event')}"
    say(f"{written.path}: {counts}, {written.bytes / 1e6:.2f} MB")
    return SET_ASIDE if written.unread else DONE


def run_serve(wanted: Wanted, gold: Path | None, port: int) -> int:
    """«Wanted» → served until it is stopped; where, and where corrections go, is said first."""
    from extractor.report.serving import Library, serve

    beside = wanted.records if wanted.records.is_dir() else wanted.records.parent
    folder = (gold or beside / "gold").absolute()

    def ready(address: str, library: Library) -> None:
        say_unread(library.unread)
        say(f"{plural(library.shown.articles, 'article')}: {address} (stop with Ctrl-C)")
        say(f"corrected articles go to {folder}")

    serve(wanted, folder, port=port, ready=ready)
    return DONE


def say_unread(unread: tuple[Unread, ...]) -> None:
    for bad in unread:
        if isinstance(bad, BadInput):
            place = bad.path if bad.line is None else f"{bad.path}:{bad.line}"
            say(f"{place}: {bad.reason}: {bad.message}")
        else:
            say(f"{bad}: set aside")


def limits(written: Written) -> list[str]:
    """What the page does not hold, as the page itself says it."""
    shown, said = written.shown, []
    if shown.articles_kept < shown.articles:
        said.append(
            f"sampled: {shown.articles_kept} of {shown.articles} articles and "
            f"{shown.events_kept} of {shown.events} events are shown; the overview counts all"
        )
    if shown.texts_missing:
        said.append(f"no_text: {plural(shown.texts_missing, 'article')} without text: quotes alone")
    if not shown.rejections:
        said.append("no_rejections: the numbers left out are not shown (no texts, or too many)")
    return said
