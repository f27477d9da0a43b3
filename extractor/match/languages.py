"""Which language a paragraph is in, and whether an article is in none of ours.

Scripts and telling letters decide the clear cases; what is left goes to py3langid, limited to
our languages, with quoted names and capitals inside the sentence masked: «Фонд «Біз біргеміз»
выделил …» is Russian. Everything about a language is in ``langs/*/scripts.toml``.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import regex

from extractor.match.scripts import Scripts, lower_each, script_counts, straight_marks, words_of
from extractor.types import Lang, Script

_SAMPLE = 2_000
_FOREIGN_SAMPLE = 4_000
_FEW_LETTERS = 30
_ENOUGH_LETTERS = 120
_CLEAR_LETTERS = 80
_CLEAR_SHARE = 0.08
_PLAIN_SHARE = 0.01
_QUICK_SHARE = 0.12
_LATIN_SHARE = 0.2
_TOGETHER_SHARE = 0.01
_OWN_SHARE = 0.005
_STRANGE_SHARE = 0.004
_COMMON_SHARE = 0.1
_SURE = 0.9
_OWN_WORDS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Languages:
    """Our languages and how each is written; ``foreign`` has the letters of some neighbours.

    ``marked`` has letters of its own in every script (Kazakh); ``homes`` says who writes in a
    script when no letter tells, the first that does: Cyrl → ru, Latn → en.
    """

    scripts: Mapping[Lang, Scripts]
    foreign: Mapping[str, frozenset[str]]
    marked: Lang
    homes: Mapping[Script, Lang]

    @classmethod
    def of(cls, scripts: Mapping[Lang, Scripts], foreign: Mapping[str, str]) -> Languages:
        """«kk, ru, en» with their tables → the marked one and the homes of the others."""
        marked = next(lang for lang, table in scripts.items() if table.telling)
        homes: dict[Script, Lang] = {}
        for lang, table in scripts.items():
            if lang != marked:
                homes.setdefault(table.home, lang)
        letters = {lang: frozenset(signs) for lang, signs in foreign.items()}
        return cls(scripts, letters, marked, homes)

    def plain(self, script: Script) -> Lang:
        """Who writes so when no letter tells; the marked one where nobody else does."""
        return self.homes.get(script, self.marked)


# --- a paragraph ----------------------------------------------------------------------------


def language_of(text: str, script: Script, know: Languages) -> Lang | None:
    """«Үкімет 5 млн бөлді» → kk; nothing where there is too little to tell."""
    sample = text[:_SAMPLE]
    if script == "Latn":
        return _latin(sample, know)
    if know.plain(script) == know.marked:
        return know.marked
    return _cyrillic(sample, know)


def has_marked_latin(text: str, know: Languages) -> bool:
    """Is some of the text in Latin Kazakh? One letter in two hundred must tell."""
    scripts = know.scripts[know.marked]
    lowered = text.lower()
    signs = (sign for sign in scripts.latin_telling if len(sign) == 1)
    told = sum(lowered.count(sign) for sign in signs) + lowered.count(scripts.lone)
    return told * 200 > len(text)


def likely_language(text: str, script: Script, know: Languages) -> Lang:
    """«Алматы, Шымкент» → a language in any case, for a text that stands alone."""
    if script == "Cyrl" and any(map(str.isalpha, text)):
        return ask_model(mask_names(text[:_SAMPLE]), (know.marked, know.plain(script)))
    return know.plain(script)


def _latin(text: str, know: Languages) -> Lang | None:
    """Kazakh if two words and a fifth of all have Kazakh Latin letters or «q» without «u»."""
    scripts = know.scripts[know.marked]
    words = list(words_of(text))
    plain = text.isascii() and "'" not in text and scripts.lone not in text.lower()
    telling = 0 if plain else sum(_tells(word, scripts) for word in words)
    if telling >= 2 and telling > _LATIN_SHARE * len(words):
        return know.marked
    if _is_plain_marked(words, know):
        return know.marked
    if telling == 0 and (len(words) >= 6 or _has_common(words, know)):
        return know.plain("Latn")
    return know.plain("Latn") if len(words) >= 8 and telling < _LATIN_SHARE * len(words) else None


def _is_plain_marked(words: list[str], know: Languages) -> bool:
    """«Qala turgyndary men balalar ushin» typed without marks: its own small words, no «the»."""
    own, plain = know.scripts[know.marked].common, know.scripts[know.plain("Latn")].common
    lowered = [lower_each(word) for word in words]
    told = sum(word in own for word in lowered)
    return told >= 2 and told > sum(word in plain for word in lowered)


@lru_cache(maxsize=1 << 16)
def _tells(word: str, scripts: Scripts) -> bool:
    lowered = straight_marks(lower_each(word))
    if lowered.isascii() and "'" not in lowered:
        return _is_lone(lowered, scripts.lone)
    return any(sign in lowered[:-2] if "'" in sign else sign in lowered for sign in _signs(scripts))


@lru_cache(maxsize=8)
def _signs(scripts: Scripts) -> tuple[str, ...]:
    return tuple(sorted(scripts.latin_telling))


def _is_lone(word: str, lone: str) -> bool:
    """«Qostanai» but not «request»: «q» that no «u» follows."""
    return bool(lone) and lone in word and lone + "u" not in word


def _has_common(words: list[str], know: Languages) -> bool:
    common = know.scripts[know.plain("Latn")].common
    return any(lower_each(word) in common for word in words)


def _cyrillic(text: str, know: Languages) -> Lang | None:
    telling = know.scripts[know.marked].telling
    letters, told = _count(text, telling)
    if letters >= _CLEAR_LETTERS and told >= _QUICK_SHARE * letters:
        return know.marked
    if letters >= _CLEAR_LETTERS and told <= _PLAIN_SHARE * letters:
        common = know.scripts[know.plain("Cyrl")].common
        if len(common.intersection(text.split())) >= 2:
            return know.plain("Cyrl")
    masked = mask_names(text)
    letters, told = _count(masked, telling)
    if told >= max(2, _CLEAR_SHARE * letters):
        return know.marked
    if letters < _FEW_LETTERS:
        return None
    return ask_model(masked, (know.marked, know.plain("Cyrl")))


def _count(text: str, telling: frozenset[str]) -> tuple[int, int]:
    """Letters in all, and those among them that tell."""
    lowered = lower_each(text)
    return sum(map(str.isalpha, lowered)), sum(lowered.count(sign) for sign in telling)


def mask_names(text: str) -> str:
    """«Фонд «Біз біргеміз» выделил» → «Фонд выделил»; kept whole if little would be left."""
    quotes, capitals = _mask_patterns()
    masked = capitals.sub(" ", quotes.sub(" ", text))
    return masked if sum(map(str.isalpha, masked)) >= 8 else text


@lru_cache(maxsize=1)
def _mask_patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    quotes = "\u00ab[^\u00ab\u00bb\\n]{1,60}\u00bb|\u201c[^\u201c\u201d\\n]{1,60}\u201d"
    return (
        regex.compile(quotes + r'|"[^"\n]{1,60}"'),
        regex.compile(r"(?<=[\p{Ll}\d,;:)] )\p{Lu}[\p{L}-]+"),
    )


# --- py3langid ------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _full_model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=8)
def _model(langs: tuple[Lang, ...]) -> Any:
    model = copy.copy(_full_model())
    model.set_languages(langs)
    return model


@lru_cache(maxsize=512)
def ask_model(text: str, langs: tuple[Lang, ...]) -> Lang:
    """«қалада жаңа мектеп» → the likeliest of the languages given."""
    return cast(Lang, _model(langs).classify(text[:_SAMPLE])[0])


# --- an article -----------------------------------------------------------------------------


def foreign_language(text: str, know: Languages) -> str | None:
    """«Уряд виділив …» → uk: the language of an article that is clearly none of ours.

    A short or doubtful text is never foreign. The model alone is not believed: it must see the
    language's own letters, because Kazakh typed without its letters looks Kyrgyz to it.
    """
    sample = text[:_FOREIGN_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    counts = script_counts(sample)
    if 2 * sum(counts.values()) < letters:
        return _guess(sample) if letters >= _FEW_LETTERS else None
    if letters < _ENOUGH_LETTERS:
        return None
    script = max(counts, key=lambda name: counts[name])
    checks = {"Latn": _foreign_latin, "Cyrl": _foreign_letters, "Arab": _foreign_letters}
    return checks[script](sample, letters, know)


def _guess(text: str) -> str:
    return str(_full_model().classify(text)[0])


def _sure_guess(text: str, know: Languages) -> str | None:
    label, confidence = _full_model().classify(text)
    return None if label in know.scripts or confidence < _SURE else str(label)


def _foreign_latin(text: str, letters: int, know: Languages) -> str | None:
    """Neither «q» without Turkish or Uzbek letters nor «the», «of»: the model may say so."""
    scripts = know.scripts[know.marked]
    words = [lower_each(word) for word in words_of(text)]
    # English is told first: it is most of what is written so, and soonest told.
    common = know.scripts[know.plain("Latn")].common
    if sum(word in common for word in words) >= _COMMON_SHARE * len(words):
        return None
    if len(scripts.common.intersection(words)) >= _OWN_WORDS:
        return None
    lone = sum(_is_lone(word, scripts.lone) for word in words)
    alien = sum(_alien_letters(word, scripts) for word in words)
    if lone >= 0.06 * len(words) and alien < 0.007 * letters and not _is_kin(text, scripts):
        return None
    return _sure_guess(text, know)


def _is_kin(text: str, scripts: Scripts) -> bool:
    """«so‘m», «og‘ir» without «s'», «y'»: apostrophes as Uzbek has them, not as Kazakh had."""
    lowered = straight_marks(text).lower()
    shared = any(mark in lowered for mark in scripts.shared_marks)
    return shared and not any(mark in lowered for mark in scripts.own_marks)


def _alien_letters(word: str, scripts: Scripts) -> int:
    """«c» counts where no «h» follows it: «ch» is Kazakh too."""
    count = sum(word.count(letter) for letter in scripts.alien)
    return count - (word.count("ch") if "c" in scripts.alien else 0)


def _foreign_letters(text: str, letters: int, know: Languages) -> str | None:
    """The model's language, if its letters are there and letters that only Kazakh has are not."""
    scripts = know.scripts[know.marked]
    seen = Counter(lower_each(text))
    together = [seen[letter] >= _TOGETHER_SHARE * letters for letter in scripts.together]
    if together and all(together):
        return None
    # The model is asked last: it costs more than all the rest, and most articles are ours.
    alien = {lang: own for lang, own in know.foreign.items() if _is_full(own, seen, letters)}
    label = _sure_guess(text, know) if alien else None
    if label not in alien:
        return None
    strange = sum(seen[letter] for letter in scripts.telling - alien[label])
    return label if strange <= _STRANGE_SHARE * letters else None


def _is_full(own: frozenset[str], seen: Mapping[str, int], letters: int) -> bool:
    """«і», «ї»: is at least one letter in two hundred of a language's own?"""
    return sum(seen[letter] for letter in own) >= _OWN_SHARE * letters
