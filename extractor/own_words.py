"""The user's own words: TOML files in the form of ``domain/*.toml``, checked before they are used.

A slip of the key would otherwise be silence: a table that nobody reads, a word read letter by
letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from extractor.knowledge import LANGS, TOPICS, KnowledgeError, Toml, read_toml

# Table → what each entry of it must have.
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "aid": ("id",),
    "campaign": ("id",),
    "category": ("id",),
    "country": ("code", "names"),
    "currency": ("id",),
    "fate": ("category",),
    "head": ("role",),
    "item": ("id",),
    "load": ("step",),
    "noise": ("reason",),
    "provider": ("id",),
    "region": ("code", "kind", "name"),
    "role": ("kind",),
    "unit": ("id", "unit"),
    "verb": ("class",),
    "wave": ("id",),
}
# Keys below which each language has its forms.
_NESTED: Final = (
    *("alone", "headed", "adjectives", "abbreviations", "capital"),
    *("names", "aliases", "demonyms"),
)


def read_own_words(paths: Sequence[str | Path]) -> list[Toml]:
    """«own.toml», a folder of such files → their content, by name within a folder.

    Raises:
        KnowledgeError: a file cannot be read, a folder holds none, or an entry is not in the form
            of ``domain/*.toml``; the message names file and key.
    """
    return [toml for path in paths for toml in _read(Path(path))]


def _read(path: Path) -> Iterator[Toml]:
    members = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not members:
        raise KnowledgeError(f"{path}: holds no .toml file")
    for member in members:
        toml = read_toml(member)
        for name in toml.content:
            _check_table(toml, name)
        yield toml


def _check_table(toml: Toml, name: str) -> None:
    if name in TOPICS:
        _check_forms(toml, name, toml.content[name])
        return
    if name not in NEEDED:
        known = ", ".join((*NEEDED, *TOPICS))
        raise toml.fail(f"[[{name}]]", f"unknown; known are {known}")
    for number, entry in enumerate(toml.tables(name), 1):
        where = f"[[{name}]] no. {number}"
        if not isinstance(entry, Mapping):
            raise toml.fail(where, "must be a table")
        for key in NEEDED[name]:
            if key not in entry:
                raise toml.fail(where, f"needs the key '{key}'")
        _check_forms(toml, where, entry)
        for key in _NESTED:
            _check_forms(toml, f"{where}: {key}", entry.get(key, {}))


def _check_forms(toml: Toml, where: str, forms: Any) -> None:
    """«kk = "жылы алақан"» would be eleven letters: forms are lists of texts."""
    if not isinstance(forms, Mapping):
        raise toml.fail(where, "must be a table of languages")
    for lang in LANGS:
        listed = forms.get(lang, [])
        if not isinstance(listed, list) or not all(isinstance(form, str) for form in listed):
            raise toml.fail(f"{where}: {lang}", f"must be a list of texts, not {listed!r}")
