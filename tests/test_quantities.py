"""Phrases and what is read in them, by language; the parallel set; how time grows."""

from __future__ import annotations

import gc
import json
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from extractor.api import QuantityRecord, notation, quantities
from extractor.light import read_lightly
from extractor.loading import load
from extractor.types import Lang, Span, Zone

LANGS: tuple[Lang, ...] = ("kk", "ru", "en")
TABLES = Path(__file__).parent / "data" / "quantities"
PARALLEL = Path(__file__).parents[2] / "shared" / "gold" / "parallel" / "dev.jsonl"
SILENT = "silent"


# -- tables -----------------------------------------------------------------------------------


@cache
def rows(lang: Lang) -> tuple[tuple[str, str], ...]:
    """«phrase<tab>notation | notation» → its rows, in order."""
    lines = (TABLES / f"{lang}.tsv").read_text(encoding="utf-8").split("\n")
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((phrase, expected) for phrase, expected in pairs)


def every_row() -> list[tuple[Lang, str, str]]:
    return [(lang, phrase, expected) for lang in LANGS for phrase, expected in rows(lang)]


def notations(phrase: str, lang: Lang) -> str:
    return " | ".join(notation(found) for found in quantities(phrase, lang)) or SILENT


@pytest.mark.parametrize(("lang", "phrase", "expected"), every_row())
def test_phrase(lang: Lang, phrase: str, expected: str) -> None:
    """«15 мыңнан астам отбасы» → ≥15000 family."""
    assert notations(phrase, lang) == expected


def test_tables_are_as_large_as_promised() -> None:
    """400 rows kk (60 in Latin letters), 400 ru, 300 en, 100 silent; none stands twice."""
    sizes = {lang: len(rows(lang)) for lang in LANGS}
    latin = [p for p, _ in rows("kk") if any("a" <= c <= "z" or c in "ǵýńǧŋğ" for c in p)]
    silent = [phrase for _, phrase, expected in every_row() if expected == SILENT]
    twice = [row for row, count in Counter(every_row()).items() if count > 1]
    assert sizes["kk"] >= 400
    assert sizes["ru"] >= 400
    assert sizes["en"] >= 300
    assert len(latin) >= 60
    assert len(silent) >= 100
    assert not twice


@pytest.mark.parametrize("lang", LANGS)
def test_spans_are_words_of_the_phrase(lang: Lang) -> None:
    """A span is what was read: it holds its number, begins and ends with no space."""
    for phrase, expected in rows(lang):
        for found in quantities(phrase, lang):
            assert phrase[found.start : found.end] == found.text == found.text.strip(), expected


@pytest.mark.parametrize("lang", LANGS)
def test_neighbours_change_nothing(lang: Lang) -> None:
    """A phrase in a line with other sentences is read as it is read alone."""
    fence = {"kk": "Олар келді.", "ru": "Они пришли.", "en": "They came."}[lang]
    for phrase, expected in rows(lang)[::7]:
        latin = lang == "kk" and any("a" <= char <= "z" for char in phrase.lower())
        if latin or any(char in phrase for char in "áǵńóúýäñöüğşŋǧ'\u0301"):
            continue
        assert notations(f"{fence} {phrase}. {fence}", lang) == expected, phrase


# -- the parallel set -------------------------------------------------------------------------


@cache
def triples() -> tuple[dict[str, object], ...]:
    return tuple(json.loads(line) for line in PARALLEL.read_text(encoding="utf-8").splitlines())


def _hits(stated: list[dict[str, object]], found: list[QuantityRecord]) -> Counter[str]:
    """How many stated quantities were found by value, and by value and bound."""
    score: Counter[str] = Counter(stated=len(stated))
    for one in stated:
        value, top = Decimal(str(one["value"])), one["max"]
        same = [
            q
            for q in found
            if q.value == value and q.max == (None if top is None else Decimal(str(top)))
        ]
        same.sort(key=lambda quantity: quantity.bound != one["bound"])
        if same:
            found.remove(same[0])
            score["value"] += 1
            score["bound"] += same[0].bound == one["bound"]
    return score


