"""Small dumps and quick runs, for the tests of ``extractor.run``."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import extractor
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


def shards_of(out: Path) -> dict[str, bytes]:
    """What a reader of the folder sees of shards: hidden files are none."""
    shards = out / "shards"
    visible = [path for path in shards.glob("*") if not path.name.startswith(".")]
    return {path.name: path.read_bytes() for path in visible}


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


# --- articles that hang or kill ---------------------------------------------------------------


def behaving_badly(honest: Callable[..., Any]) -> Callable[..., Any]:
    """Articles that say so hang in C code, crash the process or eat its memory."""

    def extract(source: Any, **how: Any) -> Any:
        source = extractor.api.as_source(source, id=how.pop("id", None))
        if "HANG" in source.content:
            re.match(r"(a+)+$", "a" * 60 + "b")  # C code that holds the lock and hears no signal
        if "CRASH" in source.content:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "DEVOUR" in source.content:
            raise MemoryError
        if "HOARD" in source.content:
            bytearray(HOARD)
        return honest(source, **how)

    return extract


# Address space alone, never touched: only a bound on it keeps a process from having it.
HOARD = 16 << 30


class Poisoned(Options):
    """Options that bring ``behaving_badly`` to the process where they are unpickled."""

    def __setstate__(self, state: list[Any]) -> None:
        super().__setstate__(state)  # type: ignore[misc]
        extractor.__dict__["extract"] = behaving_badly(extractor.extract)


# --- what was done and what came out ----------------------------------------------------------

FAULTS: dict[str, tuple[int, str]] = {}


def note(fault: str, outcome: str, times: int = 1) -> None:
    """A row of the table of faults: what was injected, how often, what came out."""
    before = FAULTS[fault][0] if fault in FAULTS else 0
    FAULTS[fault] = (before + times, outcome)


@contextmanager
def fault_table(heading: str) -> Iterator[None]:
    """What tests note within is written where FAULT_TABLE says, under a heading."""
    FAULTS.clear()
    yield
    if name := os.environ.get("FAULT_TABLE"):
        write_faults(Path(name), heading, FAULTS)


def write_faults(page: Path, heading: str, rows: Mapping[str, tuple[int, str]]) -> None:
    """The table under a heading is made anew; whatever else stands on the page stays."""
    before, found, after = page.read_text(encoding="utf-8").partition(f"\n{heading}\n")
    assert found, f"{page}: no heading «{heading}»"
    lines = [f"| {fault} | {times} | {outcome} |" for fault, (times, outcome) in rows.items()]
    table = "\n".join(["| fault | times | what came out |", "|---|--:|---|", *lines]) + "\n"
    after = re.sub(r"(?:^\|.*\n)+", lambda _: table, after, count=1, flags=re.MULTILINE)
    page.write_text(before + found + after, encoding="utf-8")
