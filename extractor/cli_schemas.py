"""The JSON Schemas: of records, canonical events, the lists of ``quantities``, and gold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, WithJsonSchema
from pydantic.json_schema import JsonSchemaMode

from extractor.api import QuantityRecord
from extractor.records import SCHEMA_VERSION, ArticleRecord, CanonicalEvent, Label
from extractor.types import Bound, Kind, Lang, Scope, Script, Status
from extractor.vocabulary import Aid, Category, Item, Location, Unit

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
Number = Annotated[float, WithJsonSchema({"type": "number"})]


class Gold(BaseModel):
    """Base of the gold models: what they do not name is a slip of the pen."""

    model_config = ConfigDict(extra="forbid")


class GoldFigure(Gold):
    """A figure that the article states, as the guidelines describe it."""

    id: str = Field(pattern=r"^f[1-9]\d*$")
    quote: str = Field(min_length=1, description="exact substring of the text")
    nth: int = Field(default=1, ge=1, description="which occurrence of the quote")
    value: Number = Field(description="the stated number in full; of a range its lower end")
    max: Number | None = Field(default=None, description="upper end of a range")
    bound: Bound
    kind: Kind
    unit: Unit = Field(description="canonical unit; ISO 4217 or MCI for money")
    item: Item | None = None
    category: tuple[Category, ...] = ()
    scope: Scope
    of: str | None = Field(default=None, description="the total that this is a slice of")
    same_as: str | None = Field(default=None, description="the earlier figure that this repeats")
    status: Status | None = None
    series: Label | None = Field(
        default=None, description="what it is beside the figures of other articles"
    )
    note: str | None = None


class GoldEvent(Gold):
    """One aid action, as the guidelines describe it."""

    id: str = Field(pattern=r"^e[1-9]\d*$")
    figures: tuple[str, ...]
    aid: tuple[Aid, ...]
    campaign: str | None = None
    providers: tuple[str, ...] = ()
    locations: tuple[Location, ...] = ()
    places: tuple[str, ...] = ()
    period: str | None = Field(default=None, description="EDTF")
    wave: int | None = Field(default=None, ge=1, description="first, second, … wave, where told")
    cluster: str | None = Field(
        default=None, description="the action in the world, in all articles that report it"
    )
    note: str | None = None


class GoldArticle(Gold):
    """What a careful reader found in an article; ``text`` only in JSON lines."""

    id: str
    lang: Lang
    script: Script
    published: str | None = None
    source: str | None = None
    text: str | None = Field(default=None, description="in JSON lines; else in the .txt file")
    figures: tuple[GoldFigure, ...]
    events: tuple[GoldEvent, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A schema to be: of which type, and what people read at its head."""

    type: Any
    title: str
    description: str


PAPERS: Final[Mapping[str, Paper]] = {
    "article": Paper(
        ArticleRecord,
        "Article record",
        "What one article says: its figures and its aid events. Offsets count Unicode code points "
        "of the article's text.",
    ),
    "event": Paper(
        CanonicalEvent,
        "Canonical event",
        "One aid action in the world, from all the articles that report it: who, where, when, and "
        "for each quantity what was stated on which day.",
    ),
    "quantities": Paper(
        tuple[QuantityRecord, ...],
        "Quantities of a line",
        "The quantities in one line of text, in reading order. Offsets count Unicode code points "
        "of the line.",
    ),
    "gold": Paper(
        GoldArticle,
        "Gold of an article",
        "The figures and aid events that a careful reader found in one article.",
    ),
}


def schema_text(name: str) -> str:
    """«article» → the schema as a file: the same bytes for the same models."""
    return json.dumps(build_schema(name), ensure_ascii=False, indent=2) + "\n"


def build_schema(name: str) -> dict[str, Any]:
    """«article», «quantities», «gold» → its JSON Schema 2020-12."""
    paper = PAPERS[name]
    # Gold is what people write, with fields left out; records are what the package writes.
    mode: JsonSchemaMode = "validation" if paper.type is GoldArticle else "serialization"
    return {
        "$schema": DIALECT,
        "$id": f"urn:extractor:schema:{name}:{SCHEMA_VERSION}",
        **TypeAdapter(paper.type).json_schema(mode=mode),
        "title": paper.title,
        "description": paper.description,
    }
