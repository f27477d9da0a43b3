"""The gate: may an article report aid? Asked of every article of a dump, before it is read.

First an automaton walks from one word of aid to the next; too few of them, and the article
stays out. Then the sentences in which they stand are asked whether they count anything, and
those that do have to say enough by themselves; or else a word that leaves no doubt stands
somewhere, and a number somewhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.knowledge import HERE, digest_of, read_toml
from extractor.own_words import read_own_words
from extractor.run.counted import counted_pattern, numbered_pattern
from extractor.run.spelling import AFTER_WORD, BEFORE_WORD
from extractor.run.stems import Stem, alternatives, read_inflections, read_stems

if TYPE_CHECKING:
    import re2

# The automata grow with what they meet, up to this; then they begin anew.
_MEMORY = 320 << 20
_LITTLE_MEMORY = 48 << 20
_HEADLINE = 400
_SOFT_HYPHEN = b"\xc2\xad"
_MOST_WORDS = 100_000
_NEXT_WORD = re.compile(rb"[A-Za-z\x80-\xff]++")
# A sentence goes on behind a dot where no space follows, or a small letter or a digit; and
# the lines of a list belong to the sentence that opens it.
_SMALL = r"[a-z0-9]|\xd0[\xb0-\xbf]|\xd1[\x80-\x9f]|\xd2[\x93\x9b\xa3\xaf\xb1\xbb]|\xd3[\x99\xa9]"
_BULLET = r"(?:[*-]|\xe2\x80[\x93\x94\xa2]|\xc2\xb7)"
_STEP = (
    rf"(?:[^\n.!?]|[.!?]+[^\s.!?]|\.\s(?:{_SMALL})|:[ \t\r]*\n\s*"
    rf"|[.;,]?[ \t\r]*\n\s*{_BULLET})"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that spoke for an article, and its words of aid."""

    sentence: str
    stems: tuple[Stem, ...]


class Gate:
    """Lets through what may report aid; ``digest`` names the words that it was made of.

    >>> gate = load_gate()
    >>> gate.passes("Қор 120 отбасыға көмек көрсетті: азық-түлік таратты.")
    True
    >>> gate.passes("Сегодня в городе ясно, 12 градусов тепла.")
    False
    """

    def __init__(
        self, stems: Sequence[Stem], numbered: str, counted: str, *, enough: int, digest: str
    ) -> None:
        self.stems = tuple(stems)
        self.enough = enough
        self.digest = digest
        stem = alternatives(stem.word for stem in stems)
        self.automaton = _compile(_word(stem), _MEMORY)
        self._which = _set([_word(stem.pattern) for stem in stems])
        self._numbered = _compile(rf"{_STEP}*{numbered}{_STEP}*")
        self._counted = _set([counted])
        self._known: dict[bytes, Stem | None] = {}

    def passes(self, text: str | bytes) -> bool:
        """May the article report aid? Bytes are UTF-8; those that are not stop nothing."""
        article = _as_bytes(text)
        words = self._words(article)
        if _most(words) < self.enough:
            return False
        if any(stem.points >= self.enough for _, stem in words):
            return self._counts(article)
        headline = _headline(article)
        points = Points(stem for start, stem in words if start < headline)
        for _, _, stems in self._counting(article, words):
            points.hear(stems)
            if points.sum >= self.enough:
                return True
        return False

    def _counts(self, article: bytes) -> bool:
        """«… благотворительный базар. … Собрали 44 миллиона»: does any sentence count something?"""
        numbered = self._numbered.finditer(article)
        return any(self._counted.Match(article[m.start() : m.end()]) for m in numbered)

    def why(self, text: str | bytes) -> tuple[Evidence, ...]:
        """The headline and every sentence that counts something, where they have words of aid."""
        article = _as_bytes(text)
        words, headline = self._words(article), _headline(article)
        said = [(0, headline, [stem for start, stem in words if start < headline])]
        said += self._counting(article, words)
        return tuple(
            Evidence(article[start:stop].decode(errors="replace").strip(), tuple(stems))
            for start, stop, stems in said
            if stems
        )

    def stems_in(self, text: str | bytes) -> tuple[Stem, ...]:
        """«волонтеры помогли» → every stem of a short text, near a number or not."""
        return tuple(self.stems[index] for index in self._which.Match(_as_bytes(text)) or ())

    def _words(self, article: bytes) -> list[tuple[int, Stem]]:
        """«… волонтеры помогли …» → where «волонтер» and «помочь» begin."""
        found, known, ask = [], self._known, self._ask
        next_word = _NEXT_WORD.match
        for match in self.automaton.finditer(article):
            start, stop = match.span()
            word = article[start:stop]
            if stem := known[word] if word in known else ask(word):
                found.append((start, stem))
            # The border behind a word was the one before the next, which is asked for by itself.
            if follower := next_word(article, stop):
                word = follower[0]
                if stem := known[word] if word in known else ask(word):
                    found.append((stop, stem))
        return found

    def _counting(
        self, article: bytes, words: Sequence[tuple[int, Stem]]
    ) -> Iterator[tuple[int, int, list[Stem]]]:
        """Sentences with a number that is no date, and their words; one with no word at least."""
        place = 0
        for match in self._numbered.finditer(article):
            start, stop = match.span()
            while place < len(words) and words[place][0] < start - 1:
                place += 1
            stems = []
            while place < len(words) and words[place][0] < stop:
                stems.append(words[place][1])
                place += 1
            if (stems or not start) and self._counted.Match(article[start:stop]):
                yield start, stop, stems

    def _ask(self, word: bytes) -> Stem | None:
        """«гуманитарной помощи» → of the stems in it the one that says most; asked once."""
        if len(self._known) >= _MOST_WORDS:
            self._known.clear()
        found = (self.stems[index] for index in self._which.Match(b" %b " % word) or ())
        self._known[word] = stem = max(found, key=_says, default=None)
        return stem


