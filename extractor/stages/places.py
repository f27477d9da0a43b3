"""Places: towns, districts, villages, regions and countries, each with its code where one is known.

A name alone says little: «Алматы» is a city, «Алматы облысы» the region around it, «Абай» a
region, two districts, a town and a poet. So a name is read in three steps: which noun
governs it, perhaps across a list; which of its meanings fit that noun; which of those the
other places of the article support.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal, Protocol

from extractor.match.lexicon import Entry, Hit
from extractor.types import Lang, Mention, Sentence, Span, Token

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
# What a head noun accepts, best first: «Көксу ауданы» may be known by its centre only.
_FITS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "region": (("region", "abbreviation"),),
    "city": (("city", "town"), ("village",)),
    "district": (("district",), ("town", "village")),
    "village": (("village",), ("town", "district")),
}
# «в районе Петропавловска» is somewhere near the town, not its district.
_FITS_BEFORE: Mapping[str, tuple[tuple[str, ...], ...]] = {**_FITS, "district": (("district",),)}
# What a name without a head noun most likely is.
_RANK = ("city", "town", "region", "abbreviation", "country", "district", "village", "capital")
_SPATIAL = frozenset({"loc", "abl", "dat"})
_LONGEST_NAME = 3
# «Atbasar's» is Atbasar's own.
_OWNER = re.compile(r"['\u2019]s$")


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
                place = _town(row, name, mark, agrees=bool(adjective.fullmatch(form.lower())))
                yield Entry("place", place.id, form, place, f"domain/towns.tsv:{place.id}")


def _forms(cell: str) -> Iterator[tuple[str, str]]:
    """«!Abai|?Oral» → ("!", "Abai"), ("?", "Oral"): ! needs a head noun, ? needs support."""
    for form in filter(None, cell.split("|")):
        name = form.lstrip("!?")
        yield form[: len(form) - len(name)], name


def _town(row: Mapping[str, str], name: str, mark: str, *, agrees: bool) -> Place:
    kind = _kind(row["type"])
    adjective = agrees and kind == "district"
    return Place(
        row["code"],
        kind,
        name,
        weak=mark == "?" or kind == "village",
        headed=mark == "!" or adjective,
        adjective=adjective,
    )


# --- what a sentence offers ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """Capitalised tokens that may be a place; no options, if nobody knows them."""

    first: int
    last: int
    options: tuple[Place, ...] = ()
    spatial: bool = False


@dataclass(frozen=True, slots=True)
class Governor:
    """The head noun of a name, beside it or across a list."""

    head: PlaceHead
    side: Side
    direct: bool
    last: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name in its sentence, with what governs it."""

    sentence: Sentence
    name: Name
    governor: Governor | None = None

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(option.code for option in self.name.options)


@dataclass(frozen=True)
class Scene:
    """One sentence with its names, heads and noise words, by token."""

    sentence: Sentence
    know: PlaceKnowledge
    heads: tuple[tuple[Hit, PlaceHead], ...]
    noises: tuple[tuple[Hit, PlaceNoise], ...]
    names: Mapping[int, Name]
    covered: Mapping[int, Name] = field(default_factory=dict)

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens

    def capital(self, index: int) -> bool:
        """«Зеренді» could be a name; «ауданы», «2024» and «–» could not."""
        inside = 0 <= index < len(self.tokens)
        return inside and self.tokens[index].sort == "word" and self.tokens[index].text[0].isupper()

    def nameless(self, index: int) -> bool:
        """«МЧС», «Indian» and names that are known end a run of unknown words."""
        word = self.tokens[index].text if self.capital(index) else ""
        return not word or (len(word) > 1 and word.isupper()) or index in self.covered

    def norm(self, index: int) -> str:
        return self.tokens[index].norm if 0 <= index < len(self.tokens) else ""

    def is_adjective(self, name: Name) -> bool:
        return bool(self.know.adjective.fullmatch(self.norm(name.last)))