@pytest.mark.skipif(not PARALLEL.exists(), reason="the parallel set lies beside the repository")
@pytest.mark.parametrize("lang", LANGS)
def test_parallel_sentences_state_the_same(lang: Lang) -> None:
    """Each side of a triple gives the stated quantities."""
    score: Counter[str] = Counter()
    for triple in triples():
        stated = triple["quantities"]
        assert isinstance(stated, list)
        score += _hits(stated, list(quantities(str(triple[lang]), lang)))
    assert score["value"] / score["stated"] >= 0.98
    assert score["bound"] / score["stated"] >= 0.96


# -- time -------------------------------------------------------------------------------------

HOSTILE: dict[str, tuple[Lang, Callable[[int], str]]] = {
    "digits": ("kk", lambda n: "7" * n),
    "grouped digits": ("en", lambda n: "1" + ",000" * (n // 4)),
    "spaced digits": ("ru", lambda n: "1" + " 000" * (n // 4)),
    "scales": ("kk", lambda n: "мың " * (n // 4)),
    "falling scales": ("ru", lambda n: "5 млн 5 тыс " * (n // 12)),
    "units": ("kk", lambda n: "бес " * (n // 4)),
    "hundreds and": ("en", lambda n: "one hundred and " * (n // 16)),
    "commas": ("en", lambda n: "one million, " * (n // 13)),
    "halves": ("kk", lambda n: "бір жарым " * (n // 10)),
    "opening brackets": ("en", lambda n: "(" * n),
    "bracketed numbers": ("ru", lambda n: "(5 " * (n // 3)),
    "ranges": ("ru", lambda n: "от 5 до " * (n // 8)),
    "ranges in ranges": ("en", lambda n: "between 1 and " * (n // 14)),
    "dashes": ("ru", lambda n: "5-" * (n // 2)),
    "case ranges": ("kk", lambda n: "5-тен " * (n // 6)),
    "fractions": ("kk", lambda n: "оннан " * (n // 6)),
    "slashes": ("en", lambda n: "1/" * (n // 2)),
    "long word": ("ru", lambda n: "ты" * (n // 2)),
    "bounds": ("ru", lambda n: "не более чем " * (n // 13)),
    "bounds behind": ("kk", lambda n: "10 астам " * (n // 9)),
    "nouns": ("en", lambda n: "5 aid kit set box " * (n // 18)),
    "signs": ("en", lambda n: "$5 " * (n // 3)),
    "apostrophes": ("kk", lambda n: "n'" * (n // 2)),
    "points": ("ru", lambda n: "5 млн." * (n // 6)),
    "colons": ("en", lambda n: "5:" * (n // 2)),
    "pluses": ("ru", lambda n: "+7 " * (n // 3)),
    "levels": ("ru", lambda n: "увеличить до 5 " * (n // 15)),
    "measures": ("ru", lambda n: "5 тонн " * (n // 7)),
    "levels behind": ("kk", lambda n: "5 теңгеге дейін өсіру " * (n // 22)),
}
# The smallest sizes at which a text takes long enough to be timed.
SIZES = (3_000, 12_000, 48_000)
GROWTH = 2.6
FLOOR = 0.04


def read_line(text: str, lang: Lang) -> None:
    """Sentences, numbers and quantities of one long line, its language given."""
    know = load()
    script = "Latn" if lang == "en" else "Cyrl"
    zone = Zone(Span(0, len(text)), "body", lang, script)  # type: ignore[arg-type]
    read_lightly(text, (zone,), know)


def seconds(text: str, lang: Lang) -> float:
    """The least of some runs: what the text takes when nothing else is in the way."""
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(3 if len(text) < SIZES[-1] // 2 else 2):
            start = time.process_time()
            read_line(text, lang)
            times.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(times)


@pytest.mark.parametrize("name", HOSTILE)
def test_doubling_doubles(name: str) -> None:
    """What twice the text takes, over two doublings, as a ratio: no square, and no worse."""
    lang, make = HOSTILE[name]
    read_line(make(500), lang)
    small = seconds(make(SIZES[0]), lang)
    for size in SIZES[1:]:
        large = seconds(make(size), lang)
        if large >= FLOOR:
            break
        small = large
    assert large <= max(small, FLOOR / 4) * GROWTH**2
