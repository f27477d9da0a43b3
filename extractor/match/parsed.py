"""A sentence with every known phrase in it, asked by place and sort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor.knowledge import Language
from extractor.match.lexicon import Hit
from extractor.types import Sentence, Span, Token


@dataclass(frozen=True)
class Parsed:
    """«екі жүк көлігі» → which phrases begin or end at each token."""

    sentence: Sentence
    language: Language
    hits: tuple[Hit, ...]
    _starting: dict[tuple[str, int], list[Hit]] = field(default_factory=dict, compare=False)
    _ending: dict[tuple[str, int], list[Hit]] = field(default_factory=dict, compare=False)
    _sorts: dict[str, list[Hit]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for hit in self.hits:
            self._starting.setdefault((hit.entry.sort, hit.first), []).append(hit)
            self._ending.setdefault((hit.entry.sort, hit.last), []).append(hit)
            self._sorts.setdefault(hit.entry.sort, []).append(hit)

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens

    def starting(self, sort: str, index: int) -> list[Hit]:
        """Hits of a sort that begin at a token, longest first."""
        return self._starting.get((sort, index), [])

    def ending(self, sort: str, index: int) -> list[Hit]:
        """Hits of a sort that end at a token, longest first."""
        return self._ending.get((sort, index), [])

    def of_sort(self, sort: str) -> list[Hit]:
        return self._sorts.get(sort, [])

    def between(self, sort: str, first: int, last: int) -> Iterator[Hit]:
        """Hits of a sort that lie within tokens first..last."""
        for hit in self.of_sort(sort):
            if first <= hit.first and hit.last <= last:
                yield hit

    def norm(self, index: int) -> str:
        return self.tokens[index].norm if 0 <= index < len(self.tokens) else ""

    def glued(self, index: int) -> bool:
        """Does this token touch the one before it?"""
        if index <= 0 or index >= len(self.tokens):
            return False
        return self.tokens[index - 1].span.stop == self.tokens[index].span.start

    def span(self, first: int, last: int) -> Span:
        """«tokens first..last» → the characters from one to the other."""
        return Span(self.tokens[first].span.start, self.tokens[last].span.stop)


# «аз қамтылған» is one word for the poor, and its «қамтылған» no verb;
# «handed over 300 kits» hands over, and means not more than 300.
_SHADOWS = {"verb": "noun", "role": "noun", "noise": "noun", "bound": "verb"}


def parse(sentence: Sentence, language: Language) -> Parsed:
    """One walk of the lexicon over the sentence; a longer phrase hides what lies inside it."""
    hits = language.lexicon.scan(sentence.tokens)
    long = [hit for hit in hits if hit.last > hit.first]
    kept = tuple(hit for hit in hits if not _is_hidden(hit, long)) if long else hits
    return Parsed(sentence, language, kept)


def _is_hidden(hit: Hit, long: Sequence[Hit]) -> bool:
    by = _SHADOWS.get(hit.entry.sort)
    return by is not None and any(
        other.entry.sort == by
        and other.first <= hit.first
        and hit.last <= other.last
        and other.last - other.first > hit.last - hit.first
        for other in long
    )
