"""What a model must be, byte for byte, before it is used: ``models/*/model.toml``."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


class BrokenModelError(ValueError):
    """A model file is not there, or is not the one that was measured."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Name and version of a model, its files and the digest that they must have together.

    The files lie beside the manifest, or in an installed ``package``. ``articles`` are words
    that the model takes into a name and that do not belong to it.
    """

    name: str
    version: str
    sha256: str
    folder: Path
    files: tuple[str, ...]
    install: str = ""
    articles: tuple[str, ...] = ()

    def path(self, file: str) -> Path:
        return self.folder / file


def models_folder() -> Path:
    """``models/`` inside the installed package, or beside it in a checkout."""
    installed = _PACKAGE / "models"
    return installed if installed.is_dir() else _PACKAGE.parent / "models"


def read_manifest(folder: Path) -> Manifest:
    """«models/kk-ner» → what its ``model.toml`` says.

    Raises:
        BrokenModelError: no manifest, a manifest without its keys, or its package is missing.
    """
    path = folder / "model.toml"
    try:
        return _manifest(folder, tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BrokenModelError(f"no {folder.name}/model.toml") from error
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, BrokenModelError):
            raise
        raise BrokenModelError(f"{folder.name}/model.toml: {error}") from error


def _manifest(folder: Path, table: Mapping[str, str | list[str]]) -> Manifest:
    package = table.get("package")
    install = str(table.get("install", ""))
    where = _package_folder(str(package), install) if package else folder
    return Manifest(
        name=str(table["name"]),
        version=str(table["version"]),
        sha256=str(table["sha256"]),
        folder=where,
        files=tuple(table["files"]),
        install=install,
        articles=tuple(table.get("articles", ())),
    )


def _package_folder(package: str, install: str) -> Path:
    """Where a package lies, without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise BrokenModelError(f"package {package} is not installed ({install})")
    return Path(spec.submodule_search_locations[0])


def check_files(manifest: Manifest) -> None:
    """Are the files those of the manifest?

    Raises:
        BrokenModelError: one is missing or differs.
    """
    found = digest_of(manifest.folder, manifest.files)
    if found != manifest.sha256:
        raise BrokenModelError(
            f"{manifest.name} {manifest.version}: files differ from the pinned ones"
            f" (sha256 {found[:12]}…, expected {manifest.sha256[:12]}…)"
        )


def digest_of(folder: Path, files: Sequence[str]) -> str:
    """One digest over the names and contents of some files; a folder stands for all in it."""
    total = hashlib.sha256()
    for file in sorted(_expand(folder, files)):
        total.update(f"{file.relative_to(folder).as_posix()} {_file_digest(file)}\n".encode())
    return total.hexdigest()


def _expand(folder: Path, files: Sequence[str]) -> list[Path]:
    found: list[Path] = []
    for name in files:
        path = folder / name
        found += (
            [inner for inner in path.rglob("*") if inner.is_file()] if path.is_dir() else [path]
        )
    return found


def _file_digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise BrokenModelError(f"no file {path.name}") from error
