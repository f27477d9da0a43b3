"""The command ``report``: records to a page, and a word about what is not on it."""

from __future__ import annotations

from pathlib import Path

from extractor.cli_errors import DONE, SET_ASIDE, say
from extractor.cli_extract import plural
from extractor.report import Wanted, Written, write_report


def run_report(wanted: Wanted, output: Path) -> int:
    """«Wanted» → the page written, its path and what it holds said, the exit code."""
    written = write_report(wanted, output)
    for bad in written.unread:
        place = bad.path if bad.line is None else f"{bad.path}:{bad.line}"
        say(f"{place}: {bad.reason}: {bad.message}")
    for line in limits(written):
        say(line)
    shown = written.shown
    counts = f"{plural(shown.articles_kept, 'article')}, {plural(shown.events_kept, 'event')}"
    say(f"{written.path}: {counts}, {written.bytes / 1e6:.2f} MB")
    return SET_ASIDE if written.unread else DONE


def limits(written: Written) -> list[str]:
    """What the page does not hold, as the page itself says it."""
    shown, said = written.shown, []
    if shown.articles_kept < shown.articles:
        said.append(
            f"sampled: {shown.articles_kept} of {shown.articles} articles and "
            f"{shown.events_kept} of {shown.events} events are shown; the overview counts all"
        )
    if not shown.resolved:
        said.append("unresolved: each event of an article stands alone")
    if shown.texts_missing:
        said.append(f"no_text: {plural(shown.texts_missing, 'article')} without text: quotes alone")
    if not shown.rejections:
        said.append("no_rejections: the numbers left out are not shown (no texts, or too many)")
    return said
