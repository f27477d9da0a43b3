"""The gate: may an article report aid? Asked of every article of a dump, before it is read.

First an automaton says which words of aid stand in the article at all; too few, and it stays
out. Of the others only the sentences that count something are looked at, and they have to say
enough by themselves.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.knowledge import HERE, digest_of, read_toml
from extractor.loading import user_files
from extractor.run.counted import counted_pattern, numbered_pattern
from extractor.run.spelling import AFTER_WORD, BEFORE_WORD
from extractor.run.stems import Stem, read_inflections, read_stems

if TYPE_CHECKING:
    import re2

_MEMORY = 256 << 20
_HEADLINE = 400
_SOFT_HYPHEN = b"\xc2\xad"
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
        self._stems = literal_set(stems)
        self._numbered = _compile(rf"{_STEP}*{numbered}{_STEP}*")
        self._counted = _set([counted])
        self._says = [(stem.key, stem.points) for stem in stems]
        self._points = [stem.points for stem in stems]

    def passes(self, text: str | bytes) -> bool:
        """May the article report aid? Bytes are UTF-8; those that are not stop nothing."""
        article = _as_bytes(text)
        found = self._stems.Match(article) or ()
        # The sum over all stems is never less than that over their words, and sooner done.
        if sum(map(self._points.__getitem__, found)) < self.enough:
            return False
        if sum(self._words(found).values()) < self.enough:
            return False
        sentences = self._counting(article)
        if not sentences:
            return False
        told = self._words_in(b"\n".join((_headline(article), *sentences)))
        points = sum(told.values())
        if points >= self.enough or points + len(told) < self.enough:
            return points >= self.enough
        heard = Counter(word for sentence in sentences for word in self._words_in(sentence))
        return points + sum(times > 1 for times in heard.values()) >= self.enough

    def why(self, text: str | bytes) -> tuple[Evidence, ...]:
        """Every sentence that speaks for the article, its headline first."""
        article = _as_bytes(text)
        sentences = (_headline(article), *self._counting(article))
        found = (
            Evidence(sentence.decode(errors="replace").strip(), self.stems_in(sentence))
            for sentence in sentences
        )
        return tuple(evidence for evidence in found if evidence.stems)

    def stems_in(self, text: str | bytes) -> tuple[Stem, ...]:
        """«волонтеры помогли» → the stems of «волонтер» and «помочь», near a number or not."""
        return tuple(self.stems[index] for index in self._stems.Match(_as_bytes(text)) or ())

    def _counting(self, article: bytes) -> list[bytes]:
        """The sentences with a number that is no date: «… 120 семей …», «… $5 млн …»."""
        counts = self._counted.Match
        spans = (match.span() for match in self._numbered.finditer(article))
        return [sentence for start, stop in spans if counts(sentence := article[start:stop])]

    def _words_in(self, text: bytes) -> dict[str, int]:
        """«… көмек … еріктілер …» → {"көмек": 2, "ерікті": 3}: each word of aid, its points."""
        return self._words(self._stems.Match(text) or ())

    def _words(self, found: Iterable[int]) -> dict[str, int]:
        words: dict[str, int] = {}
        for index in found:
            key, points = self._says[index]
            if points > words.get(key, 0):
                words[key] = points
        return words


def _headline(article: bytes) -> bytes:
    return article[:_HEADLINE].partition(b"\n")[0]


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
    stems = read_stems(toml, user_files(domain), inflections)
    return Gate(
        stems,
        numbered_pattern(),
        counted_pattern(inflections),
        enough=int(toml.content["enough"]),
        digest=digest_of([HERE / "langs", HERE / "domain", *map(Path, domain)]),
    )


def literal_set(stems: Sequence[Stem]) -> Any:
    """Which of the stems stand in a text, and nothing else: a ``re2.Set``, by their index."""
    border = rf"(?:\A|\n|{BEFORE_WORD})"
    return _set([rf"{border}{stem.pattern}(?:{AFTER_WORD}|\z)" for stem in stems])


def _set(patterns: Sequence[str]) -> Any:
    import re2

    found = re2.Set.SearchSet(_options())
    for pattern in patterns:
        found.Add(pattern)
    found.Compile()
    return found


def _options() -> re2.Options:
    import re2

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = _MEMORY
    options.never_capture = True
    options.longest_match = True
    options.log_errors = False
    return options


def _compile(pattern: str) -> Any:
    import re2

    return re2.compile(pattern.encode(), _options())


def _as_bytes(text: str | bytes) -> bytes:
    """UTF-8 without soft hyphens, accents on their letters; most texts are so already."""
    article = text.encode(errors="replace") if isinstance(text, str) else text
    if _SOFT_HYPHEN in article:
        article = article.replace(_SOFT_HYPHEN, b"")
    if b"\xcc" in article or b"\xcd" in article:
        article = unicodedata.normalize("NFC", article.decode(errors="replace")).encode()
    return article
