"""When: dates, periods and relative words become EDTF, or an honest nothing.

Of all atoms of a sentence the longest win; then they get the years that they leave out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from extractor.fast import fast_dataclass
from extractor.match.date_chart import build_chart
from extractor.match.date_words import DateKnowledge
from extractor.match.moments import Anchor, Atom, Stretch, settle
from extractor.types import Lang, Mention, Sentence, Span, Token

# «2024-04-18»
_DAY_LENGTH = 10
# A date line tells of no day.
_TELLING = frozenset({"headline", "body"})


@fast_dataclass(frozen=True, slots=True)
class FoundDate:
    """Tokens ``first`` to ``last`` of a sentence; ``value`` is EDTF, or None when not known.

    ``ahead``: all of it, or its end if only that is said, lies after publication.
    """

    sentence: Sentence
    first: int
    last: int
    value: str | None
    rule: str
    is_period: bool
    ahead: bool = False

    @property
    def span(self) -> Span:
        tokens = self.sentence.tokens
        return Span(tokens[self.first].span.start, tokens[self.last].span.stop)


def find_dates(
    sentences: Sequence[Sentence], published: str | None, know: Mapping[Lang, DateKnowledge]
) -> tuple[FoundDate, ...]:
    """«с 1 по 20 июля в 16:57» → the period and the clock, in reading order."""
    day, near, told = _read_published(published), None, None
    found: list[FoundDate] = []
    for sentence in sentences:
        knowledge = know.get(sentence.zone.lang)
        if knowledge is None or not sentence.tokens:
            near = None
            continue
        anchor = Anchor(day, _read_tenses(sentence.tokens, knowledge), told=told)
        atoms = _longest(build_chart(sentence.tokens, knowledge, anchor).atoms)
        own = _stated_year(atoms)
        anchor = replace(anchor, near=own or near)
        near = own
        settled = [_settle_atom(atom, sentence, anchor) for atom in atoms]
        found.extend(_as_state(date, anchor, knowledge) for date in settled)
        if sentence.zone.kind in _TELLING:
            told = _last_day_told(settled) or told
    return tuple(found)


def _last_day_told(found: Iterable[FoundDate]) -> date | None:
    """«11 апреля … 12 апреля» → the latter, on which «the next day» leans."""
    days = [one.value for one in found if one.is_period and len(one.value or "") == _DAY_LENGTH]
    return _read_published(days[-1]) if days else None


def _as_state(found: FoundDate, anchor: Anchor, know: DateKnowledge) -> FoundDate:
    """«На 18 апреля получили 300 семей»: all until that day, unless the sentence looks ahead."""
    before = found.sentence.tokens[found.first - 1].norm if found.first else ""
    day = found.rule == "date" and found.value is not None and len(found.value) == _DAY_LENGTH
    if not day or before not in know.state or anchor.ahead:
        return found
    return replace(found, value=f"../{found.value}", rule="state")


def find_periods(
    sentences: Sequence[Sentence], published: str | None, know: Mapping[Lang, DateKnowledge]
) -> tuple[Mention, ...]:
    """«С начала июля» of 2020 → a period «2020-07/..»; unknown years stay None."""
    return periods_of(find_dates(sentences, published, know))


def periods_of(dates: Sequence[FoundDate]) -> tuple[Mention, ...]:
    """«dates of all sorts» → those that say when something takes place."""
    return tuple(
        Mention(
            span=found.span,
            sort="period",
            text=_text_of(found),
            sentence=found.sentence.index,
            value=found.value,
            rule=found.rule,
            code="ahead" if found.ahead else None,
        )
        for found in dates
        if found.is_period
    )


class NearDates:
    """The dates of a sentence, looked for only around the tokens that somebody asks about.

    A token that stands in no word of ``dates.toml`` is part of no date: from one such to the
    next, a stretch of tokens is read by itself.
    """

    def __init__(self, tokens: Sequence[Token], know: DateKnowledge) -> None:
        self._tokens, self._know = tokens, know
        self._start = self._stop = 0
        self._owners: dict[int, Atom] = {}

    def take(self, first: int, last: int) -> bool:
        """«31» of «31 мая» → True: does one date or time take all of tokens first..last?"""
        if not self._start <= first < self._stop:
            self._read_around(first)
        owner = self._owners.get(first)
        return owner is not None and owner is self._owners.get(last)

    def _read_around(self, index: int) -> None:
        """The stretch comes with the token on its left: a first word is read in its own way."""
        start = stop = index
        while start > 0 and self._joins(start):
            start -= 1
        while stop < len(self._tokens) and self._joins(stop):
            stop += 1
        chart = build_chart(self._tokens[start:stop], self._know, Anchor(None))
        self._start, self._stop = start, stop
        self._owners = {
            start + place: atom
            for atom in _longest(chart.atoms)
            for place in range(atom.first, atom.last + 1)
        }

    def _joins(self, index: int) -> bool:
        token = self._tokens[index]
        return token.sort == "number" or self._know.joins[token.norm]


def _read_published(text: str | None) -> date | None:
    """«2024-04-15T11:43:00» → the day; «2024» alone is no day."""
    try:
        day = date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None


def _longest(atoms: Iterable[Atom]) -> tuple[Atom, ...]:
    """The longest atoms that report something, no two overlapping, in reading order."""
    chosen: dict[int, Atom] = {}
    reported = (atom for atom in atoms if atom.rule)
    for atom in sorted(reported, key=lambda a: (a.first - a.last, -a.is_period, -a.rank, a.first)):
        places = range(atom.first, atom.last + 1)
        if not any(place in chosen for place in places):
            chosen.update(dict.fromkeys(places, atom))
    return tuple(sorted(dict.fromkeys(chosen.values()), key=lambda atom: atom.first))


def _stated_year(atoms: Iterable[Atom]) -> int | None:
    """«23 July 2015» → 2015: a year with its month lends itself to the dates nearby."""
    points = (point for atom in atoms if atom.stretch for point in atom.stretch.points)
    return next((point.year for point in points if point.year and point.month), None)


def _settle_atom(atom: Atom, sentence: Sentence, anchor: Anchor) -> FoundDate:
    beside = anchor.beside(atom.first, atom.last)
    stretch = settle(atom.stretch, beside, atom.horizon) if atom.stretch else None
    value = stretch.edtf if stretch else None
    ahead = stretch is not None and _lies_ahead(stretch, anchor.published)
    return FoundDate(sentence, atom.first, atom.last, value, atom.rule, atom.is_period, ahead)


def _lies_ahead(stretch: Stretch, day: date | None) -> bool:
    """«ертең», «до 1 сентября» read in August."""
    edge = stretch.start or stretch.stop
    if day is None or edge is None or edge.year is None:
        return False
    return (edge.year, *edge.season) > (day.year, day.month, day.day)


def _text_of(found: FoundDate) -> str:
    """The words of a date; whatever white space stood between them is plain spaces."""
    tokens = found.sentence.tokens[found.first : found.last + 1]
    pieces = [tokens[0].text]
    for before, token in pairwise(tokens):
        pieces += [" " * (token.span.start - before.span.stop), token.text]
    return "".join(pieces)


def _read_tenses(tokens: Sequence[Token], know: DateKnowledge) -> tuple[int, ...]:
    """«автобусы будут» → (0, 1): which words look back, which ahead."""
    return tuple(_direction(tokens, index, know) for index in range(len(tokens)))


def _direction(tokens: Sequence[Token], index: int, know: DateKnowledge) -> int:
    """Where verbs come last, only a word before a mark or the end may tell."""
    token = tokens[index]
    if token.norm in know.ahead:
        return 1
    closing = index + 1 == len(tokens) or tokens[index + 1].sort == "mark"
    if token.sort != "word" or not (closing or know.tense_of == "any"):
        return 0
    if index and tokens[index - 1].norm in know.passive:
        return 1
    tense = know.tenses[token.norm]
    return 1 if tense in know.forward else -1 if tense == "past" else 0
