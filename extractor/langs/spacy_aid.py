"""Two spaCy components: our sentence borders, and the record of the document.

Importing this registers them, the language «kk» and the extensions ``_.aid`` and the like.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from extractor.api import extract, read_sentences
from extractor.langs.spacy_tokens import Kazakh
from extractor.loading import load
from extractor.records import ArticleRecord, EventRecord, FigureRecord, TextSpan
from extractor.stages.articles import MAX_CHARS, ArticleError
from extractor.stages.zones import find_zones
from extractor.types import Article

__all__ = ["AID", "MAX_CHARS", "SENTENCES", "AidComponent", "Kazakh", "set_sentences"]

SENTENCES = "extractor_sentences"
AID = "extractor_aid"
# Kept in ``doc.user_data`` as strings, which every way of storing a document can keep.
_RECORD = "extractor_record"
_FAILURE = "extractor_failure"


# --- sentences ------------------------------------------------------------------------------


@Language.component(SENTENCES, assigns=["token.is_sent_start"])
def set_sentences(doc: Doc) -> Doc:
    """«… 25 млн. теңгеге» has no border: ``doc.sents`` are the sentences of the stages."""
    if not doc.text.strip():
        return doc
    know = load()
    zones = find_zones(Article("doc", doc.text), know.zones)
    offsets = [token.idx for token in doc]
    # White space before the first sentence is part of it.
    later = read_sentences(doc.text, zones, know)[1:]
    starts = {0, *(bisect_right(offsets, sentence.span.start) - 1 for sentence in later)}
    for token in doc:
        token.is_sent_start = token.i in starts
    return doc


# --- the record -----------------------------------------------------------------------------


class AidComponent:
    """Sets the record of a document, or the reason why it has none."""

    def __init__(self, domain: Sequence[str]) -> None:
        self.domain = tuple(domain)

    def __call__(self, doc: Doc) -> Doc:
        for key in (_RECORD, _FAILURE):
            doc.user_data.pop(key, None)
        try:
            record = extract(doc.text, know=load(self.domain), html=False)
        except ArticleError as error:
            doc.user_data[_FAILURE] = error.reason
            return doc
        keep_record(doc, record)
        return doc


def keep_record(doc: Doc, record: ArticleRecord) -> None:
    """The record of ``doc.text`` → ``doc._.aid`` and the spans of its figures and events."""
    doc.user_data[_RECORD] = record.to_json()
    doc.spans["figures"] = SpanGroup(doc, name="figures", spans=list(_figures(doc, record)))
    doc.spans["events"] = SpanGroup(doc, name="events", spans=list(_events(doc, record)))


@Language.factory(AID, default_config={"domain": []})
def make_aid_component(nlp: Language, name: str, domain: list[str]) -> AidComponent:
    return AidComponent(domain)


def _figures(doc: Doc, record: ArticleRecord) -> Iterator[Span]:
    """The label is the kind, the id that of the figure."""
    for figure in record.figures:
        yield _span(doc, figure, figure.kind, figure.id)


def _events(doc: Doc, record: ArticleRecord) -> Iterator[Span]:
    """Figures and names of each event; the label is the role, the id that of the event."""
    figures = {figure.id: figure for figure in record.figures}
    for event in record.events:
        campaign = [event.campaign] if event.campaign else []
        roles: tuple[tuple[str, Sequence[TextSpan | FigureRecord]], ...] = (
            ("figure", [figures[name] for name in event.figures]),
            ("provider", event.providers),
            ("campaign", campaign),
            ("place", event.places),
        )
        for role, words in roles:
            for one in words:
                yield _span(doc, one, role, event.id)


def _span(doc: Doc, words: TextSpan | FigureRecord, label: str, name: str) -> Span:
    """Tokens may be longer than the words: «№5-ші» is widened to, never cut."""
    span = doc.char_span(words.start, words.end, label=label, span_id=name, alignment_mode="expand")
    assert span is not None  # the words lie in the text of the document
    return span


# --- extensions -----------------------------------------------------------------------------


def read_record(doc: Doc) -> ArticleRecord | None:
    """``doc._.aid``: the record, read from what the document keeps."""
    line = doc.user_data.get(_RECORD)
    return None if line is None else ArticleRecord.model_validate_json(line)


def read_failure(doc: Doc) -> str | None:
    """``doc._.aid_failure``: «empty», «unsupported_language», …; nothing beside a record."""
    reason = doc.user_data.get(_FAILURE)
    return None if reason is None else str(reason)


def read_figure(span: Span) -> FigureRecord | None:
    """``span._.figure``: of a span of ``doc.spans["figures"]``."""
    record = read_record(span.doc)
    figures = record.figures if record else ()
    return next((figure for figure in figures if figure.id == span.id_), None)


def read_event(span: Span) -> EventRecord | None:
    """``span._.event``: of a span of ``doc.spans["events"]``, or the first with this figure."""
    record = read_record(span.doc)
    events = record.events if record else ()
    return next((e for e in events if span.id_ in (e.id, *e.figures)), None)


Doc.set_extension("aid", getter=read_record, force=True)
Doc.set_extension("aid_failure", getter=read_failure, force=True)
Span.set_extension("figure", getter=read_figure, force=True)
Span.set_extension("event", getter=read_event, force=True)
