"""Files that are there whole or not at all, even if the power goes."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PARTIAL = ".partial"


@contextmanager
def committed(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file when the block ends well; otherwise there is none.

    Written beside it, flushed to disk, renamed, and the folder flushed as well: a crash leaves
    the old file or the new one.

    Raises:
        OSError: it cannot be written; what was there before is untouched.
    """
    # Machine and process are in the name: two that write the same file do not write into each
    # other, also in containers, where all processes have the same few numbers.
    partial = path.with_name(f".{path.name}.{platform.node()}.{os.getpid()}{PARTIAL}")
    try:
        with partial.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(partial, path)  # noqa: PTH105
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """The names in a folder reach the disk, where the system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def commit_bytes(path: Path, content: bytes) -> None:
    """«content» is in the file, or the old file is."""
    with committed(path) as stream:
        stream.write(content)


def remove_partials(folder: Path) -> None:
    """What killed processes left behind; call it when nobody else writes there."""
    for path in folder.glob(f".*{PARTIAL}"):
        path.unlink(missing_ok=True)
