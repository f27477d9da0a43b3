"""Tables of short texts and what is expected of them, which several tests read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extractor.loading import Knowledge, load

LANGS = ("kk", "ru", "en")
DATA = Path(__file__).parent / "data"


@cache
def know() -> Knowledge:
    return load()


def rows(table: str) -> list[tuple[str, str]]:
    """«judged» → «text<tab>expected» of tests/data/judged, each language after the other."""
    files = [(DATA / table / f"{lang}.tsv").read_text(encoding="utf-8") for lang in LANGS]
    lines = [line for file in files for line in file.split("\n") if line and line[0] != "#"]
    return [(text, expected) for text, expected in (line.split("\t") for line in lines)]
