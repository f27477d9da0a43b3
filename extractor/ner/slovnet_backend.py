"""Russian names by slovnet, with its weights and vectors read from the natasha wheel.

natasha itself is never imported: it needs pymorphy2 and pkg_resources, its files need neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.ner.labels import Entity, label_of
from extractor.ner.manifest import BrokenModelError, Manifest, check_files, read_manifest
from extractor.ner.threads import one_thread
from extractor.ner.units import line_of
from extractor.types import Sentence, Span

_BATCH = 8
_LONGEST = 2_000


class SlovnetRecognizer:
    """slovnet behind the interface of all models."""

    def __init__(self, manifest: Manifest, ner: Any) -> None:
        self.name = manifest.name
        self.version = manifest.version
        self.digest = manifest.sha256
        self._ner = ner

    def recognize(self, sentences: Sequence[Sentence]) -> tuple[tuple[Entity, ...], ...]:
        """«Даниала Ахметова» → PERSON; sentences of like length run together."""
        lines = [line_of(sentence)[:_LONGEST] for sentence in sentences]
        order = sorted(range(len(lines)), key=lambda index: len(lines[index]))
        found: list[tuple[Entity, ...]] = [()] * len(lines)
        with one_thread():
            markups = self._ner.map(lines[index] for index in order)
            for index, markup in zip(order, markups, strict=True):
                start = sentences[index].span.start
                found[index] = tuple(self._entities(markup.spans, start))
        return tuple(found)

    def _entities(self, spans: Iterable[Any], start: int) -> Iterator[Entity]:
        for span in spans:
            label = label_of(span.type)
            if label is not None:
                place = Span(start + span.start, start + span.stop)
                yield Entity(place, label, None, self.name)


def load_slovnet(folder: Path) -> SlovnetRecognizer:
    """«models/ru-ner», which names the files of the natasha package → its recognizer.

    Raises:
        BrokenModelError: a package is missing, or its files are not the pinned ones.
    """
    manifest = read_manifest(folder)
    check_files(manifest)
    try:
        from navec import Navec
        from slovnet import NER
    except ImportError as error:
        raise BrokenModelError(
            f"package {error.name} is not installed ({manifest.install})"
        ) from error
    weights, vectors = manifest.files
    ner = NER.load(manifest.path(weights), batch_size=_BATCH)
    return SlovnetRecognizer(manifest, ner.navec(Navec.load(manifest.path(vectors))))
