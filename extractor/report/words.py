"""The words of the page in its three languages, read from ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from extractor.knowledge import KnowledgeError

LANGS = ("kk", "ru", "en")
FILE = Path(__file__).with_name("words.toml")

# group → id → language → words
Words = Mapping[str, Mapping[str, Mapping[str, str]]]


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
