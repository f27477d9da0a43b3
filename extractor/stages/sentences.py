"""Zones cut into sentences of tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from extractor.knowledge import Language
from extractor.match.lexer import read_tokens
from extractor.match.words import NumberWord
from extractor.types import Article, Concept, Lang, Sentence, Span, Token, Zone

_LONGEST = 20_000
_LONGEST_WORD = 40
_MOST_WORDS = 100_000


def split_sentences(
    article: Article,
    zones: Sequence[Zone],
    languages: Mapping[Lang, Language],
    folding: Callable[[Zone], Callable[[str], str]],
    wanted: Callable[[str, Zone], bool] = lambda text, zone: True,
) -> tuple[Sentence, ...]:
    """«Бірінші сөйлем. Екінші сөйлем» → two sentences, in reading order, if they are wanted."""
    found: list[Sentence] = []
    paragraph = 0
    last: tuple[Zone, Span] | None = None
    for zone in zones:
        language, fold = languages[zone.lang], folding(zone)
        for block in _paragraphs(article.text, zone.span):
            paragraph += last is not None and not _goes_on(article.text, *last, zone, block)
            last = zone, block
            if not wanted(block.of(article.text), zone):
                continue
            spans = [*_sentence_spans(article.text, block, language)]
            for span in spans:
                if len(spans) > 1 and not wanted(span.of(article.text), zone):
                    continue
                tokens = _tokens(article.text, span, language, fold)
                if tokens:
                    found.append(Sentence(span, tokens, zone, paragraph, len(found)))
    return tuple(found)


def _goes_on(text: str, zone: Zone, block: Span, other: Zone, following: Span) -> bool:
    """A line in two languages is two zones, and one paragraph."""
    same = zone.kind == other.kind and zone.lang != other.lang
    return same and "\n" not in text[block.stop : following.start]


def _tokens(
    text: str, span: Span, language: Language, fold: Callable[[str], str]
) -> tuple[Token, ...]:
    tokens = read_tokens(text, span.start, span.stop, language.digits, fold)
    digits = [index for index, token in enumerate(tokens) if token.value is not None]
    # Cut from the right, so that the places on the left stay where they are.
    for index in sorted({i + side for i in digits for side in (-1, 1)}, reverse=True):
        if 0 <= index < len(tokens) and tokens[index].sort == "word":
            tokens[index : index + 1] = _unglue(tokens, index, language)
    return tuple(tokens)


def _unglue(tokens: Sequence[Token], index: int, language: Language) -> Sequence[Token]:
    """«14 миллионовтенге» → «миллионов», «тенге»: a scale stuck to its unit by a scraper."""
    token = tokens[index]
    behind = index > 0 and tokens[index - 1].value is not None
    cut = _seam(token.norm, language, behind=behind)
    if cut is None:
        return (token,)
    middle = token.span.start + cut
    return (
        Token(Span(token.span.start, middle), token.text[:cut], token.norm[:cut], "word"),
        Token(Span(middle, token.span.stop), token.text[cut:], token.norm[cut:], "word"),
    )


def _seam(norm: str, language: Language, *, behind: bool) -> int | None:
    """Where a word comes apart that stands behind digits, or before them; asked once."""
    if not 6 <= len(norm) <= _LONGEST_WORD:
        return None
    key = (norm, behind)
    if key in language.seams:
        return language.seams[key]
    cut = (_glue_point if behind else _stuck_point)(norm, language)
    if len(language.seams) < _MOST_WORDS:
        language.seams[key] = cut
    return cut


def _stuck_point(norm: str, language: Language) -> int | None:
    """«получатпо 2 миллиона» → «получат», «по»: a preposition stuck to the word before it."""
    if language.morphology.knows(norm):
        return None
    for size in (2, 5, 6):
        head, tail = norm[:-size], norm[-size:]
        sorts = language.lexicon.sorts(tail)
        if sorts & {"bound", "scope"} and language.morphology.knows(head):
            return len(head)
    return None


def _glue_point(norm: str, language: Language) -> int | None:
    """Where a scale word ends and a known noun begins, if the word is made of the two."""
    lexicon = language.lexicon
    if lexicon.meanings(norm):
        return None
    for cut in range(len(norm) - 2, 2, -1):
        scale = any(isinstance(m, NumberWord) for m in lexicon.meanings(norm[:cut]))
        if scale and any(isinstance(m, Concept) for m in lexicon.meanings(norm[cut:])):
            return cut
    return None


# -- paragraphs -----------------------------------------------------------------------------


def _paragraphs(text: str, span: Span) -> Iterator[Span]:
    """Lines, but a hard-wrapped block of lines is one paragraph."""
    block: list[Span] = []
    for line in _lines(text, span):
        if line.of(text).strip():
            block.append(line)
        else:
            yield from _unwrap(text, block)
            block = []
    yield from _unwrap(text, block)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while start < span.stop:
        end = text.find("\n", start, span.stop)
        stop = span.stop if end < 0 else end
        yield Span(start, stop)
        start = stop + 1


def _unwrap(text: str, block: Sequence[Span]) -> Iterator[Span]:
    if _is_wrapped_block([line.of(text) for line in block]):
        yield Span(block[0].start, block[-1].stop)
    else:
        yield from block


def _is_wrapped_block(lines: Sequence[str]) -> bool:
    """Lines of one width, most of which go on in small letters."""
    if len(lines) < 2 or not all(_is_wrapped(line) for line in lines[:-1]):
        return False
    small = sum(line.lstrip()[:1].islower() for line in lines[1:])
    return small * 2 >= len(lines) - 1


def _is_wrapped(line: str) -> bool:
    """«…the following humanitarian»: a line that was cut at a width, not at an end."""
    return 45 <= len(line) <= 100 and line.rstrip()[-1] not in '.!?:;»”"'


# -- sentences ------------------------------------------------------------------------------


def _sentence_spans(text: str, block: Span, language: Language) -> Iterator[Span]:
    start = block.start
    pending: Span | None = None
    for piece in _cuts(text, block):
        span = Span(start, piece)
        start = piece
        pending = span if pending is None else Span(pending.start, span.stop)
        if len(pending) < _LONGEST and _is_abbreviated(pending.of(text), language):
            continue
        yield _strip(text, pending)
        pending = None
    if pending is not None:
        yield _strip(text, pending)


def _cuts(text: str, block: Span) -> Iterator[int]:
    """Ends of sentences: razdel's, and points with no space after them."""
    start = block.start
    for stop in _razdel_stops(text, block):
        for match in _glued_stop().finditer(text, start, stop):
            yield match.end()
        yield stop
        start = stop


