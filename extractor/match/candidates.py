"""A quantity on trial, and the verdicts of the rules that judge it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractor.match.context import Context
from extractor.match.governors import Cue, cues, nearest
from extractor.match.lexicon import Hit
from extractor.match.parsed import Parsed
from extractor.types import Concept, Figure, Quantity, Span

NEAR = 14.0
# Words between two counts of a list: «, 512 единиц», «and some 40».
_LISTED = 4
# Verbs by which something gets to somebody.
GIVING = frozenset({"give", "receive", "giving", "build"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quantity with the sentence and article that it stands in."""

    quantity: Quantity
    parsed: Parsed
    context: Context
    antecedent: Figure | None = None
    before: Figure | None = None
    lender: Figure | None = None

    @property
    def unit(self) -> str | None:
        return self.quantity.unit

    @property
    def concepts(self) -> tuple[Concept, ...]:
        return tuple(c for noun in self.quantity.nouns for c in noun.concepts)

    @property
    def end_of_list(self) -> int:
        """«2 900 адам, 512 техника мен 61 қайық» → the last token of what is counted on with it."""
        last = self.quantity.last
        for other in self.context.by_sentence.get(self.quantity.sentence, ()):
            if other.first > last and not self._goes_on(last + 1, other.first):
                break
            last = max(last, other.last)
        return last

    def _goes_on(self, start: int, stop: int) -> bool:
        """A comma or «and» between two counts, and an adjective at most."""
        between = range(start, stop)
        joined = any(self.parsed.norm(i) == "," or self.parsed.starting("and", i) for i in between)
        return (
            joined
            and stop - start <= _LISTED
            and not any(
                hit.first in between and hit.reading.tense for hit in self.parsed.of_sort("verb")
            )
        )

    def nearest(self, sort: str, fits: Callable[[Hit], bool] | None = None) -> Cue | None:
        return nearest(self.parsed, self.quantity.first, self.quantity.last, sort, fits)

    def cues(self, sort: str) -> Iterator[Cue]:
        return cues(self.parsed, self.quantity.first, self.quantity.last, sort)

    def governing(self) -> list[Cue]:
        """Verbs, nearest first; where the verb stands last, those behind the quantity first."""
        found, last = list(self.cues("verb")), self.quantity.last
        if not self.parsed.language.suffixed:
            return found
        return sorted(found, key=lambda cue: (cue.hit.first <= last, cue.distance))

    def near(self, sort: str, *ids: str, reach: float = NEAR) -> Hit | None:
        """The nearest hit of a sort within reach, of these ids if any are named."""
        cue = self.nearest(sort, (lambda hit: hit.entry.id in ids) if ids else None)
        return cue.hit if cue is not None and cue.distance <= reach else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A value and the words that gave it."""

    value: str
    rule: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """Why a quantity is no figure, or nothing; of a figure its kind, where that was asked for.

    ``confidence`` is the probability that it is a figure, where a ranker gave one, and
    ``because`` the features that told.
    """

    rejected: Verdict | None
    kind: Verdict | None = None
    confidence: float | None = None
    because: tuple[str, ...] = ()


Rule = Callable[[Candidate], Verdict | None]
Judge = Callable[[Candidate], Ruling]


def first_verdict(rules: Sequence[Rule], candidate: Candidate) -> Verdict | None:
    """The verdict of the first rule that has one."""
    return next((v for v in (rule(candidate) for rule in rules) if v is not None), None)