def _read_scene(sentence: Sentence, hits: Sequence[Hit], know: PlaceKnowledge) -> Scene:
    """«Ақмола облысы Зеренді ауданының» → names 0 and 2, heads 1 and 3."""
    noises = [(hit, hit.entry.meaning) for hit in _longest(hits, "place_noise")]
    blocked = {
        i for hit, _ in noises if hit.last > hit.first for i in range(hit.first, hit.last + 1)
    }
    heads = [
        (hit, hit.entry.meaning)
        for hit in _longest(hits, "place_head")
        if not blocked & set(range(hit.first, hit.last + 1))
    ]
    names = {name.first: name for name in _known_names(sentence, hits)}
    others = [Name(hit.first, hit.last) for hit in hits if hit.entry.sort == "demonym"]
    return Scene(
        sentence,
        know,
        tuple((hit, meaning) for hit, meaning in heads if isinstance(meaning, PlaceHead)),
        tuple((hit, meaning) for hit, meaning in noises if isinstance(meaning, PlaceNoise)),
        names,
        {i: name for name in (*names.values(), *others) for i in range(name.first, name.last + 1)},
    )


def _longest(hits: Sequence[Hit], sort: str) -> list[Hit]:
    """«сельский округ» hides «округ»: of overlapping hits the earliest and longest stay."""
    kept: list[Hit] = []
    for hit in (hit for hit in hits if hit.entry.sort == sort):
        clash = (k for k in kept if k.first <= hit.last and hit.first <= k.last)
        if all((k.first, k.last) == (hit.first, hit.last) for k in clash):
            kept.append(hit)
    return kept


def _known_names(sentence: Sentence, hits: Sequence[Hit]) -> Iterator[Name]:
    """«Алматы» → one name with the options city and region."""
    tokens = sentence.tokens
    proper = [hit for hit in hits if hit.entry.sort == "place" and _is_written(hit, tokens)]
    groups: dict[tuple[int, int], list[Hit]] = {}
    for hit in _longest(proper, "place"):
        groups.setdefault((hit.first, hit.last), []).append(hit)
    for (first, last), group in groups.items():
        places = [h.entry.meaning for h in group if isinstance(h.entry.meaning, Place)]
        spatial = all(hit.reading.case in _SPATIAL for hit in group)
        yield Name(first, last, tuple(dict.fromkeys(places)), spatial)


def _is_written(hit: Hit, tokens: Sequence[Token]) -> bool:
    """«ВКО» in capitals, «Ақсу» with one, «столица» as it likes."""
    place = hit.entry.meaning
    if isinstance(place, Place) and place.kind == "capital":
        return True
    form = hit.entry.form
    return (
        _is_acronym(tokens[hit.first], form)
        if form.isupper()
        else tokens[hit.first].text[0].isupper()
    )


def _is_acronym(token: Token, form: str) -> bool:
    """«ВКО», «ShQO» and «АҚШтың», but neither «us» nor «USS» for US, nor «UAS» for UAE."""
    text, bare = token.text, form.lower()
    if token.norm == bare or not form.isalpha():
        return text[0].isupper() and text[-1].isupper()
    return token.norm.startswith(bare) and text[: len(form)].isupper() and not text.isupper()


# --- heads -----------------------------------------------------------------------------------


def _heads_at(scene: Scene, first: int) -> Iterator[tuple[Hit, PlaceHead]]:
    return ((hit, head) for hit, head in scene.heads if hit.first == first)


def _skip_joins(scene: Scene, index: int, step: int) -> int | None:
    """«, и» → the index behind it, or nothing where nothing joins."""
    start = index
    while scene.norm(index) in scene.know.joins:
        index += step
    return None if index == start else index


def _listed(hit: Hit, head: PlaceHead, scene: Scene) -> bool:
    """«облыстары» governs a list, «облысы» only the name beside it."""
    return scene.norm(hit.first).startswith(head.lists) if head.lists else False


def _agrees(scene: Scene, name: Name, head: PlaceHead, side: Side) -> bool:
    return not head.agrees or scene.is_adjective(name) == (side == "after")


def _head_after(scene: Scene, name: Name) -> Iterator[Governor]:
    """«Атырауской, Актюбинской и Костанайской областях» → the head of each of the three."""
    index, direct = name.last + 1, True
    while True:
        for hit, head in _heads_at(scene, index):
            reaches = "after" in head.sides and (direct or _listed(hit, head, scene))
            if reaches and _agrees(scene, name, head, "after"):
                yield Governor(head, "after", direct, hit.last)
        following = _skip_joins(scene, index, 1)
        if following is None:
            return
        index, direct = _name_end(scene, following), False
        if index == following:
            return


def _name_end(scene: Scene, index: int) -> int:
    """The index behind the name that begins here, known or not."""
    if index in scene.names:
        return scene.names[index].last + 1
    run = _run_right(scene, index)
    return run.last + 1 if run else index


