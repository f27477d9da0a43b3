"""A line in two languages, cut where the language changes.

«Біз 120 отбасыға көмектестік. «Мы раздали и 40 мешков муки», – деді ол.»: sentences, whole
quotes and the two sides of a stroke are asked one by one; what is too short to tell goes on as
the line did, outside of quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor.match.languages import Languages, language_of, mask_names
from extractor.match.scripts import is_written_in, lower_each, script_of, words_of
from extractor.types import Lang, Script

# A stretch that is asked has so many words besides its names, and so many letters.
_WORDS, _LETTERS = 3, 12
_SHARE = 0.06
# A quote of so few words is a name.
_NAME = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start`` to ``stop`` of a line, and the language that they are in."""

    start: int
    stop: int
    lang: Lang
    script: Script


def stretches(text: str, lang: Lang, script: Script, know: Languages) -> list[Stretch]:
    """A line and the language it was judged to be in → its parts, if they differ; else none.

    >>> from extractor.stages.zones import load_zone_knowledge
    >>> know = load_zone_knowledge().languages
    >>> headline = "Фонд и мы помогли / Қор жәрдем көрсетті"
    >>> [part.lang for part in stretches(headline, "ru", "Cyrl", know)]
    ['ru', 'kk']
    """
    if not _may_change(text, lang, script, know):
        return []
    cuts = list(_cuts(text))
    told = [_tell(text[start:stop], script, know) for start, stop, _ in cuts]
    if len({one for one in told if one} | {(lang, script)}) < 2:
        return []
    plain = (one for one, (*_, quoted) in zip(told, cuts, strict=True) if one and not quoted)
    around = next(plain, (lang, script))
    parts: list[Stretch] = []
    for (start, stop, quoted), one in zip(cuts, told, strict=True):
        here = one or around
        around = around if quoted else here
        goes_on = bool(parts) and (parts[-1].lang, parts[-1].script) == here
        parts.append(Stretch(parts.pop().start if goes_on else start, stop, *here))
    return parts if len(parts) > 1 else []


def _may_change(text: str, lang: Lang, script: Script, know: Languages) -> bool:
    """Asked first of every line: another script, letters or small words of another language."""
    if script == "Latn":
        return not is_written_in("Latn", text) or lang == know.marked
    if not is_written_in("Cyrl", text):
        return True
    if lang == know.marked:
        return not know.scripts[know.plain(script)].common.isdisjoint(text.lower().split())
    return not know.scripts[know.marked].telling.isdisjoint(text)


def _cuts(text: str) -> Iterator[tuple[int, int, bool]]:
    """Sentences, the sides of a stroke and long quotes: start, stop, and whether it is a quote."""
    last = 0
    for match in _borders().finditer(text):
        quoted = bool(match["quote"])
        if quoted and len(list(words_of(match["quote"]))) <= _NAME:
            continue
        if quoted and last < match.start():
            yield last, match.start(), False
            last = match.start()
        yield last, match.end(), quoted
        last = match.end()
    if last < len(text):
        yield last, len(text), False


@lru_cache(maxsize=1)
def _borders() -> regex.Pattern[str]:
    plain = r"[^\u00ab\u00bb]*"
    quote = rf"\u00ab{plain}(?:\u00ab{plain}\u00bb{plain})*\u00bb|\u201c[^\u201c\u201d]+\u201d"
    end = r"[.!?\u2026][\"\u00bb\u201d)]*\s+(?=\P{Ll})"
    return regex.compile(rf"(?P<quote>{quote})|{end}|\s[/|]\s")


def _tell(part: str, around: Script, know: Languages) -> tuple[Lang, Script] | None:
    """«Мы раздали и 40 мешков муки» → ru: only where its own letters or small words say so."""
    masked = mask_names(part)
    words = [lower_each(word) for word in words_of(masked)]
    script = script_of(masked)
    if len(words) < _WORDS or sum(map(len, words)) < _LETTERS or script is None:
        return None
    plain = know.plain(script)
    small = sum(word in know.scripts[plain].common for word in words)
    if script == "Latn":
        lang = language_of(masked, script, know)
        sure = lang == know.marked or small > (around == script)
        return (lang, script) if lang is not None and sure else None
    letters = sum(map(len, words))
    told = sum(word.count(sign) for word in words for sign in know.scripts[know.marked].telling)
    if told >= max(2, _SHARE * letters):
        return know.marked, script
    return (plain, script) if small and not told else None
