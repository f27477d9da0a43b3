"""Gold: what a careful reader found in an article, read from its files.

A folder holds pairs ``<id>.txt`` and ``<id>.json``; a ``.jsonl`` holds one
article a line, its ``text`` beside the gold fields.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from extractor.evaluate import vocabulary
from extractor.types import Bound, Kind, Lang, Scope, Script, Span, Status

if TYPE_CHECKING:
    from extractor.records import Label

Choice = TypeVar("Choice", bound=str)

FIGURE_FIELDS = vocabulary.names(
    "id quote nth value max bound kind unit item category scope of same_as status series note"
)
EVENT_FIELDS = vocabulary.names(
    "id figures aid campaign providers locations places period wave cluster note"
)
# Said only where several articles are read together; a digest leaves them out where not said.
ACROSS_ARTICLES = ("series", "cluster", "wave")
# What `dev.clusters.json` beside the folder `dev` ends with: it is no gold of an article.
CLUSTERS_SUFFIX = ".clusters.json"


class GoldError(ValueError):
    """Gold that cannot be read; the message names file and field."""


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """``quote`` is the text under ``span``; other fields as in the guidelines.

    ``series``: what the figure is beside those of other articles on the same action.
    """

    id: str
    quote: str
    span: Span
    value: Decimal
    max: Decimal | None
    bound: Bound
    kind: Kind
    unit: str
    item: str | None
    category: frozenset[str]
    scope: Scope
    of: str | None
    same_as: str | None
    status: Status | None
    series: Label | None = None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """``cluster`` names the action in the world, the same in all articles that report it.

    ``wave`` is the number of the wave or stage, where the articles count them.
    """

    id: str
    figures: tuple[str, ...]
    aid: tuple[str, ...]
    campaign: str | None
    providers: tuple[str, ...]
    locations: tuple[str, ...]
    places: tuple[str, ...]
    period: str | None
    cluster: str | None = None
    wave: int | None = None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text with its figures in reading order and its events."""

    id: str
    lang: Lang
    script: Script
    text: str
    published: str | None = None
    source: str | None = None
    figures: tuple[GoldFigure, ...] = ()
    events: tuple[GoldEvent, ...] = ()

    @property
    def reports_aid(self) -> bool:
        """An article with empty lists reports none, and that is gold too."""
        return bool(self.figures or self.events)


