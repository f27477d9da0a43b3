"""What the output of a run depends on, by name, so that a difference can be named."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import orjson

from extractor.io.dumps.inputs import Reading
from extractor.knowledge import HERE, LANGS

LIBRARIES = (
    "dateparser",
    "lxml",
    "orjson",
    "py3langid",
    "pyarrow",
    "pydantic",
    "pymorphy3",
    "razdel",
    "regex",
    "resiliparse",
    "spacy",
    "trafilatura",
)
SECONDS = 60.0


class RunError(ValueError):
    """A run that cannot begin or go on; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a user chooses of a run's output.

    ``seconds`` is the time that an article may take; ``limit`` is a number of rows and
    ``sample`` a share of them, between 0 and 1.
    """

    reading: Reading = field(default_factory=Reading)
    domain: tuple[str, ...] = ()
    ner: str = "auto"
    stanza_dir: str | None = None
    gate: bool = True
    with_text: bool = False
    seconds: float = SECONDS
    limit: int | None = None
    sample: float | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The options and everything else that decides what comes out; ``digest`` is their name."""

    options: Options
    values: Mapping[str, str]

    @property
    def digest(self) -> str:
        return hashlib.sha256(orjson.dumps(dict(self.values))).hexdigest()[:16]


def make_settings(options: Options) -> Settings:
    """«Options» → with the digests of code, words and models beside them.

    Raises:
        KnowledgeError, ModelError: the words or models cannot be loaded.
    """
    import extractor
    from extractor.run.gates import choose_gate

    know = extractor.load(options.domain, ner=options.ner, stanza_dir=options.stanza_dir)
    models = know.models.provenance(LANGS)
    values = {
        **_said(options),
        "package": extractor.__version__,
        "code": code_digest(),
        "data": know.digest,
        "gate": choose_gate(options.domain, closed=options.gate).digest,
        "python": ".".join(platform.python_version_tuple()[:2]),
        **{f"model {lang}": name for lang, name in models.items()},
        **{f"library {name}": _installed(name) for name in LIBRARIES},
    }
    return Settings(options, dict(sorted(values.items())))


def _said(options: Options) -> dict[str, str]:
    fields = options.reading.fields
    names = ("text", "id", "title", "published", "url", "outlet")
    return {
        **{f"--map {name}": ",".join(getattr(fields, name)) for name in names},
        "--map html": ",".join(sorted(fields.html)),
        "--encoding": options.reading.encoding,
        "--ner": options.ner,
        "--with-text": str(options.with_text),
        "--timeout": f"{options.seconds:g}",
        "--limit": str(options.limit),
        "--sample": str(options.sample),
    }


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """«--ner: rules then, auto now», one for each name."""
    names = sorted({*old, *new})
    return [
        f"{name}: {old.get(name, 'nothing')} then, {new.get(name, 'nothing')} now"
        for name in names
        if old.get(name) != new.get(name)
    ]


def code_digest(home: Path = HERE) -> str:
    """A digest of every line of the package's own code."""
    digest = hashlib.sha256()
    for path in sorted(home.rglob("*.py")):
        digest.update(str(path.relative_to(home)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
