"""English names by the NER of ``en_core_web_sm``, from a re-upload that is pinned by digest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.ner.labels import Entity, Label, label_of
from extractor.ner.manifest import BrokenModelError, Manifest, check_files, read_manifest
from extractor.ner.threads import one_thread
from extractor.ner.units import line_of
from extractor.types import Sentence, Span

_LEFT_OUT = ("tagger", "parser", "attribute_ruler", "lemmatizer", "tok2vec", "senter")
_NAMES: frozenset[Label | None] = frozenset(
    ("PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "PROJECT", "NORP")
)


class SpacyRecognizer:
    """A spaCy pipeline with nothing but NER behind the interface of all models."""

    def __init__(self, manifest: Manifest, nlp: Any) -> None:
        self.name = manifest.name
        self.version = manifest.version
        self.digest = manifest.sha256
        self._nlp = nlp
        self._articles = frozenset(manifest.articles)

    def recognize(self, sentences: Sequence[Sentence]) -> tuple[tuple[Entity, ...], ...]:
        """«the Ministry of Health» → ORG without its article; words are forgotten afterwards."""
        lines = [line_of(sentence) for sentence in sentences]
        with one_thread(), self._nlp.memory_zone():
            docs = self._nlp.pipe(lines)
            return tuple(
                tuple(self._entities(doc.ents, sentence.span.start))
                for doc, sentence in zip(docs, sentences, strict=True)
            )

    def _entities(self, spans: Sequence[Any], start: int) -> Iterator[Entity]:
        for span in spans:
            label = label_of(span.label_)
            words = self._without_article(span) if label in _NAMES else span
            if label is not None and len(words):
                place = Span(start + words.start_char, start + words.end_char)
                yield Entity(place, label, None, self.name)

    def _without_article(self, span: Any) -> Any:
        """«the United States» → «United States»; «The Hague» inside a sentence stays whole."""
        lead = span[0]
        small = lead.text if lead.i else lead.lower_
        return span[1:] if small in self._articles else span


def load_spacy(folder: Path) -> SpacyRecognizer:
    """«models/en-ner», which names the files of the wheel → its recognizer.

    Raises:
        BrokenModelError: a package is missing, or its files are not the pinned ones.
    """
    manifest = read_manifest(folder)
    check_files(manifest)
    import spacy

    config = manifest.path(next(name for name in manifest.files if name.endswith("config.cfg")))
    try:
        nlp = spacy.load(config.parent, exclude=list(_LEFT_OUT))
    except (OSError, ValueError) as error:
        raise BrokenModelError(f"{manifest.name} cannot be loaded: {error}") from error
    return SpacyRecognizer(manifest, nlp)
