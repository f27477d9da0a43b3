"""One set of labels for names, whichever model found them, and what a model looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, Protocol, get_args, runtime_checkable

from extractor.types import Sentence, Span

Label = Literal[
    "PERSON",
    "ORG",
    "GPE",
    "LOC",
    "FAC",
    "DATE",
    "EVENT",
    "PROJECT",
    "NORP",
    "TIME",
    "MONEY",
    "QUANTITY",
    "CARDINAL",
    "ORDINAL",
    "PERCENT",
]
LABELS: tuple[Label, ...] = get_args(Label)

# KazNERD, OntoNotes (spaCy, stanza en) and the three or four classes of the Russian models.
# What is not here (ART, POSITION, WORK_OF_ART, MISC, …) is no name of ours and is dropped.
_FOREIGN: Mapping[str, Label] = MappingProxyType(
    {
        "PER": "PERSON",
        "ORGANISATION": "ORG",
        "ORGANIZATION": "ORG",
        "LOCATION": "LOC",
        "FACILITY": "FAC",
        "PERCENTAGE": "PERCENT",
        **{label: label for label in LABELS},
    }
)


def label_of(name: str) -> Label | None:
    """«ORGANISATION», «PER» → «ORG», «PERSON»; nothing for a class that we do not keep."""
    return _FOREIGN.get(name.upper())


@dataclass(frozen=True, slots=True)
class Entity:
    """A name in the text, counted in ``Article.text``; ``model`` says who found it."""

    span: Span
    label: Label
    score: float | None
    model: str


@dataclass(frozen=True, slots=True)
class Missing:
    """«kk-crf» that is not used, and why: extraction goes on by rules.

    ``wanted`` models should be there and are not; the others were left out on purpose.
    """

    name: str
    reason: str
    wanted: bool = True

    def __str__(self) -> str:
        return f"missing: {self.reason}" if self.wanted else f"off: {self.reason}"


class ModelError(ValueError):
    """A model that was asked for by name cannot be loaded; the message says what to do."""


@runtime_checkable
class Recognizer(Protocol):
    """Anything that finds names in sentences of one language."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def digest(self) -> str: ...

    def recognize(self, sentences: Sequence[Sentence]) -> tuple[tuple[Entity, ...], ...]:
        """Sentences → the entities of each, in reading order, none inside another."""
        ...


def describe(recognizer: Recognizer | Missing) -> str:
    """«kk-crf 1 sha256:1f2e…» for ``provenance.models``, or «missing: …», «off: …»."""
    if isinstance(recognizer, Missing):
        return str(recognizer)
    return f"{recognizer.name} {recognizer.version} sha256:{recognizer.digest}"
