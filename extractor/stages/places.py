"""Places: towns, districts, villages, regions and countries, each with its code where one is known.

A name alone says little: «Алматы» is a city, «Алматы облысы» the region around it, «Абай» a
region, two districts, a town and a poet. So a name is read in three steps: which noun
governs it, perhaps across a list; which of its meanings fit that noun; which of those the
other places of the article support.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.match.gazetteer import HOME, Place, PlaceKnowledge, load_place_knowledge
from extractor.match.lexicon import Hit
from extractor.match.place_names import (
    Candidate,
    Governor,
    Name,
    Scene,
    find_governors,
    find_unknown,
    is_abroad,
    is_capital,
    read_scene,
)
from extractor.match.place_refusals import refuse_place
from extractor.types import Mention, Sentence, Span, Token

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
# «Atbasar's» is Atbasar's own.
_OWNER = re.compile(r"['\u2019]s$")

# --- which place ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """A candidate's place, the places that it may be, or nothing."""

    candidate: Candidate
    options: tuple[Place, ...]
    kind: str
    rule: str


def _named(scene: Scene) -> Iterator[Candidate]:
    unknown = [*find_unknown(scene)]
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
    governors = find_governors(scene, name)
    fitting = (g for g in governors if _fitting(name.options, g))
    opened = (g for g in governors if g.direct and g.side in g.head.open)
    return next(fitting, None if is_capital(name) else next(opened, None))


def _fitting(options: Sequence[Place], governor: Governor) -> tuple[Place, ...]:
    """«Павлодар облысы» → the region alone; «Cherkasy region» → the town abroad."""
    head, after = governor.head, governor.side == "after"
    usable = [o for o in options if not head.agrees or o.adjective == after]
    for kinds in _FITS[head.kind] if after else _FITS_BEFORE[head.kind]:
        found = tuple(o for o in usable if o.kind in kinds and (o.kind == head.kind or _plain(o)))
        if found:
            return found
    if head.kind == "region":
        return tuple(o for o in usable if o.kind == "town" and is_abroad(o))
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
    # «Оралда», «Рудныйдағы»: with an ending that says where, neither river nor mountains.
    if candidate.name.spatial and candidate.name.ending:
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
        for candidate in _candidates(read_scene(sentence, found, know))
    ]
    near, whole = _support(candidates)
    verdicts = (_judge_near(c, near.get(c.sentence.index, frozenset()), whole) for c in candidates)
    alone = _written_alone(sentences, candidates)
    return tuple(_mention(verdict, alone) for verdict in verdicts if verdict)


def _candidates(scene: Scene) -> Iterator[Candidate]:
    """«Абай көшесі, Алматы» → Алматы: every name of the sentence that is not rejected."""
    return (c for c in _named(scene) if refuse_place(scene, c) is None)


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


def _written_alone(
    sentences: Iterable[Sentence], candidates: Iterable[Candidate]
) -> frozenset[str]:
    """«Floods in Kaputa. Kaputa district got …» → {"kaputa"}: words that stand without a head."""
    headed = {
        (candidate.sentence.index, candidate.name.last)
        for candidate in candidates
        if candidate.governor is not None and candidate.governor.head.keep
    }
    return frozenset(
        token.norm
        for sentence in sentences
        if sentence.zone.kind != "boilerplate"
        for index, token in enumerate(sentence.tokens)
        if (sentence.index, index) not in headed
    )


def _mention(verdict: Verdict, alone: frozenset[str]) -> Mention:
    candidate = verdict.candidate
    decided = verdict.options[0] if verdict.options and verdict.rule != "ambiguous" else None
    span, text = _written(candidate, alone)
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


def _written(candidate: Candidate, alone: frozenset[str]) -> tuple[Span, str]:
    """«Буландынском районе» keeps its head, «Зеренді ауданы» does not, «Семейдегі» is Семей."""
    tokens, name, governor = candidate.sentence.tokens, candidate.name, candidate.governor
    kept = governor is not None and _is_kept(candidate, governor, alone)
    last = governor.last if governor and kept else name.last
    span = Span(tokens[name.first].span.start, tokens[last].span.stop)
    text = _surface(tokens[name.first : last + 1])
    owner = _OWNER.search(text)
    cut = len(text) - owner.start() if owner else 0 if last > name.last else name.ending
    return Span(span.start, span.stop - cut), text[: len(text) - cut]


def _is_kept(candidate: Candidate, governor: Governor, alone: frozenset[str]) -> bool:
    """«Зерендинском районе», «Aral district»; of «Kazaly and Aral districts» each stands alone.

    So does what the article elsewhere writes without its head.
    """
    tokens = candidate.sentence.tokens
    plural = tokens[governor.last].norm in governor.head.many
    bare = plural or tokens[candidate.name.last].norm in alone
    return governor.direct and governor.head.keep and governor.side == "after" and not bare


def _surface(tokens: Sequence[Token]) -> str:
    """The tokens as the text has them: one space wherever it has any."""
    parts = [tokens[0].text]
    for before, token in pairwise(tokens):
        gap = " " if token.span.start > before.span.stop else ""
        parts.append(gap + token.text)
    return "".join(parts)
