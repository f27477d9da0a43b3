"""What counts in a sentence: digits, number words and currency signs, but no dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from typing import Any

from extractor.knowledge import HERE, LANGS, read_toml
from extractor.run.spelling import AFTER_WORD, BEFORE_WORD
from extractor.run.stems import Inflection, Word, alternatives
from extractor.types import Lang

_NUMBERS = ("cardinal", "collective", "scale", "vague")
# «он», «үш», «ten», «три» are words of other meaning, or begin one; digits stand for them.
_SHORTEST = {"scale": 3}
_TIMES = ("month", "unit")
_YEAR = r"(?:19[0-9]{2}|20[0-9]{2})"
_NEAR = r"(?:[ \t,.-]|\xc2\xa0|\xe2\x80[\x80-\x95\xaf]){1,3}"
_ENDING = r"(?:-?[A-Za-z\xc3-\xd4][A-Za-z\x80-\xff]{0,6})?"


def counted_pattern(inflections: Mapping[Lang, Inflection]) -> str:
    """«120», «двести», «мыңнан», «dozens» → one pattern; «one» counts nothing worth it."""
    words = alternatives(
        inflections[lang].word(form)
        for lang, key, table in _tables("numbers", _NUMBERS)
        if str(table.get("value", "2")) not in ("0", "1")
        for form in table["forms"]
        if len(form) >= _SHORTEST.get(key, 4)
    )
    return rf"(?:[0-9]|{BEFORE_WORD}(?:{words}){AFTER_WORD})"


def date_pattern(inflections: Mapping[Lang, Inflection]) -> str:
    """«15 апреля 2024 года», «2019», «12.04.2024», «18:30», «five days» → one pattern."""
    times = alternatives(
        inflections[lang].word(form)
        for lang, _, table in _tables("dates", _TIMES)
        for form in table["forms"]
    )
    numbers = alternatives(
        inflections[lang].word(form)
        for lang, _, table in _tables("numbers", ("cardinal",))
        for form in table["forms"]
    )
    number = rf"(?:[0-9]{{1,4}}{_ENDING}|{BEFORE_WORD}(?:{numbers}))"
    ways = (
        rf"{number}{_NEAR}(?:{times})(?:{_NEAR}{_YEAR})?{AFTER_WORD}",
        rf"{BEFORE_WORD}(?:{times}){_NEAR}[0-3]?[0-9](?:{_NEAR}{_YEAR})?[^0-9]",
        r"[0-3]?[0-9][./][01]?[0-9][./](?:19|20)?[0-9]{2}",
        r"[012]?[0-9]:[0-5][0-9]",
        _YEAR,
    )
    return "|".join(ways)


def _tables(name: str, keys: tuple[str, ...]) -> Iterator[tuple[Lang, str, Mapping[str, Any]]]:
    for lang in LANGS:
        toml = read_toml(HERE / "langs" / lang / f"{name}.toml")
        yield from ((lang, key, table) for key in keys for table in toml.tables(key))