def _head_before(scene: Scene, name: Name) -> Iterator[Governor]:
    """«в селах Капитоновка, Иванковка» → the head of both."""
    index, direct = name.first - 1, True
    while index >= 0:
        for hit, head in _linked_heads(scene, index):
            reaches = _governs_one(scene, name, hit) if direct else _listed(hit, head, scene)
            reaches = reaches and not _taken(scene, hit, head)
            if reaches and _agrees(scene, name, head, "before"):
                yield Governor(head, "before", direct, name.last)
        previous = _skip_joins(scene, index, -1)
        if previous is None:
            return
        index, direct = _name_start(scene, previous), False
        if index == previous:
            return


def _governs_one(scene: Scene, name: Name, hit: Hit) -> bool:
    """«районы Алматы» are parts of Almaty; «районы Кызылжар, Есиль» are these two."""
    many = next(head.many for other, head in scene.heads if other is hit)
    return scene.norm(hit.first) not in many or scene.norm(name.last + 1) in scene.know.joins


def _taken(scene: Scene, hit: Hit, head: PlaceHead) -> bool:
    """«в Алмалинском районе Алматы»: the head belongs to the adjective before it."""
    before = hit.first - 1
    return head.agrees and scene.capital(before) and scene.is_adjective(Name(before, before))


def _name_start(scene: Scene, index: int) -> int:
    if index in scene.covered:
        return scene.covered[index].first - 1
    start = index
    while scene.capital(index) and start - index < _LONGEST_NAME:
        index -= 1
    return index


def _linked_heads(scene: Scene, last: int) -> Iterator[tuple[Hit, PlaceHead]]:
    """«район имени», «city of» → the heads before a name that begins behind this token."""
    for hit, head in scene.heads:
        if "before" in head.sides and any(_links(scene, hit, link) == last for link in head.links):
            yield hit, head


def _links(scene: Scene, hit: Hit, link: str) -> int | None:
    """The last token of a head with its link, or nothing where the link is missing."""
    if not link:
        return hit.last
    return hit.last + 1 if scene.norm(hit.last + 1) == link else None


def _governors(scene: Scene, name: Name) -> list[Governor]:
    found = [*_head_after(scene, name), *_head_before(scene, name)]
    return sorted(found, key=lambda governor: not governor.direct)


# --- names that nobody knows ---------------------------------------------------------------


def _run_right(scene: Scene, index: int) -> Name | None:
    """«Красный Яр построят» → «Красный Яр»; an adjective behind a noun opens another name."""
    stop, words = index, 0
    while words < _LONGEST_NAME and not scene.nameless(stop):
        end = stop + 2 if scene.norm(stop + 1) == "-" and scene.capital(stop + 2) else stop
        if words and scene.is_adjective(Name(stop, end)):
            break
        stop, words = end + 1, words + 1
    return Name(index, stop - 1) if words else None


def _run_left(scene: Scene, index: int) -> Name | None:
    """«The Mumbwa district» → «Mumbwa»: capitals to the left, without what opens sentences."""
    first, words = index, 0
    while words < _LONGEST_NAME and not scene.nameless(first - 1):
        hyphened = scene.norm(first - 2) == "-" and scene.capital(first - 3)
        first, words = first - (3 if hyphened else 1), words + 1
    while first < index and scene.norm(first) in scene.know.stops:
        first += 1
    return Name(first, index - 1) if first < index else None


def _unknown_after(scene: Scene) -> Iterator[Candidate]:
    """«Айдабол мен Қонысбай ауылдарының», «Капитоновский сельский округ»."""
    for hit, head in scene.heads:
        if "after" not in head.open or not _closes(scene, hit, head):
            continue
        index, direct = hit.first, True
        while (name := _run_left(scene, index)) is not None:
            if head.agrees:
                name = _last_word(scene, name)
            if not _agrees(scene, name, head, "after"):
                break
            governor = Governor(head, "after", direct, hit.last)
            yield Candidate(scene.sentence, name, governor)
            following = _skip_joins(scene, name.first - 1, -1)
            if following is None or not _listed(hit, head, scene):
                break
            index, direct = following + 1, False


