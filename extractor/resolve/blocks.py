"""Blocks: which mentions are worth comparing. Two that share no key are never one action.

A mention's keys stand for what two reports of one action share at least one of: campaign,
provider, or place and kind of aid within a stretch of time; or an uncommon figure at any time,
by which undated reports find dated ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from extractor.resolve.days import read_period
from extractor.resolve.mentions import EventMention, Fact

# Days in a window of time; a mention stands in its own and in the next one.
_WINDOW, _LONG_WINDOW = 30, 90
_KEY_BYTES = 8
_STEM = 4
_TELLING = 3


def keys_of(mention: EventMention) -> tuple[int, ...]:
    """A mention's keys as signed 64-bit numbers, sorted; the same for the same values."""
    return tuple(sorted({_number(key) for key in _keys(mention)}))


def _number(key: str) -> int:
    digest = hashlib.blake2b(key.encode(), digest_size=_KEY_BYTES).digest()
    return int.from_bytes(digest, "big", signed=True)


def _keys(mention: EventMention) -> Iterator[str]:
    short, long = _windows(mention, _WINDOW), _windows(mention, _LONG_WINDOW)
    for where in mention.locations or ("",):
        if mention.campaign:
            yield from (f"c {_stem(mention.campaign.key)} {where} {when}" for when in long)
        if where:
            marks = _marks(mention)
            yield from (
                f"a {aid} {where} {m} {w}" for aid in mention.aid for m in marks for w in short
            )
        for name in mention.providers:
            if name.named:
                yield from (f"p {_stem(name.key)} {where} {when}" for when in short)
    for name in mention.providers:
        if name.named:
            for aid in mention.aid:
                yield from (f"pa {_stem(name.key)} {aid} {when}" for when in long)
    if mention.campaign:
        yield from (f"cc {_stem(mention.campaign.key)} {when}" for when in short)
    for fact in mention.facts:
        if fact.kind != "share" and _tells(fact):
            yield f"f {fact.kind} {fact.unit} {fact.value}"


def _marks(mention: EventMention) -> set[str]:
    """What two reports of one place and kind of aid share besides: a town, a number, a time."""
    marks = {f"p {_stem(key)}" for _, key in mention.places}
    marks |= {f"f {fact.unit} {fact.value}" for fact in mention.facts if fact.kind != "share"}
    return marks | ({f"t {mention.period}"} if mention.period else set())


def _stem(key: str) -> str:
    """«kamkor» and «kamkori» fall into one block: the beginning of the first word."""
    return key if key.startswith("id:") else key[:_STEM]


def _tells(fact: Fact) -> bool:
    """«14 478 families» in any year; «500 families» and «42 500 tenge each» are too common."""
    return fact.scope != "each" and len(fact.value.replace(".", "").strip("0")) >= _TELLING


def _windows(mention: EventMention, length: int) -> tuple[str, ...]:
    """The windows of its publication and of its period's end, each with the next one.

    What is undated has a window of its own.
    """
    told = read_period(mention.period) if mention.period else None
    end = None if told is None else told.stop if told.stop is not None else told.start
    days = {day for day in (mention.day, end) if day is not None}
    windows = {day // length for day in days} | {day // length + 1 for day in days}
    return tuple(map(str, sorted(windows))) or ("",)
