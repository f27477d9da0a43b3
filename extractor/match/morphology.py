"""What an inflected word may be: readings of (lemma, case, tense), never a single guess.

A lexicon decides which reading counts, so that free stripping, which over-cuts, is
never needed: «жиынтықтарымен» → «жиынтық» only because the lexicon knows «жиынтық».
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any, Protocol

from extractor.fast import fast_dataclass

_VOWELS = frozenset("aeiou")
_LONGEST_WORD = 50
_MOST_WORDS = 200_000


@fast_dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word; ``lemma`` of a verb ends in a hyphen where stems are verbs."""

    lemma: str
    case: str | None = None
    tense: str | None = None
    possessive: bool = False
    pos: str | None = None
    plural: bool = False
    animate: bool = False
    negated: bool = False


class Morphology(Protocol):
    """Anything that turns a folded word into its readings."""

    def readings(self, word: str) -> tuple[Reading, ...]:
        """«отбасына» → (Reading("отбасы", case="dat"), …), the word itself first."""
        ...

    def knows(self, word: str) -> bool:
        """Is the word in a dictionary? Without one, no word is."""
        ...


@dataclass(frozen=True, slots=True)
class Ending:
    case: str | None = None
    tense: str | None = None
    possessive: bool = False
    verbal: bool = False
    negated: bool = False


class _Remembering(ABC):
    """Reads each word once: news has few words, many times."""

    cache: dict[str, tuple[Reading, ...]]

    def readings(self, word: str) -> tuple[Reading, ...]:
        """«бетпердеден» → «бетперде», ablative, among others; «получили» → «получить», past."""
        found = self.cache.get(word)
        if found is None:
            found = tuple(dict.fromkeys(self._read(word)))
            if len(self.cache) < _MOST_WORDS:
                self.cache[word] = found
        return found

    @abstractmethod
    def _read(self, word: str) -> Iterator[Reading]:
        """All readings of a word, some of them perhaps twice."""


@dataclass(frozen=True)
class SuffixMorphology(_Remembering):
    """Suffix layers multiplied out once into a table: suffix → what it marks."""

    table: Mapping[str, tuple[Ending, ...]]
    restore: Mapping[str, str]
    irregular: Mapping[str, tuple[Reading, ...]]
    shortest: int
    verb_mark: str
    append: Sequence[str] = ()
    double: bool = False
    cache: dict[str, tuple[Reading, ...]] = field(default_factory=dict, compare=False)

    def knows(self, word: str) -> bool:
        """Suffix tables have no dictionary: only irregular forms are known."""
        return word in self.irregular

    def _read(self, word: str) -> Iterator[Reading]:
        yield Reading(word)
        if len(word) > _LONGEST_WORD:
            return
        yield from self.irregular.get(word, ())
        for cut in range(len(word), self.shortest - 1, -1):
            for ending in self.table.get(word[cut:], ()):
                mark = self.verb_mark if ending.verbal else ""
                for stem in self._stems(word[:cut], word[cut:]):
                    yield Reading(
                        stem + mark,
                        ending.case,
                        ending.tense,
                        ending.possessive,
                        negated=ending.negated,
                    )

    def _stems(self, stem: str, suffix: str) -> Iterator[str]:
        """«hik»+«ing» → hik, hike; but «plan»+«s» is no plane: an «e» goes before vowels only."""
        yield stem
        if not suffix:
            return
        for tail, original in self.restore.items():
            if stem.endswith(tail):
                yield stem[: len(stem) - len(tail)] + original
        for letter in self.append if suffix[0] in _VOWELS else ():
            yield stem + letter
        if self.double and len(stem) > 3 and stem[-1] == stem[-2]:
            yield stem[:-1]


