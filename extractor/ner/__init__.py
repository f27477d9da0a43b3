"""Names found by models, one per language, behind one set of labels; rules decide their roles."""

from extractor.ner.labels import LABELS, Entity, Label, Missing, ModelError, Recognizer, describe
from extractor.ner.loading import BACKENDS, Backend, Models, load_recognizer

__all__ = [
    "BACKENDS",
    "LABELS",
    "Backend",
    "Entity",
    "Label",
    "Missing",
    "ModelError",
    "Models",
    "Recognizer",
    "describe",
    "load_recognizer",
]
