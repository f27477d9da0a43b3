"""Phrases by registry and quotation marks, with the noun that makes a quoted name somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractor.match.capitals import entity_cases, with_its_noun
from extractor.match.left_names import next_head
from extractor.match.lexicon import Hit
from extractor.match.right_names import adjectives_left
from extractor.match.scenes import Phrase, Scene, find_quotes, hit_cases, hyphened_cases
from extractor.types import Concept

_LONGEST_TITLE = 4
_LONGEST_OWNED = 3
# «Фонд | поддержки социальной инфраструктуры | «Алтын»»: so many genitives before its name.
_CHAIN = 4


def registered(scene: Scene) -> Iterator[Phrase]:
    """«Nur Otan», «МЧС», «Красный Полумесяц»: a giver of the registry, written as a name."""
    for hit in scene.parsed.of_sort("provider"):
        if scene.capital(hit.first) and not _is_lower_acronym(scene, hit):
            cases = _governed(scene, hit) or hit_cases(scene, hit)
            yield Phrase(hit.first, hit.last, "registry", hit.entry.form, cases, hit.entry.id)


def _governed(scene: Scene, hit: Hit) -> frozenset[str | None]:
    """«фонду | AFAD»: the noun before a name that is never inflected bears its case."""
    heads = scene.of_part("organisation") if scene.head_first and scene.foreign(hit.first) else []
    return next((hit_cases(scene, h) for h in heads if h.last == hit.first - 1), frozenset())


def _is_lower_acronym(scene: Scene, hit: Hit) -> bool:
    text = scene.tokens[hit.first].text
    return hit.first == hit.last and len(text) <= 4 and not text[:2].isupper()


def quoted(scene: Scene) -> Iterator[Phrase]:
    """«Шұғыла» қоры, ТОО «Кереку Агро»: a quoted name and the noun that makes it somebody."""
    for first, last in find_quotes(scene.tokens):
        inner = _known_inside(scene, first + 1, last - 1)
        head = head_beside(scene, first, last, "organisation", "authority")
        other = head_beside(scene, first, last, "campaign", "no_campaign")
        if inner is not None and not (other and is_nearer(other, head, first, last)):
            cases = hit_cases(scene, head) if head else frozenset({None})
            whole = head is not None and (
                scene.begins("completes", head.first) or 1 < first - head.last <= _CHAIN + 1
            )
            span = _around(scene, head, first, last) if whole and head else (first + 1, last - 1)
            word = head.entry.form if head else inner.head
            yield replace(inner, first=span[0], last=span[1], cases=cases, head=word)
        elif head is None and other is None:
            crew = head_beside(scene, first, last, "crew")
            if crew is not None and all(map(scene.capital, (first + 1,))):
                cases = hit_cases(scene, crew)
                yield Phrase(first + 1, last - 1, "quoted", scene.parsed.norm(last - 1), cases)
        elif head is not None and not (other and is_nearer(other, head, first, last)):
            a, b = _around(scene, head, first, last)
            head, b = next_head(scene, head, b)
            known = _known_inside(scene, a, b)
            name = known.known if known else None
            yield Phrase(a, b, "quoted", head.entry.form, hit_cases(scene, head), name)


def is_nearer(other: Hit, head: Hit | None, first: int, last: int) -> bool:
    """«"Warm Winter" charity initiative»: is the name this noun's and not the head's?"""
    gap = _gap(other, first, last)
    if head is None:
        return True
    # «"Warm Winter" charity initiative»: the longer noun is the one that is meant.
    longer = other.first == head.first and other.last > head.last
    return gap < _gap(head, first, last) or longer


def _gap(hit: Hit, first: int, last: int) -> int:
    return hit.first - last if hit.first > last else first - hit.last


def quoted_alone(scene: Scene) -> Iterator[Phrase]:
    """«Көк Тас» 20 тонна ұн жіберді: a name in quotes whose noun no list knows may still act."""
    roles = ("organisation", "authority", "collective", "campaign", "no_campaign")
    for first, last in find_quotes(scene.tokens):
        words = [i for i in range(first + 1, last) if scene.word(i)]
        named = all(scene.capital(i) for i in words) and 0 < len(words) <= _LONGEST_TITLE
        known = any(scene.parsed.between("provider", first, last))
        head = head_beside(scene, first, last, *roles)
        # ««Көк Тас» ауыл тұрғындарына 40 төсек сыйлады»: whoever gets is not its noun.
        gets = head is not None and scene.suffixed and hit_cases(scene, head) == {"dat"}
        if not named or known or not (head is None or gets):
            continue
        if scene.suffixed and _names_thing(scene, last + 1):
            continue
        begins, ends = with_its_noun(scene, first + 1, last - 1)
        if (begins, ends) != (first + 1, last - 1):
            cases = entity_cases(scene, begins, ends)
            yield Phrase(begins, ends, "title", scene.parsed.norm(last - 1), cases)
        elif not _belongs(scene, first, last):
            cases = hyphened_cases(scene, last) or frozenset({None})
            yield Phrase(first + 1, last - 1, "title", scene.parsed.norm(last - 1), cases)


def _names_thing(scene: Scene, index: int) -> bool:
    """«Нива» | автокөлігі: what is given, and nobody who gives."""
    if scene.begins("no_campaign", index):
        return True
    owned = (h for h in scene.parsed.starting("noun", index) if h.reading.possessive)
    concepts = (hit.entry.meaning for hit in owned)
    return any(isinstance(c, Concept) and c.sort == "item" for c in concepts)


def _belongs(scene: Scene, first: int, last: int) -> bool:
    """«екі «Жол» көлігі», «жилого комплекса «Жол»»: the name of a thing."""
    after = last + 1
    if scene.suffixed:
        return _is_owner(scene, after)
    if scene.head_first and scene.word(first - 1):
        noun = scene.cases(first - 1) and not scene.parsed.starting("stop", first - 1)
        return (
            bool(noun) and not scene.verb(first - 1) and not scene.ends("giver_before", first - 1)
        )
    return False


def _is_owner(scene: Scene, after: int) -> bool:
    """«Жол» көлігі, «Жол» медициналық көлігі; of «Жол» зардап шеккен отбасыларға it is none."""
    for index in range(after, after + _LONGEST_OWNED):
        number = scene.tokens[index : index + 1] and scene.tokens[index].value is not None
        if number or not scene.word(index) or scene.parsed.starting("filler", index):
            return False
        readings = scene.parsed.language.morphology.readings(scene.tokens[index].norm)
        if any(r.tense is not None for r in readings) or scene.verb(index):
            return False
        if any(r.possessive for r in readings):
            return index == after or "dat" not in scene.cases(index)
        if scene.cases(index) & {"dat", "acc", "loc", "abl", "gen", "ins"}:
            return False
    return False


def _known_inside(scene: Scene, first: int, last: int) -> Phrase | None:
    """«Nur Otan» in quotes; «Birgemiz» қоғамдық қоры across them: marks are looked through."""
    words = [t for t in scene.tokens[first : last + 1] if t.sort == "word"]
    found = scene.parsed.language.lexicon.scan(words)
    whole = [h for h in found if h.entry.sort == "provider" and h.last - h.first + 1 == len(words)]
    if not whole:
        return None
    return Phrase(first, last, "registry", whole[0].entry.form, known=whole[0].entry.id)


def head_beside(scene: Scene, first: int, last: int, *parts: str) -> Hit | None:
    """The head noun of a quoted name: behind it, across up to two words, or before it."""
    for head in scene.of_part(*parts):
        reach = 3 if scene.suffixed else 2
        after = 0 < head.first - last <= reach and not is_stopped(scene, last, head.first)
        inner = range(head.last + 1, first)
        chain = (
            scene.head_first
            and len(inner) <= _CHAIN
            and all("gen" in scene.cases(i) for i in inner)
        )
        # «филиал партии «Жаңа жол»»: the name is the party's.
        chain = chain and not scene.begins("unit", head.first)
        # «ребята из «Жаңа жол»»
        linked = len(inner) == 1 and scene.begins("origin", inner[0])
        before = first > head.last and (not inner or chain or linked) and not scene.suffixed
        if (after and not scene.head_first) or before:
            return head
    return None


def is_stopped(scene: Scene, start: int, stop: int) -> bool:
    """A mark, a verb or a small word stands between."""
    between = range(start + 1, stop)
    return any(not scene.word(i) or scene.verb(i) or scene.stop(i) for i in between)


def _around(scene: Scene, head: Hit, first: int, last: int) -> tuple[int, int]:
    """The quoted name with its head; in English a head in small letters stays outside."""
    if scene.suffixed:
        # «ҚМДБ «Зекет» қоры»: whose fund it is, in capitals and without an ending.
        return first - scene.acronym(first - 1), max(last, head.last)
    if scene.head_first:
        return adjectives_left(scene, head), last
    if scene.capital(head.first):
        return min(first, head.first), max(last, head.last)
    return (first + 1, last - 1) if head.last < first else (first, head.last)
