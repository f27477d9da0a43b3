"""What is known of places: names of regions, towns and countries, the nouns beside them, and noise.

Words stand in ``regions.toml``, ``countries.toml`` and ``towns.tsv``; each becomes an entry of
the lexicon of its language.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, Protocol

from extractor.match.lexicon import Entry
from extractor.types import Lang

PlaceKind = Literal[
    "region",
    "city",
    "town",
    "district",
    "village",
    "country",
    "demonym",
    "capital",
    "abbreviation",
]
Side = Literal["before", "after"]

HOME = "KZ"


@dataclass(frozen=True, slots=True)
class Place:
    """One meaning of a name; ``headed`` counts only beside a head noun."""

    code: str
    kind: PlaceKind
    name: str
    weak: bool = False
    headed: bool = False
    adjective: bool = False

    @property
    def id(self) -> str:
        """«KZ-15» of a region or country, «KZ-15/district/Khobda» of what lies in it."""
        whole = self.kind not in ("town", "district", "village")
        return self.code if whole else f"{self.code}/{self.kind}/{self.name}"


@dataclass(frozen=True, slots=True)
class PlaceHead:
    """«облысы», «район», «village of»: a noun that says what sort of place its name is."""

    kind: str
    sides: tuple[str, ...] = ()
    links: tuple[str, ...] = ("",)
    open: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    agrees: bool = False
    possessed: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class PlaceNoise:
    """«көшесі», «Times», «АО»: beside it a name is no place; ``kinds`` limits to which."""

    reason: str
    side: Side
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceKnowledge:
    """What the stage knows besides the lexicon; one for all languages."""

    joins: frozenset[str]
    stops: frozenset[str]
    adjective: re.Pattern[str]
    person: re.Pattern[str]
    quotes: Mapping[str, str]
    quoted: int


# --- loading -----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def load_place_knowledge() -> PlaceKnowledge:
    """«[grammar]» of regions.toml, read once."""
    grammar = _read_toml("regions.toml")["grammar"]
    return PlaceKnowledge(
        joins=frozenset(word for join in grammar["joins"] for word in join.split()),
        stops=frozenset(grammar["stops"]),
        adjective=re.compile(rf"\w+{grammar['adjective']}"),
        person=re.compile(grammar["person"]),
        quotes=grammar["quotes"],
        quoted=grammar["quoted"],
    )


class OwnWords(Protocol):
    """A data file of the user's own."""

    @property
    def name(self) -> str: ...
    def tables(self, key: str) -> list[Mapping[str, Any]]: ...
    def fail(self, key: str, why: str) -> Exception: ...


def load_place_entries(lang: Lang, own: Iterable[OwnWords] = ()) -> tuple[Entry, ...]:
    """«ru» → every name, head noun and noise word of places in that language.

    ``own`` adds the regions and countries of the user's files.
    """
    regions, countries = _read_toml("regions.toml")["region"], _read_toml("countries.toml")
    return (
        *_region_entries(lang, regions, "domain/regions.toml"),
        *_head_entries(lang),
        *_noise_entries(lang),
        *_country_entries(lang, countries["country"], "domain/countries.toml"),
        *_town_entries(lang),
        *(entry for toml in own for entry in _own_entries(lang, toml)),
    )


def _own_entries(lang: Lang, toml: OwnWords) -> Iterator[Entry]:
    try:
        yield from _region_entries(lang, toml.tables("region"), toml.name)
    except ValueError as error:
        raise toml.fail("[[region]]", str(error)) from error
    yield from _country_entries(lang, toml.tables("country"), toml.name)


def _read_toml(name: str) -> dict[str, Any]:
    text = files("extractor.domain").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


