"""Gains and losses between two runs, by article and quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from extractor.evaluate.align import (
    LINKS,
    Alignment,
    FigurePair,
    align,
    align_runs,
    count_equal,
)
from extractor.evaluate.errors import (
    Difference,
    Subject,
    event_differences,
    event_start,
    figure_differences,
    left_over,
    show_event,
)
from extractor.evaluate.gold import GoldArticle, GoldEvent, GoldFigure
from extractor.evaluate.predictions import as_gold, by_article, predicted_for
from extractor.evaluate.score import count_pair, same_link, sum_slots

if TYPE_CHECKING:
    from extractor.records import ArticleRecord

Move = Literal["gained", "lost", "changed"]
Judgement = Literal["right", "wrong", "neither"]
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Change:
    """One gain, loss or change; ``judgement`` says what gold makes of the move.

    «right»: nearer to gold than before, «wrong»: farther, «neither»: as near as
    before, None: no gold for the article.
    """

    article: str
    subject: Subject
    start: int
    move: Move
    quote: str
    differences: tuple[Difference, ...] = ()
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Runs:
    """One article in both runs, aligned with each other and, where there is gold, with it."""

    between: Alignment
    old: Alignment | None
    new: Alignment | None


def diff_records(
    old: Iterable[ArticleRecord],
    new: Iterable[ArticleRecord],
    *,
    gold: Iterable[GoldArticle] = (),
) -> tuple[Change, ...]:
    """«old, new» → what was gained, lost or changed; with gold, whether that was right."""
    before, after = by_article(old), by_article(new)
    judges = {article.id: article for article in gold}
    changes = [
        change
        for name in sorted(before.keys() | after.keys())
        for change in run_changes(pair_runs(before.get(name), after.get(name), judges.get(name)))
    ]
    return tuple(sorted(changes, key=change_order))


def change_order(change: Change) -> tuple[str, bool, int, str, str]:
    return change.article, change.subject == "event", change.start, change.move, change.quote


def pair_runs(
    old: ArticleRecord | None, new: ArticleRecord | None, gold: GoldArticle | None
) -> Runs:
    """«old, None» → a run against nothing: an article that is gone has lost all."""
    before, after = run_article(old, new), run_article(new, old)
    if gold is None:
        return Runs(align_runs(before, after), None, None)
    judged = [align(gold, predicted_for(gold, record)) for record in (old, new)]
    return Runs(align_runs(before, after), judged[0], judged[1])


def run_article(record: ArticleRecord | None, twin: ArticleRecord | None) -> GoldArticle:
    if record is not None:
        return as_gold(record)
    if twin is None:
        raise ValueError("an article that is in neither run")
    return GoldArticle(twin.id, twin.lang, twin.script, twin.text or "")


def run_changes(runs: Runs) -> Iterator[Change]:
    yield from figure_changes(runs)
    yield from event_changes(runs)


def figure_changes(runs: Runs) -> Iterator[Change]:
    between = runs.between
    pairs = (*between.found, *between.misread)
    for left, right in pairs:
        if differences := run_differences((left, right), between):
            yield figure_change(runs, "changed", left, right, differences)
    for figure in left_over(between.left.figures, [left for left, _ in pairs]):
        yield figure_change(runs, "lost", figure, None)
    for figure in left_over(between.right.figures, [right for _, right in pairs]):
        yield figure_change(runs, "gained", None, figure)


def run_differences(pair: FigurePair, between: Alignment) -> tuple[Difference, ...]:
    """«15 мың, 15 мың отбасы» → quote: …; against gold only an overlap is asked for."""
    left, right = pair
    quote = () if left.span == right.span else (Difference("quote", left.quote, right.quote),)
    return (*quote, *figure_differences(pair, between))


def figure_change(
    runs: Runs,
    move: Move,
    old: GoldFigure | None,
    new: GoldFigure | None,
    differences: tuple[Difference, ...] = (),
) -> Change:
    shown = either(new, old)
    return Change(
        article=runs.between.left.id,
        subject="figure",
        start=shown.span.start,
        move=move,
        quote=shown.quote,
        differences=differences,
        judgement=judge(figure_credit(runs.old, old), figure_credit(runs.new, new)),
    )


def either(first: Thing | None, second: Thing | None) -> Thing:
    """«new, old» → the newer of the two that there is."""
    thing = second if first is None else first
    if thing is None:
        raise ValueError("neither run has it")
    return thing


def judge(old: float | None, new: float | None) -> Judgement | None:
    """«absent (0), then made up (-1)» → wrong; «made up, then absent» → right."""
    if old is None or new is None:
        return None
    if new == old:
        return "neither"
    return "right" if new > old else "wrong"


def figure_credit(alignment: Alignment | None, figure: GoldFigure | None) -> float | None:
    """«figure» → 1 and how many of its fields gold confirms; -1 if it confirms no figure."""
    if alignment is None:
        return None
    if figure is None:
        return 0
    for pair in alignment.found:
        if pair[1].id == figure.id:
            return 1 + count_equal(*pair) + sum(same_link(pair, alignment, name) for name in LINKS)
    return -1


def event_changes(runs: Runs) -> Iterator[Change]:
    between = runs.between
    for pair in between.events:
        if differences := event_differences(pair, between):
            yield event_change(runs, "changed", *pair, differences)
    taken_left = {left.id for left, _ in between.events}
    taken_right = {right.id for _, right in between.events}
    for event in between.left.events:
        if event.id not in taken_left:
            yield event_change(runs, "lost", event, None)
    for event in between.right.events:
        if event.id not in taken_right:
            yield event_change(runs, "gained", None, event)


def event_change(
    runs: Runs,
    move: Move,
    old: GoldEvent | None,
    new: GoldEvent | None,
    differences: tuple[Difference, ...] = (),
) -> Change:
    article = runs.between.left if new is None else runs.between.right
    shown = either(new, old)
    return Change(
        article=article.id,
        subject="event",
        start=event_start(article, shown),
        move=move,
        quote=show_event(article, shown),
        differences=differences,
        judgement=judge(event_credit(runs.old, old), event_credit(runs.new, new)),
    )


def event_credit(alignment: Alignment | None, event: GoldEvent | None) -> float | None:
    """«event» → 1 and the F1 of its slots against gold's; -1 if gold has no such event."""
    if alignment is None:
        return None
    if event is None:
        return 0
    for pair in alignment.events:
        if pair[1].id == event.id:
            return 1 + sum_slots(count_pair(pair, alignment)).f1
    return -1
