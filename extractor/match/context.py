"""What the judges of a quantity look at: the article in sentences, and its topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.match.parsed import Parsed
from extractor.types import Quantity

_LEAD = 3
_DENSE = 0.12


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
        """Headline and body: what the article itself says."""
        return [p for p in self.parsed if p.sentence.zone.kind in ("headline", "body")]

    @cached_property
    def on_topic(self) -> bool:
        """Is the article about aid? By its lead, or by how many sentences say so."""
        lead = sum(bool(p.of_sort("topic")) for p in self.prose[:_LEAD])
        whole = sum(bool(p.of_sort("topic")) for p in self.prose)
        dense = whole / max(1, len(self.prose)) >= _DENSE
        return dense and (lead >= 1 or whole >= 3)

    def sentence(self, quantity: Quantity) -> Parsed:
        return self.parsed[quantity.sentence]

    def before(self, quantity: Quantity, reach: int) -> list[Quantity]:
        """Quantities that stand before this one, nearest first, within so many sentences."""
        earlier = [
            other
            for other in self.quantities
            if other.span.start < quantity.span.start
            and quantity.sentence - reach <= other.sentence
        ]
        return earlier[::-1]