# Key of a region's table → what its forms are.
_REGION_FORMS: Mapping[str, Callable[[str, str, str], Place]] = {
    "alone": lambda code, kind, name: Place(code, _kind(kind), name),
    "headed": lambda code, kind, name: Place(code, _kind(kind), name, headed=True),
    "adjectives": lambda code, kind, name: Place(
        code, _kind(kind), name, headed=True, adjective=True
    ),
    "abbreviations": lambda code, _, name: Place(code, "abbreviation", name),
    "capital": lambda code, _, name: Place(code, "capital", name, weak=True),
}


def _kind(text: str) -> PlaceKind:
    kinds: Mapping[str, PlaceKind] = {
        "region": "region",
        "city": "city",
        "town": "town",
        "district": "district",
        "village": "village",
    }
    if text not in kinds:
        raise ValueError(f"unknown kind of place: {text}")
    return kinds[text]


def _region_entries(lang: Lang, regions: Iterable[Mapping[str, Any]], file: str) -> Iterator[Entry]:
    for region in regions:
        origin = f"{file}:{region['code']}"
        for key, make in _REGION_FORMS.items():
            place = make(region["code"], region["kind"], region["name"])
            for form in region.get(key, {}).get(lang, ()):
                yield Entry("place", place.id, form, place, origin)


def _head_entries(lang: Lang) -> Iterator[Entry]:
    for number, head in enumerate(_read_toml("regions.toml")["head"]):
        table = dict(head.get(lang, {}))
        forms = table.pop("forms", ())
        lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
        meaning = PlaceHead(head["kind"], **{**table, **lists})
        for form in forms:
            yield Entry(
                "place_head", head["kind"], form, meaning, f"domain/regions.toml:head{number}"
            )


def _noise_entries(lang: Lang) -> Iterator[Entry]:
    sides: tuple[Side, ...] = ("before", "after")
    for noise in _read_toml("regions.toml")["noise"]:
        origin = f"domain/regions.toml:{noise['reason']}"
        for side in sides:
            meaning = PlaceNoise(noise["reason"], side, tuple(noise.get("kinds", ())))
            for form in noise.get(lang, {}).get(side, ()):
                yield Entry("place_noise", noise["reason"], form, meaning, origin)


def _country_entries(
    lang: Lang, countries: Iterable[Mapping[str, Any]], file: str
) -> Iterator[Entry]:
    for country in countries:
        code, origin = country["code"], f"{file}:{country['code']}"
        name = country.get("names", country.get("aliases", {})).get("en", [code])[0]
        place = Place(code, "country", name, weak=lang in country.get("weak", ()))
        for key in ("names", "aliases") if lang not in country.get("silent", ()) else ():
            for form in country.get(key, {}).get(lang, ()):
                yield Entry("place", code, form, place, origin)
        for form in country.get("demonyms", {}).get(lang, ()):
            yield Entry("demonym", code, form, Place(code, "demonym", name), origin)


def _town_entries(lang: Lang) -> Iterator[Entry]:
    adjective = load_place_knowledge().adjective
    with files("extractor.domain").joinpath("towns.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            name = next(iter(_forms(row["en"] or row["kk"])))[1]
            for mark, form in _forms(row.get(lang) or ""):
                last = form.rpartition("-")[2] if row["code"].startswith(HOME) else form
                place = _town(row, name, mark, agrees=bool(adjective.fullmatch(last.lower())))
                yield Entry("place", place.id, form, place, f"domain/towns.tsv:{place.id}")


def _forms(cell: str) -> Iterator[tuple[str, str]]:
    """«!Abai|?Oral» → ("!", "Abai"), ("?", "Oral"): ! needs a head noun, ? needs support."""
    for form in filter(None, cell.split("|")):
        name = form.lstrip("!?")
        yield form[: len(form) - len(name)], name


def _town(row: Mapping[str, str], name: str, mark: str, *, agrees: bool) -> Place:
    kind = _kind(row["type"])
    adjective = agrees and kind in ("district", "town")
    return Place(
        row["code"],
        kind,
        name,
        weak=mark == "?" or kind == "village",
        headed=mark == "!" or adjective,
        adjective=adjective,
    )