@dataclass(frozen=True, slots=True)
class Row:
    """«kk-01.json: figures[f3].unit»: a JSON object that knows where it stands."""

    file: Path
    place: str
    fields: Mapping[str, object]

    def fault(self, name: str, problem: str) -> GoldError:
        return GoldError(f"{self.file}: {self.place}.{name}: {problem}".replace(": .", ": "))

    def only(self, allowed: Collection[str]) -> None:
        """«"same_a": …» → GoldError: a slip of the key is no empty field."""
        for name in sorted(self.fields.keys() - allowed):
            raise self.fault(name, "unknown field")

    def text(self, name: str) -> str:
        value = self.fields.get(name)
        if not isinstance(value, str) or not value:
            raise self.fault(name, f"expected a text, found {value!r}")
        return value

    def maybe_text(self, name: str) -> str | None:
        return None if self.fields.get(name) is None else self.text(name)

    def choice(self, name: str, allowed: Sequence[Choice]) -> Choice:
        value = self.fields.get(name)
        for known in allowed:
            if value == known:
                return known
        raise self.fault(name, f"{value!r} is none of {', '.join(allowed)}")

    def maybe_choice(self, name: str, allowed: Sequence[Choice]) -> Choice | None:
        return None if self.fields.get(name) is None else self.choice(name, allowed)

    def known(self, name: str, is_known: Callable[[str], bool]) -> str:
        return self.checked(name, self.text(name), is_known)

    def checked(self, name: str, value: str, is_known: Callable[[str], bool]) -> str:
        if not is_known(value):
            raise self.fault(name, f"unknown value {value!r}")
        return value

    def texts(self, name: str, is_known: Callable[[str], bool] = bool) -> tuple[str, ...]:
        values = self.fields.get(name, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.fault(name, f"expected a list of texts, found {values!r}")
        return tuple(self.checked(name, value, is_known) for value in values)

    def amount(self, name: str) -> Decimal:
        value = self.fields.get(name)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.fault(name, f"expected a number, found {value!r}")
        return Decimal(value)

    def maybe_amount(self, name: str) -> Decimal | None:
        return None if self.fields.get(name) is None else self.amount(name)

    def count(self, name: str) -> int:
        """«"nth": 2», 1 when it is not said."""
        value = self.fields.get(name, 1)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self.fault(name, f"expected 1, 2, …, found {value!r}")
        return value

    def maybe_count(self, name: str) -> int | None:
        return None if self.fields.get(name) is None else self.count(name)

    def rows(self, name: str) -> Iterator[Row]:
        listing = self.fields.get(name)
        if not isinstance(listing, list):
            raise self.fault(name, f"expected a list, found {listing!r}")
        for position, fields in enumerate(listing, start=1):
            if not isinstance(fields, dict):
                raise self.fault(name, f"expected an object, found {fields!r}")
            yield Row(self.file, f"{self.place}.{name}[{fields.get('id', position)}]", fields)


def read_gold(*paths: Path) -> tuple[GoldArticle, ...]:
    """«corpora/dev» → its articles by id; a path is a folder, a .json or a .jsonl."""
    articles = [article for path in paths for article in read_path(path)]
    refuse_twins(articles)
    return tuple(sorted(articles, key=lambda article: article.id))


def refuse_twins(articles: Iterable[GoldArticle]) -> None:
    """«kk-01» twice → GoldError: counted once or twice, both would be wrong."""
    for name, times in Counter(article.id for article in articles).items():
        if times > 1:
            raise GoldError(f"id: article {name} is given {times} times")


def read_path(path: Path) -> Iterator[GoldArticle]:
    if path.is_dir():
        yield from read_folder(path)
    elif path.suffix == ".jsonl":
        yield from read_lines(path)
    else:
        yield read_pair(path)


def read_folder(folder: Path) -> Iterator[GoldArticle]:
    """«dev/kk-01.json, dev/kk-01.txt, …» → articles, from subfolders too."""
    files = sorted(
        path
        for path in folder.rglob("*.json")
        if path.is_file() and not path.name.endswith(CLUSTERS_SUFFIX)
    )
    if not files:
        raise GoldError(f"{folder}: holds no gold, no <id>.json")
    yield from map(read_pair, files)


def read_pair(path: Path) -> GoldArticle:
    """«kk-01.json» → the article with the text of «kk-01.txt», byte for byte."""
    twin = path.with_suffix(".txt")
    if not path.is_file():
        raise GoldError(f"{path}: no such file")
    if not twin.is_file():
        raise GoldError(f"{path}: text: its text {twin.name} is missing")
    return build_article(parse_row(path, path.read_bytes()), read_text(twin))


def read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as problem:
        raise GoldError(f"{path}: not UTF-8: {problem}") from problem


def read_lines(path: Path) -> Iterator[GoldArticle]:
    """«{"id": …, "text": …, "figures": …}» a line; U+2028 ends no line."""
    if not path.is_file():
        raise GoldError(f"{path}: no such file")
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line.strip():
            row = parse_row(path, line, place=f"line {number}")
            yield build_article(row, row.text("text"))


def parse_row(path: Path, content: bytes, place: str = "") -> Row:
    try:
        fields = json.loads(content, parse_float=Decimal)
    except ValueError as problem:
        raise GoldError(f"{path}: {place or 'content'}: not JSON: {problem}") from problem
    if not isinstance(fields, dict):
        raise GoldError(f"{path}: {place or 'content'}: expected one object")
    return Row(path, place, fields)


def build_article(row: Row, text: str) -> GoldArticle:
    figures = tuple(build_figure(figure, text) for figure in row.rows("figures"))
    events = tuple(build_event(event) for event in row.rows("events"))
    check_ids(row, "figures", [figure.id for figure in figures])
    check_ids(row, "events", [event.id for event in events])
    check_references(row, figures, events)
    return GoldArticle(
        id=row.text("id"),
        lang=row.choice("lang", vocabulary.LANGS),
        script=row.choice("script", vocabulary.SCRIPTS),
        text=text,
        published=row.maybe_text("published"),
        source=row.maybe_text("source"),
        figures=tuple(sorted(figures, key=lambda figure: figure.span)),
        events=events,
    )


def build_figure(row: Row, text: str) -> GoldFigure:
    row.only(FIGURE_FIELDS)
    return GoldFigure(
        id=row.text("id"),
        quote=row.text("quote"),
        span=find_quote(row, text),
        value=row.amount("value"),
        max=row.maybe_amount("max"),
        bound=row.choice("bound", vocabulary.BOUNDS),
        kind=row.choice("kind", vocabulary.KINDS),
        unit=row.known("unit", vocabulary.is_unit),
        item=None if row.maybe_text("item") is None else row.known("item", is_item),
        category=frozenset(row.texts("category", is_category)),
        scope=row.choice("scope", vocabulary.SCOPES),
        of=row.maybe_text("of"),
        same_as=row.maybe_text("same_as"),
        status=row.maybe_choice("status", vocabulary.STATUSES),
        series=row.maybe_choice("series", vocabulary.LABELS),
    )


def is_item(name: str) -> bool:
    return name in vocabulary.ITEMS


def is_category(name: str) -> bool:
    return name in vocabulary.CATEGORIES


def is_aid(name: str) -> bool:
    return name in vocabulary.AID


def build_event(row: Row) -> GoldEvent:
    row.only(EVENT_FIELDS)
    return GoldEvent(
        id=row.text("id"),
        figures=row.texts("figures"),
        aid=row.texts("aid", is_aid),
        campaign=row.maybe_text("campaign"),
        providers=row.texts("providers"),
        locations=row.texts("locations", vocabulary.is_location),
        places=row.texts("places"),
        period=row.maybe_text("period"),
        cluster=row.maybe_text("cluster"),
        wave=row.maybe_count("wave"),
    )


def find_quote(row: Row, text: str) -> Span:
    """«"quote": "15 мың", "nth": 2» → the span of its second occurrence."""
    quote, nth = row.text("quote"), row.count("nth")
    start = next(islice(occurrences(quote, text), nth - 1, None), None)
    if start is None:
        raise row.fault("quote", f"«{quote}» does not occur {nth} time(s) in the text")
    return Span(start, start + len(quote))


def occurrences(quote: str, text: str) -> Iterator[int]:
    """«500» in «500 of 25500» → 0, 9: where the very characters stand."""
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + len(quote))


