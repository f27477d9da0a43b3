"""Totals in their course: «тағы 500 отбасы» comes on top, «всего 500 семей» is all until now."""

from __future__ import annotations

from extractor.match.candidates import NEAR, Candidate, Verdict
from extractor.match.lexicon import Hit

# Tokens between «тағы» and its number: «тағы бір отбасы», «ещё порядка 500 семей».
_BESIDE = 3


def running_total(candidate: Candidate) -> Verdict | None:
    """«another 200 kits» → increment, «to date 500 families» → cumulative; else nothing."""
    hits = candidate.parsed.of_sort("scope")
    added = next(
        (hit for hit in hits if hit.entry.id == "more" and _is_beside(candidate, hit)), None
    )
    if added is not None:
        return Verdict("increment", added.entry.form, added.span)
    told = candidate.near("scope", "progress", "whole", reach=NEAR)
    return Verdict("cumulative", told.entry.form, told.span) if told else None


def _is_beside(candidate: Candidate, hit: Hit) -> bool:
    """Does it stand at this number, and not at another one between the two?"""
    first, last = candidate.quantity.first, candidate.quantity.last
    if first <= hit.first <= last:
        return True
    behind = hit.entry.meaning == "after"
    gap = range(last + 1, hit.first) if behind else range(hit.last + 1, first)
    forward = hit.first > last if behind else hit.last < first
    values = (candidate.parsed.tokens[index].value for index in gap)
    return forward and len(gap) <= _BESIDE and all(value is None for value in values)
