"""A worker: shards come in, committed files go out, until nobody asks any more."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.run.articles import Engine, Refusal, make_engine, read_rows
from extractor.run.kept import keep
from extractor.run.settings import Settings
from extractor.run.shards import Shard

if TYPE_CHECKING:
    from collections.abc import Callable, MutableSequence

# Sums over many cores are summed in another order each time, and workers are many already.
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "RAYON_NUM_THREADS",
)
ONE_THREAD = {
    **dict.fromkeys(_THREADS, "1"),
    "TOKENIZERS_PARALLELISM": "false",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
NO_ROW = -1
OUT_OF_MEMORY = 71
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to know: where to, and what the output depends on."""

    folder: Path
    settings: Settings
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A shard whose file is committed."""

    shard: tuple[int, int]
    name: str
    counts: Mapping[str, int]
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Failed:
    """A shard that could not be kept: a full disk, or a mistake of ours."""

    message: str
    errno: int | None = None


def process_shard(
    shard: Shard,
    engine: Engine,
    job: Job,
    *,
    refused: Mapping[int, Refusal] | None = None,
    begin: Callable[[int], None] = lambda _: None,
) -> Done:
    """A shard → one committed file, the same bytes whoever does it and however often.

    Raises:
        OSError: the file cannot be written; then there is none.
    """
    name = shard.name(job.settings.digest)
    outcomes = read_rows(shard.rows, engine, refused or {}, begin=begin)
    begin(NO_ROW)
    keep(job.folder, name, shard, outcomes)
    counts = Counter[str](one.status for one in outcomes)
    reasons = Counter(one.reason for one in outcomes if one.reason is not None)
    return Done((shard.part, shard.number), name, counts, reasons)


def work(pipe: Connection, clock: MutableSequence[float], job: Job) -> None:
    """The life of a worker; ``clock`` shows which row it reads, and since when:
    seconds of the clock on the wall and of the processor."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    _bound_memory(job.memory)

    def begin(row: int) -> None:
        # The row last: who looks meanwhile sees the old row with a time too young to blame it.
        clock[1], clock[2] = time.monotonic(), time.process_time()
        clock[0] = row

    try:
        engine = make_engine(job.settings.options)
    except Exception as error:
        pipe.send(_failed(error, job))
        return
    # An article leaves next to nothing to collect, and what is remembered of its words stays:
    # to look for garbage while it is read would take a seventh of the time.
    gc.disable()
    pipe.send(None)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            shard, refused = pipe.recv()
            pipe.send(_answer(shard, engine, job, refused, begin))
            gc.collect()
            gc.freeze()


def _answer(
    shard: Shard,
    engine: Engine,
    job: Job,
    refused: Mapping[int, Refusal],
    begin: Callable[[int], None],
) -> Done | Failed:
    try:
        return process_shard(shard, engine, job, refused=refused, begin=begin)
    except MemoryError:
        # What is left of this process cannot be trusted; the row is known by the clock.
        os._exit(OUT_OF_MEMORY)
    except Exception as error:
        return _failed(error, job)
    finally:
        begin(NO_ROW)


def _failed(error: Exception, job: Job) -> Failed:
    """What the parent is to raise: errors of the system by their number."""
    if isinstance(error, OSError) and error.errno is not None:
        return Failed(f"{error.filename or job.folder}: {error.strerror}", error.errno)
    return Failed(f"{type(error).__name__}: {error}")


def _die_with_parent() -> None:
    """A killed run leaves no workers behind; elsewhere than on Linux they end at its pipe's end."""
    if sys.platform != "linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None and os.getppid() != parent.pid:  # it died before we could ask
        os._exit(0)


def _bound_memory(limit: int | None) -> None:
    """At most ``limit`` bytes of address space, where the system can say so."""
    if limit is None or os.name != "posix":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