def check_ids(row: Row, name: str, ids: Sequence[str]) -> None:
    for found, times in Counter(ids).items():
        if times > 1:
            raise row.fault(f"{name}[{found}].id", f"given {times} times")


def check_references(row: Row, figures: Sequence[GoldFigure], events: Sequence[GoldEvent]) -> None:
    """«"of": "f99"» → GoldError; so is a figure that belongs to two events."""
    known = {figure.id for figure in figures}
    for figure in figures:
        for name, target in (("of", figure.of), ("same_as", figure.same_as)):
            if target is not None and target not in known:
                raise row.fault(f"figures[{figure.id}].{name}", f"no figure {target!r}")
    owners: dict[str, str] = {}
    for event in events:
        for target in event.figures:
            if target not in known:
                raise row.fault(f"events[{event.id}].figures", f"no figure {target!r}")
            if owners.setdefault(target, event.id) != event.id:
                problem = f"{target} belongs to {owners[target]} already"
                raise row.fault(f"events[{event.id}].figures", problem)


def digest_gold(articles: Iterable[GoldArticle]) -> str:
    """«articles» → 16 hex digits: the same for a folder and its JSON lines."""
    ordered = sorted(articles, key=lambda article: article.id)
    content = json.dumps(
        [asdict(article, dict_factory=said) for article in ordered], default=plain, sort_keys=True
    )
    return hashlib.sha256(content.encode("ascii")).hexdigest()[:16]


def said(fields: Iterable[tuple[str, object]]) -> dict[str, object]:
    """«series: None» → left out: a corpus that says nothing of it keeps its digest."""
    return {
        name: value for name, value in fields if value is not None or name not in ACROSS_ARTICLES
    }


def plain(value: object) -> object:
    """«Decimal('2400000000.0')» → "2400000000"; a set → a sorted list."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in gold")
