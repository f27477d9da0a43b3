"""What travels between the stages, in order of birth.

Every span counts code points of ``Article.text``, the only text there is:
``article.text[span.start:span.stop]`` is always what was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import Literal

from extractor.fast import fast_dataclass

Lang = Literal["kk", "ru", "en"]
Script = Literal["Cyrl", "Latn", "Arab"]
ZoneKind = Literal["headline", "dateline", "body", "boilerplate"]
Bound = Literal["exact", "approx", "min", "max", "range", "vague"]
Kind = Literal[
    "recipients",
    "money",
    "goods",
    "volunteers",
    "sites",
    "requests",
    "affected",
    "share",
]
Scope = Literal["total", "each", "part"]
Status = Literal["planned", "collected", "ongoing", "delivered"]
# What the words say of a total: all until now, or on top of what was there.
Running = Literal["cumulative", "increment"]


@fast_dataclass(frozen=True, slots=True, order=True)
class Span:
    """«[start, stop)»: a half-open range of code points of ``Article.text``."""

    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def of(self, text: str) -> str:
        """«Span(0, 4).of(text)» → the characters it covers."""
        return text[self.start : self.stop]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.stop <= self.stop

    def overlaps(self, other: Span) -> bool:
        return self.start < other.stop and other.start < self.stop

    def union(self, other: Span) -> Span:
        return Span(min(self.start, other.start), max(self.stop, other.stop))


@fast_dataclass(frozen=True, slots=True)
class Source:
    """What a user hands in: text or HTML, with whatever is known beside it."""

    content: str
    id: str = "article"
    html: bool = False
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    origin: str | None = None


@fast_dataclass(frozen=True, slots=True)
class Article:
    """``text`` is the only text there is; ``title`` is a span of it or metadata."""

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None


@fast_dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of lines of one sort; language and script are decided once, here."""

    span: Span
    kind: ZoneKind
    lang: Lang
    script: Script
    reason: str = ""


@fast_dataclass(frozen=True, slots=True)
class Token:
    """``norm`` is the folded view used for matching: lower case, Cyrillic for Kazakh."""

    span: Span
    text: str
    norm: str
    sort: Literal["word", "number", "mark"]
    value: Decimal | None = None


@fast_dataclass(frozen=True, slots=True)
class Sentence:
    span: Span
    tokens: tuple[Token, ...]
    zone: Zone
    paragraph: int
    index: int


@fast_dataclass(frozen=True, slots=True)
class Number:
    """A number as written; ``first`` and ``last`` are token indices, ends included."""

    span: Span
    value: Decimal
    first: int
    last: int
    rule: str
    max: Decimal | None = None
    bound: Bound = "exact"
    share: bool = False
    each: bool = False
    possessive: bool = False
    case: str | None = None


@fast_dataclass(frozen=True, slots=True)
class Concept:
    """What a count noun means; a holder of the values that an entry gives."""

    id: str
    sort: Literal["unit", "measure", "currency", "item", "category"]
    unit: str | None = None
    item: str | None = None
    kind: Kind | None = None
    category: tuple[str, ...] = ()
    aid: tuple[str, ...] = ()
    telling: bool = False
    quiet: bool = False


@fast_dataclass(frozen=True, slots=True)
class Noun:
    """A count noun found in the text: its place and what it means."""

    span: Span
    first: int
    last: int
    lemma: str
    concepts: tuple[Concept, ...] = ()
    case: str | None = None


@fast_dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bound and the noun that it counts."""

    span: Span
    sentence: int
    number: Number
    bound: Bound
    unit: str | None
    item: str | None
    nouns: tuple[Noun, ...] = ()
    first: int = 0
    last: int = 0
    bound_span: Span | None = None
    each: bool = False
    rule: str = ""

    @property
    def value(self) -> Decimal:
        return self.number.value

    @property
    def max(self) -> Decimal | None:
        return self.number.max


@fast_dataclass(frozen=True, slots=True)
class Refused:
    """A number that counts nothing: a date, an age, a label, …"""

    number: Number
    sentence: int
    reason: str


@fast_dataclass(frozen=True, slots=True)
class Evidence:
    """Which words, by which rule or entry, decided a field."""

    field: str
    value: str
    rule: str
    span: Span | None = None


@fast_dataclass(frozen=True, slots=True)
class Figure:
    """A quantity judged to be a figure of aid; ``id`` is its place in reading order."""

    id: str
    quantity: Quantity
    kind: Kind
    unit: str
    item: str | None
    category: tuple[str, ...]
    scope: Scope
    status: Status | None
    of: str | None = None
    same_as: str | None = None
    confidence: float | None = None
    evidence: tuple[Evidence, ...] = ()
    tenge: Decimal | None = None
    series: Running | None = None

    @property
    def span(self) -> Span:
        return self.quantity.span

    @property
    def sentence(self) -> int:
        return self.quantity.sentence


@fast_dataclass(frozen=True, slots=True)
class Rejection:
    """A quantity that is no figure, and why."""

    span: Span
    sentence: int
    value: Decimal
    reason: str
    words: Span | None = None


@fast_dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: who, under which campaign, where, when."""

    span: Span
    sort: Literal["provider", "campaign", "place", "period", "wave"]
    text: str
    sentence: int
    id: str | None = None
    code: str | None = None
    value: str | None = None
    rule: str = ""


@fast_dataclass(frozen=True, slots=True)
class Check:
    """An equation between figures: does it hold, and how far is it off?"""

    rule: str
    operands: tuple[str, ...]
    expected: Decimal
    stated: Decimal
    verdict: Literal["holds", "contradicts"]


@fast_dataclass(frozen=True, slots=True)
class Event:
    id: str
    figures: tuple[str, ...]
    aid: tuple[str, ...]
    campaign: Mention | None = None
    providers: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    locations: tuple[str, ...] = ()
    period: str | None = None
    wave: int | None = None
    checks: tuple[Check, ...] = ()
    confidence: float | None = None
    ties: tuple[float, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sentences: tuple[int, ...] = ()


@fast_dataclass(frozen=True, slots=True)
class Extraction:
    """Everything the stages found in one article."""

    article: Article
    lang: Lang
    script: Script
    zones: tuple[Zone, ...]
    sentences: tuple[Sentence, ...]
    quantities: tuple[Quantity, ...]
    figures: tuple[Figure, ...]
    rejections: tuple[Rejection, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()
    models: Mapping[str, str] = field(default_factory=dict)
