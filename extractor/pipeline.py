"""The stages in a row: one article in, one extraction out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractor.loading import Knowledge
from extractor.match.candidates import Judge
from extractor.match.context import Context
from extractor.match.date_words import DateKnowledge
from extractor.match.parsed import Parsed, parse
from extractor.match.ranker import Ranker
from extractor.match.tables import fill_tables
from extractor.ner import Models
from extractor.stages.articles import check_language, make_article, with_published
from extractor.stages.categories import carry_categories
from extractor.stages.events import find_events, weigh_events
from extractor.stages.figures import find_figures, judge_by
from extractor.stages.links import link_figures
from extractor.stages.loads import on_their_way
from extractor.stages.names import find_names, without_dates
from extractor.stages.numbers import find_numbers
from extractor.stages.open_roles import find_open_roles
from extractor.stages.periods import NearDates, find_dates, periods_of
from extractor.stages.places import find_places
from extractor.stages.published import find_published
from extractor.stages.quantities import find_quantities
from extractor.stages.sentences import split_sentences
from extractor.stages.slots import fill_alone, fill_slots
from extractor.stages.tenge import value_in_tenge
from extractor.stages.unknown_places import find_unknown_places
from extractor.stages.waves import find_waves
from extractor.stages.zones import article_language, article_script, find_foreign, find_zones
from extractor.types import (
    Article,
    Event,
    Extraction,
    Figure,
    Lang,
    Mention,
    Quantity,
    Refused,
    Rejection,
    Sentence,
    Source,
    Zone,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article in parsed sentences, with its quantities."""

    article: Article
    zones: tuple[Zone, ...]
    sentences: tuple[Sentence, ...]
    context: Context
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which quantities are figures, which are not, and the names around them.

    ``asked`` are the languages whose models of names had something to say.
    """

    figures: tuple[Figure, ...]
    rejections: tuple[Rejection, ...]
    mentions: tuple[Mention, ...]
    asked: frozenset[Lang]


def run_pipeline(source: Source, know: Knowledge) -> Extraction:
    """«Source» → everything that the stages find in it.

    Raises:
        ArticleError: there is nothing to read, or it is in none of the three languages.
    """
    reading = read_article(source, know)
    return _tell(reading, judge_article(reading, know, judge_by(know.rankers["figures"])), know)


def run_for_record(source: Source, know: Knowledge) -> Extraction:
    """«Source» → what its record says: where there is no event, nobody asks who, when and where.

    A record has names and dates only in its events, and most of the news has none.

    Raises:
        ArticleError: as ``run_pipeline`` does.
    """
    reading = read_article(source, know)
    figures, rejections = find_figures(reading.context, judge_by(know.rankers["figures"]))
    if figures or find_events(reading.context, (), (), know.rankers, alone={}):
        return _tell(reading, _with_names(reading, know, figures, rejections), know)
    return _tell(reading, Judgement((), rejections, (), frozenset()), know)


def _tell(reading: Reading, judged: Judgement, know: Knowledge) -> Extraction:
    """«Judgement» → its figures in events, with all that was found on the way."""
    events = group_figures(reading.context, judged, know.rankers)
    figures = carry_categories(reading.context, judged.figures)
    events = fill_slots(reading.context, events, judged.mentions, judged.figures)
    return Extraction(
        article=reading.article,
        lang=article_language(reading.zones),
        script=article_script(reading.zones),
        zones=reading.zones,
        sentences=reading.sentences,
        quantities=tuple(reading.context.quantities),
        figures=value_in_tenge(figures, reading.article.published, know.index),
        rejections=judged.rejections,
        mentions=judged.mentions,
        events=weigh_events(events, judged.figures, know.rankers),
        refused=reading.refused,
        notes=(*_notes(reading.zones), *_model_notes(judged.asked, know.models)),
        models=_models_of(reading, judged.asked, know.models),
    )


def read_article(source: Source, know: Knowledge) -> Reading:
    """«Source» → its sentences and quantities, before anything is judged.

    Raises:
        ArticleError: there is nothing to read, or it is in none of the three languages.
    """
    article = make_article(source)
    zones = find_zones(article, know.zones)
    check_language(article, find_foreign(article, zones, know.zones))
    article = with_published(article, find_published(article, zones, know.zones))
    alphabets = {zone: know.alphabet(article.text, zone) for zone in zones}
    sentences = split_sentences(
        article, zones, know.languages, lambda zone: know.folding(zone, alphabets[zone])
    )
    parsed = [parse(sentence, know.languages[sentence.zone.lang]) for sentence in sentences]
    quantities, refused = read_quantities(parsed, know.dates)
    return Reading(article, zones, sentences, Context(parsed, quantities), refused)


def judge_article(reading: Reading, know: Knowledge, judge: Judge) -> Judgement:
    """«Reading» → figures, rejections and mentions, by a judge of quantities."""
    figures, rejections = find_figures(reading.context, judge)
    return _with_names(reading, know, figures, rejections)


def _with_names(
    reading: Reading,
    know: Knowledge,
    figures: tuple[Figure, ...],
    rejections: tuple[Rejection, ...],
) -> Judgement:
    """Figures that know of each other, with the names, dates and waves around them."""
    article, context = reading.article, reading.context
    figures = tuple(on_their_way(context, link_figures(context, figures)))
    names, asked = read_names(context, figures, article.text, know)
    dates = find_dates(reading.sentences, article.published, know.dates)
    counts = (quantity.number.span for quantity in context.quantities)
    names = without_dates(names, (*(date.span for date in dates), *counts), article.text)
    waves = find_waves(context.parsed, reading.refused, article.text)
    return Judgement(figures, rejections, (*names, *periods_of(dates), *waves), asked)


def group_figures(
    context: Context, judged: Judgement, rankers: Mapping[str, Ranker]
) -> tuple[Event, ...]:
    """«Judgement» → events, by what each figure would say if it were alone."""
    figures, mentions = judged.figures, judged.mentions
    alone = fill_alone(context, mentions, figures)
    return find_events(context, figures, mentions, rankers, alone=alone)


def read_names(
    context: Context, figures: Sequence[Figure], text: str, know: Knowledge
) -> tuple[tuple[Mention, ...], frozenset[Lang]]:
    """Givers, campaigns and places by rules; what these leave open, with names of a model.

    Beside them the languages whose models were asked.
    """
    parsed = context.parsed
    names = find_names(parsed, text)
    places = find_places([p.sentence for p in parsed], [p.hits for p in parsed], know.places)
    asked = find_open_roles(context, figures, (*names, *places))
    entities = [entity for found in know.models.recognize(asked) for entity in found]
    if entities:
        names = find_names(parsed, text, entities)
        places += find_unknown_places(parsed, text, entities, (*names, *places))
    return (*names, *places), frozenset(sentence.zone.lang for sentence in asked)


_UNASKED = "not asked: rules know the givers, or nobody gives"


def _models_of(reading: Reading, asked: Iterable[Lang], models: Models) -> dict[str, str]:
    """«ru» → «slovnet news_v1 sha256:…», «missing: …», «off: …», «not asked: …»."""
    spoken = sorted({sentence.zone.lang for sentence in reading.sentences})
    return {**dict.fromkeys(spoken, _UNASKED), **models.provenance(asked)}


def _model_notes(asked: Iterable[Lang], models: Models) -> tuple[str, ...]:
    """«model_missing: ru: package natasha is not installed»: names are those of the rules."""
    missing = models.missing(asked)
    return tuple(f"model_missing: {lang}: {one.reason}" for lang, one in missing.items())


def _notes(zones: Sequence[Zone]) -> tuple[str, ...]:
    """What the reader of the record has to know: scripts that are seen but not read."""
    unread = {zone.script for zone in zones if zone.script == "Arab"}
    return tuple(f"unsupported_script: {script}" for script in sorted(unread))


def read_quantities(
    parsed: Sequence[Parsed], dates: Mapping[Lang, DateKnowledge]
) -> tuple[tuple[Quantity, ...], tuple[Refused, ...]]:
    """Quantities of all sentences, and the numbers that count nothing: dates and others."""
    quantities: list[Quantity] = []
    refused: list[Refused] = []
    for one in parsed:
        numbers = find_numbers(one.tokens, one.hits, one.language)
        if not numbers and not one.of_sort("bound"):
            continue
        near = NearDates(one.tokens, dates[one.sentence.zone.lang])
        found, no = find_quantities(one, numbers, near.take)
        quantities += found
        refused += no
    filled, tabled = fill_tables(parsed, quantities)
    return filled, tuple(no for no in refused if no.sentence not in tabled)
