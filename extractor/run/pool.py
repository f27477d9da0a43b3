"""Workers in processes: fed as fast as they read, replaced when they die or hang."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Literal

from extractor.run.articles import Refusal
from extractor.run.settings import RunError
from extractor.run.shards import Shard
from extractor.run.worker import NO_ROW, ONE_THREAD, OUT_OF_MEMORY, Done, Failed, Job, work

# A fork would inherit locks and threads in whatever state they are.
START: Literal["spawn", "fork"] = "spawn"
TICK = 0.1
# A row is set aside when it has ended two workers: one may have been killed from outside.
DEATHS = 2
# Deaths between rows are nobody's fault that could be set aside.
DEATHS_BETWEEN = 3
STILLBORN = 8
PATIENCE = 10


@dataclass(slots=True)
class Task:
    """A shard, and what is known against its rows."""

    shard: Shard
    refused: dict[int, Refusal] = field(default_factory=dict)
    deaths: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Slot:
    """A place for a worker: the process, the way to it, what it does."""

    process: Any
    pipe: Connection
    clock: Any
    ready: bool = False
    task: Task | None = None

    def overdue(self, seconds: float) -> int | None:
        """The row that it has been reading for too long.

        By the time of the processor, so that a busy machine sets nothing aside; who sleeps is
        given longer, by the clock on the wall.
        """
        row, since, used = int(self.clock[0]), self.clock[1], self.clock[2]
        waited = time.monotonic() - since
        if row == NO_ROW or waited <= seconds:
            return None
        now = _processor_time(self.process.pid)
        worked = waited if now is None else now - used
        return row if worked > seconds or waited > PATIENCE * seconds else None


class Pool:
    """Runs shards in a number of processes; what it gives back comes in any order.

    A worker that reads an article for longer than the time limit is killed, in C code or not;
    one that dies is replaced. The article goes to quarantine, the rest of its shard is read.
    """

    def __init__(self, job: Job, workers: int) -> None:
        self.job = job
        self.workers = workers
        self.replaced: Counter[str] = Counter()
        self._context: Any = multiprocessing.get_context(START)
        self._slots: list[Slot] = []
        self._waiting: deque[Task] = deque()
        self._stillborn = 0

    def run(self, shards: Iterable[Shard]) -> Iterator[Done]:
        """Shards → their committed files; shards are taken as they are needed.

        Raises:
            RunError: a shard cannot be kept, or workers cannot live at all.
            OSError: the disk is full, or the like.
        """
        source = iter(shards)
        try:
            while self._feed(source):
                yield from self._collect()
        finally:
            self._stop()

    # --- giving ---------------------------------------------------------------------------

    def _feed(self, source: Iterator[Shard]) -> bool:
        """Something to do for who is idle, and one shard in hand; is anything under way?"""
        while len(self._waiting) <= self._idle():
            shard = next(source, None)
            if shard is None:
                break
            self._waiting.append(Task(shard))
        while len(self._slots) < min(self.workers, self._busy() + len(self._waiting)):
            self._slots.append(self._hire())
        for slot in self._slots:
            if slot.ready and slot.task is None and self._waiting:
                self._give(slot, self._waiting.popleft())
        return bool(self._waiting or self._busy())

    def _busy(self) -> int:
        return sum(slot.task is not None for slot in self._slots)

    def _idle(self) -> int:
        return self.workers - self._busy()

    def _give(self, slot: Slot, task: Task) -> None:
        slot.task = task
        with suppress(BrokenPipeError, ConnectionResetError):  # its death is seen soon
            slot.pipe.send((task.shard, task.refused))

    def _hire(self) -> Slot:
        ours, theirs = self._context.Pipe()
        clock = self._context.RawArray("d", (NO_ROW, 0.0, 0.0))
        process = self._context.Process(target=work, args=(theirs, clock, self.job), daemon=True)
        with _environment(ONE_THREAD):
            process.start()
        theirs.close()
        return Slot(process, ours, clock)

    # --- taking ---------------------------------------------------------------------------

    def _collect(self) -> Iterator[Done]:
        waited = [thing for slot in self._slots for thing in (slot.pipe, slot.process.sentinel)]
        ready = set(wait(waited, TICK))
        for place, slot in enumerate(self._slots):
            if slot.pipe in ready:
                with suppress(EOFError, ConnectionResetError):
                    yield from self._hear(slot, slot.pipe.recv())
                    continue
            if not slot.process.is_alive():
                self._bury(slot)
                self._slots[place] = self._hire()
            elif (row := slot.overdue(self.job.settings.options.seconds)) is not None:
                self._interrupt(slot, row)
                self._slots[place] = self._hire()

    def _hear(self, slot: Slot, answer: Done | Failed | None) -> Iterator[Done]:
        if answer is None:
            slot.ready, self._stillborn = True, 0
            return
        if isinstance(answer, Failed):
            if answer.errno is not None:
                raise OSError(answer.errno, answer.message)
            raise RunError(f"a worker stopped: {answer.message}")
        slot.task = None
        yield answer

    def _interrupt(self, slot: Slot, row: int) -> None:
        """Kill who hangs; a row that was over after all is not blamed."""
        slot.process.kill()
        slot.process.join()
        slot.pipe.close()
        self.replaced["timeout"] += 1
        if slot.task is None:
            return
        if int(slot.clock[0]) == row:
            seconds = self.job.settings.options.seconds
            slot.task.refused[row] = Refusal("timeout", f"not read within {seconds:g} s of work")
        self._waiting.appendleft(slot.task)

    def _bury(self, slot: Slot) -> None:
        """Give the shard of a dead worker to another; blame the row it read, the second time."""
        slot.process.join()
        slot.pipe.close()
        cause = _cause(slot.process.exitcode)
        self.replaced[cause] += 1
        if not slot.ready:
            self._stillborn += 1
            if self._stillborn >= STILLBORN:
                raise RunError(f"workers end before they begin: {cause}")
        task, row = slot.task, int(slot.clock[0])
        if task is None:
            return
        task.deaths[row] += 1
        if row == NO_ROW and task.deaths[row] >= DEATHS_BETWEEN:
            raise RunError(f"workers end while they keep a shard: {cause}")
        if row != NO_ROW and task.deaths[row] >= DEATHS:
            task.refused[row] = _refusal(cause)
        self._waiting.appendleft(task)

    def _stop(self) -> None:
        for slot in self._slots:
            slot.process.kill()
        for slot in self._slots:
            slot.process.join()
            slot.pipe.close()
        self._slots.clear()


def _processor_time(pid: int) -> float | None:
    """Seconds that another process has worked, where the system tells."""
    if sys.platform != "linux":
        return None
    try:
        return time.clock_gettime((~pid << 3) | 2)  # the clock of a process, as libc makes it
    except OSError:
        return None


def _cause(code: int | None) -> str:
    """«-11» → SIGSEGV."""
    if code == OUT_OF_MEMORY:
        return "out_of_memory"
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"


def _refusal(cause: str) -> Refusal:
    if cause == "out_of_memory":
        return Refusal(cause, f"{DEATHS} workers had no memory left for it")
    return Refusal("worker_died", f"{DEATHS} workers died of it: {cause}")


class _environment:
    """Variables that children inherit, and we ourselves do not keep."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values
        self.before: dict[str, str | None] = {}

    def __enter__(self) -> None:
        self.before = {name: os.environ.get(name) for name in self.values}
        os.environ.update(self.values)

    def __exit__(self, *_: object) -> None:
        for name, value in self.before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
