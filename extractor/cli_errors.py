"""What goes wrong on the command line, said in one line on stderr."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

DONE, GATE_FAILED, WRONG_USAGE, SET_ASIDE, INTERRUPTED = 0, 1, 2, 3, 130


def say(message: str) -> None:
    """A message for people; stdout is for data."""
    print(message, file=sys.stderr, flush=True)


def utf8_streams() -> None:
    """UTF-8 whatever the locale says: the same record is the same bytes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


@contextmanager
def plain_errors() -> Iterator[None]:
    """Errors of data and files become a line and an exit code; bugs keep their traceback."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_stdout()
        raise typer.Exit(DONE) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        say(f"extractor: {place}{error.strerror or error}")
        raise typer.Exit(WRONG_USAGE) from None
    except ValueError as error:
        if not isinstance(error, _user_errors()):
            raise
        say(f"extractor: {error}")
        raise typer.Exit(WRONG_USAGE) from None


def _user_errors() -> tuple[type[ValueError], ...]:
    """Errors whose message names the user's file and the place in it, or what to install."""
    from extractor.evaluate import GoldError, RecordError
    from extractor.exports.content import ExportError
    from extractor.knowledge import KnowledgeError
    from extractor.ner import ModelError
    from extractor.report import ReportError
    from extractor.resolve.store import StoreError

    return (
        GoldError,
        RecordError,
        ExportError,
        KnowledgeError,
        ModelError,
        ReportError,
        StoreError,
    )


def _drop_stdout() -> None:
    """The reader has gone («| head»): what is still to be flushed goes nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stdout without a file behind it, in tests
        sys.stdout = io.StringIO()
