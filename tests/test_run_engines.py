"""The same run through real engines on this machine: the same bytes, whatever is killed.

`make faults-engines` kills more often, and writes its table of docs/faults.md.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from drive_engine import connect_ray, local_spark
from runs import (
    RULES,
    Poisoned,
    article,
    fault_table,
    note,
    outputs_of,
    shards_of,
    write_lines,
)

from extractor.io.records import iter_records
from extractor.run.drive import Plan, make_plan, run
from extractor.run.engines import run_on_ray, run_on_spark
from extractor.run.folder import OUTPUTS
from extractor.run.rows import SPARK_SCHEMA, dataset_features, read_arrow_batches, read_columns

pytest.importorskip("pyarrow")

TESTS = Path(__file__).parent
PARTS, ARTICLES = 4, 700  # three shards in each part
FILES = 4 * PARTS + 2  # the shards and the parts, one more of each for «bad.jsonl»
REPLACED, RESUMED = "replaced, byte-identical", "resumed, byte-identical"
OFTEN = "FAULT_TABLE" in os.environ


@pytest.fixture(scope="module", autouse=True)
def table() -> Iterator[None]:
    """The table is written where FAULT_TABLE says."""
    with fault_table("## On Spark, on Ray"):
        yield


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("dumps")
    for part in range(PARTS):
        rows = [article(ARTICLES * part + number) for number in range(ARTICLES)]
        write_lines(folder / f"{part}.jsonl", rows)
    write_lines(folder / "bad.jsonl", [b"{half", article(99_999)])
    return str(folder / "*.jsonl")


@pytest.fixture(scope="module")
def whole(inputs: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one machine gives: as many rows as the input has, and as many ids."""
    out = tmp_path_factory.mktemp("whole") / "run"
    run(make_plan([inputs], out, RULES), workers=2)
    records = [record.id for record in iter_records(out)]
    assert len(records) == len(set(records)) == PARTS * ARTICLES + 1
    assert json.loads((out / "manifest.json").read_bytes())["counts"]["in"] == len(records) + 1
    return outputs_of(out)