def _closes(scene: Scene, hit: Hit, head: PlaceHead) -> bool:
    """«Қонысбай ауылы» is a name; «көрші ауыл», «Indian city of», «Roman town-planning» not."""
    following = scene.norm(hit.last + 1)
    if following == "-" or (following and following in head.links):
        return False
    same = (h for h, _ in scene.heads if (h.first, h.last) == (hit.first, hit.last))
    return not head.possessed or any(h.reading.possessive for h in same)


def _last_word(scene: Scene, name: Name) -> Name:
    """«Вчера Северо-Иргизский» → «Северо-Иргизский»: one adjective, hyphens included."""
    first = name.last
    while first - 2 >= name.first and scene.norm(first - 1) == "-":
        first -= 2
    return Name(first, name.last)


def _unknown_before(scene: Scene) -> Iterator[Candidate]:
    """«в селе Тупичев», «в села Карозек, Иванковка и Вознесенка», «village of Sarzhansai»."""
    for hit, head in scene.heads:
        if "before" in head.open:
            ends = (_links(scene, hit, link) for link in head.links)
            for last in dict.fromkeys(end for end in ends if end is not None):
                yield from _open_list(scene, hit, last + 1)


def _open_list(scene: Scene, hit: Hit, index: int) -> Iterator[Candidate]:
    """The unknown names of the list that begins here, each under the same head."""
    head = next(head for other, head in scene.heads if other is hit)
    direct = True
    while True:
        known = scene.names.get(index)
        name = known or _run_right(scene, index)
        if name is None:
            return
        if not known and not _governed_elsewhere(scene, name) and _fresh(scene, name):
            yield Candidate(scene.sentence, name, Governor(head, "before", direct, name.last))
        following = _skip_joins(scene, name.last + 1, 1)
        if following is None or not _listed(hit, head, scene):
            return
        index, direct = following, False


def _fresh(scene: Scene, name: Name) -> bool:
    return scene.norm(name.first) not in scene.know.stops


def _governed_elsewhere(scene: Scene, name: Name) -> bool:
    """«в поселке Иргизского района»: the adjective belongs to the head behind it."""
    return scene.is_adjective(name) and any(
        head.agrees for _, head in _heads_at(scene, name.last + 1)
    )


# --- what is no place ------------------------------------------------------------------------


def _beside_noise(scene: Scene, candidate: Candidate) -> str | None:
    """«Абай көшесі», «Astana Times», «АО Астана»: the word beside the name decides."""
    name = candidate.name
    for hit, noise in scene.noises:
        beside = hit.first == name.last + 1 if noise.side == "after" else hit.last == name.first - 1
        if beside and (not noise.kinds or any(o.kind in noise.kinds for o in name.options)):
            return noise.reason
    return None


def _person(scene: Scene, candidate: Candidate) -> str | None:
    """«Абай Құнанбаев», «Altai Kulginov», «А. Абай» are people; «в Алматы Иванов» is not."""
    name = candidate.name
    if _is_initial(scene, name.last + 1) or _is_initial(scene, name.first - 2):
        return "person"
    if name.spatial or scene.norm(name.first - 1) in scene.know.stops:
        return None
    surname = name.last + 1 if name.options else name.last
    found = scene.capital(surname) and surname > name.first
    return "person" if found and scene.know.person.fullmatch(scene.norm(surname)) else None


def _is_initial(scene: Scene, index: int) -> bool:
    """«Қ.»: one capital and a full stop."""
    return (
        scene.capital(index) and len(scene.tokens[index].text) == 1 and scene.norm(index + 1) == "."
    )


def _quoted(scene: Scene, candidate: Candidate) -> str | None:
    """«Атырау» in quotes is a club, a hotel or a newspaper."""
    opened: tuple[int, str] | None = None
    for index, token in enumerate(scene.tokens):
        if opened and token.text == opened[1]:
            inside = opened[0] < candidate.name.first and candidate.name.last < index
            if inside and index - opened[0] - 1 <= scene.know.quoted:
                return "quoted"
            opened = None
        elif token.text in scene.know.quotes:
            opened = (index, scene.know.quotes[token.text])
    return None


def _foreign_capital(scene: Scene, candidate: Candidate) -> str | None:
    """«столица Украины», «Украинаның елордасы», «the capital of Ukraine» are not Astana."""
    name = candidate.name
    if not _is_capital(name):
        return None
    beside = (
        *(scene.names.get(name.last + step) for step in (1, 2)),
        scene.covered.get(name.first - 1),
    )
    abroad = (other for other in beside if other is not None)
    return "capital" if any(_abroad(option) for o in abroad for option in o.options) else None


