"""The command ``explain``: why a record says what it says."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import extractor
from extractor.cli_errors import DONE, SET_ASIDE, WRONG_USAGE, say
from extractor.cli_extract import UNOPENED
from extractor.io.readers import BadInput, read_sources
from extractor.stages.articles import ArticleError


def run_explain(path: str, figure: str | None, *, domain: Sequence[Path] = ()) -> int:
    """«article.txt, f3» → the explanation on stdout, the exit code."""
    from rich.console import Console

    know = extractor.load(domain)
    console = Console(file=sys.stdout, highlight=False)
    code = DONE
    for source in read_sources([path]):
        if isinstance(source, BadInput):
            place = source.path if source.line is None else f"{source.path}:{source.line}"
            say(f"{place}: {source.reason}: {source.message}")
            code = max(code, WRONG_USAGE if source.reason in UNOPENED else SET_ASIDE)
            continue
        try:
            extractor.explain(source, figure=figure, know=know).render(console)
        except ArticleError as error:
            say(f"{source.origin or source.id}: {error.reason}: {error}")
            code = SET_ASIDE
        except ValueError as error:
            if figure is None:
                raise
            say(f"{source.origin or source.id}: no_figure: {error}")
            code = WRONG_USAGE
    return code
