"""What counts in a sentence: numbers with something behind them, but no dates and no durations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from extractor.knowledge import HERE, LANGS, read_toml
from extractor.run.spelling import AFTER_WORD, BEFORE_WORD, any_of, other_than
from extractor.run.stems import Inflection, alternatives
from extractor.types import Lang

_NUMBERS = ("cardinal", "collective", "scale", "vague")
_TIMES = ("month", "unit")
# «он», «үш», «ten», «три» are words of other meaning, or begin one; digits stand for them.
_SHORTEST = {"scale": 3}
# No year alone: 1900 to 2099, but for 2000.
_DIGITS = (
    r"(?:[0-9]{1,3}|[03-9][0-9]{3}|1[0-8][0-9]{2}|2(?:000|[1-9][0-9]{2})|[0-9]{5,})"
    r"(?:(?:[.,' ]|\xc2\xa0|\xe2\x80[\x80-\x8a\xaf])[0-9]{3})*(?:[.,][0-9]{1,2})?"
)
_SPACE = r"(?:[ \t(*\x22-]|\xc2[\xa0\xab]|\xe2\x80[\x80-\x9f\xaf])"
_SIGNED = r"(?:\$|\xe2\x82[\xa0-\xbf]|\xc2\xa3) ?[0-9]"


def numbered_pattern() -> str:
    """A digit, or what begins like a number word: where it is worth to look closer."""
    words = (form for _, form in _words() if " " not in form)
    return rf"(?:[0-9]|{BEFORE_WORD}{any_of(words)})"


def counted_pattern(inflections: Mapping[Lang, Inflection]) -> str:
    """«120 семей», «masks (120)», «$5», «двести», but no «15 апреля», «2024», «5 years»."""
    words = alternatives(inflections[lang].number(form) for lang, form in _words())
    noun = other_than(_times(inflections))
    digits = rf"(?:\A|[^0-9.,:/+]){_DIGITS}(?:{_SPACE}{{0,4}}{noun}|%)"
    bracketed = rf"\({_DIGITS}\)"
    return rf"(?:{digits}|{bracketed}|{_SIGNED}|{BEFORE_WORD}(?:{words}){AFTER_WORD})"


def _words() -> Iterator[tuple[Lang, str]]:
    for lang, key, table in _tables("numbers", _NUMBERS):
        if str(table.get("value", "2")) not in ("0", "1"):
            shortest = _SHORTEST.get(key, 4)
            yield from ((lang, form) for form in table["forms"] if len(form) >= shortest)


def _times(inflections: Mapping[Lang, Inflection]) -> Iterator[str]:
    """«апреля », «days », «жыл», «сағат»: what makes a number a date, a time or a duration."""
    for lang, _, table in _tables("dates", _TIMES):
        for form in table["forms"]:
            yield from inflections[lang].beginnings(form)


def _tables(name: str, keys: Iterable[str]) -> Iterator[tuple[Lang, str, Mapping[str, Any]]]:
    for lang in LANGS:
        toml = read_toml(HERE / "langs" / lang / f"{name}.toml")
        yield from ((lang, key, table) for key in keys for table in toml.tables(key))
