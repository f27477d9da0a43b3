"""Places that no gazetteer knows and a model does: a village, a town abroad.

The model says that a name is a place; the case or the preposition says that something happens
there. Such a place has no code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.match.morphology import SuffixMorphology
from extractor.match.parsed import Parsed
from extractor.match.scenes import OTHER, Scene
from extractor.ner import Entity
from extractor.types import Mention, Span

_LABELS = frozenset({"GPE", "LOC"})
_WHERE = frozenset({"loc", "dat"})
_BEARINGS = ("inside", "goal")


def find_unknown_places(
    parsed: Sequence[Parsed], text: str, entities: Sequence[Entity], known: Sequence[Mention]
) -> tuple[Mention, ...]:
    """«Хайратонға жеткізілді» → Хайратон, a place without a code, if the model says GPE."""
    found: list[Mention] = []
    for one in parsed:
        inside = [e for e in entities if one.sentence.span.covers(e.span) and e.label in _LABELS]
        here = [m for m in known if m.sentence == one.sentence.index and m.rule != OTHER]
        fresh = [e for e in inside if not any(m.span.overlaps(e.span) for m in here)]
        found += _places(Scene(one), text, fresh)
    return tuple(found)


def _places(scene: Scene, text: str, entities: Sequence[Entity]) -> Iterator[Mention]:
    for entity in entities:
        inside = [i for i, t in enumerate(scene.tokens) if t.span.overlaps(entity.span)]
        if inside and _is_where(scene, inside[0], inside[-1]):
            span = _bare(scene, inside[0], inside[-1])
            index = scene.parsed.sentence.index
            yield Mention(span, "place", span.of(text), index, value="town", rule=entity.model)


def _is_where(scene: Scene, first: int, last: int) -> bool:
    """«Хайратонға», «в Хайратоне», «to Hairatan»; not «Хайратон көшесінде», not «АБВГ»."""
    noisy = any(scene.parsed.starting("place_noise", i) for i in (first - 1, last + 1))
    shouted = any(scene.acronym(i) for i in range(first, last + 1))
    shaped = scene.capital(first) and scene.capital(last)
    shaped = shaped and not any(scene.only_adjective(i) for i in (first, last))
    headed = any(scene.parsed.starting("place_head", i) for i in range(first, last + 2))
    if noisy or shouted or headed or not shaped:
        return False
    if scene.suffixed:
        return bool(scene.cases(last) & _WHERE)
    return any(scene.ends(part, first - 1) for part in _BEARINGS)


def _bare(scene: Scene, first: int, last: int) -> Span:
    """«Хайратонға» → Хайратон: where cases are endings, the name goes without."""
    span = scene.parsed.span(first, last)
    morphology = scene.parsed.language.morphology
    if not scene.suffixed or not isinstance(morphology, SuffixMorphology):
        return span
    norm = scene.tokens[last].norm
    stems = [r.lemma for r in morphology.readings(norm) if r.case in _WHERE]
    cut = len(norm) - max(map(len, stems), default=len(norm))
    return Span(span.start, span.stop - cut)
