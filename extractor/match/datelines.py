"""Places of the form of a page: bylines, datelines, captions over a part of a round-up."""

from __future__ import annotations

from extractor.match.parsed import WORD_DASHES, Parsed
from extractor.match.story import tokens_of
from extractor.types import Mention

CLOSING = frozenset({*WORD_DASHES, "."})


def is_byline(parsed: Parsed, mention: Mention) -> bool:
    """«… — заключил министр. Имя Фамилия, Нур-Султан»: the end of a line, behind a name."""
    first, last = tokens_of(parsed, mention)
    if first < 3 or last < len(parsed.tokens) - 2 or parsed.norm(first - 1) != ",":
        return False
    names = parsed.tokens[first - 3 : first - 1]
    return first == 3 and all(token.text[:1].isupper() for token in names)


def is_dateline(parsed: Parsed, mention: Mention) -> bool:
    """«ASTANA – At least …»: where the desk is, not where the aid goes."""
    first, last = tokens_of(parsed, mention)
    # «СҚО-да»: a hyphen that only ties an ending on closes nothing.
    closed = parsed.norm(last + 1) in CLOSING and not parsed.glued(last + 2)
    return first == 0 and parsed.tokens[0].text.isupper() and closed


def is_caption(parsed: Parsed, mention: Mention) -> bool:
    """«ТАРАЗ.», «- Atyrau region.»: nothing but a place, and what kind of place it is."""
    first, last = tokens_of(parsed, mention)
    heads = {i for h in parsed.of_sort("place_head") for i in range(h.first, h.last + 1)}
    return all(
        token.sort != "word" or first <= index <= last or index in heads
        for index, token in enumerate(parsed.tokens)
    )
