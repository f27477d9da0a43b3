"""Kazakh names by our own CRF; Latin Kazakh is read through the Cyrillic view of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.ner.crf import Tagger
from extractor.ner.labels import Entity, label_of
from extractor.ner.manifest import BrokenModelError, Manifest, check_files, read_manifest
from extractor.ner.units import Unit, join_units
from extractor.ner.weights import read_weights
from extractor.types import Sentence, Span


class CrfRecognizer:
    """Weights behind the interface of all models."""

    def __init__(self, manifest: Manifest, tagger: Tagger) -> None:
        self.name = manifest.name
        self.version = manifest.version
        self.digest = manifest.sha256
        self._tagger = tagger

    def recognize(self, sentences: Sequence[Sentence]) -> tuple[tuple[Entity, ...], ...]:
        """«Ерлан Каналимовтың айтуынша» → PERSON «Ерлан Каналимовтың», ending and all."""
        units = [join_units(sentence) for sentence in sentences]
        tags = self._tagger.tag(units)
        return tuple(tuple(entities_of(*row, self.name)) for row in zip(units, tags, strict=True))


def load_crf(folder: Path) -> CrfRecognizer:
    """«models/kk-ner» → its recognizer.

    Raises:
        BrokenModelError: a file is missing, or differs from the manifest.
    """
    manifest = read_manifest(folder)
    check_files(manifest)
    try:
        return CrfRecognizer(manifest, Tagger(read_weights(manifest.path(manifest.files[0]))))
    except ValueError as error:
        raise BrokenModelError(str(error)) from error


def entities_of(units: Sequence[Unit], tags: Sequence[str], model: str) -> Iterator[Entity]:
    """BIO tags of units → entities, of the classes that we keep."""
    for span, name in read_bio(units, tags):
        label = label_of(name)
        if label is not None:
            yield Entity(span, label, None, model)


def read_bio(units: Sequence[Unit], tags: Sequence[str]) -> Iterator[tuple[Span, str]]:
    """«B-GPE I-GPE O» → one span; «I-» behind another class begins a new one."""
    current: tuple[Span, str] | None = None
    for unit, tag in zip(units, tags, strict=True):
        if current and tag == "I-" + current[1]:
            current = (current[0].union(unit.span), current[1])
            continue
        if current:
            yield current
        current = None if tag == "O" else (unit.span, tag[2:])
    if current:
        yield current
