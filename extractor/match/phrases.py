"""Phrases that may name somebody, cut without overlap: of two that share words, one stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from extractor.match.capitals import crowd_of_place, person, place_as_giver, run_of_capitals
from extractor.match.headed_names import with_head
from extractor.match.quoted_names import quoted, quoted_alone, registered
from extractor.match.scenes import MARKS, Phrase, Scene

PHRASES: tuple[Callable[[Scene], Iterator[Phrase]], ...] = (
    quoted,
    registered,
    with_head,
    person,
    run_of_capitals,
    crowd_of_place,
    place_as_giver,
    quoted_alone,
)


def cut_phrases(scene: Scene, extra: Iterable[Phrase]) -> list[Phrase]:
    """All phrases without overlap: a registered name before its head noun, then the longest.

    ``extra`` are those of a model: they stand only where no rule cuts a phrase.
    """
    found = [phrase for rule in PHRASES for phrase in rule(scene)]
    order = {sort: rank for rank, sort in enumerate(("quoted", "registry", "person"))}
    known = {phrase.last for phrase in found if phrase.sort == "registry" and scene.suffixed}
    found = [phrase for phrase in found if not _swallows(phrase, found)]
    found.sort(
        key=lambda p: (
            p.sort != "registry" and p.last in known,
            p.sort == "title",
            -len(p),
            p.bare,
            order.get(p.sort, 9),
            p.first,
        )
    )
    kept: list[Phrase] = []
    for phrase in (*found, *extra):
        if not any(other.overlaps(phrase) for other in kept):
            kept.append(phrase)
    kept.sort(key=lambda p: p.first)
    return [p for p in kept if not (_is_member(scene, p, kept) or _is_tail_of(scene, p, kept))]


def _swallows(phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
    """«Асан Сапаров ауыл тұрғындарына берді»: the person gives, the crowd behind him gets."""
    gets = phrase.sort in ("collective", "people") and phrase.cases == {"dat"}
    return gets and any(p.sort == "person" and p.overlaps(phrase) for p in phrases)


def _is_tail_of(scene: Scene, phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
    """«Nur Otan» партиясы: the noun behind a known name adds nothing to it."""
    beside = scene.heads_beside(phrase.first)
    form = phrase.sort == "organisation" and phrase.first == phrase.last
    tail = phrase.bare or (scene.suffixed and form)
    return tail and any(p.last in beside and not p.bare for p in phrases)


def _is_member(scene: Scene, phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
    """«партия белсенділері», «волонтеры Штаба»: the giver is the party, the headquarters."""
    crew = phrase.last if scene.suffixed else phrase.first
    if phrase.sort != "collective" or not scene.begins("unit", crew):
        return False
    hails = scene.begins("origin", phrase.last + 1) and not scene.head_first
    barred = ("collective", "people", "place", *(() if hails else ("person",)))
    bodies = [p for p in phrases if p.sort not in barred]
    if scene.suffixed:
        return any(0 < phrase.first - p.last <= 3 for p in bodies)
    reach = 1 if scene.head_first else 3
    return any(
        0 < p.first - phrase.last <= reach + (scene.tokens[p.first - 1].text in MARKS)
        for p in bodies
    )
