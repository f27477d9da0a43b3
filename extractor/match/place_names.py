"""Names of places in their sentence, and the noun that governs each, perhaps across a list.

A name is known by the gazetteer, or it is a run of capitals beside a head noun: «Айдабол мен
Қонысбай ауылдары», «в селах Карозек, Иванковка», «village of Sarzhansai».
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.match.gazetteer import HOME, Place, PlaceHead, PlaceKnowledge, PlaceNoise, Side
from extractor.match.lexicon import Hit
from extractor.types import Sentence, Token

_SPATIAL = frozenset({"adj", "loc", "abl", "dat"})
_LONGEST_NAME = 3

# --- what a sentence offers ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """Capitalised tokens that may be a place; no options, if nobody knows them.

    ``ending`` is the length of its case ending: «Семейдегі» → 4.
    """

    first: int
    last: int
    options: tuple[Place, ...] = ()
    spatial: bool = False
    ending: int = 0


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


def read_scene(sentence: Sentence, hits: Sequence[Hit], know: PlaceKnowledge) -> Scene:
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
        ending = min(_ending(hit, tokens[last].norm) for hit in group)
        yield Name(first, last, tuple(dict.fromkeys(places)), spatial, ending)


def _ending(hit: Hit, norm: str) -> int:
    """«семейдегі» → 4 where cases are endings glued to the name; «Семее», «Семей» → 0."""
    glued = hit.reading.case and hit.reading.pos is None and norm.startswith(hit.reading.lemma)
    return len(norm) - len(hit.reading.lemma) if glued else 0


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
    """«Есильский | район», «село | Иванковка»; «село | Боровское» unless a head stands behind."""
    if not head.agrees or scene.is_adjective(name) == (side == "after"):
        return True
    behind = name.last + 1
    free = scene.norm(behind) not in scene.know.joins and not any(_heads_at(scene, behind))
    return side == "before" and head.kind == "village" and free


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
    if not head.agrees:
        # «the Saryarka district of Astana»: it has its name before it.
        linked = bool(scene.norm(hit.last + 1)) and scene.norm(hit.last + 1) in head.links
        return linked and scene.capital(before) and scene.norm(before) not in scene.know.stops
    return scene.capital(before) and scene.is_adjective(Name(before, before))


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


def find_governors(scene: Scene, name: Name) -> list[Governor]:
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


def find_unknown(scene: Scene) -> Iterator[Candidate]:
    """«Айдабол мен Қонысбай ауылдарының», «в селе Тупичев»: capitals beside an open head."""
    yield from _unknown_after(scene)
    yield from _unknown_before(scene)


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


def is_capital(name: Name) -> bool:
    return any(option.kind == "capital" for option in name.options)


def is_abroad(place: Place) -> bool:
    return not place.code.startswith(HOME)
