"""Annotated sentences as running text: how KazNERD is read, trained on and scored."""

from __future__ import annotations

import hashlib
import lzma
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.match.lexer import DigitStyle, read_tokens
from extractor.ner.units import Unit
from extractor.types import Sentence, Span, Zone

_CLOSING = frozenset(".,:;!?)]%\u00bb\u201d\u2026")
_OPENING = frozenset("([\u00ab\u201c")
_HELD_OUT = 10
_DIGITS = DigitStyle(decimal=",", group=".")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence as text, with the spans and classes that people gave to it."""

    group: str
    text: str
    names: tuple[tuple[Span, str], ...]

    @property
    def held_out(self) -> bool:
        """One group in ten, by a hash of its number: all variants of a sentence go together."""
        digest = hashlib.sha256(self.group.encode()).digest()
        return int.from_bytes(digest[:4], "big") % _HELD_OUT == 0


def read_kaznerd(path: Path) -> Iterator[Labelled]:
    """«AID123 O», words with tags, an empty line → sentences; the number is the group."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for block in lines.read().split("\n\n"):
            rows = [line.rsplit(" ", 1) for line in block.strip().split("\n") if line]
            if len(rows) > 1:
                group = re.sub(r"\D", "", rows[0][0])
                yield _labelled(group, [(word, tag) for word, tag in rows[1:]])


def read_uner(path: Path) -> Iterator[Labelled]:
    """UNER: «# text = …», then numbered words with tags → sentences as they were written."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, block in enumerate(lines.read().split("\n\n")):
            rows = block.strip().split("\n")
            text = next((row[9:] for row in rows if row.startswith("# text = ")), "")
            words = [row.split("\t")[1:3] for row in rows if row[:1].isdigit()]
            if words:
                yield _aligned(str(number), text, [(word, tag) for word, tag in words])


def _labelled(group: str, words: Sequence[tuple[str, str]]) -> Labelled:
    """«6», «,», «5», «мың» → «6,5 мың»: the words with the spaces that a writer puts."""
    text = ""
    tagged: list[tuple[Span, str]] = []
    before = ""
    for index, (written, tag) in enumerate(words):
        word = written.replace("//", "/")
        after = words[index + 1][0] if index + 1 < len(words) else ""
        if text and _is_spaced(before, word, text, after, tag):
            text += " "
        tagged.append((Span(len(text), len(text) + len(word)), tag))
        text += word
        before = word
    return Labelled(group, text, tuple(_names(tagged)))


def _is_spaced(before: str, word: str, text: str, after: str, tag: str) -> bool:
    if word[0] in _CLOSING or before in _OPENING or word == "/" or before == "/":
        return False
    joined = before in (",", ":") and text[-2:-1].isdigit() and word[0].isdigit()
    return not (joined and tag.startswith("I-"))


def _aligned(group: str, text: str, words: Sequence[tuple[str, str]]) -> Labelled:
    tagged: list[tuple[Span, str]] = []
    position = 0
    for word, tag in words:
        start = text.index(word, position)
        position = start + len(word)
        tagged.append((Span(start, position), tag))
    return Labelled(group, text, tuple(_names(tagged)))


def _names(tagged: Iterable[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """BIO tags → whole names."""
    current: tuple[Span, str] | None = None
    for span, tag in tagged:
        if current and tag == "I-" + current[1]:
            current = (current[0].union(span), current[1])
            continue
        if current:
            yield current
        current = (span, tag[2:]) if tag != "O" else None
    if current:
        yield current


def as_sentence(text: str, zone: Zone, fold: Callable[[str], str]) -> Sentence:
    """A line of text → a sentence of tokens, as the pipeline makes them."""
    tokens = tuple(read_tokens(text, 0, len(text), _DIGITS, fold))
    return Sentence(Span(0, len(text)), tokens, zone, 0, 0)


def tags_of(units: Sequence[Unit], names: Sequence[tuple[Span, str]]) -> list[str]:
    """Spans → BIO tags of the units; a unit belongs to the name in which it begins."""
    tags = ["O"] * len(units)
    for span, name in names:
        inside = [i for i, unit in enumerate(units) if span.start <= unit.span.start < span.stop]
        for index in inside:
            tags[index] = ("B-" if index == inside[0] else "I-") + name
    return tags


def in_latin(row: Labelled, letters: Mapping[str, str]) -> Labelled:
    """«Шымкентте» → «Shymkentte»: the sentence in a Latin alphabet, its names moved along."""
    text, starts = "", [0]
    for char in row.text:
        written = letters.get(char.lower(), char)
        text += written.capitalize() if char.isupper() else written
        starts.append(len(text))
    names = tuple((Span(starts[span.start], starts[span.stop]), name) for span, name in row.names)
    return Labelled(row.group, text, names)


# --- scores ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """Exact span and class: how many were right, found, and there to be found."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.gold
        return 2 * self.right / total if total else 0.0


Names = frozenset[tuple[int, Span, str]]


def score_names(found: Names, gold: Names) -> Score:
    """«(sentence, span, class)» sets → micro scores."""
    return Score(len(found & gold), len(found), len(gold))


def score_by_class(found: Names, gold: Names) -> dict[str, Score]:
    """The same, class by class, the most frequent first."""
    classes = sorted({name[2] for name in gold | found})
    table = {
        label: score_names(
            frozenset(name for name in found if name[2] == label),
            frozenset(name for name in gold if name[2] == label),
        )
        for label in classes
    }
    return dict(sorted(table.items(), key=lambda row: -row[1].gold))
