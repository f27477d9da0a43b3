"""Which model reads which language, loaded when the first sentence asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from extractor.ner.labels import Entity, Missing, ModelError, Recognizer, describe
from extractor.ner.manifest import BrokenModelError, models_folder
from extractor.types import Lang, Sentence

# auto: the own models of the languages in which they were measured to help; models: all own
# models; rules: none.
Backend = Literal["auto", "models", "rules", "stanza"]
BACKENDS: tuple[Backend, ...] = get_args(Backend)


def _load_crf(folder: Path) -> Recognizer:
    from extractor.ner.crf_backend import load_crf

    return load_crf(folder)


def _load_slovnet(folder: Path) -> Recognizer:
    from extractor.ner.slovnet_backend import load_slovnet

    return load_slovnet(folder)


def _load_spacy(folder: Path) -> Recognizer:
    from extractor.ner.spacy_backend import load_spacy

    return load_spacy(folder)


# Language → name of the model, folder of its card and manifest, loader.
_OWN: Mapping[Lang, tuple[str, str, Callable[[Path], Recognizer]]] = MappingProxyType(
    {
        "kk": ("kk-crf", "kk-ner", _load_crf),
        "ru": ("slovnet", "ru-ner", _load_slovnet),
        "en": ("en-core-web-sm", "en-ner", _load_spacy),
    }
)

# Where slots filled with the help of the own model score above those of rules alone: the
# README has the figures.
_HELPFUL: frozenset[Lang] = frozenset(("ru", "en"))


def load_recognizer(
    lang: Lang,
    backend: Backend = "models",
    *,
    models: Path | None = None,
    stanza_dir: Path | None = None,
) -> Recognizer | Missing:
    """«kk» → its recognizer, or ``Missing`` with the reason: a bad model never stops a run.

    ``models`` replaces the folder of manifests and weights that comes with the package.
    ``backend="stanza"`` was asked for by somebody, so there a missing model is an error.

    Raises:
        ModelError: ``backend="stanza"``, and stanza or its model cannot be loaded.
    """
    name, folder, load = _OWN[lang]
    if backend == "rules":
        return Missing(name, "switched off", wanted=False)
    if backend == "auto" and lang not in _HELPFUL:
        return Missing(name, "rules alone score as well; ner=models asks for it", wanted=False)
    if backend == "stanza":
        from extractor.ner.stanza_backend import load_stanza

        return load_stanza(lang, stanza_dir)
    try:
        return load((models or models_folder()) / folder)
    except BrokenModelError as error:
        return Missing(name, str(error))


class Models:
    """The recognizers of all languages, each loaded with the first sentence that needs it."""

    def __init__(
        self,
        backend: Backend = "auto",
        *,
        models: Path | None = None,
        stanza_dir: Path | None = None,
    ) -> None:
        """Nothing is loaded yet, but what ``backend="stanza"`` needs must be there.

        Raises:
            ModelError: ``backend="stanza"``, and stanza or the folder of its models is missing.
        """
        if backend == "stanza":
            from extractor.ner.stanza_backend import check_stanza

            check_stanza(stanza_dir)
        self._backend: Backend = backend
        self._models = models
        self._stanza_dir = stanza_dir
        self._loaded: dict[Lang, Recognizer | Missing] = {}

    def get(self, lang: Lang) -> Recognizer | Missing:
        """The recognizer of a language, loaded now if it was not before.

        A model that cannot be loaded is missing, whoever asked for it: what ``stanza_dir``
        lacks for one language must not stop the others.
        """
        if lang not in self._loaded:
            self._loaded[lang] = self._load(lang)
        return self._loaded[lang]

    def _load(self, lang: Lang) -> Recognizer | Missing:
        try:
            return load_recognizer(
                lang, self._backend, models=self._models, stanza_dir=self._stanza_dir
            )
        except ModelError as error:
            return Missing("stanza", str(error))

    def recognize(self, sentences: Sequence[Sentence]) -> tuple[tuple[Entity, ...], ...]:
        """Sentences of any languages → the entities of each; none where the model is missing."""
        found: list[tuple[Entity, ...]] = [()] * len(sentences)
        for lang in sorted({sentence.zone.lang for sentence in sentences}):
            recognizer = self.get(lang)
            if isinstance(recognizer, Missing):
                continue
            places = [i for i, sentence in enumerate(sentences) if sentence.zone.lang == lang]
            results = recognizer.recognize([sentences[index] for index in places])
            for index, entities in zip(places, results, strict=True):
                found[index] = entities
        return tuple(found)

    def provenance(self, langs: Iterable[Lang]) -> dict[str, str]:
        """«kk» → «kk-crf 1 sha256:…» or «missing: …»: for ``provenance.models`` of a record."""
        return {lang: describe(self.get(lang)) for lang in sorted(set(langs))}

    def missing(self, langs: Iterable[Lang]) -> dict[str, Missing]:
        """The models that somebody counted on and that cannot be used."""
        found = {lang: self.get(lang) for lang in sorted(set(langs))}
        return {k: one for k, one in found.items() if isinstance(one, Missing) and one.wanted}
