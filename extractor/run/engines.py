"""A run on a cluster engine: the engine gives out parts, our own files make it exactly once.

All nodes must see the inputs and the folder under the same names, and have the same package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from extractor.run.drive import Plan, run_part
from extractor.run.folder import stamp_of
from extractor.run.merge import merge
from extractor.run.settings import RunError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

# Parts between two looks at what is done; a lost driver loses no part that is finished.
WAVE = 1000


def run_on_spark(plan: Plan, spark: SparkSession, *, memory: int | None = None) -> dict[str, Any]:
    """The parts of a plan as tasks of Spark (``mapInArrow``), then the merge, on the driver.

    Output and folder are those of ``extractor run``, byte for byte; either goes on with what
    the other began. ``memory`` is what the worker of a task may take, in bytes: an article that
    takes more goes to quarantine, before an engine ends its task for it, again at each try.

    Raises:
        RunError: as ``extractor.run.drive.run``, and if a limit is set.
    """

    def give_out(parts: Sequence[int]) -> None:
        rows = spark.range(0, len(parts), 1, len(parts))
        do = partial(_do_batches, plan=plan, parts=tuple(parts), memory=memory)
        rows.mapInArrow(do, "part long").collect()

    return _run(plan, give_out)


def run_on_ray(plan: Plan, *, memory: int | None = None) -> dict[str, Any]:
    """The parts of a plan as tasks of the Ray that is connected, then the merge.

    ``memory`` is as for ``run_on_spark``.

    Raises:
        RunError: as ``run_on_spark``.
    """
    import ray

    def give_out(parts: Sequence[int]) -> None:
        task: Any = ray.remote(run_part).options(num_cpus=1, max_retries=3)
        stored = ray.put(plan)
        ray.get([task.remote(stored, number, memory) for number in parts])

    return _run(plan, give_out)


def _do_batches(
    batches: Iterator[pa.RecordBatch], plan: Plan, parts: Sequence[int], memory: int | None
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    for batch in batches:
        numbers = [parts[place] for place in batch.column(0).to_pylist()]
        for number in numbers:
            run_part(plan, number, memory)
        yield pa.RecordBatch.from_pydict({"part": numbers})


def _run(plan: Plan, give_out: Callable[[Sequence[int]], None]) -> dict[str, Any]:
    if plan.settings.options.limit is not None:
        raise RunError("--limit counts articles in order; engines read parts in any order")
    folder = plan.folder
    folder.make()
    with folder.locked():
        folder.sweep()
        folder.begin(plan.settings, plan.inputs.parts)
        todo = [number for number, _ in enumerate(plan.inputs.parts) if not _is_done(plan, number)]
        for start in range(0, len(todo), WAVE):
            give_out(todo[start : start + WAVE])
        return merge(folder)


def _is_done(plan: Plan, number: int) -> bool:
    done = plan.folder.part_done(number)
    if done is None or done.stamp != stamp_of(plan.inputs.parts[number]):
        return False
    return all(plan.folder.shard_file(name).exists() for name in done.shards)
