"""Gold as records: what a perfect extraction would have said of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.evaluate.gold import GoldArticle, GoldEvent, GoldFigure

if TYPE_CHECKING:
    from extractor.records import ArticleRecord, EventRecord, FigureRecord, NameRecord, PlaceRecord


def gold_as_record(article: GoldArticle) -> ArticleRecord:
    """«gold article» → an article record, so that what follows extraction is judged alone.

    Names have no ids, and a place has a code where the event goes to one region only: gold says
    no more. The record carries its text, and the first line of it as its title.

        >>> from pathlib import Path
        >>> from extractor.evaluate import read_gold
        >>> record = gold_as_record(read_gold(Path("corpora/clusters/dev/cl-en-002.json"))[0])
        >>> record.events[0].providers[0].text
        'Zhylyoi district administration'
    """
    from extractor.records import ArticleRecord, Provenance

    return ArticleRecord(
        id=article.id,
        lang=article.lang,
        script=article.script,
        published=article.published,
        source=article.source,
        title=article.text.strip().partition("\n")[0].strip() or None,
        text=article.text,
        figures=tuple(map(figure_record, article.figures)),
        events=tuple(event_record(event, article.text) for event in article.events),
        provenance=Provenance(package="gold", data=""),
    )


def figure_record(figure: GoldFigure) -> FigureRecord:
    from extractor.records import FigureRecord

    return FigureRecord(
        id=figure.id,
        start=figure.span.start,
        end=figure.span.stop,
        text=figure.quote,
        value=figure.value,
        max=figure.max,
        bound=figure.bound,
        kind=figure.kind,
        unit=figure.unit,
        item=figure.item,
        category=tuple(sorted(figure.category)),
        scope=figure.scope,
        of=figure.of,
        same_as=figure.same_as,
        status=figure.status,
    )


def event_record(event: GoldEvent, text: str) -> EventRecord:
    from extractor.records import EventRecord

    code = event.locations[0] if len(event.locations) == 1 else None
    return EventRecord(
        id=event.id,
        figures=event.figures,
        aid=event.aid,
        campaign=None if event.campaign is None else name_record(event.campaign, text),
        providers=tuple(name_record(name, text) for name in event.providers),
        locations=event.locations,
        places=tuple(place_record(name, code, text) for name in event.places),
        period=event.period,
        wave=event.wave,
    )


def name_record(name: str, text: str) -> NameRecord:
    from extractor.records import NameRecord

    start, stop = find(name, text)
    return NameRecord(start=start, end=stop, text=name)


def place_record(name: str, code: str | None, text: str) -> PlaceRecord:
    from extractor.records import PlaceRecord

    start, stop = find(name, text)
    return PlaceRecord(start=start, end=stop, text=name, code=code)


def find(name: str, text: str) -> tuple[int, int]:
    """Where the name first stands; (0, 0) for one that is written otherwise than in the text."""
    start = text.find(name)
    return (start, start + len(name)) if start >= 0 else (0, 0)
