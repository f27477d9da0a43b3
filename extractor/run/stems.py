"""The words that the gate looks for: the forms of ``domain/``, inflected, each with its points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from extractor.knowledge import DOMAIN_FILES, HERE, LANGS, Toml, read_toml
from extractor.match.morphology import (
    PymorphyMorphology,
    SuffixMorphology,
    build_morphology,
    fold_word,
)
from extractor.match.scripts import read_scripts
from extractor.run.spelling import (
    BETWEEN_WORDS,
    WORD_GOES_ON,
    Path,
    Spelling,
    latin_spelling,
    own_spelling,
    pattern_of,
)
from extractor.types import Lang

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


_SHORT = 4


@dataclass(frozen=True, slots=True)
class Stem:
    """A form of a data file, what it counts for, and all the ways to write it.

    Stems with one ``key`` are one piece of evidence: «көмек» twice is no more than once.
    """

    key: str
    lang: Lang
    form: str
    points: int
    word: Word

    @property
    def pattern(self) -> str:
        return pattern_of(self.word.paths) + self.word.tail


@dataclass(frozen=True, slots=True)
class Word:
    """«помощ» and what its forms end in: paths of letters, and a pattern behind all of them."""

    paths: tuple[Path, ...]
    tail: str = ""


_SHARED = 20


def alternatives(words: Iterable[Word]) -> str:
    """Many words in one pattern that writes every beginning once, and every common tail once."""
    words = list(words)
    common = [tail for tail, n in Counter(word.tail for word in words).items() if n >= _SHARED]
    shared = [
        pattern_of(path for word in words if word.tail == tail for path in word.paths) + tail
        for tail in common
    ]
    return "|".join([*shared, pattern_of(_whole(w) for w in words if w.tail not in common)])


def _whole(word: Word) -> Path:
    """The letters that all forms begin with, and then one pattern for the rest."""
    shared = _shared_beginning(word.paths)
    rest = pattern_of(path[len(shared) :] for path in word.paths)
    return (*shared, rest + word.tail)


def _shared_beginning(words: Iterable[Iterable[str]]) -> Path:
    """{«помощь», «помощи»} → п, о, м, о, щ."""
    written = sorted(map(tuple, words))
    first, last = written[0], written[-1]
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return tuple(one for one, _ in same)


class Inflection:
    """How the words of a language are found. Each has its own way to cut a word to its stem."""

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling

    def word(self, form: str) -> Word:
        """«материальная помощь» → the beginning of the one, and behind it a form of the other."""
        words = _WORD.findall(fold_word(form))
        if form.startswith("="):
            return Word((self.spelling.of(words[0]),))
        found = self.begin(words[-1]) if form.endswith("-") else self.end(words[-1])
        for word in reversed(words[:-1]):
            behind = BETWEEN_WORDS + pattern_of(found.paths) + found.tail
            found = Word(self.begin(word).paths, WORD_GOES_ON + behind)
        return found

    def begin(self, word: str) -> Word:
        """«өртен-» → «өртен…»: the stem with anything behind it."""
        return self._words(self.stems(word), WORD_GOES_ON)

    def end(self, word: str) -> Word:
        """«жәрдем» → «жәрдем», «жәрдемі», «жәрдемге»: the forms of the word, and no other word."""
        return self._words(self.stems(word))

    def number(self, form: str) -> Word:
        """«мың» → мыңға, мыңнан, мыңдаған: a word that counts, whatever behind it."""
        return self.word(form)

    def beginnings(self, form: str) -> Collection[str]:
        """«апрель» → «апрель », «апреля »: whole words; where endings are long, «қаңтар»."""
        return {f"{word}{mark}" for word in self._plain(form) for mark in " .,)-"}

    def _plain(self, form: str) -> Collection[str]:
        return self.stems(fold_word(form))

    def stems(self, word: str) -> Collection[str]:
        """What all forms of the word begin with: one stem, or the few that its forms have."""
        raise NotImplementedError

    def _words(self, words: Iterable[str], tail: str = "") -> Word:
        return Word(tuple(map(self.spelling.of, sorted(set(words)))), tail)


class English(Inflection):
    """«donate» → donates, donated, donating; «give» → gave; some forms that nobody writes."""

    def __init__(self, spelling: Spelling, morphology: SuffixMorphology) -> None:
        super().__init__(spelling)
        self.morphology = morphology

    def begin(self, word: str) -> Word:
        return self.end(word)

    def stems(self, word: str) -> Collection[str]:
        return {word, *self._suffixed(word), *self._irregular(word)}

    def _suffixed(self, word: str) -> Iterator[str]:
        rules = self.morphology
        bases = {word, *(word.removesuffix(letter) for letter in rules.append)}
        bases |= {word.removesuffix(y) + i for i, y in rules.restore.items() if word.endswith(y)}
        if rules.double:
            bases.add(word + word[-1])
        return (base + suffix for suffix in rules.table if suffix.isalpha() for base in bases)

    def _irregular(self, word: str) -> Iterator[str]:
        for form, readings in self.morphology.irregular.items():
            if any(reading.lemma.rstrip("-") == word for reading in readings):
                yield form


class Kazakh(Inflection):
    """Stems with a softened last letter; behind a noun its endings, which no other word has."""

    def __init__(
        self, spelling: Spelling, morphology: SuffixMorphology, endings: Mapping[str, Any]
    ) -> None:
        super().__init__(spelling)
        self.morphology = morphology
        nouns = next(chain for chain in endings["chain"] if not chain.get("verbal"))
        layers = [[p["suffix"] for p in endings["layer"][name]] for name in nouns["layers"]]
        self.endings = "".join(pattern_of(map(spelling.of, layer)) for layer in layers)
        first = {suffix[0] for layer in layers for suffix in layer if suffix}
        self.opening = f"(?:{pattern_of(map(spelling.of, first))}{WORD_GOES_ON})?"

    def end(self, word: str) -> Word:
        return self._words(self.stems(word), self.endings if len(word) < _SHORT else self.opening)

    def number(self, form: str) -> Word:
        words = _WORD.findall(fold_word(form))
        return (
            self._words(self.stems(words[-1]), self.opening) if len(words) == 1 else self.word(form)
        )

    def beginnings(self, form: str) -> Collection[str]:
        return super().beginnings(form) if len(form) < _SHORT - 1 else {fold_word(form)}

    def stems(self, word: str) -> Collection[str]:
        softer = self.morphology.restore.items()
        return {word, *(word[:-1] + soft for soft, hard in softer if word.endswith(hard))}


class Russian(Inflection):
    """Nouns by all their forms («помощник» is no form of «помощь»), other words by stems."""

    def __init__(self, spelling: Spelling, morphology: PymorphyMorphology) -> None:
        super().__init__(spelling)
        self.morphology = morphology

    def end(self, word: str) -> Word:
        if self._reading(word).tag.POS == "NOUN" or len(word) <= _SHORT:
            return self._words(self._forms(word))
        return self.begin(word)

    def stems(self, word: str) -> Collection[str]:
        forms = self._forms(word)
        shared = "".join(_shared_beginning(forms))
        if len(shared) > _SHORT and len(shared) >= len(word) - 2:
            return {shared}
        return {form[: max(_SHORT, len(word) - 1)] for form in forms}

    def _plain(self, form: str) -> Collection[str]:
        return self._forms(fold_word(form))

    def _forms(self, word: str) -> set[str]:
        return {word, *(form.word.replace("ё", "е") for form in self._reading(word).lexeme)}

    def _reading(self, word: str) -> Any:
        parses = self.morphology.analyzer.parse(word)
        own = (parse for parse in parses if parse.normal_form.replace("ё", "е") == word)
        return next(own, parses[0])


def read_inflections(gate: Toml) -> dict[Lang, Inflection]:
    """«langs/*/endings.toml» and «scripts.toml» → how each language inflects and spells."""
    return {lang: _inflection(lang, gate.content["latin"].get(lang)) for lang in LANGS}


def _inflection(lang: Lang, latin: Mapping[str, Sequence[str]] | None) -> Inflection:
    folder = HERE / "langs" / lang
    scripts = read_scripts(folder / "scripts.toml")
    endings = read_toml(folder / "endings.toml").content
    morphology = build_morphology(endings)
    if isinstance(morphology, PymorphyMorphology):
        return Russian(own_spelling(scripts), morphology)
    assert isinstance(morphology, SuffixMorphology)
    if latin:
        return Kazakh(latin_spelling(scripts, latin), morphology, endings)
    return English(own_spelling(scripts), morphology)


# --- which forms, and what they count for ----------------------------------------------------


def read_stems(
    gate: Toml, own: Sequence[Toml], inflections: Mapping[Lang, Inflection]
) -> tuple[Stem, ...]:
    """«domain/gate.toml» says which tables of the domain files count, and for how much.

    Words of the user's own files are enough by themselves, whatever their table.
    """
    weights = _weights(gate)
    files = [read_toml(HERE / "domain" / f"{name}.toml") for name in DOMAIN_FILES]
    rows = [*rows_of(gate, [*files, gate]), *rows_of(gate, own, points=gate.content["enough"])]
    best: dict[tuple[Lang, str], tuple[int, str]] = {}
    for key, lang, form, points in rows:
        points = weights.get((lang, form), points)
        best[lang, form] = max((points, key), best.get((lang, form), (0, "")))
    return tuple(
        Stem(key, lang, form, points, inflections[lang].word(form))
        for (lang, form), (points, key) in sorted(best.items())
        if points and not _is_said_by_a_part(lang, form, points, best)
    )


def _is_said_by_a_part(
    lang: Lang, form: str, points: int, best: Mapping[tuple[Lang, str], tuple[int, str]]
) -> bool:
    """«қайырымдылық акциясы»: a phrase is not looked for where one of its words says as much."""
    words = _WORD.findall(form)
    return len(words) > 1 and any(best.get((lang, word), (0, ""))[0] >= points for word in words)


def _weights(gate: Toml) -> dict[tuple[Lang, str], int]:
    """«[[weigh]]»: forms that say more or less than the others of their table."""
    return {
        (lang, form): table["points"]
        for table in gate.tables("weigh")
        for lang in LANGS
        for form in table.get(lang, [])
    }


def rows_of(
    gate: Toml, files: Iterable[Toml], points: int | None = None
) -> Iterator[tuple[str, Lang, str, int]]:
    files = list(files)
    for source in gate.tables("source"):
        for toml in files:
            for table in _tables(toml, source):
                name = str(table.get(source.get("by", "id"), source["table"]))
                for lang in LANGS:
                    for form in table.get(lang, []):
                        key = form if source.get("each") else f"{source['table']} {name}"
                        yield key, lang, form, source["points"] if points is None else points


def _tables(toml: Toml, source: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    found = toml.content.get(source["table"], [])
    only, telling = source.get("only"), source.get("telling", False)
    for table in [found] if isinstance(found, dict) else found:
        if only is not None and table.get(source.get("by", "id")) not in only:
            continue
        if not telling or table.get("telling"):
            yield table
