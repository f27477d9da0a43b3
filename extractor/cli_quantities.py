"""The command ``quantities``: a line of text in, a JSON list of its quantities out."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import extractor
from extractor.cli_errors import DONE, SET_ASIDE, say


def run_quantities(text: str, lang: str) -> int:
    """«15 мың отбасы» → [{"start": 0, "end": 13, …}]: as many lines out as in."""
    code = DONE
    for number, line in enumerate(read_lines(text), start=1):
        try:
            words = line.decode("utf-8")
        except UnicodeDecodeError as error:
            say(f"stdin:{number}: bad_encoding: not UTF-8 at byte {error.start}")
            words, code = "", SET_ASIDE
        sys.stdout.write(json_line(words, lang))
        sys.stdout.flush()
    return code


def read_lines(text: str) -> Iterator[bytes]:
    """The lines of the text, or of stdin as they come; «\\n» alone ends a line."""
    if text != "-":
        # A surrogate stands for a byte of the command line that is no UTF-8.
        yield from text.encode("utf-8", "surrogateescape").removesuffix(b"\n").split(b"\n")
        return
    for line in iter(sys.stdin.buffer.readline, b""):
        yield line.removesuffix(b"\n").removesuffix(b"\r")


def json_line(words: str, lang: str) -> str:
    found = extractor.quantities(words, lang) if words.strip() else ()
    return f"[{','.join(quantity.model_dump_json() for quantity in found)}]\n"
