"""The short way to quantities: only where a number stands, only with the words that count."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from extractor.loading import Knowledge
from extractor.match.parsed import Parsed, parse
from extractor.match.scripts import is_written_in, script_of
from extractor.stages.numbers import find_numbers
from extractor.stages.periods import NearDates
from extractor.stages.quantities import find_quantities
from extractor.stages.sentences import split_sentences
from extractor.types import Article, Lang, Number, Quantity, Script, Sentence, Span, Zone


def zones_in(text: str, lang: Lang, know: Knowledge) -> tuple[Zone, ...]:
    """Zones of a language that is given: lines of one script together, nothing else asked."""
    scripts = know.scripts[lang]
    if text and is_written_in(scripts.home, text):
        return (Zone(Span(0, len(text)), "body", lang, scripts.home),)
    starts: list[tuple[int, Script]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        found = script_of(line) if not line.isspace() else None
        if not starts or found not in (None, starts[-1][1]):
            starts.append((start, found if found in scripts.scripts else scripts.home))
        start += len(line)
    stops = [*(place for place, _ in starts[1:]), len(text)]
    return tuple(
        Zone(Span(place, stop), "body", lang, script)
        for (place, script), stop in zip(starts, stops, strict=False)
    )


def read_lightly(text: str, zones: Sequence[Zone], know: Knowledge) -> tuple[Quantity, ...]:
    """«… 15 мыңнан астам отбасы …» → the same quantities as by way of the stages, sooner."""
    sentences = counting_sentences(text, zones, know)
    return tuple(quantity for sentence in sentences for quantity in _read(sentence, know))


def counting_sentences(text: str, zones: Sequence[Zone], know: Knowledge) -> tuple[Sentence, ...]:
    """«Бүгін күн ашық. 15 отбасы …» → the second: the sentences with a digit or a number word."""
    folds = {zone: know.folding(zone, know.alphabet(text, zone)) for zone in zones}

    def wanted(words: str, zone: Zone) -> bool:
        return _counts(words, folds[zone], know.languages[zone.lang].counts)

    return split_sentences(Article("text", text), zones, know.languages, folds.__getitem__, wanted)


def parse_numbers(sentence: Sentence, know: Knowledge) -> tuple[Parsed, tuple[Number, ...]]:
    """«15 мыңнан астам отбасы» → its words that tell how much of what, and 15 000."""
    language = know.languages[sentence.zone.lang]
    parsed = parse(sentence, language, language.counting)
    return parsed, find_numbers(sentence.tokens, parsed.hits, language)


def _read(sentence: Sentence, know: Knowledge) -> Sequence[Quantity]:
    parsed, numbers = parse_numbers(sentence, know)
    if not numbers and not parsed.of_sort("bound"):
        return ()
    dates = NearDates(sentence.tokens, know.dates[sentence.zone.lang])
    found, _ = find_quantities(parsed, numbers, dates.take)
    return found


def _counts(words: str, fold: Callable[[str], str], counts: Mapping[str, bool]) -> bool:
    """Does a digit or a number word stand here?"""
    if _digit().search(words):
        return True
    return any(map(counts.__getitem__, map(fold, _words().findall(words))))


@lru_cache(maxsize=1)
def _digit() -> re.Pattern[str]:
    return re.compile(r"[\d\u00bc-\u00be\u2150-\u215e]")


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+(?:['\u2019\u0300-\u036f\u00ad][^\W\d_]*)*")
