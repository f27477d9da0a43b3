"""The public records: what ``extract`` returns and what the JSON Schemas describe.

Field names and values are those of the annotation guidelines. Offsets count
Unicode code points of the article's text; ``text[start:end]`` is the quote.
Numbers are ``Decimal`` in Python and plain JSON numbers on paper.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from extractor.types import Bound, Kind, Lang, Running, Scope, Script, Status
from extractor.vocabulary import Aid, Category, Item, Location, Unit

if TYPE_CHECKING:
    import pandas as pd

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
    series: Running | None = Field(
        default=None,
        description="what its words say: a total until now, or on top of what was stated before",
    )
    confidence: float | None = Field(
        default=None, ge=0, le=1, description="how likely it is a figure of aid at all"
    )
    evidence: tuple[EvidenceRecord, ...] = ()

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from extractor.display import figure_html

        return figure_html(self)


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
    wave: int | None = Field(default=None, ge=1, description="first, second, … wave or stage")
    checks: tuple[CheckRecord, ...] = ()
    confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="how likely its figures are one action; null: none to group",
    )
    evidence: tuple[EvidenceRecord, ...] = ()

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from extractor.display import event_html

        return event_html(self)


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

    def to_pandas(self, table: str = "figures") -> pd.DataFrame:
        """Its figures, or «events», as a data frame: see ``extractor.to_pandas``."""
        from extractor.frames import to_pandas

        return to_pandas([self], table)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from extractor.display import article_html

        return article_html(self)


# --- many articles --------------------------------------------------------------------------


class MentionRecord(Record):
    """An article's event that speaks of a canonical event: both ids, and where it stood."""

    article: str
    event: str = Field(pattern=r"^e[1-9]\d*$")
    lang: Lang
    outlet: str | None = None
    published: str | None = None
    reprint_of: str | None = Field(
        default=None, description="the article that this one repeats nearly word for word"
    )


class FigureSource(Record):
    """Where a statement stands: the figure's id in the record of its article."""

    article: str
    figure: str


Label = Literal["cumulative", "increment", "restatement", "plan"]


class StatementRecord(Record):
    """One value that was stated, once, however many articles repeat it on that day.

    ``cumulative`` is the total so far, ``increment`` comes on top of what was stated before,
    ``restatement`` says an earlier value again, ``plan`` is what is to be.
    """

    label: Label
    value: Amount
    max: Amount | None = None
    bound: Bound
    status: Status | None = None
    as_of: str | None = Field(
        default=None, description="ISO date that the value is the state of; null: undated"
    )
    sources: tuple[FigureSource, ...]


class ConflictRecord(Record):
    """Values of one day that cannot all be true, side by side; none is averaged away."""

    as_of: str | None
    values: tuple[Amount, ...]
    statements: tuple[int, ...] = Field(description="places in ``statements``, from 0")


class SeriesRecord(Record):
    """What was stated of one quantity of an event, in time order."""

    kind: Kind
    unit: Unit
    item: Item | None = None
    scope: Literal["total", "each"]
    statements: tuple[StatementRecord, ...]
    latest: Amount | None = Field(
        default=None, description="the latest total of what was done; no plan, nothing summed twice"
    )
    latest_status: Status | None = None
    planned: Amount | None = Field(default=None, description="the latest plan")
    done_share: float | None = Field(default=None, ge=0, description="latest / planned")
    falls: bool = Field(default=False, description="a cumulative value is below an earlier one")
    conflicts: tuple[ConflictRecord, ...] = ()

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from extractor.display import series_html

        return series_html(self)


class DerivedRecord(Record):
    """A total that nobody stated and that follows from what was: families × each."""

    kind: Kind
    unit: Unit
    item: Item | None = None
    value: Amount
    status: Status | None = None
    rule: str
    operands: tuple[FigureSource, ...]


class CanonicalName(Record):
    """A provider or campaign as most reports write it, with its id where known."""

    text: str
    id: str | None = None


class DissentRecord(Record):
    """A value of a slot that some reports state and the canonical event does not carry."""

    field: str
    value: str
    mentions: tuple[str, ...] = Field(description="article/event of each report that states it")


class CanonicalEvent(Record):
    """One aid action in the world, from all the articles that report it."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    id: str = Field(pattern=r"^ev-[0-9a-f]{16}$")
    mentions: tuple[MentionRecord, ...]
    part_of: str | None = Field(default=None, description="the canonical event that contains it")
    relation: Literal["region", "wave", "share"] | None = Field(
        default=None, description="as what it is part of the other"
    )
    aid: tuple[Aid, ...] = ()
    campaign: CanonicalName | None = None
    providers: tuple[CanonicalName, ...] = ()
    locations: tuple[Location, ...] = ()
    places: tuple[str, ...] = ()
    period: str | None = Field(default=None, description="EDTF")
    wave: int | None = Field(default=None, ge=1, description="first, second, … wave or stage")
    status: Status | None = Field(default=None, description="the furthest that any report states")
    series: tuple[SeriesRecord, ...] = ()
    derived: tuple[DerivedRecord, ...] = ()
    dissent: tuple[DissentRecord, ...] = ()
    checks: tuple[CheckRecord, ...] = Field(
        default=(), description="equations across articles; operands are article/figure"
    )
    confidence: float | None = Field(
        default=None, ge=0, le=1, description="how likely all mentions are one action"
    )
    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        """One line of JSON, the same bytes for the same event."""
        return self.model_dump_json()

    def to_dict(self) -> dict[str, Any]:
        """Plain Python values, as in the JSON."""
        return self.model_dump(mode="json")

    def to_pandas(self, table: str = "statements") -> pd.DataFrame:
        """What was stated of it, as a data frame: see ``extractor.to_pandas``."""
        from extractor.frames import to_pandas

        return to_pandas([self], table)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from extractor.display import canonical_html

        return canonical_html(self)
