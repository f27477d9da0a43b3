"""Cues: the standing phrases of a genre, as a whole line, as its opening, or glued to a sentence.

The phrases are data; a view (Latin Kazakh in Cyrillic) may be given, and then both are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import regex

from extractor.match.scripts import lower_each

# Marks after which a sentence may begin without a space; for a character class.
STOPS = ".!?\u2026\u00bb\u201d)\\]\u2019"
# As much of a line as a phrase may take.
OPENING = 90
_CLOSES = ("no", "soft", "hard", "final")
_KEY = 4
_SHORTEST_TAIL = 8
_SHORTEST_SENTENCE = 30

View = Callable[[str], str]


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """«Читайте также», «Recent Posts»: what a standing phrase makes of its line."""

    reason: str
    at: Literal["line", "start", "end"]
    takes: Literal["line", "credit"]
    limit: int
    closes: Literal["no", "soft", "hard", "final"]


@dataclass(frozen=True, slots=True, eq=False)
class CueBook:
    """All cues: whole lines by their words, openings by their first characters, endings."""

    labels: Mapping[str, Cue]
    openings: Mapping[str, tuple[tuple[str, Cue], ...]]
    endings: tuple[tuple[str, Cue], ...]

    def label(self, line: str, view: View | None = None) -> Cue | None:
        """«comments (12)», folded → the phrase that the whole line is, or that it ends with."""
        cue = self.labels.get(bare(line)) or (self.labels.get(bare(view(line))) if view else None)
        return cue or next(
            (cue for form, cue in self.endings if len(line) <= cue.limit and line.endswith(form)),
            None,
        )

    def opening(self, line: str, view: View | None = None) -> tuple[str, Cue] | None:
        """«фото: акимат», folded → the longest phrase that the line begins with."""
        lines = (line, view(line)) if view else (line,)
        found = [
            (form, cue)
            for seen in lines
            for form, cue in self.openings.get(seen[:_KEY], ())
            if seen.startswith(form)
        ]
        return max(found, key=lambda pair: len(pair[0])) if found else None

    def glued(self, line: str, view: View | None = None) -> Iterator[tuple[int, int, str]]:
        """«.Читайте также:…», «.Фото Акорды»: where such sentences begin and end, and why."""
        content = len(line.rstrip())
        starts = [0, *(match.end() for match in _boundaries().finditer(line, 1))]
        for index, at in enumerate(starts):
            if view is None and lower_each(line[at : at + _KEY]) not in self.openings:
                continue
            found = self.opening(fold(line[at : min(content, at + OPENING)]), view)
            if found is None:
                continue
            end = _tail_end(line, starts, index, _Said(at + len(found[0]), content, found[1]))
            if end and (at or end < content):
                yield at, len(line) if end >= content else end, found[1].reason


def read_cues(rows: Iterable[Mapping[str, Any]]) -> CueBook:
    """«[[cue]] forms = ["Читайте также"]» → the book; a form that cannot match is an error."""
    labels: dict[str, Cue] = {}
    openings: dict[str, list[tuple[str, Cue]]] = {}
    endings: list[tuple[str, Cue]] = []
    for row in rows:
        cue = _read_cue(row)
        for form in map(fold, row["forms"]):
            if cue.at == "line":
                labels[bare(form)] = cue
            elif cue.at == "end":
                endings.append((form, cue))
            else:
                _check_opening(form)
                openings.setdefault(form[:_KEY], []).append((form, cue))
    found = {key: tuple(pairs) for key, pairs in openings.items()}
    return CueBook(labels, found, tuple(endings))


def _read_cue(row: Mapping[str, Any]) -> Cue:
    if row["closes"] not in _CLOSES or row["at"] not in ("line", "start", "end"):
        raise ValueError(f"cue {row['reason']}: at = {row['at']}, closes = {row['closes']}")
    return Cue(
        row["reason"], row["at"], row.get("takes", "line"), row.get("limit", 0), row["closes"]
    )


def _check_opening(form: str) -> None:
    if len(form) < _KEY or not form[0].isalnum():
        raise ValueError(
            f"cue form {form!r}: an opening needs {_KEY} characters and a letter first"
        )


def fold(text: str) -> str:
    """«Читайте   ТАКЖЕ» → «читайте также»; marks and emoji before the first word go."""
    return " ".join(lower_each(_margins().sub("", text, count=1)).split())


def bare(text: str) -> str:
    """«Комментарии (12)» → «комментарии»: the words of a line without marks and digits around."""
    return _edges().sub("", text)


@lru_cache(maxsize=1)
def _margins() -> regex.Pattern[str]:
    return regex.compile(r"^[^\p{L}\d]+")


@lru_cache(maxsize=1)
def _edges() -> regex.Pattern[str]:
    return regex.compile(r"^[^\p{L}]+|[^\p{L}]+$")


# --- glued -------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _boundaries() -> regex.Pattern[str]:
    """Where a sentence may begin: after a mark, or at a capital glued to a small letter."""
    stop = rf"(?:[{STOPS}]|(?<=[^\s(:])\")[\s,]*(?=[\u00ab\"\u201c]?\p{{Lu}})"
    return regex.compile(
        rf"{stop}|(?<=\p{{Ll}})(?=\p{{Lu}})|(?<=\p{{Lu}}{{2}})(?=\p{{Lu}}\p{{Ll}}{{3}})"
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """A cue found in a line: where its words stop, and where the line does."""

    stop: int
    content: int
    cue: Cue


def _tail_end(line: str, starts: Sequence[int], index: int, said: _Said) -> int | None:
    """The end of the line, or of the glued sentence; nothing if the rest is too long."""
    limit = said.stop + said.cue.limit
    for place in range(index + 1, len(starts)):
        if starts[place] > limit:
            break
        if _goes_on(line, starts[place], said):
            return _before_quote(line, starts[index], starts[place])
    return said.content if said.content <= limit else None


def _before_quote(line: str, start: int, stop: int) -> int:
    """«Фото Акорды"Президент …»: a quote that is not closed opens what follows."""
    opens = line[stop - 1] == '"' and line.count('"', start, stop) % 2 == 1
    return stop - 1 if opens else stop


def _goes_on(line: str, at: int, said: _Said) -> bool:
    """«Фото МЧСПосле паводка …»: does the article go on at this place, glued to the cue?

    A credit is a few words; after a headline only a whole sentence is believed.
    """
    if line[at - 1].isspace() or at < said.stop:
        return False
    if said.cue.takes == "credit":
        return True
    rest = said.content - at
    return (
        at >= said.stop + _SHORTEST_TAIL
        and rest >= _SHORTEST_SENTENCE
        and line[said.content - 1] in ".!?"
    )
