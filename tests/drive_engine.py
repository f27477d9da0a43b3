"""A run on an engine as a command that can be killed: ``ENGINE INPUT OUT [ADDRESS]``.

Two workers on this machine; for Ray also those of an engine that stands already, by its address.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from runs import RULES

from extractor.run.drive import make_plan
from extractor.run.engines import run_on_ray, run_on_spark


def local_spark() -> Any:
    """A session with two workers, and four tries for a task."""
    from pyspark.sql import SparkSession

    return (
        SparkSession.builder.master("local[2,4]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )


def connect_ray(address: str | None = None) -> str:
    """Two workers of our own, or the engine at an address; its address."""
    import ray

    own: dict[str, Any] = {} if address else {"num_cpus": 2, "include_dashboard": False}
    context: Any = ray.init(address=address or "local", log_to_driver=False, **own)
    return str(context.address_info["address"])


def main(engine: str, inputs: str, out: str, *address: str) -> None:
    plan = make_plan([inputs], Path(out), RULES)
    if engine == "spark":
        run_on_spark(plan, local_spark())
    else:
        connect_ray(*address)
        run_on_ray(plan)


if __name__ == "__main__":
    main(*sys.argv[1:])
