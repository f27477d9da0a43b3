"""What a candidate counts: things, money or people."""

from __future__ import annotations

from extractor.match.candidates import (
    Candidate,
)
from extractor.match.nouns import PEOPLE_UNITS, RECEIVER_UNITS


def is_goods(candidate: Candidate) -> bool:
    if candidate.unit in PEOPLE_UNITS:
        return False
    return candidate.quantity.item is not None or any(c.kind == "goods" for c in candidate.concepts)


def is_money(candidate: Candidate) -> bool:
    return any(c.sort == "currency" for c in candidate.concepts)


def is_people(candidate: Candidate) -> bool:
    return candidate.unit in PEOPLE_UNITS


def is_receiver(candidate: Candidate) -> bool:
    return candidate.unit in RECEIVER_UNITS
