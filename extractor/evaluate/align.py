"""Alignment: which figure and which event of one reading answers which of another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractor.evaluate.assign import assign
from extractor.evaluate.gold import GoldArticle, GoldEvent, GoldFigure

FigurePair = tuple[GoldFigure, GoldFigure]
EventPair = tuple[GoldEvent, GoldEvent]

FIELDS = ("value", "max", "bound", "kind", "unit", "item", "category", "scope", "status")
LINKS = ("of", "same_as")
SLOTS = ("figures", "aid", "campaign", "providers", "locations", "places", "period")

MILLION = 10**6
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Alignment:
    """``found`` pairs overlap and agree in value, ``misread`` pairs only overlap.

    ``left`` is gold or the older run, ``right`` the record that is looked at;
    ``names`` leads from the ids of figures on the right to those on the left, for
    links; ``members`` does so for events, where a misread figure may be left out.
    """

    left: GoldArticle
    right: GoldArticle
    found: tuple[FigurePair, ...]
    misread: tuple[FigurePair, ...]
    names: Mapping[str, str]
    members: Mapping[str, str]
    events: tuple[EventPair, ...]


@dataclass(frozen=True, slots=True)
class Slots:
    """An event as sets of comparable values, its figures named as on the left."""

    figures: frozenset[str]
    aid: frozenset[str]
    campaign: frozenset[str]
    providers: frozenset[str]
    locations: frozenset[str]
    places: frozenset[str]
    period: frozenset[str]

    def values(self, slot: str) -> frozenset[str]:
        chosen: frozenset[str] = getattr(self, slot)
        return chosen


def align(gold: GoldArticle, record: GoldArticle) -> Alignment:
    """«gold, record» → their pairs; only found figures hold events together."""
    found, misread = align_figures(gold, record)
    names, members = name_pairs((*found, *misread)), name_pairs(found)
    events = align_events(gold.events, record.events, members)
    return Alignment(gold, record, found, misread, names, members, events)


def align_runs(old: GoldArticle, new: GoldArticle) -> Alignment:
    """«old, new» → their pairs; a figure whose value changed is still that figure."""
    found, misread = align_figures(old, new)
    names = name_pairs((*found, *misread))
    events = align_events(old.events, new.events, names)
    return Alignment(old, new, found, misread, names, names, events)


def name_pairs(pairs: Iterable[FigurePair]) -> dict[str, str]:
    return {right.id: left.id for left, right in pairs}


def align_figures(
    left: GoldArticle, right: GoldArticle
) -> tuple[tuple[FigurePair, ...], tuple[FigurePair, ...]]:
    """«left, right» → found pairs, then misread pairs among what is left over."""
    found = pair_figures(left.figures, right.figures, found_weight)
    taken_left = {figure.id for figure, _ in found}
    taken_right = {figure.id for _, figure in found}
    misread = pair_figures(
        [figure for figure in left.figures if figure.id not in taken_left],
        [figure for figure in right.figures if figure.id not in taken_right],
        overlap_weight,
    )
    return found, misread


def pair_figures(
    left: Sequence[GoldFigure],
    right: Sequence[GoldFigure],
    weigh: Callable[[GoldFigure, GoldFigure], int],
) -> tuple[FigurePair, ...]:
    weights = {
        (row, column): weigh(figure, other)
        for row, figure in enumerate(left)
        for column, other in enumerate(right)
        if figure.span.overlaps(other.span)
    }
    return tuple((left[row], right[column]) for row, column in assign(weights))


def found_weight(left: GoldFigure, right: GoldFigure) -> int:
    """«15 мың отбасы» twice read as 15000 → a weight; another value → 0."""
    return overlap_weight(left, right) if left.value == right.value else 0


def overlap_weight(left: GoldFigure, right: GoldFigure) -> int:
    """«two spans» → pairs first, then identical spans, then overlap, then equal fields."""
    overlap = min(left.span.stop, right.span.stop) - max(left.span.start, right.span.start)
    identical = int(left.span == right.span)
    return ((MILLION + identical) * MILLION + overlap) * MILLION + count_equal(left, right)


def count_equal(left: GoldFigure, right: GoldFigure) -> int:
    """«≥15000 family, =15000 family» → 8 of the nine plain fields."""
    return sum(bool(getattr(left, name) == getattr(right, name)) for name in FIELDS)


def align_events(
    left: Sequence[GoldEvent], right: Sequence[GoldEvent], names: Mapping[str, str]
) -> tuple[EventPair, ...]:
    """«events» → pairs of the heaviest alignment of clusters, then of slots."""
    rows = [event_slots(event) for event in left]
    columns = [event_slots(event, names) for event in right]
    weights = {
        (row, column): event_weight(slots, other)
        for row, slots in enumerate(rows)
        for column, other in enumerate(columns)
    }
    return tuple((left[row], right[column]) for row, column in assign(weights))


def event_weight(left: Slots, right: Slots) -> int:
    """«two events» → Jaccard of their figures first, likeness of their slots second.

    Two events without figures have only their likeness, and it stands for both.
    """
    likeness = slot_likeness(left, right)
    cluster = set_likeness("figures", left, right) if left.figures or right.figures else likeness
    return round(cluster * MILLION) * MILLION * MILLION + round(likeness * MILLION)


def slot_likeness(left: Slots, right: Slots) -> float:
    """«aid, campaign, …» → mean Jaccard of the slots that either side fills."""
    filled = [slot for slot in SLOTS[1:] if left.values(slot) or right.values(slot)]
    if not filled:
        return 1.0
    return sum(set_likeness(slot, left, right) for slot in filled) / len(filled)


def set_likeness(slot: str, left: Slots, right: Slots) -> float:
    ours, theirs = left.values(slot), right.values(slot)
    shared = count_shared(ours, theirs, MATCHERS.get(slot, same_text))
    return jaccard(shared, len(ours), len(theirs))


def jaccard(shared: int, left: int, right: int) -> float:
    """«2 shared of 3 and 3» → 0.5; two empty sets are alike."""
    union = left + right - shared
    return shared / union if union else 1.0


def event_slots(event: GoldEvent, names: Mapping[str, str] | None = None) -> Slots:
    """«event» → its sets; a figure that answers to none on the left is «?f7»."""
    return Slots(
        figures=frozenset(
            figure if names is None else names.get(figure, f"?{figure}") for figure in event.figures
        ),
        aid=frozenset(event.aid),
        campaign=normal_set([event.campaign] if event.campaign is not None else []),
        providers=normal_set(event.providers),
        locations=frozenset(event.locations),
        places=normal_set(event.places),
        period=frozenset([event.period] if event.period is not None else []),
    )


def normal_set(names: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(normal_name, names)))


def normal_name(name: str) -> str:
    """««Біз  Біргеміз!» қоры» → "біз біргеміз қоры"."""
    return " ".join(WORD.findall(unicodedata.normalize("NFC", name).casefold()))


def count_shared(
    left: frozenset[str], right: frozenset[str], same: Callable[[str, str], bool]
) -> int:
    """«{нур султане}, {нур султан}» → 1: one-to-one matches, equal values first."""
    equal = left & right
    rows, columns = sorted(left - equal), sorted(right - equal)
    weights = {
        (row, column): 1
        for row, name in enumerate(rows)
        for column, other in enumerate(columns)
        if same(name, other)
    }
    return len(equal) + len(assign(weights))


def same_text(left: str, right: str) -> bool:
    return left == right


def same_place(left: str, right: str) -> bool:
    """«Нур-Султане», «Нур-Султан»: a common stem of 4 letters and 60 % of the longer."""
    longer = max(len(left), len(right))
    return left == right or common_prefix(left, right) >= max(4, 0.6 * longer)


def common_prefix(left: str, right: str) -> int:
    for position, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return position
    return min(len(left), len(right))


def words_within(left: str, right: str) -> bool:
    """«nur otan», «партия nur otan»: one name stands in the other, in whole words."""
    return f" {left} " in f" {right} " or f" {right} " in f" {left} "


MATCHERS: Mapping[str, Callable[[str, str], bool]] = {"places": same_place}
