"""What the judges of a quantity look at: the article in sentences, and its topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from extractor.match.lexicon import Hit
from extractor.match.nouns import PLACE_UNITS, RECEIVER_UNITS
from extractor.match.parsed import Parsed
from extractor.types import Concept, Quantity

_LEAD = 3
_SPOKEN = 4
_DENSE = 0.12
_STRICKEN = frozenset({"person", "family", "house", "head"})
_ACTS = frozenset({"give", "giving", "build", "receive", "collect", "plan", "start"})


def is_topical(parsed: Parsed) -> bool:
    """«көмек», «выплата», or masks that somebody hands out: is the sentence about aid?"""
    if parsed.of_sort("topic"):
        return True
    if not any(hit.entry.id in _ACTS for hit in parsed.of_sort("verb")):
        return False
    named = any(hit.entry.meaning is True for hit in parsed.of_sort("aid"))
    return named or any(_tells(hit) for hit in parsed.of_sort("noun")) or _hands_over(parsed)


def _hands_over(parsed: Parsed) -> bool:
    """«gave coal to 120 families», «370 семей получили муку»: somebody, something, and a verb
    of giving; where verbs stand last, what receives also takes."""
    acts = ("give", "giving") if parsed.language.suffixed else ("give", "giving", "receive")
    if not any(hit.entry.id in acts for hit in parsed.of_sort("verb")):
        return False
    nouns = parsed.of_sort("noun")
    concepts = [cast(Concept, hit.entry.meaning) for hit in nouns]
    things = any(concept.sort == "item" and not concept.quiet for concept in concepts)
    money = parsed.language.analytic and not parsed.of_sort("noise")
    things = things or (money and any(c.sort == "currency" for c in concepts))
    return things and any(_may_get(hit) for hit in nouns)


def _may_get(hit: Hit) -> bool:
    """«families», «ауруханаға», «ауылдарға»: people and bodies; a place in the dative."""
    unit = cast(Concept, hit.entry.meaning).unit
    return unit in RECEIVER_UNITS or (unit in PLACE_UNITS and hit.reading.case == "dat")


def _tells(hit: Hit) -> bool:
    return isinstance(hit.entry.meaning, Concept) and hit.entry.meaning.telling


@dataclass(frozen=True, slots=True)
class Topicality:
    """Which sentences of an article are about aid, by their indices, and how many of them.

    ``topical``: by word or deed; ``told``: by a word of aid; ``noisy``: of another field.
    ``article`` and ``paragraphs`` are shares of their sentences, by name.
    """

    prose: tuple[int, ...]
    topical: frozenset[int]
    told: frozenset[int]
    noisy: frozenset[int]
    article: Mapping[str, float]
    paragraphs: Mapping[int, Mapping[str, float]]


def _topicality(prose: Sequence[Parsed]) -> Topicality:
    """Cells of tables, dates and cries of two words say nothing of what an article is about."""
    prose = [parsed for parsed in prose if _speaks(parsed)] or prose
    indices = tuple(parsed.sentence.index for parsed in prose)
    heads = [p.sentence.index for p in prose if p.sentence.zone.kind == "headline"]
    sorts = {
        "topical": frozenset(p.sentence.index for p in prose if is_topical(p)),
        "says aid": frozenset(p.sentence.index for p in prose if p.of_sort("topic")),
        "noisy": frozenset(p.sentence.index for p in prose if p.of_sort("noise")),
    }
    article = {
        f"{part} {name}": share(found, among)
        for part, among in (("article", indices), ("lead", indices[:_LEAD]), ("headline", heads))
        for name, found in sorts.items()
    }
    mates: dict[int, list[int]] = {}
    for parsed in prose:
        mates.setdefault(parsed.sentence.paragraph, []).append(parsed.sentence.index)
    paragraphs = {
        place: {f"paragraph {name}": share(found, among) for name, found in sorts.items()}
        for place, among in mates.items()
    }
    return Topicality(
        indices, sorts["topical"], sorts["says aid"], sorts["noisy"], article, paragraphs
    )


def _speaks(parsed: Parsed) -> bool:
    """A headline, some words, or a verb of the kind that the data know."""
    words = sum(token.sort == "word" for token in parsed.tokens)
    told = any(hit.reading.tense for hit in parsed.of_sort("verb"))
    return told or words >= _SPOKEN or parsed.sentence.zone.kind == "headline"


def share(found: frozenset[int], among: Sequence[int]) -> float:
    """How many of those are among the found; none of none."""
    return sum(index in found for index in among) / len(among) if among else 0.0


@dataclass(frozen=True)
class Context:
    """An article as its judges see it: parsed sentences and the quantities in each."""

    parsed: Sequence[Parsed]
    quantities: Sequence[Quantity]

    @cached_property
    def by_sentence(self) -> dict[int, list[Quantity]]:
        table: dict[int, list[Quantity]] = {}
        for quantity in self.quantities:
            table.setdefault(quantity.sentence, []).append(quantity)
        return table

    @cached_property
    def prose(self) -> list[Parsed]:
        """Headline and body: what the article itself says, but for bare numbers of a table."""
        said = [p for p in self.parsed if p.sentence.zone.kind in ("headline", "body")]
        return [p for p in said if any(token.sort == "word" for token in p.tokens)]

    @cached_property
    def first_named(self) -> Mapping[str, int]:
        """Noun by its entry → the first sentence that names it."""
        found: dict[str, int] = {}
        for parsed in self.parsed:
            for hit in parsed.of_sort("noun"):
                found.setdefault(hit.entry.id, parsed.sentence.index)
        return found

    @cached_property
    def topicality(self) -> Topicality:
        """What each sentence of the article is about, looked up once."""
        return _topicality(self.prose)

    @cached_property
    def on_topic(self) -> bool:
        """Is the article about aid? By its lead, or by how many sentences say so."""
        if not self.prose:
            return False
        about = self.topicality
        need = (p.sentence.index for p in self.prose if self._tells_need(p))
        topical = about.topical.union(need)
        lead, whole = sum(i in topical for i in about.prose[:_LEAD]), len(topical)
        dense = whole / len(about.prose) >= _DENSE
        cleanup = sum(any(h.entry.id == "cleanup" for h in p.of_sort("noise")) for p in self.prose)
        if cleanup >= max(2, whole / 2):
            return False
        said = lead >= 1 or whole >= 3 or (whole >= 1 and not about.noisy)
        return dense and said and whole * 1.5 >= len(about.noisy)

    def _tells_need(self, parsed: Parsed) -> bool:
        """«под воду ушло 74 дома», «2 300 уақ мал өлген»: so many are in need."""
        stricken = any(hit.entry.id == "affected" for hit in parsed.of_sort("role"))
        counted = self.by_sentence.get(parsed.sentence.index, ())
        return stricken and any(quantity.unit in _STRICKEN for quantity in counted)

    def sentence(self, quantity: Quantity) -> Parsed:
        return self.parsed[quantity.sentence]

    def before(self, quantity: Quantity, reach: int) -> list[Quantity]:
        """Quantities that stand before this one, nearest first, within so many sentences."""
        first = max(0, quantity.sentence - reach)
        near = [q for i in range(first, quantity.sentence + 1) for q in self.by_sentence.get(i, ())]
        return [other for other in near if other.span.start < quantity.span.start][::-1]
