"""Small dumps and quick runs, for the tests of ``extractor.run``."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from extractor.run.drive import make_plan, run
from extractor.run.settings import Options

ARTICLES = (
    "Қор 120 отбасыға азық-түлік себетін таратты.",
    "Фонд «Халык» выделил 2,3 млрд тенге на помощь пострадавшим от паводка.",
    "The Red Crescent delivered about 300 tents to flood victims in Atyrau region.",
    "Вчера в столице открылась выставка.",
    "Ақтөбеде 15 мыңнан астам отбасыға көмек берілді.",
    "The match ended two to one.",
)
RULES = Options(ner="rules", gate=False)
# What is made of a run and must not depend on when or how often it was stopped.
OUTPUTS = (
    "manifest.json",
    "records.jsonl",
    "records.parquet",
    "figures.parquet",
    "events.parquet",
    "quarantine.jsonl",
    "repeated_ids.jsonl",
)


def article(number: int) -> dict[str, Any]:
    return {"id": f"a{number}", "text": f"{ARTICLES[number % len(ARTICLES)]} № {number}."}


def write_lines(path: Path, rows: Iterable[Any]) -> Path:
    """Rows as JSON lines; a row of bytes is written as it is."""
    lines = (row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows)
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def outputs_of(folder: Path) -> dict[str, bytes]:
    """Every output by name, with the committed shards."""
    shards = {path.name: path.read_bytes() for path in sorted((folder / "shards").iterdir())}
    return {name: (folder / name).read_bytes() for name in OUTPUTS} | shards


def run_small(dump: Path, out: Path, options: Options = RULES, **how: Any) -> dict[str, Any]:
    """A run in this process; back comes the manifest's counts."""
    manifest = run(make_plan([str(dump)], out, options), **{"workers": 1, **how})
    assert manifest is not None
    counts: dict[str, Any] = manifest["counts"]
    assert counts["in"] == sum(
        counts[name] for name in ("gated", "no_event", "events", "quarantined")
    )
    return counts


def in_child(do: Callable[[], None]) -> int:
    """Do it in a forked process, which may die of it; its wait status (0: ended well)."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            do()
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]
