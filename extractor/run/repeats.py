"""Ids that stand more than once, found in eight bytes for each article."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Ids:
    """Hashes of ids as they come.

    A hash may be that of two ids by chance (one run of ten million in some hundred thousand):
    who finds it twice compares the ids themselves.
    """

    seen: array[int] = field(default_factory=lambda: array("Q"))

    def add(self, hashes: bytes) -> None:
        """Some more, eight bytes each in the machine's order."""
        self.seen.frombytes(hashes)

    def repeated(self) -> frozenset[int]:
        """Hashes that stand twice or more."""
        import numpy as np

        hashes = np.frombuffer(self.seen, dtype=np.uint64)
        if not hashes.size:
            return frozenset()
        found, times = np.unique(hashes, return_counts=True)
        return frozenset(map(int, found[times > 1]))


def repeated_names(names: Iterable[str]) -> frozenset[str]:
    """«a, b, a» → a."""
    return frozenset(name for name, times in Counter(names).items() if times > 1)
