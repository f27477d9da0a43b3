"""What entries of the data files mean to the engine."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractor.types import Bound

NumberRole = Literal[
    "cardinal",
    "collective",
    "scale",
    "half",
    "portion",
    "whole",
    "denominator",
    "vague",
    "several",
    "article",
    "conjunction",
    "ordinal",
    "excess",
    "partitive",
]


@dataclass(frozen=True, slots=True)
class NumberWord:
    """«мың» is a scale of 1000; «ондаған» is vague, of the order of 10."""

    role: NumberRole
    value: Decimal
    plural: bool = False
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class BoundWord:
    """«астам» after an ablative makes a minimum."""

    kind: Bound
    side: Literal["before", "after"]
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """«жас» after a number makes it an age; a soft one («в школе») only what counts nothing."""

    reason: str
    side: Literal["before", "after"]
    year: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Tail:
    """«-ден» on digits: a case; «-ші»: an ordinal, refused."""

    case: str | None = None
    possessive: bool = False
    bound: Bound | None = None
    refuse: str | None = None
    decade: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A campaign or provider of the registry, by its canonical id."""

    id: str
    aid: tuple[str, ...] = ()
    provider: str | None = None
    strong: bool = True
