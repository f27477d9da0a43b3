"""Names by stanza, for those who have it: ``extractor[stanza]``, from a folder or downloaded.

Words are handed over ready made, so that no tokenizer model is needed and Latin Kazakh can
be read through its Cyrillic view.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from extractor.ner.labels import Entity, ModelError, label_of
from extractor.ner.manifest import digest_of
from extractor.ner.units import Unit, join_units
from extractor.types import Lang, Sentence, Span

_INSTALL = "pip install 'extractor[stanza]' (torch comes with it)"
_TAIL = re.compile("(?<=\\w)['\u2019]\\w{1,2}$")
_BLANKS = re.compile(r"\s+")


class StanzaRecognizer:
    """A stanza pipeline of NER alone behind the interface of all models."""

    def __init__(self, lang: Lang, pipeline: Any, version: str, digest: str) -> None:
        self.name = "stanza"
        self.version = version
        self.digest = digest
        self._pipeline = pipeline
        self._words = _WORDS[lang]

    def recognize(self, sentences: Sequence[Sentence]) -> tuple[tuple[Entity, ...], ...]:
        """Words of sentences → stanza's entities, at the places where the words stand."""
        if not sentences:
            return ()
        units = [self._words(sentence) for sentence in sentences]
        with _one_torch_thread():
            document = self._pipeline([[spell(unit) for unit in row] for row in units])
        return tuple(
            tuple(self._entities(found.ents, row))
            for found, row in zip(document.sentences, units, strict=True)
        )

    def _entities(self, names: Sequence[Any], units: Sequence[Unit]) -> Iterator[Entity]:
        for name in names:
            label = label_of(name.type)
            if label is not None:
                first, last = name.tokens[0].id[0] - 1, name.tokens[-1].id[0] - 1
                span = units[first].span.union(units[last].span)
                yield Entity(span, label, None, self.name)


def check_stanza(folder: Path | None) -> None:
    """Is stanza there, and does the folder hold models of any of our languages?

    Raises:
        ModelError: no, with what to do about it.
    """
    if find_spec("stanza") is None:
        raise ModelError(f"ner=stanza: the package stanza is not installed: {_INSTALL}")
    if folder is not None and not set(_languages(folder)) & set(get_args(Lang)):
        raise ModelError(f"ner=stanza: {folder / 'resources.json'} knows no kk, ru or en")


def _languages(folder: Path) -> Mapping[str, Any]:
    path = folder / "resources.json"
    try:
        found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"ner=stanza: no readable {path}; stanza.download(…, model_dir=…) makes such a folder"
        ) from error
    return found


def load_stanza(lang: Lang, folder: Path | None = None) -> StanzaRecognizer:
    """A folder of stanza models, or stanza's own folder and its own download → a recognizer.

    Raises:
        ModelError: stanza or the model is missing, or cannot be read.
    """
    check_stanza(folder)
    if folder is not None and lang not in _languages(folder):
        raise ModelError(f"ner=stanza: resources.json knows no «{lang}»")
    import stanza

    try:
        pipeline = stanza.Pipeline(lang, **_options(folder))
    # stanza raises a dozen kinds of errors, down to those of torch and of the network.
    except Exception as error:
        where = folder or "stanza's own folder or its download"
        raise ModelError(f"ner=stanza: no model of «{lang}» from {where}: {error}") from error
    files = [Path(file) for file in _model_files(pipeline)]
    digest = digest_of(files[0].parent, [file.name for file in files])
    packages = "+".join(file.stem for file in files)
    return StanzaRecognizer(lang, pipeline, f"{stanza.__version__} {packages}", digest)


def _model_files(pipeline: Any) -> Sequence[str]:
    """A language may have several NER models, whose names stanza merges."""
    found = pipeline.processors["ner"].config["model_path"]
    return [found] if isinstance(found, str) else list(found)


def _options(folder: Path | None) -> Mapping[str, Any]:
    from stanza.pipeline.core import DownloadMethod

    shared = {
        "processors": "tokenize,ner",
        "tokenize_pretokenized": True,
        "use_gpu": False,
        "verbose": False,
    }
    if folder is None:
        return {**shared, "download_method": DownloadMethod.REUSE_RESOURCES}
    return {**shared, "dir": str(folder), "download_method": DownloadMethod.NONE}


@contextmanager
def _one_torch_thread() -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


# --- words ----------------------------------------------------------------------------------


def spell(unit: Unit) -> str:
    """«Qaraǵandyda» → «Қарағандыда»: the view in Cyrillic, with the capitals of the text."""
    if unit.text.lower() == unit.norm:
        return _BLANKS.sub("", unit.text)
    view = _BLANKS.sub("", unit.norm)
    if len(unit.text) > 1 and unit.text.isupper():
        return view.upper()
    parts = zip(unit.text.split("-"), view.split("-"), strict=False)
    cased = (seen[:1].upper() + seen[1:] if text[:1].isupper() else seen for text, seen in parts)
    return "-".join(cased) if unit.text.count("-") == view.count("-") else view


def _plain_words(sentence: Sentence) -> tuple[Unit, ...]:
    """«Kazakhstan’s» → two words, «Nur-Sultan» → three: as English treebanks cut them."""
    return tuple(part for token in sentence.tokens for part in _cut(token.span, token.text))


def _cut(span: Span, text: str) -> Iterator[Unit]:
    tail = _TAIL.search(text)
    if tail is None:
        yield Unit(span, text, text)
        return
    middle = span.start + tail.start()
    yield Unit(Span(span.start, middle), text[: tail.start()], text[: tail.start()])
    yield Unit(Span(middle, span.stop), tail[0], tail[0])


_WORDS: Mapping[Lang, Callable[[Sentence], tuple[Unit, ...]]] = MappingProxyType(
    {"kk": join_units, "ru": join_units, "en": _plain_words}
)