@pytest.fixture(scope="module", autouse=True)
def surroundings() -> Iterator[None]:
    """Engines start their processes with our Python, and with our tests in its path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", str(TESTS))
        yield


# --- what is killed ---------------------------------------------------------------------------


def processes_under(root: int) -> dict[int, tuple[int, str]]:
    """Who descends from a process: of each its parent and its command line."""
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = dict[int, tuple[int, str]]()
    for line in listed.splitlines():
        number, parent, *words = line.split(None, 2)
        rows[int(number)] = (int(parent), " ".join(words))
    under = {root}
    while more := {number for number, (parent, _) in rows.items() if parent in under} - under:
        under |= more
    return {number: rows[number] for number in under - {root} if number in rows}


def busy_workers(root: int) -> list[int]:
    """Processes of an engine that have a worker of ours: a part is being read there."""
    found = processes_under(root).values()
    return sorted({parent for parent, words in found if "spawn_main" in words} - {root})


def files_in(out: Path) -> int:
    """How far a run is: the files that it has committed."""
    committed = [*out.glob("shards/*.parquet"), *out.glob("parts/*.json")]
    outputs = [out / name for name in OUTPUTS]
    return sum(not path.name.startswith(".") for path in committed) + sum(
        path.exists() for path in outputs
    )


@contextmanager
def butcher(out: Path, moments: Sequence[int]) -> Iterator[None]:
    """Each time that so many files are there, a busy worker of the engine dies with ours."""
    killed, over, chance = list[int](), threading.Event(), random.Random(sum(moments))

    def kill() -> None:
        for moment in moments:
            while files_in(out) < moment or not (victims := busy_workers(os.getpid())):
                if over.wait(0.02):
                    return
            os.kill(victims[chance.randrange(len(victims))], signal.SIGKILL)
            killed.append(moment)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    assert killed == list(moments)


def start(engine: str, inputs: str, out: Path, address: str = "") -> subprocess.Popen[bytes]:
    """A run on an engine as a command of its own; what it says is kept beside its folder."""
    words = [engine, inputs, str(out), *([address] if address else [])]
    with out.with_suffix(".said").open("ab") as said:
        return subprocess.Popen(
            [sys.executable, str(TESTS / "drive_engine.py"), *words], stdout=said, stderr=said
        )


def kill_and_go_on(
    launch: Callable[[Path], subprocess.Popen[bytes]],
    out: Path,
    moments: Sequence[int],
    whole: dict[str, bytes],
    *,
    victims: Callable[[int], Sequence[int]],
) -> None:
    """A command that is killed and given again, killed a little later, at last left alone."""
    for moment in moments:
        due = max(moment, files_in(out) + 1)
        process = launch(out)
        while files_in(out) < due and process.poll() is None:
            time.sleep(0.02)
        for victim in victims(process.pid):
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, out.with_suffix(".said").read_text()
        assert shards_of(out).items() <= whole.items(), "nothing half is to be seen"
    assert launch(out).wait() == 0, out.with_suffix(".said").read_text()
    assert outputs_of(out) == whole


def alone(driver: int) -> Sequence[int]:
    """The driver; what it has started is left to see for itself that it is gone."""
    return [driver]


def with_all_under_it(driver: int) -> Sequence[int]:
    return [driver, *processes_under(driver)]


# Numbers of files: a run has them first while its first part is read, last while it merges.
WORKERS = [(1, 3, 5), (2, 6, 9), (4, 8, 12), (7, 10, 13)][: 4 if OFTEN else 1]
DRIVERS = [
    moments if OFTEN else moments[::4]
    for moments in ([1, 4, 7, 11, FILES], [2, 5, 9, 13, FILES + 1])
]


# --- articles that hang or kill ---------------------------------------------------------------

POISON = {
    "HANG": ("timeout", "an article that hangs in C code"),
    "CRASH": ("worker_died", "an article that crashes the process"),
    "HOARD": ("out_of_memory", "an article that exhausts the memory, under a bound on it"),
}
BOUND = 8 << 30


def poison_costs_itself(engine: str, give: Callable[[Plan], object], folder: Path) -> None:
    """Each is set aside as the run of one machine does it, and in a job that ends well."""
    (folder / "dumps").mkdir()
    for part in range(3):
        rows = [article(20 * part + number) for number in range(20)]
        for place, word in enumerate(POISON) if part else ():
            row = rows[5 * place + part]
            row["text"] = f"{word} {row['text']}"
        write_lines(folder / "dumps" / f"{part}.jsonl", rows)
    options = Poisoned(ner="rules", gate=False, seconds=2.0)
    names = [str(folder / "dumps")]
    run(make_plan(names, folder / "one", options), workers=2, memory=BOUND)
    give(make_plan(names, folder / "run", options))
    assert outputs_of(folder / "run") == outputs_of(folder / "one")
    said = map(json.loads, (folder / "run" / "quarantine.jsonl").open("rb"))
    assert [row["reason"] for row in said] == 2 * [reason for reason, _ in POISON.values()]
    for reason, fault in POISON.values():
        note(f"{engine}: {fault}", f"quarantined as {reason}, byte-identical", 2)


# --- datasets ---------------------------------------------------------------------------------


def test_dataset_map_gives_a_row_for_each(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    rows = [article(number) for number in range(6)] + [{"id": "bad", "text": "123"}]
    dataset = datasets.Dataset.from_list(rows)
    read = dataset.map(
        partial(read_columns, options=RULES),
        batched=True,
        batch_size=3,
        features=dataset_features(),
        remove_columns=dataset.column_names,
    )
    dump = write_lines(tmp_path / "dump.jsonl", rows)
    run(make_plan([str(dump)], tmp_path / "run", RULES))
    records = [record.to_json() for record in iter_records(tmp_path / "run")]
    assert [record for record in read["record"] if record] == records
    assert read["id"][-1] == "bad"
    assert read["reason"][-1] == "no_letters"


# --- Spark ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("no Java for Spark")
    session = local_spark()
    yield session
    session.stop()


@pytest.mark.extras
def test_spark_gives_the_same_bytes(
    spark: Any, inputs: str, whole: dict[str, bytes], tmp_path: Path
) -> None:
    run_on_spark(make_plan([inputs], tmp_path / "run", RULES), spark)
    assert outputs_of(tmp_path / "run") == whole


@pytest.mark.extras
@pytest.mark.parametrize("moments", WORKERS)
def test_spark_with_workers_killed(
    moments: Sequence[int], spark: Any, inputs: str, whole: dict[str, bytes], tmp_path: Path
) -> None:
    """The Python worker of a task, and with it ours; Spark gives the task to another."""
    with butcher(tmp_path / "run", moments):
        run_on_spark(make_plan([inputs], tmp_path / "run", RULES), spark)
    assert outputs_of(tmp_path / "run") == whole
    note("Spark: SIGKILL of single workers of the engine", REPLACED, len(moments))


@pytest.mark.extras
def test_spark_with_its_driver_killed(
    spark: Any, inputs: str, whole: dict[str, bytes], tmp_path: Path
) -> None:
    """The command alone: its Java and the workers see for themselves that it is gone."""
    launch = partial(start, "spark", inputs)
    kill_and_go_on(launch, tmp_path / "run", DRIVERS[0], whole, victims=alone)
    note("Spark: SIGKILL of the driver alone", RESUMED, len(DRIVERS[0]))


@pytest.mark.extras
def test_spark_with_everything_killed(
    spark: Any, inputs: str, whole: dict[str, bytes], tmp_path: Path
) -> None:
    launch = partial(start, "spark", inputs)
    kill_and_go_on(launch, tmp_path / "run", DRIVERS[1], whole, victims=with_all_under_it)
    note("Spark: SIGKILL of the driver and all under it", RESUMED, len(DRIVERS[1]))


@pytest.mark.extras
def test_poison_on_spark_costs_itself(spark: Any, tmp_path: Path) -> None:
    poison_costs_itself("Spark", partial(run_on_spark, spark=spark, memory=BOUND), tmp_path)


@pytest.mark.extras
def test_rows_of_spark_give_a_row_each(spark: Any, tmp_path: Path) -> None:
    rows = [article(number) for number in range(8)]
    frame = spark.createDataFrame(rows).repartition(2)
    found = frame.mapInArrow(partial(read_arrow_batches, options=RULES), SPARK_SCHEMA).collect()
    dump = write_lines(tmp_path / "dump.jsonl", rows)
    run(make_plan([str(dump)], tmp_path / "run", RULES))
    wanted = {record.id: record.to_json() for record in iter_records(tmp_path / "run")}
    assert {row["id"]: row["record"] for row in found} == wanted


# --- Ray --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ray_address() -> Iterator[str]:
    ray = pytest.importorskip("ray")
    yield connect_ray()
    ray.shutdown()


@pytest.mark.extras
def test_ray_gives_the_same_bytes(
    ray_address: str, inputs: str, whole: dict[str, bytes], tmp_path: Path
) -> None:
    run_on_ray(make_plan([inputs], tmp_path / "run", RULES))
    assert outputs_of(tmp_path / "run") == whole


@pytest.mark.extras
@pytest.mark.parametrize("moments", WORKERS)
def test_ray_with_workers_killed(
    moments: Sequence[int], ray_address: str, inputs: str, whole: dict[str, bytes], tmp_path: Path
) -> None:
    """The process of a task, and with it our worker; Ray gives the task to another."""
    with butcher(tmp_path / "run", moments):
        run_on_ray(make_plan([inputs], tmp_path / "run", RULES))
    assert outputs_of(tmp_path / "run") == whole
    note("Ray: SIGKILL of single workers of the engine", REPLACED, len(moments))


@pytest.mark.extras
def test_ray_with_its_driver_killed(
    ray_address: str, inputs: str, whole: dict[str, bytes], tmp_path: Path
) -> None:
    """The command alone; the Ray that it was connected to stands, and takes it again."""
    launch = partial(start, "ray", inputs, address=ray_address)
    kill_and_go_on(launch, tmp_path / "run", DRIVERS[0], whole, victims=alone)
    note("Ray: SIGKILL of the driver alone", RESUMED, len(DRIVERS[0]))


@pytest.mark.extras
def test_ray_with_everything_killed(
    ray_address: str, inputs: str, whole: dict[str, bytes], tmp_path: Path
) -> None:
    """A command with a Ray of its own."""
    launch = partial(start, "ray", inputs)
    kill_and_go_on(launch, tmp_path / "run", DRIVERS[1], whole, victims=with_all_under_it)
    note("Ray: SIGKILL of the driver and all under it", RESUMED, len(DRIVERS[1]))


@pytest.mark.extras
def test_poison_on_ray_costs_itself(ray_address: str, tmp_path: Path) -> None:
    poison_costs_itself("Ray", partial(run_on_ray, memory=BOUND), tmp_path)