def _is_capital(name: Name) -> bool:
    return any(option.kind == "capital" for option in name.options)


def _abroad(place: Place) -> bool:
    return not place.code.startswith(HOME)


_NOT_PLACES: tuple[Callable[[Scene, Candidate], str | None], ...] = (
    _beside_noise,
    _person,
    _quoted,
    _foreign_capital,
)


def _reject(scene: Scene, candidate: Candidate) -> str | None:
    """«Astana Times» → "outlet", «Нур-Султане» → nothing."""
    governor = candidate.governor
    known = bool(candidate.name.options)
    rules = (_quoted,) if known and governor and governor.direct else _NOT_PLACES
    return next((reason for rule in rules if (reason := rule(scene, candidate))), None)


# --- which place ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """A candidate's place, the places that it may be, or nothing."""

    candidate: Candidate
    options: tuple[Place, ...]
    kind: str
    rule: str


def _named(scene: Scene) -> Iterator[Candidate]:
    unknown = [*_unknown_after(scene), *_unknown_before(scene)]
    known = [
        Candidate(scene.sentence, name, _best_governor(scene, name))
        for name in scene.names.values()
    ]
    taken: set[int] = set()
    for candidate in sorted((*known, *unknown), key=lambda c: c.name.first):
        span = set(range(candidate.name.first, candidate.name.last + 1))
        if not span & taken:
            taken |= span
            yield candidate


def _best_governor(scene: Scene, name: Name) -> Governor | None:
    """The first head that fits an option; else the first beside the name that is open."""
    governors = _governors(scene, name)
    fitting = (g for g in governors if _fitting(name.options, g))
    opened = (g for g in governors if g.direct and g.side in g.head.open)
    return next(fitting, None if _is_capital(name) else next(opened, None))


def _fitting(options: Sequence[Place], governor: Governor) -> tuple[Place, ...]:
    """«Павлодар облысы» → the region alone; «Cherkasy region» → the town abroad."""
    head, after = governor.head, governor.side == "after"
    usable = [o for o in options if not head.agrees or o.adjective == after]
    for kinds in _FITS[head.kind] if after else _FITS_BEFORE[head.kind]:
        found = tuple(o for o in usable if o.kind in kinds and (o.kind == head.kind or _plain(o)))
        if found:
            return found
    if head.kind == "region":
        return tuple(o for o in usable if o.kind == "town" and _abroad(o))
    return ()


def _plain(place: Place) -> bool:
    return not place.headed or place.kind in ("town", "city", "village")


def _judge(candidate: Candidate, support: frozenset[str]) -> Verdict | None:
    """«Абай» alone → nothing, «Абай облысы» → KZ-10, «Аксу» → what the article supports."""
    governor = candidate.governor
    if governor is not None:
        fitting = _fitting(candidate.name.options, governor)
        if fitting and not (governor.head.kind == "village" and _anywhere(fitting, support)):
            rule = "head" if governor.direct else "list"
            return _choose(Verdict(candidate, fitting, governor.head.kind, rule), support)
        if governor.side in governor.head.open and not _bare(candidate, support):
            return Verdict(candidate, (), governor.head.kind, "unknown")
    bare = _bare(candidate, support)
    if not bare:
        return None
    return _choose(Verdict(candidate, bare, bare[0].kind, _bare_rule(bare)), support)


def _anywhere(options: Sequence[Place], support: frozenset[str]) -> bool:
    """«поселок Нура»: many regions have one, and the article names none that we know of."""
    return all(option.kind == "village" and option.code not in support for option in options)


def _bare_rule(options: Sequence[Place]) -> str:
    return options[0].kind if options[0].kind in ("abbreviation", "capital") else "bare"


def _bare(candidate: Candidate, support: frozenset[str]) -> tuple[Place, ...]:
    return tuple(o for o in candidate.name.options if _stands(o, candidate, support))


def _stands(place: Place, candidate: Candidate, support: frozenset[str]) -> bool:
    """May the name mean this place with no head noun beside it?"""
    if place.headed:
        return False
    if place.kind == "capital":
        return not support or any(code.startswith(HOME) for code in support)
    if not place.weak:
        return True
    opens = candidate.name.first == 0
    return not opens and (place.kind == "country" or place.code in support)


