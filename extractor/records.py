"""The public records: what ``extract`` returns and what the JSON Schemas describe.

Field names and values are those of the annotation guidelines. Offsets count
Unicode code points of the article's text; ``text[start:end]`` is the quote.
Numbers are ``Decimal`` in Python and plain JSON numbers on paper.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from extractor.types import Bound, Kind, Lang, Scope, Script, Status
from extractor.vocabulary import Aid, Category, Item, Location, Unit

SCHEMA_VERSION: Final = "1.0"


def plain_number(value: Decimal) -> int | float:
    """«Decimal('1.5E+9')» → 1500000000: an integer where it is one."""
    return int(value) if value == value.to_integral_value() else float(value)


Amount = Annotated[
    Decimal,
    PlainSerializer(plain_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]


class Record(BaseModel):
    """Base of all public records: frozen, and nothing unknown is let in."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_serialization_defaults_required=True
    )


class TextSpan(Record):
    """Words on the page: ``article.text[start:end] == text``."""

    start: int = Field(ge=0, description="first code point")
    end: int = Field(ge=0, description="one past the last code point")
    text: str


class EvidenceRecord(Record):
    """Which words, by which rule or entry, decided a field of a figure or event."""

    field: str
    value: str
    rule: str
    start: int | None = None
    end: int | None = None


class FigureRecord(Record):
    """A quantity that the article states about aid or about the need for it."""

    id: str = Field(pattern=r"^f[1-9]\d*$")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    value: Amount
    max: Amount | None = Field(default=None, description="upper end of a range")
    tenge: Amount | None = Field(
        default=None,
        description="what a value in MCI is worth in KZT by the index of the publication date",
    )
    bound: Bound
    kind: Kind
    unit: Unit = Field(description="canonical unit; ISO 4217 or MCI for money")
    item: Item | None = None
    category: tuple[Category, ...] = ()
    scope: Scope
    of: str | None = None
    same_as: str | None = None
    status: Status | None = None
    confidence: float | None = Field(
        default=None, ge=0, le=1, description="how likely it is a figure of aid at all"
    )
    evidence: tuple[EvidenceRecord, ...] = ()


class NameRecord(TextSpan):
    """A provider or campaign as written, with its canonical id where known."""

    id: str | None = None


class PlaceRecord(TextSpan):
    """A place as written, with its ISO 3166 code where known."""

    code: str | None = None


class CheckRecord(Record):
    """An equation between figures, with both sides and the gap between them."""

    rule: str
    operands: tuple[str, ...]
    expected: Amount
    stated: Amount
    gap: Amount
    verdict: Literal["holds", "contradicts"]


class EventRecord(Record):
    """One aid action: who, under which name, what kind of aid, where, when."""

    id: str = Field(pattern=r"^e[1-9]\d*$")
    figures: tuple[str, ...] = ()
    aid: tuple[Aid, ...] = ()
    campaign: NameRecord | None = None
    providers: tuple[NameRecord, ...] = ()
    locations: tuple[Location, ...] = ()
    places: tuple[PlaceRecord, ...] = ()
    period: str | None = Field(default=None, description="EDTF")
    checks: tuple[CheckRecord, ...] = ()
    confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="how likely its figures are one action; null: none to group",
    )
    evidence: tuple[EvidenceRecord, ...] = ()


class Provenance(Record):
    """What made the record: the same three values give the same record."""

    package: str
    data: str = Field(description="digest of the language and domain data")
    models: dict[str, str] = Field(default_factory=dict)


class ArticleRecord(Record):
    """What one article says: its figures and its aid events."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    id: str
    lang: Lang
    script: Script
    published: str | None = None
    source: str | None = None
    title: str | None = None
    text: str | None = Field(
        default=None,
        description="the text that offsets count in, where it is not the input itself (HTML)",
    )
    figures: tuple[FigureRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    notes: tuple[str, ...] = Field(default=(), description="what was unsure or left out")
    provenance: Provenance

    def to_json(self) -> str:
        """One line of JSON, the same bytes for the same record."""
        return self.model_dump_json()

    def to_dict(self) -> dict[str, Any]:
        """Plain Python values, as in the JSON."""
        return self.model_dump(mode="json")
