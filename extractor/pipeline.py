"""The stages in a row: one article in, one extraction out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.loading import Knowledge
from extractor.match.context import Context
from extractor.match.parsed import Parsed, parse
from extractor.match.tables import fill_tables
from extractor.stages.articles import check_language, make_article, with_published
from extractor.stages.events import find_events
from extractor.stages.figures import find_figures
from extractor.stages.links import link_figures
from extractor.stages.names import find_names
from extractor.stages.numbers import find_numbers
from extractor.stages.periods import find_dates, periods_of, spans_of
from extractor.stages.places import find_places
from extractor.stages.published import find_published
from extractor.stages.quantities import find_quantities
from extractor.stages.sentences import split_sentences
from extractor.stages.slots import fill_slots
from extractor.stages.zones import article_language, article_script, find_foreign, find_zones
from extractor.types import Extraction, Quantity, Refused, Source, Zone


def run_pipeline(source: Source, know: Knowledge) -> Extraction:
    """«Source» → everything that the stages find in it.

    Raises:
        ArticleError: there is nothing to read, or it is in none of the three languages.
    """
    article = make_article(source)
    zones = find_zones(article, know.zones)
    check_language(article, find_foreign(article, zones, know.zones))
    article = with_published(article, find_published(article, zones, know.zones))
    alphabets = {zone: know.alphabet(article.text, zone) for zone in zones}
    sentences = split_sentences(
        article, zones, know.languages, lambda word, zone: know.fold(word, zone, alphabets[zone])
    )
    parsed = [parse(sentence, know.languages[sentence.zone.lang]) for sentence in sentences]
    dates = find_dates(sentences, article.published, know.dates)
    quantities, refused = read_quantities(parsed, spans_of(dates))
    context = Context(parsed, quantities)
    figures, rejections = find_figures(context)
    figures = link_figures(context, figures)
    mentions = (
        *find_names(parsed, article.text),
        *find_places(sentences, [p.hits for p in parsed], know.places),
        *periods_of(dates),
    )
    events = find_events(context, figures, mentions)
    return Extraction(
        article=article,
        lang=article_language(zones),
        script=article_script(zones),
        zones=zones,
        sentences=sentences,
        quantities=quantities,
        figures=figures,
        rejections=rejections,
        mentions=mentions,
        events=fill_slots(context, events, mentions, figures),
        refused=refused,
        notes=_notes(zones),
    )


def _notes(zones: Sequence[Zone]) -> tuple[str, ...]:
    """What the reader of the record has to know: scripts that are seen but not read."""
    unread = {zone.script for zone in zones if zone.script == "Arab"}
    return tuple(f"unsupported_script: {script}" for script in sorted(unread))


def read_quantities(
    parsed: Sequence[Parsed], dates: Iterable[tuple[int, int, int]]
) -> tuple[tuple[Quantity, ...], tuple[Refused, ...]]:
    """Quantities of all sentences, and the numbers that count nothing.

    ``dates`` are (sentence, first token, last token) of dates and times.
    """
    taken: dict[int, list[tuple[int, int]]] = {}
    for index, first, last in dates:
        taken.setdefault(index, []).append((first, last))
    quantities: list[Quantity] = []
    refused: list[Refused] = []
    for sentence in parsed:
        numbers = find_numbers(sentence.tokens, sentence.hits, sentence.language)
        found, no = find_quantities(sentence, numbers, taken.get(sentence.sentence.index, ()))
        quantities += found
        refused += no
    filled, tabled = fill_tables(parsed, quantities)
    return filled, tuple(no for no in refused if no.sentence not in tabled)