def _choose(verdict: Verdict, support: frozenset[str]) -> Verdict:
    """One code, else the one that the article supports, else the likeliest kind, else none."""
    for rule, options in _narrowings(verdict, support):
        if options and len({option.code for option in options}) == 1:
            kind = verdict.kind if verdict.rule in ("head", "list") else options[0].kind
            return Verdict(verdict.candidate, options, kind, rule)
    return Verdict(verdict.candidate, verdict.options, verdict.kind, "ambiguous")


def _narrowings(
    verdict: Verdict, support: frozenset[str]
) -> Iterator[tuple[str, tuple[Place, ...]]]:
    ranked = tuple(sorted(verdict.options, key=lambda option: _RANK.index(option.kind)))
    yield verdict.rule, ranked
    yield "context", tuple(option for option in ranked if option.code in support)
    if ranked:
        yield "rank", tuple(option for option in ranked if option.kind == ranked[0].kind)


# --- the stage -------------------------------------------------------------------------------


def find_places(
    sentences: Sequence[Sentence],
    hits: Sequence[Sequence[Hit]],
    know: PlaceKnowledge | None = None,
) -> tuple[Mention, ...]:
    """«Ақмола облысы Зеренді ауданының әкімдігі» → Ақмола KZ-11, Зеренді KZ-11.

    ``hits`` holds what the sentence's lexicon found, sentence by sentence. Boilerplate is
    left out: other headlines name other places. ``Mention.value`` is the kind of place.
    """
    know = know or load_place_knowledge()
    candidates = [
        candidate
        for sentence, found in zip(sentences, hits, strict=True)
        if sentence.zone.kind != "boilerplate"
        for candidate in _candidates(_read_scene(sentence, found, know))
    ]
    near, whole = _support(candidates)
    verdicts = (_judge_near(c, near.get(c.sentence.index, frozenset()), whole) for c in candidates)
    return tuple(_mention(verdict) for verdict in verdicts if verdict)


def _candidates(scene: Scene) -> Iterator[Candidate]:
    """«Абай көшесі, Алматы» → Алматы: every name of the sentence that is not rejected."""
    return (c for c in _named(scene) if _reject(scene, c) is None)


def _support(
    candidates: Iterable[Candidate],
) -> tuple[Mapping[int, frozenset[str]], frozenset[str]]:
    """The codes that are certain, by sentence and in the article."""
    near: dict[int, frozenset[str]] = {}
    for candidate in candidates:
        verdict = _judge(candidate, frozenset())
        if verdict and verdict.rule not in ("ambiguous", "unknown", "capital", "rank"):
            codes = near.get(candidate.sentence.index, frozenset())
            near[candidate.sentence.index] = codes | {verdict.options[0].code}
    return near, frozenset().union(*near.values())


def _judge_near(
    candidate: Candidate, near: frozenset[str], whole: frozenset[str]
) -> Verdict | None:
    """The places of the sentence decide before those of the article."""
    verdict = _judge(candidate, near)
    decided = verdict is not None and verdict.rule not in (
        "ambiguous",
        "rank",
        "unknown",
        "capital",
    )
    return verdict if decided else _judge(candidate, near | whole)


def _mention(verdict: Verdict) -> Mention:
    candidate = verdict.candidate
    decided = verdict.options[0] if verdict.options and verdict.rule != "ambiguous" else None
    span, text = _written(candidate)
    return Mention(
        span,
        "place",
        text,
        candidate.sentence.index,
        id=decided.id if decided else None,
        code=decided.code if decided else None,
        value=verdict.kind,
        rule=verdict.rule,
    )


def _written(candidate: Candidate) -> tuple[Span, str]:
    """«Буландынском районе» keeps its head, «Зеренді ауданы» does not."""
    tokens, name, governor = candidate.sentence.tokens, candidate.name, candidate.governor
    last = name.last
    if governor and governor.direct and governor.head.keep and governor.side == "after":
        last = governor.last
    span = Span(tokens[name.first].span.start, tokens[last].span.stop)
    text = _surface(tokens[name.first : last + 1])
    owner = _OWNER.search(text)
    cut = len(text) - owner.start() if owner else 0
    return Span(span.start, span.stop - cut), text[: len(text) - cut]


def _surface(tokens: Sequence[Token]) -> str:
    """The tokens as the text has them: one space wherever it has any."""
    parts = [tokens[0].text]
    for before, token in pairwise(tokens):
        gap = " " if token.span.start > before.span.stop else ""
        parts.append(gap + token.text)
    return "".join(parts)
