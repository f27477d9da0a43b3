"""Where a figure may stand: in an open event, in a new one, in none; named features of each.

For an open event: how well the pair ranker ties the figure to its members, whether it has such a
figure already, and whether place and time agree. For a new event and for none: what the
figure is and how far from the last one it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.match.ranker import Ranker, bucket
from extractor.match.ties import Ties, relation
from extractor.types import Event, Figure

# What measures an action always has one; «66 затопленных домов», «20 волонтеров» may have none.
_CORE = frozenset({"recipients", "money", "goods"})
# A figure is held against so many of the latest events, their latest figures, sentences back.
_OPEN, _MEMBERS, REACH = 12, 10, 12
_COUNTS = (0.0, 1.0, 2.0, 3.0, 5.0)
_GAPS = (0.0, 1.0, 2.0, 4.0, 8.0)

Home = Sequence[Figure]
Said = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Option:
    """An open event (its place among all), a new one or none, and what speaks for it."""

    home: int | None
    features: Mapping[str, float]
    new: bool = False


def linked(figure: Figure) -> list[str]:
    """«43-і of 79» → the figures that it shares an event with, whatever a ranker says."""
    regional = any(e.rule == "regions" for e in figure.evidence)
    return [one for one in (figure.same_as, None if regional else figure.of) if one is not None]


class Homes:
    """The options of each figure of an article; ``alone`` has each figure as its own event."""

    def __init__(self, ties: Ties, pairs: Ranker, alone: Mapping[str, Event]) -> None:
        self._ties = ties
        self._pairs = pairs
        self._said = {name: _said(event) for name, event in alone.items()}

    def options(self, figure: Figure, homes: Sequence[Home]) -> list[Option]:
        """The open events within reach, a new one and, for what may stand alone, none."""
        latest = range(max(0, len(homes) - _OPEN), len(homes))
        near = [i for i in latest if figure.sentence - homes[i][-1].sentence <= REACH]
        if not near and figure.kind in _CORE:
            return [Option(None, {}, new=True)]
        open_ = [i for i in near if not self._ties.given_by_others(figure, homes[i])]
        found = [Option(i, self._joining(figure, homes[i])) for i in open_]
        names = tuple(self._situation(figure, homes))
        found.append(Option(None, {f"new: {name}": 1.0 for name in names}, new=True))
        if figure.kind not in _CORE:
            found.append(Option(None, {f"none: {name}": 1.0 for name in names}))
        return found

    # -- an open event ---------------------------------------------------------------------

    def _joining(self, figure: Figure, home: Home) -> dict[str, float]:
        members = [m for m in home[-_MEMBERS:] if figure.sentence - m.sentence <= REACH]
        pairs = [self._ties.features(member, figure) for member in members]
        scores = [self._pairs.score(pair) for pair in pairs]
        amounts = {
            "tie mean": sum(scores) / len(scores),
            "tie best": max(scores),
            "tie last": scores[-1],
        }
        names = [*_measures(figure, home), *self._agreement(figure, home)]
        if len(members) > 1:
            keys = ("equation", "same_as", "of", "of the same", "same value")
            names += [f"any {key}" for key in keys if any(key in pair for pair in pairs)]
        return {**amounts, **dict.fromkeys(names, 1.0)}

    def _agreement(self, figure: Figure, home: Home) -> Iterator[str]:
        """Where and when: the figure's own beside the event's."""
        for sort, mine in self._said[figure.id].items():
            theirs = frozenset[str]().union(*(self._said[m.id][sort] for m in home))
            yield f"{sort}={relation(theirs, mine) if theirs or mine else 'none'}"

    # -- a new event, or none --------------------------------------------------------------

    def _situation(self, figure: Figure, homes: Sequence[Home]) -> Iterator[str]:
        ties, index = self._ties, figure.sentence
        yield "always"
        yield f"kind={figure.kind}"
        yield f"kind={figure.kind} scope={figure.scope}"
        yield f"status={figure.status}"
        yield f"first={ties.is_first(figure)}"
        yield f"events={bucket(len(homes), _COUNTS)}"
        if ties.opened(index, index + 1):
            yield "opening"
        if ties.is_head(index):
            yield "headline"
        if ties.sums(index):
            yield "whole"
        yield from self._after(figure, homes)

    def _after(self, figure: Figure, homes: Sequence[Home]) -> Iterator[str]:
        """How far it stands from the last figure of an event."""
        ties, index = self._ties, figure.sentence
        last = max((home[-1] for home in homes), key=lambda m: m.span, default=None)
        if last is None:
            yield "first of all"
            return
        gap = index - last.sentence
        same = ties.paragraph(index) == ties.paragraph(last.sentence)
        yield f"gap={bucket(gap, _GAPS)}"
        yield "same sentence" if gap == 0 else f"paragraph={'same' if same else 'other'}"
        yield f"paragraph={'same' if same else 'other'} kind={figure.kind}"


def _measures(figure: Figure, home: Home) -> Iterator[str]:
    """Has the event counted such things already, or does it lack them?"""
    whole = [m for m in home if "part" not in (m.scope, figure.scope)]
    same = [m for m in whole if _measure(m) == _measure(figure)]
    if same and not any(m.id == figure.same_as or m.same_as == figure.id for m in same):
        alike = [m for m in same if m.item == figure.item]
        yield "measured"
        yield f"measured kind={figure.kind}"
        if figure.kind == "goods":
            yield f"measured item={'same' if alike else 'other'}"
        if any(m.quantity.value == figure.quantity.value for m in alike):
            yield f"measured value kind={'goods' if figure.kind == 'goods' else 'other'}"
    if not any(m.kind == figure.kind for m in home):
        yield f"lacks kind={figure.kind}"


def _measure(figure: Figure) -> tuple[str, str | None, bool]:
    return figure.kind, figure.unit, figure.scope == "each"


def _said(event: Event) -> Said:
    """«e1» → where and when.

    Who gave is left out: on articles that no rule of givers was made by, it splits more events than
    it parts rightly.
    """
    return {
        "places": frozenset(m.id or m.text.casefold() for m in event.places),
        "period": frozenset([event.period] if event.period else ()),
    }
