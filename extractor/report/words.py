"""The words of the page in its three languages, read from ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from extractor.knowledge import KnowledgeError

LANGS = ("kk", "ru", "en")
FILE = Path(__file__).with_name("words.toml")
DOMAIN = Path(__file__).parent.parent / "domain"

# group → id → language → words
Words = Mapping[str, Mapping[str, Mapping[str, str]]]


def all_words() -> Words:
    """The words of the page, with the names of all countries among its places."""
    words = load_words()
    countries = tomllib.loads((DOMAIN / "countries.toml").read_text(encoding="utf-8"))["country"]
    names = {
        country["code"]: {lang: forms[0] for lang, forms in country["names"].items()}
        for country in countries
    }
    return {**words, "place": {**names, **words["place"]}}


@cache
def load_words(file: Path = FILE) -> Words:
    """«[unit] family = { kk = "отбасы", … }» → words["unit"]["family"]["kk"]

    Raises:
        KnowledgeError: an entry lacks a language; the message names file, group and id.
    """
    words: Words = tomllib.loads(file.read_text(encoding="utf-8"))
    for group, entries in words.items():
        for name, forms in entries.items():
            if not isinstance(forms, dict) or not all(forms.get(lang) for lang in LANGS):
                raise KnowledgeError(f"{file}: {group}.{name}: needs {', '.join(LANGS)}")
    return words
