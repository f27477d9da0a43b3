"""Errors one by one: what a record missed, made up or got wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from extractor.evaluate.align import (
    FIELDS,
    LINKS,
    MATCHERS,
    SLOTS,
    Alignment,
    EventPair,
    FigurePair,
    align,
    count_shared,
    event_slots,
    same_text,
)
from extractor.evaluate.gold import GoldArticle, GoldEvent, GoldFigure
from extractor.evaluate.predictions import by_article, predicted_for

if TYPE_CHECKING:
    from extractor.records import ArticleRecord

Subject = Literal["figure", "event"]
Fault = Literal["missed", "spurious", "differs"]

CONTEXT = 40
NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Difference:
    """«bound: min → exact»: ``left`` is gold or the older run."""

    field: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Error:
    """One error with its place: ``quote`` as in gold, or as predicted if spurious."""

    article: str
    lang: str
    subject: Subject
    start: int
    fault: Fault
    quote: str
    context: str
    differences: tuple[Difference, ...] = ()


def list_errors(gold: Iterable[GoldArticle], records: Iterable[ArticleRecord]) -> tuple[Error, ...]:
    """«gold, records» → every error, by article, figures before events, in text order."""
    found = by_article(records)
    errors = [
        error
        for article in gold
        for error in article_errors(align(article, predicted_for(article, found.get(article.id))))
    ]
    return tuple(sorted(errors, key=error_order))


def error_order(error: Error) -> tuple[str, bool, int, str, str]:
    return error.article, error.subject == "event", error.start, error.fault, error.quote


def article_errors(alignment: Alignment) -> Iterator[Error]:
    yield from figure_errors(alignment)
    yield from event_errors(alignment)


def figure_errors(alignment: Alignment) -> Iterator[Error]:
    pairs = (*alignment.found, *alignment.misread)
    for left, right in pairs:
        if differences := figure_differences((left, right), alignment):
            yield figure_error(alignment, left, "differs", differences)
    for figure in left_over(alignment.left.figures, [left for left, _ in pairs]):
        yield figure_error(alignment, figure, "missed")
    for figure in left_over(alignment.right.figures, [right for _, right in pairs]):
        yield figure_error(alignment, figure, "spurious")


def left_over(figures: Iterable[GoldFigure], taken: Iterable[GoldFigure]) -> Iterator[GoldFigure]:
    used = {figure.id for figure in taken}
    return (figure for figure in figures if figure.id not in used)


def figure_error(
    alignment: Alignment,
    figure: GoldFigure,
    fault: Fault,
    differences: tuple[Difference, ...] = (),
) -> Error:
    article = alignment.left
    return Error(
        article=article.id,
        lang=article.lang,
        subject="figure",
        start=figure.span.start,
        fault=fault,
        quote=figure.quote,
        context=show_context(article.text, figure),
        differences=differences,
    )


def show_context(text: str, figure: GoldFigure) -> str:
    """«… отбасыға [15 мың теңге] берілді …»: the quote between some words, on one line."""
    before = text[max(0, figure.span.start - CONTEXT) : figure.span.start]
    after = text[figure.span.stop : figure.span.stop + CONTEXT]
    return " ".join(f"{before}[{figure.span.of(text)}]{after}".split())


def figure_differences(pair: FigurePair, alignment: Alignment) -> tuple[Difference, ...]:
    """«≥15000, =15000» → bound: min → exact; links differ when their ends do."""
    left, right = pair
    plain = [
        Difference(name, show_value(getattr(left, name)), show_value(getattr(right, name)))
        for name in FIELDS
        if getattr(left, name) != getattr(right, name)
    ]
    links = [difference for link in LINKS for difference in link_difference(pair, alignment, link)]
    return (*plain, *links)


def link_difference(pair: FigurePair, alignment: Alignment, link: str) -> Iterator[Difference]:
    target, other = getattr(pair[0], link), getattr(pair[1], link)
    named = None if other is None else alignment.names.get(other, f"?{other}")
    if named != target:
        left = show_target(alignment.left, target)
        yield Difference(link, left, show_target(alignment.right, other))


def show_target(article: GoldArticle, target: str | None) -> str:
    """«f2» → «11 мың отбасына»: ids differ between readings, words do not."""
    if target is None:
        return NOTHING
    quotes = [figure.quote for figure in article.figures if figure.id == target]
    return f"«{quotes[0]}»" if quotes else f"?{target}"


def show_value(value: object) -> str:
    """«Decimal('2.4E+9')» → 2400000000; a set → its names in order; None → none."""
    if value is None:
        return NOTHING
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, frozenset):
        return " + ".join(sorted(value)) or NOTHING
    return str(value)


def event_errors(alignment: Alignment) -> Iterator[Error]:
    for pair in alignment.events:
        if differences := event_differences(pair, alignment):
            yield event_error(alignment, pair[0], "differs", differences)
    taken_left = {left.id for left, _ in alignment.events}
    taken_right = {right.id for _, right in alignment.events}
    for event in alignment.left.events:
        if event.id not in taken_left:
            yield event_error(alignment, event, "missed")
    for event in alignment.right.events:
        if event.id not in taken_right:
            yield event_error(alignment, event, "spurious")


def event_error(
    alignment: Alignment,
    event: GoldEvent,
    fault: Fault,
    differences: tuple[Difference, ...] = (),
) -> Error:
    article = alignment.right if fault == "spurious" else alignment.left
    figures = event_figures(article, event)
    text = alignment.left.text
    return Error(
        article=article.id,
        lang=alignment.left.lang,
        subject="event",
        start=event_start(article, event),
        fault=fault,
        quote=show_event(article, event),
        context=show_context(text, figures[0]) if figures else "",
        differences=differences,
    )


def event_figures(article: GoldArticle, event: GoldEvent) -> list[GoldFigure]:
    return [figure for figure in article.figures if figure.id in event.figures]


def event_start(article: GoldArticle, event: GoldEvent) -> int:
    """«f3, f4» → where f3 starts; an event without figures has no place: 0."""
    figures = event_figures(article, event)
    return figures[0].span.start if figures else 0


def show_event(article: GoldArticle, event: GoldEvent) -> str:
    """«7672 отбасы | 15 мың теңгені»: its figures, or what it says without any."""
    figures = event_figures(article, event)
    if figures:
        return " | ".join(figure.quote for figure in figures)
    said = (*event.aid, event.campaign, *event.providers, *event.locations, *event.places)
    return " | ".join(filter(None, said)) or event.id


def event_differences(pair: EventPair, alignment: Alignment) -> tuple[Difference, ...]:
    """«two events» → the slots whose values do not match, as written on each side."""
    return tuple(
        Difference(
            slot,
            show_slot(alignment.left, pair[0], slot),
            show_slot(alignment.right, pair[1], slot),
        )
        for slot in SLOTS
        if not same_slot(pair, alignment, slot)
    )


def same_slot(pair: EventPair, alignment: Alignment, slot: str) -> bool:
    left = event_slots(pair[0]).values(slot)
    right = event_slots(pair[1], alignment.members).values(slot)
    shared = count_shared(left, right, MATCHERS.get(slot, same_text))
    return shared == len(left) == len(right)


def show_slot(article: GoldArticle, event: GoldEvent, slot: str) -> str:
    if slot == "figures":
        return " | ".join(map(show_figure, event_figures(article, event))) or NOTHING
    value = getattr(event, slot)
    return " | ".join(value) or NOTHING if isinstance(value, tuple) else show_value(value)


def show_figure(figure: GoldFigure) -> str:
    """«15 мың отбасы» → "15 мың отбасы =15000": a misread figure has the same words."""
    return f"{figure.quote} ={show_value(figure.value)}"
