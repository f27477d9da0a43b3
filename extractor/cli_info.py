"""The command ``info``: what made the records, for a bug report."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

import extractor
from extractor.knowledge import LANGS
from extractor.records import SCHEMA_VERSION

LIBRARIES = (
    "orjson",
    "py3langid",
    "pydantic",
    "pymorphy3",
    "razdel",
    "rich",
    "spacy",
    "trafilatura",
)
LANGUAGES = "kk (Cyrillic, Latin), ru, en"


def info_lines() -> list[str]:
    """«extractor 0.1.0», «data 1a2b…», …: the provenance of a record, and its surroundings."""
    made_by = extractor.extract("The fund gave food to 10 families.").provenance
    models = extractor.load(ner="models").models.provenance(LANGS)
    return [
        f"extractor  {made_by.package}",
        f"schema     {SCHEMA_VERSION}",
        f"data       {made_by.data}",
        "models",
        *(f"  {lang} {model}" for lang, model in models.items()),
        f"languages  {LANGUAGES}",
        f"python     {platform.python_version()} on {platform.system()} {platform.machine()}",
        *(f"  {name} {installed(name)}" for name in LIBRARIES),
    ]


def installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
