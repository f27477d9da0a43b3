"""The gate: may an article report aid? Asked of every article of a dump, before it is read.

First one automaton looks for sentences with a stem of aid and a number; it runs over the bytes
as they are, in one pass, and most articles have no such sentence. Then the few sentences found
are asked how many different words of aid they have, and whether their numbers are only dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.knowledge import HERE, KnowledgeError, Toml, digest_of, read_toml
from extractor.match.scripts import straight_marks
from extractor.run.counted import counted_pattern, date_pattern
from extractor.run.spelling import AFTER_WORD, BEFORE_WORD
from extractor.run.stems import Stem, alternatives, read_inflections, read_stems

if TYPE_CHECKING:
    import re2

_MEMORY = 256 << 20
_MOST_WORDS = 100_000
# A sentence goes on behind a dot where no space follows, or a small letter or a digit; and
# the lines of a list belong to the sentence that opens it.
_SMALL = r"[a-z0-9]|\xd0[\xb0-\xbf]|\xd1[\x80-\x9f]|\xd2[\x93\x9b\xa3\xaf\xb1\xbb]|\xd3[\x99\xa9]"
_BULLET = r"(?:[*-]|\xe2\x80[\x93\x94\xa2]|\xc2\xb7)"
_STEP = rf"(?:[^\n.!?]|[.!?]+[^\s.!?]|\.\s(?:{_SMALL})|:[ \t\r]*\n\s*|[.;,]?[ \t\r]*\n\s*{_BULLET})"
_HEADLINE = 400


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that spoke for an article: its words of aid, and its numbers that are no dates."""

    sentence: str
    stems: tuple[Stem, ...]
    numbers: tuple[str, ...]


class Points:
    """What the words heard so far come to; the first line does not count as a sentence."""

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


class Gate:
    """Lets through what may report aid; ``digest`` names the words that it was made of.

    >>> gate = load_gate()
    >>> gate.passes("Қор 120 отбасыға көмек көрсетті: азық-түлік таратты.")
    True
    >>> gate.passes("Сегодня в городе ясно, 12 градусов тепла.")
    False
    """

    def __init__(self, stems: Sequence[Stem], enough: int, digest: str, **patterns: str) -> None:
        self.stems = tuple(stems)
        self.enough = enough
        self.digest = digest
        self._near = _compile(patterns["near"])
        self._counting = _compile(patterns["counting"])
        self._number = _compile(patterns["number"])
        self._date = _compile(patterns["date"])
        self._stem = _compile(patterns["stem"])
        self._set = literal_set(stems)
        self._known: dict[bytes, Stem | None] = {}

    def passes(self, text: str | bytes) -> bool:
        """May the article report aid? Bytes are UTF-8; those that are not stop nothing."""
        article = _as_bytes(text)
        if not self._near.search(article):
            return False
        points = Points(self._stems_in(article[:_HEADLINE].partition(b"\n")[0]))
        for match in self._counting.finditer(article):
            points.hear(self._heard(match.group()))
            if points.sum >= self.enough:
                return True
        return False

    def why(self, text: str | bytes) -> tuple[Evidence, ...]:
        """Every sentence that speaks for the article, with its words and its numbers."""
        found = (match.group() for match in self._counting.finditer(_as_bytes(text)))
        return tuple(
            Evidence(
                sentence.decode(errors="replace").strip(),
                tuple(dict.fromkeys(stems)),
                tuple(self._numbers(sentence)),
            )
            for sentence in found
            if (stems := self._heard(sentence))
        )

    def _heard(self, sentence: bytes) -> Sequence[Stem]:
        """The stems of a sentence that counts something."""
        stems = self._stems_in(sentence)
        if stems and self._number.search(self._date.sub(b" ", sentence)):
            return stems
        return ()

    def _stems_in(self, sentence: bytes) -> Sequence[Stem]:
        # Between two words that stand side by side both need a border of their own.
        words = self._stem.findall(b" " + sentence.replace(b" ", b"  ") + b" ")
        return [stem for word in words if (stem := self._stem_of(word))]

    def _stem_of(self, word: bytes) -> Stem | None:
        """«гуманитарной помощи» → of the stems in it the one that says most; found once."""
        if word not in self._known:
            if len(self._known) > _MOST_WORDS:
                self._known.clear()
            found = [self.stems[index] for index in self._set.Match(word) or ()]
            self._known[word] = max(found, key=_says, default=None)
        return self._known[word]

    def _numbers(self, sentence: bytes) -> Iterator[str]:
        for match in self._number.finditer(self._date.sub(b" ", sentence)):
            yield match.group().decode(errors="replace").strip()


def _says(stem: Stem) -> tuple[int, int, str]:
    return stem.points, len(stem.form), stem.form


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
    stem = f"(?:{alternatives(one.word for one in stems)})"
    number = counted_pattern(inflections)
    return Gate(
        stems,
        int(toml.content["enough"]),
        digest_of([HERE / "langs", HERE / "domain", *map(Path, domain)]),
        near=near_pattern(stem, number),
        counting=rf"{_STEP}*{number}{_STEP}*",
        stem=rf"{BEFORE_WORD}{stem}{AFTER_WORD}",
        number=number,
        date=date_pattern(inflections),
    )


def near_pattern(stem: str, number: str) -> str:
    """A stem and a number in one sentence, in either order; lines and full stops end it."""
    between = rf"(?:[^A-Za-z\x80-\xff\n]{_STEP}*|\xc2[\x80-\xbf]{_STEP}*|\xe2{_STEP}*)?"
    return "|".join(
        (
            rf"(?:\A|\n|{BEFORE_WORD}){stem}{between}{number}",
            rf"{number}(?:{_STEP}*{BEFORE_WORD})?{stem}(?:{AFTER_WORD}|\z)",
        )
    )


def literal_set(stems: Sequence[Stem]) -> Any:
    """Which of the stems stand in a text, and nothing else: a ``re2.Set``, by their index."""
    import re2

    found = re2.Set.SearchSet(_options())
    for stem in stems:
        found.Add(rf"(?:\A|\n|{BEFORE_WORD}){stem.pattern}(?:{AFTER_WORD}|\z)")
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
    return text.encode(errors="replace") if isinstance(text, str) else text


def user_files(paths: Sequence[str]) -> list[Toml]:
    found: list[Toml] = []
    for path in map(Path, paths):
        found += [
            read_toml(one) for one in (sorted(path.glob("*.toml")) if path.is_dir() else [path])
        ]
    return found
