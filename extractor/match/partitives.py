"""«230 of them», «the remaining 18», «бесеуі»: numbers that speak of what was counted before."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.types import Quantity


def is_rest(parsed: Parsed, quantity: Quantity) -> bool:
    """«the remaining 18», «қалған 7 тоннасы», «остальные 12»."""
    return any(
        0 < quantity.first - hit.last <= _REST_REACH[str(hit.entry.meaning)]
        for hit in rests(parsed)
    )


_REST_REACH = {"adjacent": 2, "before": 6}


def rests(parsed: Parsed) -> Iterator[Hit]:
    """«the rest», «қалғаны», but not the «қалған» of «қирап қалған»."""
    for hit in parsed.of_sort("scope"):
        before = parsed.language.morphology.readings(parsed.norm(hit.first - 1))
        auxiliary = any(r.tense == "converb" and r.lemma.endswith("-") for r in before)
        if hit.entry.id == "rest" and not auxiliary:
            yield hit


def is_partitive(parsed: Parsed, quantity: Quantity) -> bool:
    """«оның 43-і», «230 из них», «бесеуі»: so many of those."""
    if quantity.number.possessive or quantity.number.rule == "collective":
        return True
    if parsed.starting("partitive_after", quantity.last + 1):
        return True
    if parsed.language.suffixed and parsed.ending("count_noun", quantity.first - 1):
        # «олардың саны 900-ге жетеді»: all of them.
        return False
    return any(0 < quantity.first - hit.last <= 3 for hit in parsed.of_sort("partitive_before"))


def refers_back(parsed: Parsed, quantity: Quantity) -> bool:
    """A partitive word beside the number, or nothing but a comparator or verb behind it."""
    if is_partitive(parsed, quantity):
        return True
    after, before = _past_adverb(parsed, quantity.last + 1), quantity.first - 1
    if any(hit.last == before for hit in parsed.of_sort("count_noun")):
        return True
    if quantity.bound != "exact" and quantity.bound_span is not None:
        return quantity.bound_span.start > quantity.number.span.start
    return (
        parsed.dashed(after)
        or any(hit.reading.tense for hit in parsed.starting("verb", after))
        or any(hit.reading.tense for hit in parsed.starting("stop", after))
    )


def _past_adverb(parsed: Parsed, after: int) -> int:
    """«Две тысячи | уже | получил приют»: so far, between the number and its verb."""
    if not parsed.language.inversion:
        return after
    hits = (hit for hit in parsed.starting("scope", after) if hit.entry.id == "progress")
    found = next(hits, None)
    return found.last + 1 if found is not None else after