def _razdel_stops(text: str, block: Span) -> Iterator[int]:
    sentenize = _sentenize()
    if sentenize.split.re.search(text, block.start, block.stop):
        for sentence in sentenize(block.of(text)):
            yield block.start + sentence.stop
    else:
        yield block.start + len(block.of(text).rstrip())


@lru_cache(maxsize=1)
def _sentenize() -> Any:
    """razdel, told at once what its rules say first: where no space follows nothing ends."""
    from razdel.segmenters.sentenize import DELIMITER, SentSegmenter, SentSplitter

    return SentSegmenter(SentSplitter(rf"{DELIMITER}(?=\s)"))


@lru_cache(maxsize=1)
def _glued_stop() -> re.Pattern[str]:
    """«…получат.Таким образом»: a stop between a small letter and a capital."""
    return re.compile(
        r"[.!?\u2026](?:(?<=[^\W\d_]{3}.)|(?<=[)\]\u00bb\u201d\"\d].))[.!?\u2026]*"
        r"(?=[\u00ab\u201c\"]?[^\W\d_a-z])"
        r"(?=[\u00ab\u201c\"]?[A-Z\u0400-\u042f\u0492\u049a\u04a2\u04b0\u04ae\u04d8\u04e8\u0406])"
    )


def _is_abbreviated(sentence: str, language: Language) -> bool:
    """«25 млн.» goes on: the point belongs to a known abbreviation."""
    words = sentence.rstrip()[-16:].split()
    if not words or not words[-1].endswith("."):
        return False
    last = words[-1][:-1].lower().lstrip("(\u00ab\"'")
    return last in language.abbreviations


def _strip(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
