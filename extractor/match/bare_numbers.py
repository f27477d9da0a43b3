"""A number without a noun: what figures stand before it, and how it stands in its clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from extractor.match.context import Context
from extractor.match.nouns import PEOPLE_UNITS
from extractor.match.parsed import Parsed
from extractor.match.words import NumberWord
from extractor.types import Figure, Quantity

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Bare:
    """A number without a noun, its sentence, and the figures before it."""

    quantity: Quantity
    context: Context
    figures: Sequence[Figure]

    @property
    def parsed(self) -> Parsed:
        return self.context.parsed[self.quantity.sentence]

    @property
    def taken(self) -> bool:
        """«тағы 70-ке жуығы алады»: who receives is somebody, where the verb stands last."""
        if not self.parsed.language.suffixed:
            return False
        hits = self.parsed.starting("verb", self.quantity.last + 1)
        return any(hit.entry.id == "receive" for hit in hits)

    @property
    def by(self) -> bool:
        """«дети получат | по 50 тысяч»: so many to each of them are not they."""
        hits = self.parsed.ending("scope", self.quantity.first - 1)
        adjacent = any(hit.entry.meaning == "adjacent" for hit in hits if hit.entry.id == "each")
        return adjacent and self.parsed.language.inversion

    def near(self, reach: int) -> Iterator[Figure]:
        """The figures before, nearest first, within so many sentences."""
        for figure in reversed(self.figures):
            if self.quantity.sentence - figure.sentence > reach:
                return
            if self.taken and figure.unit not in PEOPLE_UNITS:
                continue
            if self.by and figure.unit in PEOPLE_UNITS:
                continue
            if figure.kind != "money" or not self.is_aside(figure):
                yield figure

    def is_aside(self, figure: Figure) -> bool:
        """«2 billion tenge (about $4.5 million)»: a sum converted in brackets lends nothing."""
        tokens = self.context.parsed[figure.sentence].tokens
        first = figure.quantity.first
        return any(token.text == "(" for token in tokens[max(0, first - 1) : first])

    def ratio(self, figure: Figure) -> Decimal:
        return figure.quantity.value / max(self.quantity.value, Decimal(1))


_CLOSERS = frozenset({"stop", "link"})
PREDICATES = frozenset({"VERB", "PRTS"})
_ENDS = frozenset({".", ",", ";", ")", "!", "-", "\u2013", "\u2014", "\u201d", "\u00bb"})


def stands_alone(parsed: Parsed, quantity: Quantity) -> bool:
    """A number of size at the end of its clause, with no noun of its own."""
    large = quantity.value >= 100 and not (1900 <= quantity.value <= 2100)
    return large and ends_clause(parsed, _past_filler(parsed, quantity.last + 1))


def _past_filler(parsed: Parsed, after: int) -> int:
    """«построят 150 | новых, …»: an adjective that leaves its noun out as the number does."""
    fillers = parsed.starting("filler", after) if parsed.language.inversion else ()
    closed = bool(fillers) and parsed.norm(fillers[0].last + 1) in _ENDS
    return fillers[0].last + 1 if closed else after


def ends_clause(parsed: Parsed, after: int) -> bool:
    """The end, a mark, a verb, or a word that no noun phrase goes across."""
    ended = after >= len(parsed.tokens) or parsed.norm(after) in _ENDS
    hits = (hit for hit in parsed.hits if hit.first == after)
    closed = any(hit.reading.tense or hit.entry.sort in _CLOSERS for hit in hits)
    readings = parsed.language.morphology.readings(parsed.norm(after))
    return ended or closed or any(reading.pos in PREDICATES for reading in readings)


def is_counted_alone(bare: Bare) -> bool:
    """Nothing that may be counted stands behind the number, nor a year in it."""
    quantity, parsed = bare.quantity, bare.parsed
    year = 1900 <= quantity.value <= 2100 and not has_scale(bare)
    more = parsed.starting("additive_after", quantity.last + 1)
    after = more[0].last + 1 if more else _past_filler(parsed, quantity.last + 1)
    return not year and (each_behind(bare) or ends_clause(parsed, after))


def each_behind(bare: Bare) -> bool:
    """«по 40 тысяч каждой»."""
    hits = bare.parsed.starting("scope", bare.quantity.last + 1)
    return any(hit.entry.id == "each" for hit in hits)


def is_more(bare: Bare) -> bool:
    """«ещё 40», «тағы 9-ы», «another 300», «Eight more»."""
    before = bare.parsed.ending("additive_before", bare.quantity.first - 1)
    return bool(before or bare.parsed.starting("additive_after", bare.quantity.last + 1))


def has_scale(bare: Bare) -> bool:
    """«347 тысяч», «940 млн»: told in thousands and more."""
    return bool(_scales(bare))


def is_scaled(bare: Bare) -> bool:
    """«18 миллионов», «940 млн»: told in millions and more."""
    return any(scale.value >= MILLION for scale in _scales(bare))


def _scales(bare: Bare) -> list[NumberWord]:
    """«18 | миллионов», «347 | тысяч»: the scales among the words of a number."""
    number = bare.quantity.number
    hits = bare.parsed.between("number", number.first, number.last)
    words = (cast(NumberWord, hit.entry.meaning) for hit in hits)
    return [word for word in words if word.role == "scale"]


def is_in_place(parsed: Parsed, quantity: Quantity) -> bool:
    """«Кентауға 55, …», «в Актау – 12»: the place before its number."""
    index = quantity.first - 1
    if parsed.dashed(index):
        index -= 1
    cases = {hit.reading.case for hit in parsed.ending("place", index)}
    return bool(cases & {"dat", "loc"})


def is_inverted(bare: Bare) -> bool:
    """«детей четверо»: a collective number has its noun before it."""
    before = bare.quantity.first - 1
    collective = bare.quantity.number.rule == "collective" and bare.parsed.language.inversion
    return collective and bool(bare.parsed.ending("noun", before))


def is_doer(parsed: Parsed, index: int) -> bool:
    """«көмек алғандардың», «алушылардың»: of those who did."""
    readings = parsed.language.morphology.readings(parsed.norm(index))
    genitive = any(reading.case == "gen" for reading in readings)
    return genitive and any(reading.tense in ("past", "agent") for reading in readings)
