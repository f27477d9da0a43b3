"""Tokens as numerals need them: «14 478» is one token, «2800-ден» three, «млн.теңге» three."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from unicodedata import numeric

from extractor.types import Span, Token

# Spaces that group digits: plain, no-break, en to hair (figure, thin, …), narrow no-break.
_GROUP = " \u00a0\u2002-\u200a\u202f"
_MARKS = "'\u2019\u2018\u02bc\u00b4`"
_VULGAR = "\u00bc\u00bd\u00be\u2153-\u215e"
_MAX_DIGITS = 24


@lru_cache(maxsize=1)
def token_pattern() -> re.Pattern[str]:
    """«14 478,5», «слово», «%»: digits with their groups, words, single marks, tabs inside."""
    return re.compile(
        rf"(?P<number>\d{{1,3}}(?:[{_GROUP}{_MARKS}]\d{{3}})+(?!\d)(?:[.,]\d+)?"
        rf"|\d+(?:[.,]\d+)*[{_VULGAR}]?|[{_VULGAR}])"
        r"|(?P<word>[^\W\d_]+(?:(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060]+|['\u2019\u02bc\u00b4`](?=[^\W\d_]))[^\W\d_]*)*)"
        r"|(?P<mark>[^\s]|(?<=\S)\t(?=\S))"
    )


@dataclass(frozen=True, slots=True)
class DigitStyle:
    """Which mark is decimal in a language: a comma in kk and ru, a point in en."""

    decimal: str
    group: str


@lru_cache(maxsize=1)
def _separators() -> re.Pattern[str]:
    return re.compile(f"[{_GROUP}{_MARKS}]")


def read_digits(text: str, style: DigitStyle) -> Decimal | None:
    """«14 478» → 14478, «1,5» → 1.5; a date such as «29.04.2024» is no number."""
    if text.isdecimal():
        return Decimal(text) if len(text) <= _MAX_DIGITS else None
    compact = _separators().sub("", text)
    if len(compact) > _MAX_DIGITS:
        return None
    if compact[-1].isnumeric() and not compact[-1].isdecimal():
        whole = compact[:-1] or "0"
        return Decimal(whole) + round(Decimal(numeric(compact[-1])), 4) if whole.isdigit() else None
    marks = [mark for mark in compact if mark in ".,"]
    if not marks:
        return Decimal(compact)
    plain = _ungroup(compact, marks, style, spaced=len(compact) < len(text))
    if plain is None:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _ungroup(compact: str, marks: list[str], style: DigitStyle, *, spaced: bool) -> str | None:
    """One decimal mark at most; groups have three digits each."""
    whole, _, fraction = compact.rpartition(marks[-1])
    if len(set(marks)) == 2:
        inner = {mark for mark in whole if mark in ".,"}
        grouped = len(inner) == 1 and _is_grouped(whole, inner.pop())
        return f"{re.sub('[.,]', '', whole)}.{fraction}" if grouped else None
    mark = marks[0]
    if fraction == "000" and whole != "0" and _is_grouped(compact, mark):
        return compact.replace(mark, "")
    if len(marks) > 1:
        return compact.replace(mark, "") if _is_grouped(compact, mark) else None
    if not spaced and mark == style.group and _is_grouped(compact, mark) and whole != "0":
        return compact.replace(mark, "")
    return compact.replace(mark, ".")


def _is_grouped(text: str, mark: str) -> bool:
    first, *rest = text.split(mark)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in rest)


@lru_cache(maxsize=1)
def _unseen() -> re.Pattern[str]:
    """«мың­нан» with a soft hyphen inside is «мыңнан»."""
    return re.compile("[\u00ad\u200b-\u200d\u2060]")


def read_tokens(
    text: str, start: int, stop: int, style: DigitStyle, fold: Callable[[str], str]
) -> list[Token]:
    """«50 бетперде» → the tokens of text[start:stop], spans counted in the whole text.

    A mark behind a word is its last letter where folding makes a letter of it: «ten’genin’».
    """
    tokens: list[Token] = []
    for match in token_pattern().finditer(text, start, stop):
        surface, sort, span = match[0], match.lastgroup, Span(*match.span())
        if sort == "word":
            closed = surface + text[span.stop : span.stop + 1]
            if closed[-1] in _MARKS and span.stop < stop and fold(closed)[-1].isalpha():
                surface, span = closed, Span(span.start, span.stop + 1)
            word = surface if surface.isalpha() else _unseen().sub("", surface)
            tokens.append(Token(span, surface, fold(word), "word"))
        elif sort == "number":
            tokens.append(Token(span, surface, surface, "number", read_digits(surface, style)))
        elif not (tokens and span.start < tokens[-1].span.stop):
            tokens.append(Token(span, surface, surface, "mark"))
    return tokens
