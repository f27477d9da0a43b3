"""The folder of a run: what it was begun with, which parts are done, and who works in it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from extractor.io.commit import commit_bytes, remove_partials
from extractor.io.dumps.inputs import Part
from extractor.run.kept import SUFFIX
from extractor.run.settings import RunError, Settings, differences

FORMAT = 1
OUTPUTS = (
    "manifest.json",
    "records.jsonl",
    "records.parquet",
    "figures.parquet",
    "events.parquet",
    "quarantine.jsonl",
    "repeated_ids.jsonl",
)


@dataclass(frozen=True, slots=True)
class PartDone:
    """A part whose shards are all named; ``stamp`` tells that its files have not been touched."""

    shards: tuple[str, ...]
    rows: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Folder:
    """«DIR»: run.json, parts/, shards/, and the outputs of the merge."""

    path: Path

    @property
    def shards(self) -> Path:
        return self.path / "shards"

    @property
    def parts(self) -> Path:
        return self.path / "parts"

    @property
    def begun(self) -> Path:
        return self.path / "run.json"

    def shard_file(self, name: str) -> Path:
        return self.shards / f"{name}{SUFFIX}"

    # --- beginning ------------------------------------------------------------------------

    def make(self) -> None:
        """The folders; one that holds other things is refused.

        Raises:
            RunError: it is not empty, and not the folder of a run.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        strangers = [one.name for one in self.path.iterdir() if not one.name.startswith(".")]
        known = {*OUTPUTS, "run.json", "parts", "shards"}
        if strangers and not known.intersection(strangers):
            raise RunError(f"{self.path}: not empty, and not the folder of a run")
        self.shards.mkdir(exist_ok=True)
        self.parts.mkdir(exist_ok=True)

    def clear(self) -> None:
        """What a run has made, and nothing else; first what says that there was one."""
        for path in (self.begun, *(self.path / name for name in OUTPUTS)):
            path.unlink(missing_ok=True)
        for folder, pattern in ((self.parts, "*.json"), (self.shards, f"*{SUFFIX}")):
            for path in folder.glob(pattern):
                path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Away with what killed processes left half written."""
        for folder in (self.path, self.parts, self.shards):
            remove_partials(folder)

    def begin(self, settings: Settings, parts: Sequence[Part]) -> None:
        """Write down what the run is of, or see that it is still the same.

        Raises:
            RunError: options, code or input are others than those that the folder has.
        """
        now: dict[str, Any] = {
            "format": FORMAT,
            "settings": dict(settings.values),
            "digest": settings.digest,
            "input": [_said_of(part) for part in parts],
        }
        if not self.begun.exists():
            commit_bytes(self.begun, orjson.dumps(now, option=orjson.OPT_INDENT_2) + b"\n")
            return
        then = self.read_begun()
        changed = differences(then["settings"], now["settings"])
        changed += _input_differences(then["input"], now["input"])
        if changed:
            raise RunError(
                f"{self.path} holds a run with other settings or input; "
                f"--fresh throws it away.\n  " + "\n  ".join(changed[:20])
            )

    def read_begun(self) -> dict[str, Any]:
        """What the run was begun with.

        Raises:
            RunError: there is no run, or one of another version of this folder.
        """
        try:
            begun: dict[str, Any] = orjson.loads(self.begun.read_bytes())
        except FileNotFoundError:
            raise RunError(f"{self.path}: no run has begun here") from None
        except orjson.JSONDecodeError as error:
            raise RunError(f"{self.begun}: damaged: {error}") from error
        if begun.get("format") != FORMAT:
            raise RunError(f"{self.begun}: a folder of format {begun.get('format')}, not {FORMAT}")
        return begun

    # --- parts ----------------------------------------------------------------------------

    def part_done(self, number: int) -> PartDone | None:
        try:
            said = orjson.loads((self.parts / f"{number:05d}.json").read_bytes())
        except FileNotFoundError:
            return None
        return PartDone(tuple(said["shards"]), said["rows"], said["stamp"])

    def finish_part(self, number: int, done: PartDone) -> None:
        said = {"shards": list(done.shards), "rows": done.rows, "stamp": done.stamp}
        commit_bytes(self.parts / f"{number:05d}.json", orjson.dumps(said) + b"\n")

    def kept_shards(self) -> dict[tuple[int, int], str]:
        """Committed shards by part and number."""
        names = sorted(path.stem for path in self.shards.glob(f"*{SUFFIX}") if path.stem[0] != ".")
        return {(int(name[:5]), int(name[6:12])): name for name in names}

    # --- who works here -------------------------------------------------------------------

    @contextmanager
    def locked(self, share: str | None = None) -> Iterator[None]:
        """Alone in the folder; with a share («3-of-8»), alone with that share.

        Raises:
            RunError: another run works here.
        """
        with _lock(self.path / ".lock", shared=share is not None):
            if share is None:
                yield
                return
            with _lock(self.path / f".lock-{share}", shared=False):
                yield


@contextmanager
def _lock(path: Path, *, shared: bool) -> Iterator[None]:
    if os.name != "posix":
        yield
        return
    import fcntl

    with path.open("ab") as stream:
        way = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(stream, way | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunError(f"{path.parent}: another run works in this folder") from None
        try:
            yield
        finally:
            with suppress(OSError):
                fcntl.flock(stream, fcntl.LOCK_UN)


def _said_of(part: Part) -> dict[str, Any]:
    """A part in a few words: form, first file, how many, how large, and a digest of the names."""
    names = "\n".join(part.paths).encode("utf-8", "surrogateescape")
    return {
        "form": part.form,
        "first": part.paths[0].encode("utf-8", "backslashreplace").decode(),
        "files": len(part.paths),
        "bytes": part.size,
        "names": hashlib.sha256(names).hexdigest()[:16],
    }


def stamp_of(part: Part) -> str:
    """Changes when a file of the part is touched."""
    digest = hashlib.sha256()
    for path in part.paths:
        said = Path(path).stat()
        line = f"{path} {said.st_size} {said.st_mtime_ns}\n"
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:16]


def _input_differences(
    then: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> list[str]:
    if len(then) != len(now):
        return [f"input: {_parts(then)} then, {_parts(now)} now"]
    return [
        f"input {new['first']}: {name} {old[name]} then, {new[name]} now"
        for old, new in zip(then, now, strict=True)
        for name in ("form", "first", "files", "bytes", "names")
        if old[name] != new[name]
    ][:10]


def _parts(parts: Sequence[Mapping[str, Any]]) -> str:
    files = sum(part["files"] for part in parts)
    return f"{files} file{'s' if files != 1 else ''}"
