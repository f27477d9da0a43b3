"""The same run through real engines on this machine: the same bytes, also if one is hurt."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from runs import RULES, article, outputs_of, write_lines

from extractor.io.records import iter_records
from extractor.run.drive import make_plan, run
from extractor.run.engines import run_on_ray, run_on_spark
from extractor.run.rows import SPARK_SCHEMA, dataset_features, read_arrow_batches, read_columns

pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("dumps")
    for part in range(6):
        write_lines(folder / f"{part}.jsonl", [article(20 * part + n) for n in range(20)])
    write_lines(folder / "bad.jsonl", [b"{half", article(999)])
    return str(folder / "*.jsonl")


@pytest.fixture(scope="module")
def whole(inputs: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("whole") / "run"
    run(make_plan([inputs], out, RULES), workers=2)
    return outputs_of(out)


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
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("no Java for Spark")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        session = (
            sql.SparkSession.builder.master("local[2,4]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()
        )
        yield session
        session.stop()


@pytest.mark.extras
def test_spark_gives_the_same_bytes(
    spark: Any, inputs: str, whole: dict[str, bytes], tmp_path: Path
) -> None:
    run_on_spark(make_plan([inputs], tmp_path / "run", RULES), spark)
    assert outputs_of(tmp_path / "run") == whole


@pytest.mark.extras
def test_spark_with_a_worker_killed_gives_the_same_bytes(
    spark: Any, inputs: str, whole: dict[str, bytes], tmp_path: Path
) -> None:
    """The Python worker of a task, and with it our worker, dies in the middle of the job."""
    killed: list[int] = []
    over = threading.Event()

    def butcher() -> None:
        while not over.wait(0.5) and len(killed) < 2:
            if list((tmp_path / "run" / "shards").glob("*.parquet")):
                victims = spark_workers()
                killed.extend(victims[:1])
                for victim in victims[:1]:
                    os.kill(victim, signal.SIGKILL)

    thread = threading.Thread(target=butcher)
    thread.start()
    try:
        run_on_spark(make_plan([inputs], tmp_path / "run", RULES), spark)
    finally:
        over.set()
        thread.join()
    assert killed
    assert outputs_of(tmp_path / "run") == whole


def spark_workers() -> list[int]:
    """Forks of pyspark.daemon: processes whose parent has the same command line."""
    listed = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in listed.splitlines() if "pyspark.daemon" in line]
    daemons = {pid for pid, _, _ in rows}
    ours = {str(os.getpid())} | {pid for pid, parent, _ in rows if parent not in daemons}
    return [int(pid) for pid, parent, _ in rows if parent in ours & daemons]


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


@pytest.mark.extras
def test_ray_gives_the_same_bytes(inputs: str, whole: dict[str, bytes], tmp_path: Path) -> None:
    ray = pytest.importorskip("ray")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        run_on_ray(make_plan([inputs], tmp_path / "run", RULES))
    finally:
        ray.shutdown()
    assert outputs_of(tmp_path / "run") == whole