def build_suffixes(endings: Mapping[str, Any]) -> SuffixMorphology:
    """«[plural] × [possessive] × [case]» → one table of every chain of endings."""
    table: dict[str, list[Ending]] = {}
    for chain in endings["chain"]:
        layers = [endings["layer"][name] for name in chain["layers"]]
        verbal = bool(chain.get("verbal", False))
        for parts in product(*layers):
            suffix = "".join(part["suffix"] for part in parts)
            ending = Ending(
                case=next((p["case"] for p in reversed(parts) if "case" in p), None),
                tense=next((p["tense"] for p in reversed(parts) if "tense" in p), None),
                possessive=any(p.get("possessive", False) for p in parts),
                verbal=verbal,
                negated=any(p.get("negated", False) for p in parts),
            )
            if suffix or verbal:
                table.setdefault(suffix, []).append(ending)
    irregular: dict[str, list[Reading]] = {}
    for entry in endings.get("irregular", []):
        reading = Reading(entry["lemma"], entry.get("case"), entry.get("tense"))
        for form in entry["forms"]:
            irregular.setdefault(form, []).append(reading)
    return SuffixMorphology(
        table={suffix: tuple(dict.fromkeys(found)) for suffix, found in table.items()},
        restore=endings.get("restore", {}),
        irregular={form: tuple(found) for form, found in irregular.items()},
        shortest=int(endings.get("shortest", 2)),
        verb_mark=str(endings.get("verb_mark", "")),
        append=tuple(endings.get("append", ())),
        double=bool(endings.get("double", False)),
    )


# OpenCorpora tags (the tag set of pymorphy3's dictionaries) → our names.
_CASES = {"nomn": "nom", "gent": "gen", "datv": "dat", "accs": "acc", "ablt": "ins", "loct": "loc"}
_TENSES = {"past": "past", "pres": "progressive", "futr": "future"}
_NAMES = {"Name", "Surn", "Patr", "Orgn", "Geox", "Init"}
_VERBS = {"VERB", "INFN", "PRTF", "PRTS", "GRND"}


@dataclass(frozen=True)
class PymorphyMorphology(_Remembering):
    """pymorphy3 behind the same door; its slips on local words are corrected by ``fixes``."""

    fixes: Mapping[str, str]
    cache: dict[str, tuple[Reading, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def analyzer(self) -> Any:
        import pymorphy3

        return pymorphy3.MorphAnalyzer(lang="ru")

    def knows(self, word: str) -> bool:
        """«получат» is in the dictionary, «получатпо» is not."""
        return _is_cyrillic(word) and bool(self.analyzer.word_is_known(word))

    def _read(self, word: str) -> Iterator[Reading]:
        yield Reading(word)
        if len(word) > _LONGEST_WORD or not _is_cyrillic(word):
            return
        for parse in self.analyzer.parse(word):
            if parse.score < 0.02:
                continue
            tag = parse.tag
            lemma = parse.normal_form.replace("ё", "е")
            pos = str(tag.POS) if tag.POS else None
            tense = _TENSES.get(str(tag.tense))
            if pos in ("PRTF", "PRTS"):
                tense = "past" if tense == "past" else tense
            elif pos == "INFN":
                tense = "infinitive"
            elif pos == "GRND":
                tense = "converb"
            case = _CASES.get(str(tag.case)[:4]) if pos not in _VERBS or pos == "PRTF" else None
            plural = str(tag.number) == "plur"
            animate = pos == "NOUN" and "anim" in tag and not _NAMES & tag.grammemes
            lemma = self.fixes.get(lemma, lemma)
            yield Reading(lemma, case, tense, pos=pos, plural=plural, animate=animate)


def _is_cyrillic(word: str) -> bool:
    """«тенге», but not «tenge», nor letters without a name, which pymorphy3 cannot bear."""
    return any("\u0400" <= char <= "\u04ff" for char in word) and max(word) <= "\u04ff"


def build_morphology(endings: Mapping[str, Any]) -> Morphology:
    """«analyzer = "pymorphy3"» or layers of suffixes: the data file chooses."""
    if endings.get("analyzer") == "pymorphy3":
        return PymorphyMorphology(fixes=endings.get("fixes", {}))
    return build_suffixes(endings)


def fold_word(word: str) -> str:
    """«Ёлка» → «елка»: lower case with every letter standing where it stood."""
    lowered = word.lower()
    if len(lowered) != len(word):
        lowered = "".join(char.lower()[:1] or char for char in word)
    return lowered.replace("ё", "е").replace("\u2019", "'").replace("\u02bc", "'")
