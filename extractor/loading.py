"""Everything that is read from disk, read once: ``load`` and what it returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path

from extractor.knowledge import (
    DOMAIN_FILES,
    HERE,
    LANGS,
    IndexValue,
    KnowledgeError,
    Language,
    digest_of,
    read_index,
    read_language,
    read_toml,
)
from extractor.match.date_words import DateKnowledge, load_date_knowledge
from extractor.match.gazetteer import PlaceKnowledge, load_place_entries, load_place_knowledge
from extractor.match.memory import Memory
from extractor.match.morphology import fold_word
from extractor.match.ranker import Ranker, RankerError, read_ranker
from extractor.match.scripts import Scripts, alphabet_of, cyrillic_view, fold_twins, read_scripts
from extractor.ner import BACKENDS, Backend, Models
from extractor.ner.manifest import models_folder
from extractor.own_words import read_own_words
from extractor.stages.zones import ZoneKnowledge, load_zone_knowledge
from extractor.types import Lang, Script, Zone

_MOST_WORDS = 500_000


@dataclass(frozen=True)
class Knowledge:
    """All that the stages know. ``digest`` changes when any data file does.

    ``models`` find names; each is loaded with the first sentence that needs it.
    """

    languages: Mapping[Lang, Language]
    dates: Mapping[Lang, DateKnowledge]
    places: PlaceKnowledge
    zones: ZoneKnowledge
    scripts: Mapping[Lang, Scripts]
    rankers: Mapping[str, Ranker]
    index: Sequence[IndexValue]
    digest: str
    models: Models = field(default_factory=Models, compare=False)
    _folded: dict[tuple[Lang, Script, str | None], Memory[str]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def folding(self, zone: Zone, alphabet: str | None) -> Callable[[str], str]:
        """The ``fold`` of a zone, each word folded once for all zones that are written so."""
        way = (zone.lang, zone.script, alphabet)
        if way not in self._folded:
            fold = partial(self.fold, zone=zone, alphabet=alphabet)
            self._folded[way] = Memory(fold, _MOST_WORDS)
        return self._folded[way].__getitem__

    def fold(self, word: str, zone: Zone, alphabet: str | None) -> str:
        """«Ózbekstanda» → «өзбекстанда» in a Latin Kazakh zone; elsewhere lower case."""
        scripts = self.scripts[zone.lang]
        if zone.script == "Latn" and scripts.home != "Latn":
            return cyrillic_view(word, scripts, alphabet)
        if zone.script == "Cyrl" and any(char.isascii() for char in word) and not word.isascii():
            return fold_word(fold_twins(word, scripts))
        return fold_word(word)

    def alphabet(self, text: str, zone: Zone) -> str | None:
        """Which Latin alphabet a zone is written in, decided over all of it."""
        scripts = self.scripts[zone.lang]
        return alphabet_of(text, scripts) if zone.script != scripts.home else None


def load(
    domain: Sequence[str | Path] = (),
    *,
    ner: Backend | str = "auto",
    stanza_dir: str | Path | None = None,
) -> Knowledge:
    """Read the language and domain data, once per set of extra domain files and models.

    ``domain`` are TOML files of the user's own, or folders of them, in the form of the
    package's ``domain/*.toml``; their entries are added to the package's.

    ``ner`` says which models find names besides the rules: «auto» (the own ones, in the
    languages where they help), «models» (all own ones), «rules» (none) or «stanza» (those of
    ``stanza_dir``, or of stanza's own folder). A model is loaded when a sentence needs it; one
    that is missing or broken leaves the names to the rules, and the record says so.

    Raises:
        KnowledgeError: a data file cannot be read or says something impossible.
        ModelError: ``ner="stanza"``, and stanza or the folder of its models is missing.
        ValueError: ``ner`` is none of the four, or ``stanza_dir`` goes with another one.
    """
    backend = _check_backend(ner)
    if stanza_dir is not None and ner != "stanza":
        raise ValueError(f"stanza_dir goes with ner='stanza', not with {ner!r}")
    folder = str(Path(stanza_dir)) if stanza_dir is not None else None
    return _load(tuple(str(Path(path)) for path in domain), backend, folder)


def _check_backend(ner: str) -> Backend:
    """«stanza» → stanza; «bert» → an error that names those we have."""
    for known in BACKENDS:
        if ner == known:
            return known
    raise ValueError(f"unknown ner {ner!r}; known are {', '.join(BACKENDS)}")


@lru_cache(maxsize=8)
def _load(domain: tuple[str, ...], ner: Backend, stanza_dir: str | None) -> Knowledge:
    """The same words for every choice of models."""
    models = Models(ner, stanza_dir=Path(stanza_dir) if stanza_dir is not None else None)
    return replace(_read(domain), models=models)


@lru_cache(maxsize=4)
def _read(domain: tuple[str, ...]) -> Knowledge:
    files = [read_toml(HERE / "domain" / f"{name}.toml") for name in DOMAIN_FILES]
    own = read_own_words(domain)
    languages: dict[Lang, Language] = {}
    dates: dict[Lang, DateKnowledge] = {}
    scripts: dict[Lang, Scripts] = {}
    for code in LANGS:
        folder = HERE / "langs" / code
        extra = load_place_entries(code, own)
        languages[code] = read_language(code, folder, [*own, *files], extra)
        dates[code] = load_date_knowledge(folder, languages[code].morphology)
        scripts[code] = read_scripts(folder / "scripts.toml")
    return Knowledge(
        languages=languages,
        dates=dates,
        places=load_place_knowledge(),
        zones=load_zone_knowledge(),
        scripts=scripts,
        rankers=_rankers(),
        index=read_index(read_toml(HERE / "domain" / "mci.toml")),
        digest=digest_of([HERE / "langs", HERE / "domain", _weights(), *map(Path, domain)]),
    )


RANKERS = ("figures", "events", "homes", "exact")


def _weights() -> Path:
    return models_folder() / "rankers"


def _rankers() -> dict[str, Ranker]:
    try:
        return {name: read_ranker(_weights() / f"{name}.json") for name in RANKERS}
    except RankerError as error:
        raise KnowledgeError(str(error)) from error
