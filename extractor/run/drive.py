"""A run from its inputs to its outputs: begun, gone on with, or refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from extractor.io.dumps.inputs import Inputs, Part, find_inputs, read_part
from extractor.io.dumps.streams import bytes_read, count_read
from extractor.run.folder import Folder, PartDone, stamp_of
from extractor.run.kept import read_said
from extractor.run.merge import merge
from extractor.run.pool import Pool
from extractor.run.settings import Options, RunError, Settings, differences, make_settings
from extractor.run.shards import Cutter, Shard
from extractor.run.worker import Done, Job

# With so many parts for each task of an array, whole parts are given out and no file is read twice.
PARTS_EACH = 4


@dataclass(frozen=True, slots=True)
class Share:
    """«3/8»: the third of eight tasks; ``number`` counts from 1."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}-of-{self.of}"


@dataclass(slots=True)
class Progress:
    """What has been done so far; ``kept`` are rows that an earlier run had done."""

    rows: int = 0
    kept: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    replaced: Counter[str] = field(default_factory=Counter)
    read: int = 0
    size: int = 0


class Watch(Protocol):
    """Who is told."""

    def __call__(self, progress: Progress, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """A run as it will be: nothing has been written yet."""

    inputs: Inputs
    settings: Settings
    folder: Folder


def make_plan(names: Sequence[str], out: Path, options: Options) -> Plan:
    """Inputs, options and a folder → a plan.

    Raises:
        InputError: an input is nowhere, or of no known form.
        KnowledgeError, ModelError, GateError: words, models or gate cannot be loaded.
    """
    return Plan(find_inputs(names), make_settings(options), Folder(out))


def run(
    plan: Plan,
    *,
    workers: int = 1,
    share: Share | None = None,
    fresh: bool = False,
    memory: int | None = None,
    watch: Watch = lambda _: None,
) -> dict[str, Any] | None:
    """Do what is still to be done of a plan; the manifest, once everything is there.

    ``memory`` is what a worker may take, in bytes. A share of a run leaves the merge to
    ``extractor merge`` and gives nothing back.

    Raises:
        RunError: another run works there, or one with other options, code or input was begun.
        OSError: the folder cannot be written; the same command goes on where this one stopped.
    """
    folder = plan.folder
    folder.make()
    with folder.locked(str(share) if share else None):
        if fresh:
            if share is not None:
                raise RunError("--fresh goes without --shard: other tasks work in this folder")
            folder.clear()
        if share is None:
            folder.sweep()
        folder.begin(plan.settings, plan.inputs.parts)
        going = Going(plan, share)
        job = Job(folder.shards, plan.settings, memory)
        going.go(Pool(job, workers), watch)
        return merge(folder) if share is None else None


def run_part(plan: Plan, number: int, memory: int | None = None) -> None:
    """One part of a plan, in a worker that is watched: what a task of an engine does.

    Twice or at two places at once is as good as once: the files have the same names and bytes.

    Raises:
        RunError: options, code or libraries are others here than where the plan was made.
        OSError: the folder cannot be written.
    """
    here = make_settings(plan.settings.options)
    if here.digest != plan.settings.digest:
        told = differences(plan.settings.values, here.values)
        raise RunError("this node is not as the others: " + "; ".join(told))
    Going(plan, None).go_part(number, Pool(Job(plan.folder.shards, plan.settings, memory), 1))


class Going:
    """A run under way: which shards are to be done, and which parts are complete."""

    def __init__(self, plan: Plan, share: Share | None) -> None:
        self.plan = plan
        self.folder = plan.folder
        self.share = share
        self.kept = self.folder.kept_shards()
        self.open: dict[int, set[tuple[int, int]]] = {}
        self.closed: dict[int, PartDone] = {}
        self.progress = Progress(size=sum(part.size for part in plan.inputs.parts))

    def go(self, pool: Pool, watch: Watch) -> None:
        """All shards that are not there yet; a part is written down when its last one is."""
        start = bytes_read()
        watch(self.progress)
        for done in pool.run(self._shards()):
            self._count(done)
            self.progress.replaced = pool.replaced
            self.progress.read = bytes_read() - start
            self.open[done.shard[0]].discard(done.shard)
            self._finish(done.shard[0])
            watch(self.progress)
        watch(self.progress)

    def go_part(self, number: int, pool: Pool) -> None:
        """One part alone, wherever it is done; it is written down when it is complete."""
        options = self.plan.settings.options
        part, cutter = self.plan.inputs.parts[number], Cutter(options.sample)
        if not self._is_done(number, part, cutter):
            for done in pool.run(self._shards_of(number, part, cutter)):
                self.open[number].discard(done.shard)
                self._finish(number)

    def _count(self, done: Done) -> None:
        self.progress.rows += sum(done.counts.values())
        self.progress.statuses.update(done.counts)
        self.progress.reasons.update(done.reasons)

    def _shards(self) -> Iterator[Shard]:
        options = self.plan.settings.options
        cutter = Cutter(options.sample, options.limit)
        for number, part in enumerate(self.plan.inputs.parts):
            if not self._is_ours(number):
                continue
            if self._is_done(number, part, cutter):
                count_read(part.size)
                continue
            yield from self._shards_of(number, part, cutter)

    def _is_ours(self, part: int) -> bool:
        """Whole parts to each task, where there are enough of them."""
        return not self._by_parts() or part % self._of() == self._number()

    def _by_parts(self) -> bool:
        limited = self.plan.settings.options.limit is not None
        return not limited and len(self.plan.inputs.parts) >= PARTS_EACH * self._of()

    def _of(self) -> int:
        return self.share.of if self.share else 1

    def _number(self) -> int:
        return self.share.number - 1 if self.share else 0

    def _is_done(self, number: int, part: Part, cutter: Cutter) -> bool:
        """An earlier run finished it, its files are untouched and its shards are there."""
        done = self.folder.part_done(number)
        if done is None or done.stamp != stamp_of(part):
            return False
        if any(self.kept.get((int(n[:5]), int(n[6:12]))) != n for n in self._ours(done.shards)):
            return False
        cutter.taken += done.rows
        self.progress.kept += done.rows
        for name in self._ours(done.shards):
            self._count_kept(name)
        return True

    def _ours(self, names: Sequence[str]) -> Sequence[str]:
        if self._by_parts():
            return names
        return [name for name in names if int(name[6:12]) % self._of() == self._number()]

    def _shards_of(self, number: int, part: Part, cutter: Cutter) -> Iterator[Shard]:
        """The shards of a part that are not kept yet.

        Raises:
            RunError: a shard that is kept has another content than the input has now.
        """
        stamp, names, before = stamp_of(part), list[str](), cutter.taken
        left = self.open[number] = set()
        digest = self.plan.settings.digest
        for shard in cutter.cut(number, read_part(part, self.plan.settings.options.reading)):
            name = shard.name(digest)
            names.append(name)
            known = self.kept.get((number, shard.number))
            if known is not None and known != name:
                raise RunError(_changed(shard, self.folder))
            ours = self._by_parts() or shard.number % self._of() == self._number()
            if known is None and ours:
                left.add((number, shard.number))
                yield shard
            elif ours:
                self.progress.kept += len(shard.rows)
                self._count_kept(name)
        self.closed[number] = PartDone(tuple(names), cutter.taken - before, stamp)
        self._finish(number)

    def _count_kept(self, name: str) -> None:
        counts = read_said(self.folder.shard_file(name))["counts"]
        self.progress.rows += sum(counts.values())
        self.progress.statuses.update(counts)

    def _finish(self, number: int) -> None:
        if not self.open[number] and number in self.closed:
            self.folder.finish_part(number, self.closed.pop(number))


def _changed(shard: Shard, folder: Folder) -> str:
    rows = [row.place for row in shard.rows]
    where = f"{rows[0]} to {rows[-1]}" if rows else f"part {shard.part + 1}"
    return (
        f"{folder.path} holds a run of other input: {where} has changed since; "
        "--fresh throws that run away"
    )
