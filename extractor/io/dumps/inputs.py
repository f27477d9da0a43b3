"""What a user names → the parts of a dump, in an order that depends on nothing else."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from extractor.io.dumps.csvs import read_csv
from extractor.io.dumps.lines import read_lines
from extractor.io.dumps.pages import read_files, read_warc
from extractor.io.dumps.rows import Found, suffix_of
from extractor.io.dumps.tables import files_of_dataset, read_arrow, read_parquet
from extractor.io.readers import (
    GUESSED,
    HTML_SUFFIXES,
    JSON_SUFFIXES,
    LINES_SUFFIXES,
    TEXT_SUFFIXES,
    Fields,
)

Form = Literal["lines", "csv", "parquet", "arrow", "warc", "files"]
FORMS: dict[str, Form] = {
    **dict.fromkeys(LINES_SUFFIXES, "lines"),
    **dict.fromkeys(TEXT_SUFFIXES | HTML_SUFFIXES | JSON_SUFFIXES, "files"),
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "warc",
    ".wet": "warc",
}
# Small files that are one part, so that a folder of a million is no million parts.
FILES_IN_PART = 1000


class InputError(ValueError):
    """What a user named and cannot be read at all; the message names it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file with many articles, or a group of files with one each."""

    form: Form
    paths: tuple[str, ...]

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(Path(path).stat().st_size for path in self.paths)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The parts of a dump, and what beside them is not read: files by suffix."""

    parts: tuple[Part, ...]
    ignored: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a user wants files read: which fields are what, and the encoding of text."""

    fields: Fields = GUESSED
    encoding: str = "utf-8"

    @property
    def columns(self) -> tuple[str, ...]:
        """Every field that may say something, for forms that can leave out the rest."""
        say = self.fields
        return (*say.text, *say.id, *say.title, *say.published, *say.url, *say.outlet)


def find_inputs(names: Iterable[str]) -> Inputs:
    """«dump.jsonl.gz», «news/», «2024-*.parquet» → their parts, each file once.

    Raises:
        InputError: a name is nowhere, holds nothing that can be read, or has an unknown form.
    """
    ignored: Counter[str] = Counter()
    files: dict[str, Form] = {}
    for name in names:
        found = list(_files_of(name, ignored))
        if not found:
            raise InputError(f"{name}: no file of a known form ({', '.join(sorted(FORMS))})")
        files.update(found)
    if not files:
        raise InputError("no input")
    return Inputs(tuple(_parts_of(files)), ignored)


def read_part(part: Part, reading: Reading) -> Found:
    """«Part» → its rows, in their order and in bounded memory."""
    if part.form == "files":
        return read_files(part.paths)
    [path] = part.paths
    match part.form:
        case "csv":
            return read_csv(path, reading.encoding)
        case "parquet":
            return read_parquet(path, reading.columns)
        case "arrow":
            return read_arrow(path, reading.columns)
        case "warc":
            return read_warc(path)
        case _:
            return read_lines(path, reading.encoding)


def _files_of(name: str, ignored: Counter[str]) -> Iterator[tuple[str, Form]]:
    path = Path(name)
    if path.is_dir():
        yield from _walk(path, ignored)
    elif path.exists():
        if form := FORMS.get(suffix_of(name)):
            yield name, form
    elif glob.has_magic(name):
        # Path.glob takes no absolute pattern.
        for found in sorted(glob.glob(name, recursive=True)):  # noqa: PTH207
            yield from _files_of(found, ignored)
    else:
        raise InputError(f"{name}: no such file or folder")


def _walk(folder: Path, ignored: Counter[str]) -> Iterator[tuple[str, Form]]:
    """Files of known forms, sorted; hidden ones are left out, unknown ones counted."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        dataset = _dataset(Path(root))
        if dataset is not None:
            folders.clear()
            yield from ((str(file), "arrow") for file in dataset)
            continue
        for name in sorted(names):
            form = FORMS.get(suffix_of(name))
            if name.startswith("."):
                continue
            if form is None:
                ignored[suffix_of(name) or name] += 1
            else:
                yield str(Path(root, name)), form


def _dataset(folder: Path) -> list[Path] | None:
    try:
        return files_of_dataset(folder)
    except (ValueError, KeyError) as error:
        raise InputError(str(error)) from error


def _parts_of(files: dict[str, Form]) -> Iterator[Part]:
    """Neighbouring small files together, each large one alone."""
    group: list[str] = []
    for path, form in files.items():
        if form == "files" and len(group) < FILES_IN_PART:
            group.append(path)
            continue
        if group:
            yield Part("files", tuple(group))
        group = [path] if form == "files" else []
        if form != "files":
            yield Part(form, (path,))
    if group:
        yield Part("files", tuple(group))