class Points:
    """What the words heard so far come to: each counts once, and one more when heard again."""

    def __init__(self, headline: Iterable[Stem]) -> None:
        self._words = {stem.key: stem.points for stem in headline}
        self._heard: Counter[str] = Counter()

    def hear(self, sentence: Iterable[Stem]) -> None:
        words = {stem.key: stem.points for stem in sentence}
        for key, points in words.items():
            self._words[key] = max(points, self._words.get(key, 0))
        self._heard.update(words.keys())

    @property
    def sum(self) -> int:
        return sum(self._words.values()) + sum(times > 1 for times in self._heard.values())


def _most(words: Iterable[tuple[int, Stem]]) -> int:
    """The most that the words can come to, wherever they stand."""
    points, times = dict[str, int](), 0
    for _, stem in words:
        times += stem.key in points
        points[stem.key] = max(stem.points, points.get(stem.key, 0))
    return sum(points.values()) + times


def _says(stem: Stem) -> tuple[int, int, str]:
    return stem.points, len(stem.form), stem.lang


def _headline(article: bytes) -> int:
    """Where the first line ends."""
    end = article.find(b"\n", 0, _HEADLINE)
    return min(len(article), _HEADLINE) if end < 0 else end


def load_gate(domain: Sequence[str | Path] = ()) -> Gate:
    """The gate of the package's words and those of the user's own domain files; read once.

    Raises:
        KnowledgeError: a data file cannot be read or says something impossible.
    """
    return _load(tuple(str(Path(path)) for path in domain))


@lru_cache(maxsize=4)
def _load(domain: tuple[str, ...]) -> Gate:
    toml = read_toml(HERE / "domain" / "gate.toml")
    inflections = read_inflections(toml)
    stems = read_stems(toml, read_own_words(domain), inflections)
    return Gate(
        stems,
        numbered_pattern(),
        counted_pattern(inflections),
        enough=int(toml.content["enough"]),
        digest=digest_of([HERE / "langs", HERE / "domain", *map(Path, domain)]),
    )


def _word(pattern: str) -> str:
    return rf"(?:\A|\n|{BEFORE_WORD})(?:{pattern})(?:{AFTER_WORD}|\z)"


def _set(patterns: Sequence[str]) -> Any:
    import re2

    found = re2.Set.SearchSet(_options(_LITTLE_MEMORY))
    for pattern in patterns:
        found.Add(pattern)
    found.Compile()
    return found


def _options(memory: int) -> re2.Options:
    import re2

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = memory
    options.never_capture = True
    options.longest_match = True
    options.log_errors = False
    return options


def _compile(pattern: str, memory: int = _LITTLE_MEMORY) -> Any:
    import re2

    return re2.compile(pattern.encode(), _options(memory))


def _as_bytes(text: str | bytes) -> bytes:
    """UTF-8 without soft hyphens, accents on their letters; most texts are so already."""
    article = text.encode(errors="replace") if isinstance(text, str) else text
    if _SOFT_HYPHEN[:1] in article and _SOFT_HYPHEN in article:
        article = article.replace(_SOFT_HYPHEN, b"")
    if b"\xcc" in article or b"\xcd" in article:
        article = unicodedata.normalize("NFC", article.decode(errors="replace")).encode()
    return article
