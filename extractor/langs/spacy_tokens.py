"""Tokens of Kazakh for spaCy, which has no Kazakh, and what its Russian needs for our news.

spaCy's letter classes have ә ң ө ү һ і, but neither ғ nor қ nor ұ, so that «19-ға» and
«балаларға.Қазір» stay whole; and its rule for URLs takes «млн.теңгеге» for the name of a host.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from spacy.lang.char_classes import (
    ALPHA,
    ALPHA_LOWER,
    ALPHA_UPPER,
    HYPHENS,
    LIST_ELLIPSES,
    LIST_ICONS,
)
from spacy.lang.punctuation import TOKENIZER_PREFIXES, TOKENIZER_SUFFIXES
from spacy.language import BaseDefaults, Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, get_lang_class, registry

from extractor.knowledge import HERE, read_toml
from extractor.types import Lang

_LOWER = ALPHA_LOWER + "ғқұ"
_UPPER = ALPHA_UPPER + "ҒҚҰ"
_LETTER = ALPHA + "ғқұҒҚҰ"
# Apostrophes are letters in the Latin Kazakh of 2017: «bala'lar».
_QUOTES = '\u00ab\u00bb"\u201c\u201d\u201e'
# «Нұр-Сұлтан» stays whole: only other dashes divide words.
_DASHES = HYPHENS.replace("-", "").strip("|").replace("||", "")
# Abbreviations that are words too: «көмек алған 300 адам.» ends with a point of its own.
_WORDS = frozenset({"адам", "мың", "no"})


def _with_kazakh(rules: Iterable[str]) -> list[str]:
    """spaCy's own rules, their letter classes made whole."""
    return [
        rule.replace(ALPHA_LOWER, _LOWER).replace(ALPHA_UPPER, _UPPER).replace(ALPHA, _LETTER)
        for rule in rules
    ]


# «млн.теңгеге», «млн.900», «балаларға.Қазір»: a point with no space behind it.
POINT = rf"(?<=[{_LOWER}])\.(?=[{_LETTER}0-9])"

INFIXES = [
    *LIST_ELLIPSES,
    *LIST_ICONS,
    POINT,
    rf"(?<=[{_LETTER}])[,!?/()]+(?=[{_LETTER}])",
    rf"(?<=[{_LETTER}{_QUOTES}0-9])[:<>=/](?=[{_LETTER}])",
    rf"(?<=[{_LETTER}0-9])[{_QUOTES})\]\[(](?=[\-{_LETTER}0-9])",
    rf"(?<=[{_LETTER}])(?:{_DASHES})(?=[{_LETTER}])",
    r"(?<=[0-9])[+\-\u2013\u2014*^](?=[0-9-])",
    r"(?<=[0-9])%(?=-)",
    rf"(?<=[0-9%{_QUOTES})])-(?=[{_LETTER}])",
]

# URLs and addresses in ASCII, since ``url_match`` is off.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]*[a-zA-Z0-9/]$"
    r"|[A-Za-z0-9._-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$"
    r"|(?:[A-Za-z0-9-]+\.)+(?:kz|ru|com|org|net|info|uz|kg)(?:/[!-~]*[a-zA-Z0-9/])?$"
)


class KazakhDefaults(BaseDefaults):
    prefixes = TOKENIZER_PREFIXES
    suffixes = _with_kazakh(TOKENIZER_SUFFIXES)
    infixes = INFIXES
    url_match = None
    token_match = _ADDRESS.match


@registry.languages("kk")
class Kazakh(Language):  # type: ignore[no-untyped-call]
    """``spacy.blank("kk")``: «2800-ден» → 2800 · - · ден."""

    lang = "kk"
    Defaults = KazakhDefaults

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if isinstance(self.tokenizer, Tokenizer):
            add_abbreviations(self.tokenizer, "kk")


def adapt_tokenizer(tokenizer: Tokenizer, lang: Lang) -> None:
    """Abbreviations of the language; in Cyrillic, a point between words and no rule for URLs."""
    add_abbreviations(tokenizer, lang)
    if lang == "ru":
        tokenizer.url_match = None
        tokenizer.token_match = _ADDRESS.match
        rules = [*_defaults(lang).infixes, POINT]
        tokenizer.infix_finditer = compile_infix_regex(rules).finditer


def _defaults(lang: Lang) -> Any:
    return get_lang_class(lang).Defaults


def add_abbreviations(tokenizer: Tokenizer, lang: Lang) -> None:
    """«жж.», «т.б.» → one token each; a tokeniser that already splits one keeps its own way."""
    for form in _abbreviations(lang):
        if form not in tokenizer.rules:
            tokenizer.add_special_case(form, [{ORTH: form}])


@lru_cache(maxsize=3)
def _abbreviations(lang: Lang) -> tuple[str, ...]:
    """The forms of ``sentences.toml`` with their points, in small and capital letters."""
    return tuple(_forms(read_toml(HERE / "langs" / lang / "sentences.toml").content))


def _forms(content: Any) -> Iterator[str]:
    for word in content.get("abbreviations", ()):
        if word not in _WORDS:
            yield from dict.fromkeys((f"{word}.", f"{word.capitalize()}.", f"{word.upper()}."))
