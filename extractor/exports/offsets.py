"""Offsets in code points and in UTF-16 code units: «😀» is one of these and two of those.

Python counts code points, JavaScript (and so some of the annotation tools) UTF-16 code units.
"""

from __future__ import annotations

from bisect import bisect_left

from extractor.exports.content import ExportError, OffsetUnit
from extractor.types import Span

UNITS: tuple[OffsetUnit, ...] = ("code_points", "utf16")
_LAST_SINGLE = 0xFFFF


class Ruler:
    """Measures one text in both units.

    >>> ruler = Ruler("😀 120 families")
    >>> ruler.to_unit(Span(2, 5), "utf16")
    Span(start=3, stop=6)
    >>> ruler.from_unit(Span(3, 6), "utf16")
    Span(start=2, stop=5)
    """

    def __init__(self, text: str) -> None:
        # Where the k-th pair of surrogates begins, in either unit.
        self.length = len(text)
        self.points = [place for place, char in enumerate(text) if ord(char) > _LAST_SINGLE]
        self.units = [place + before for before, place in enumerate(self.points)]

    def to_unit(self, span: Span, unit: OffsetUnit) -> Span:
        """A span in code points → in ``unit``."""
        if unit == "code_points":
            return span
        return Span(self._to_utf16(span.start), self._to_utf16(span.stop))

    def from_unit(self, span: Span, unit: OffsetUnit) -> Span:
        """A span in ``unit`` → in code points.

        Raises:
            ExportError: it leaves the text, is empty, or begins or ends inside a character.
        """
        found = span
        if unit == "utf16":
            found = Span(self._from_utf16(span.start), self._from_utf16(span.stop))
        if not 0 <= found.start < found.stop <= self.length:
            raise ExportError(f"[{span.start}:{span.stop}] is not inside the text")
        return found

    def _to_utf16(self, place: int) -> int:
        return place + bisect_left(self.points, place)

    def _from_utf16(self, place: int) -> int:
        before = bisect_left(self.units, place)
        if before and self.units[before - 1] + 1 == place:
            raise ExportError(f"{place} is inside a character")
        return place - before
