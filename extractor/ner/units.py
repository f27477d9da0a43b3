"""Sentences as the models read them: whole words with their hyphens, or one line of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.types import Sentence, Span, Token

_HYPHENS = frozenset("-\u2010\u2011")


@dataclass(frozen=True, slots=True)
class Unit:
    """«2800-ден», «Нұр-Сұлтан», «80%-ы»: a word; ``norm`` is its folded, Cyrillic view."""

    span: Span
    text: str
    norm: str


def join_units(sentence: Sentence) -> tuple[Unit, ...]:
    """«2800», «-», «ден» → «2800-ден»: tokens that a hyphen holds together are one unit."""
    return tuple(_join(part) for part in _chains(sentence.tokens))


def _chains(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    start = 0
    for index in range(1, len(tokens) + 1):
        if index == len(tokens) or not _holds(tokens, index):
            yield tokens[start:index]
            start = index


def _holds(tokens: Sequence[Token], index: int) -> bool:
    """Does the token at ``index`` belong to the unit of the one before it?"""
    before, token = tokens[index - 1], tokens[index]
    if before.span.stop != token.span.start:
        return False
    if token.text in _HYPHENS:
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        opens = before.sort != "mark" or before.text == "%"
        return opens and after is not None and _is_tail(token, after)
    # A word right behind a hyphen: the hyphen itself was held by what stands before it.
    return before.text in _HYPHENS and index > 1 and _holds(tokens, index - 1)


def _is_tail(hyphen: Token, after: Token) -> bool:
    return hyphen.span.stop == after.span.start and after.sort != "mark"


def _join(tokens: Sequence[Token]) -> Unit:
    if len(tokens) == 1:
        return Unit(tokens[0].span, tokens[0].text, tokens[0].norm)
    span = Span(tokens[0].span.start, tokens[-1].span.stop)
    text = "".join(token.text for token in tokens)
    return Unit(span, text, "".join(token.norm for token in tokens))


def line_of(sentence: Sentence) -> str:
    """The sentence on one line: any white space is a blank, so that offsets hold."""
    parts: list[str] = []
    position = sentence.span.start
    for token in sentence.tokens:
        parts += (" " * (token.span.start - position), token.text)
        position = token.span.stop
    return "".join(parts)
