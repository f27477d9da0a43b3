"""Mentions of events: an article's event in values that mean the same in every language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

import orjson

from extractor.records import ArticleRecord, EventRecord, FigureRecord
from extractor.resolve.days import Stretch, day_of, read_period
from extractor.resolve.names import is_named, name_key

# An action is reported when it is done, or some days later.
_REPORTED_WITHIN = 7


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of the event: what it counts, how many, and what its words say of it.

    ``share`` marks a slice of a stated total; ``value`` and ``max`` are decimals as text.
    """

    figure: str
    kind: str
    unit: str
    item: str | None
    scope: str
    value: str
    max: str | None
    bound: str
    status: str | None
    series: str | None
    of: str | None
    same_as: str | None

    @property
    def amount(self) -> Decimal:
        return Decimal(self.value)

    @property
    def sort(self) -> tuple[str, str, str | None, str]:
        """What is measured: kind, unit, item, and whether it is a total or so much each."""
        return self.kind, self.unit, self.item, "each" if self.scope == "each" else "total"


@dataclass(frozen=True, slots=True)
class Name:
    """A provider or campaign: as written, its id, and the key that it is compared by."""

    text: str
    id: str | None
    key: str
    named: bool = True


@dataclass(frozen=True, slots=True)
class EventMention:
    """One event of one article, in canonical values; ``signature`` is that of the article."""

    article: str
    event: str
    lang: str
    outlet: str | None
    published: str | None
    aid: tuple[str, ...]
    campaign: Name | None
    providers: tuple[Name, ...]
    locations: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    period: str | None
    wave: int | None
    confidence: float | None
    facts: tuple[Fact, ...]
    signature: bytes = b""

    @property
    def key(self) -> tuple[str, str]:
        return self.article, self.event

    @property
    def order(self) -> tuple[str, str, int]:
        """Time order; what has no date comes last, equals by article and place in it."""
        return self.published or "9999", self.article, int(self.event[1:])

    @property
    def day(self) -> int | None:
        return day_of(self.published)

    @property
    def stretch(self) -> Stretch | None:
        """When it took place as far as is said, else some days up to the publication."""
        told = read_period(self.period) if self.period else None
        day = self.day
        if told is not None:
            stop = told.stop if told.stop is not None else day
            start = told.start
            if start is None and stop is not None:
                start = stop - _REPORTED_WITHIN
            return Stretch(start, stop)
        return None if day is None else Stretch(day - _REPORTED_WITHIN, day)


def mentions_of(record: ArticleRecord, signature: bytes = b"") -> Iterator[EventMention]:
    """An article's record → its events, each with its facts."""
    figures = {figure.id: figure for figure in record.figures}
    for event in record.events:
        yield EventMention(
            article=record.id,
            event=event.id,
            lang=record.lang,
            outlet=record.source,
            published=_iso(record.published),
            aid=tuple(event.aid),
            campaign=_name(event.campaign.text, event.campaign.id) if event.campaign else None,
            providers=tuple(_name(one.text, one.id) for one in event.providers),
            locations=tuple(sorted(set(event.locations))),
            places=tuple((place.text, name_key(place.text)) for place in event.places),
            period=event.period,
            wave=event.wave,
            confidence=event.confidence,
            facts=tuple(_facts(event, figures)),
            signature=signature,
        )


def _iso(published: str | None) -> str | None:
    return published if day_of(published) is not None else None


def _name(text: str, id: str | None) -> Name:
    return Name(text, id, f"id:{id}" if id else name_key(text), bool(id) or is_named(text))


def _facts(event: EventRecord, figures: dict[str, FigureRecord]) -> Iterator[Fact]:
    for name in event.figures:
        figure = figures.get(name)
        if figure is not None:
            yield Fact(
                figure=figure.id,
                kind=figure.kind,
                unit=figure.unit,
                item=figure.item,
                scope=figure.scope,
                value=f"{figure.value:f}",
                max=None if figure.max is None else f"{figure.max:f}",
                bound=figure.bound,
                status=figure.status,
                series=figure.series,
                of=figure.of,
                same_as=figure.same_as,
            )


# --- on paper ---------------------------------------------------------------------------------

_ON_PAPER = tuple(field.name for field in fields(EventMention) if field.name != "signature")


def dump_mention(mention: EventMention) -> bytes:
    """A mention as JSON, but for its article's signature."""
    return orjson.dumps({name: getattr(mention, name) for name in _ON_PAPER})


def load_mention(line: bytes, signature: bytes = b"") -> EventMention:
    """The JSON back to its mention."""
    row: dict[str, Any] = orjson.loads(line)
    row["campaign"] = Name(**row["campaign"]) if row["campaign"] else None
    row["providers"] = tuple(Name(**name) for name in row["providers"])
    row["facts"] = tuple(Fact(**fact) for fact in row["facts"])
    for key in ("aid", "locations"):
        row[key] = tuple(row[key])
    row["places"] = tuple((text, key) for text, key in row["places"])
    return EventMention(**row, signature=signature)
