"""Is a quantity a figure of aid? What a ranker looks at, by name.

The rules object («price», «off_topic», …); the article, the paragraph and the sentence say how
much they are about aid; the words around say who does what. No feature is a word of an article.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from extractor.match.candidates import GIVING, Candidate, Verdict
from extractor.match.context import Context
from extractor.match.ranker import bucket
from extractor.match.tables import RULE as TABLE
from extractor.types import Concept

_DISTANCES = (2.0, 5.0, 9.0, 14.0, 25.0)
_PLACES = (0.0, 2.0, 5.0, 10.0, 20.0)
_BESIDE = 9.0
_ENOUGH = 8
_PARTS = (0.0, 0.1, 0.2, 0.35, 0.5)
_ABOUT = ("says aid", "topical")
_SIZED = frozenset({"person", "family", "KZT"})


def relevance_features(
    candidate: Candidate, kind: Verdict, objections: Sequence[Verdict]
) -> dict[str, float]:
    """A quantity, the kind that it would have, and what rules object → named features."""
    named = dict.fromkeys(_names(candidate, kind, objections), 1.0)
    return {**named, **_shares(candidate.context, candidate)}


def _names(candidate: Candidate, kind: Verdict, objections: Sequence[Verdict]) -> Iterator[str]:
    quantity, parsed = candidate.quantity, candidate.parsed
    yield f"unit={candidate.unit}"
    yield f"kind={kind.value}"
    yield f"kind={kind.value} by {kind.rule}"
    yield f"item={quantity.item}"
    yield f"bound={quantity.bound}"
    yield f"lang={parsed.sentence.zone.lang}"
    yield f"zone={parsed.sentence.zone.kind}"
    yield f"sentence<{bucket(quantity.sentence, _PLACES)}"
    sized = candidate.unit if candidate.unit in _SIZED else "other"
    yield f"size={sized} {_magnitude(candidate)}"
    if any(concept.category for concept in candidate.concepts):
        yield "category"
    if quantity.rule == TABLE:
        yield "cell of a table"
    if candidate.context.on_topic:
        yield f"on_topic {kind.value}"
        yield "on_topic"
    for objection in objections:
        yield f"objection={objection.value} by {objection.rule}"
        yield f"objection={objection.value}"
    yield from _around(candidate)
    yield from _whole(candidate, kind.value)


def _magnitude(candidate: Candidate) -> int:
    value = float(candidate.quantity.value)
    return int(math.log10(value)) if value > 0 else -1


def _around(candidate: Candidate) -> Iterator[str]:
    """The nearest word of each sort and how far it is; what else the sentence has."""
    quantity, parsed = candidate.quantity, candidate.parsed
    for sort in ("verb", "role", "noise", "topic", "aid"):
        cue = next(
            (
                one
                for one in candidate.cues(sort)
                if not (quantity.first <= one.hit.first and one.hit.last <= quantity.last)
            ),
            None,
        )
        if cue is None:
            yield f"{sort}=none"
            continue
        yield f"{sort}<{bucket(cue.distance, _DISTANCES)}"
        if sort in ("verb", "role", "noise"):
            yield f"{sort}={cue.hit.entry.id}"
            if cue.distance <= _BESIDE:
                yield f"{sort} beside={cue.hit.entry.id}"
        if sort == "verb":
            yield f"verb={cue.hit.entry.id} {cue.hit.reading.tense}"
    yield from parsed.said
    gift = candidate.nearest("verb", lambda hit: hit.entry.id in GIVING)
    yield f"gift<{bucket(gift.distance, _DISTANCES) if gift else 'none'}"
    nouns = (hit.entry.meaning for hit in parsed.of_sort("noun"))
    if any(isinstance(meaning, Concept) and meaning.telling for meaning in nouns):
        yield "telling"


def _whole(candidate: Candidate, kind: str) -> Iterator[str]:
    """What the article is about, alone and beside what the sentence and the quantity are."""
    about = candidate.context.topicality
    told, topical = (bucket(about.article[f"article {name}"], _PARTS) for name in _ABOUT)
    noisy = bucket(about.article["article noisy"], _PARTS)
    head = f"headline topical={about.article['headline topical'] > 0}"
    here = f"topical={candidate.quantity.sentence in about.topical}"
    yield f"article says aid<{told}"
    yield f"article topical<{topical}"
    yield f"article noisy<{noisy}"
    yield f"article says aid<{told} noisy<{noisy}"
    yield f"article says aid<{told} topical<{topical}"
    yield f"{head} article says aid<{told}"
    yield f"{here} article says aid<{told}"
    yield f"{here} article topical<{topical}"
    yield f"{kind} article says aid<{told}"
    yield f"{kind} article topical<{topical}"
    yield f"{kind} {here}"


def _shares(context: Context, candidate: Candidate) -> dict[str, float]:
    """How much of the article, of the paragraph and of the sentences around is about aid."""
    about, here = context.topicality, candidate.quantity.sentence
    others = len(context.by_sentence.get(here, ())) - 1
    shares = {
        **about.article,
        **about.paragraphs.get(candidate.parsed.sentence.paragraph, {}),
        "topical sentences": min(len(about.topical), _ENOUGH) / _ENOUGH,
        "sentence says aid": float(here in about.told),
        "other quantities": min(max(others, 0), 5) / 5,
    }
    for step in (-2, -1, 0, 1, 2):
        shares[f"topical {step:+d}"] = float(here + step in about.topical)
        shares[f"noisy {step:+d}"] = float(here + step in about.noisy)
    return {name: value for name, value in shares.items() if value}
