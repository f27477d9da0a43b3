"""What is done to a run, and what comes out: nothing lost, nothing twice, nothing half.

`make faults` runs all of it and writes the table of docs/faults.md.
"""

from __future__ import annotations

import errno
import gzip
import itertools
import json
import mmap
import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from runs import (
    RULES,
    article,
    behaving_badly,
    fault_table,
    in_child,
    note,
    outputs_of,
    run_small,
    shards_of,
    write_lines,
)

import extractor
from extractor.io.records import iter_records
from extractor.run.articles import make_engine
from extractor.run.folder import Folder
from extractor.run.settings import RunError

pq = pytest.importorskip("pyarrow.parquet")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

ROWS = 4


@pytest.fixture(scope="module", autouse=True)
def table() -> Iterator[None]:
    """The table is written where FAULT_TABLE says."""
    with fault_table("## On one machine"):
        yield


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Workers are forks of a process that has loaded everything; shards are small."""
    patch = pytest.MonkeyPatch()
    patch.setattr("extractor.run.pool.START", "fork")
    patch.setattr("extractor.run.shards.ROWS", ROWS)
    make_engine(RULES)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows: list[Any] = [article(number) for number in range(4 * ROWS)]
    rows[5] = b"{half"
    return write_lines(tmp_path_factory.mktemp("dump") / "dump.jsonl", rows)


@pytest.fixture(scope="module")
def whole(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an uninterrupted run gives."""
    out = tmp_path_factory.mktemp("whole") / "run"
    run_small(dump, out)
    return outputs_of(out)


def wait_for_the_dead(out: Path) -> None:
    """Forked workers hold the lock of who forked them, until they have died as well."""
    for _ in range(200):
        try:
            with Folder(out).locked():
                return
        except (RunError, FileNotFoundError):
            time.sleep(0.02)


# --- killed -----------------------------------------------------------------------------------


def strike(step: str, turn: int) -> None:
    """From now on: the ``turn``-th time that any process comes to a step, all of them die."""
    main = os.getpid()
    count = mmap.mmap(-1, 1)

    def die() -> None:
        os.kill(main, signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)

    def due() -> bool:
        count[0] += 1
        return count[0] == turn

    def before(function: Callable[..., Any]) -> Callable[..., Any]:
        def struck(*given: Any, **named: Any) -> Any:
            if due():
                die()
            return function(*given, **named)

        return struck

    def after(function: Callable[..., Any]) -> Callable[..., Any]:
        def struck(*given: Any, **named: Any) -> Any:
            result = function(*given, **named)
            if due():
                die()
            return result

        return struck

    def half(function: Callable[..., Any]) -> Callable[..., Any]:
        def struck(table: Any, stream: Any, **named: Any) -> Any:
            if due():
                stream.write(b"PAR1 and then the power went")
                stream.flush()
                die()
            return function(table, stream, **named)

        return struck

    match step:
        case "while an article is read":
            extractor.__dict__["extract"] = before(extractor.extract)
        case "while a shard is written":
            pq.write_table = half(pq.write_table)
        case "before a file is flushed":
            os.fsync = before(os.fsync)
        case "after a file is flushed":
            os.fsync = after(os.fsync)
        case "before a file is renamed":
            os.replace = before(os.replace)
        case "after a file is renamed":
            os.replace = after(os.replace)


STEPS = {
    "while an article is read": 14,
    "while a shard is written": 4,
    "before a file is flushed": 26,
    "after a file is flushed": 26,
    "before a file is renamed": 13,
    "after a file is renamed": 13,
}
SOME = [(step, turn) for step, turns in STEPS.items() for turn in {2, turns // 2, turns - 1}]
ALL = [(step, turn) for step, turns in STEPS.items() for turn in range(1, turns + 1)]
REST = [one for one in ALL if one not in SOME]


def kill_and_go_on(step: str, turn: int, dump: Path, out: Path, whole: dict[str, bytes]) -> None:
    def struck_run() -> None:
        strike(step, turn)
        run_small(dump, out, workers=2)

    status = in_child(struck_run)
    assert os.WIFSIGNALED(status), f"{step}, turn {turn}: the run ended before it came to that"
    wait_for_the_dead(out)
    # Nothing half is to be seen.
    assert shards_of(out).items() <= whole.items()
    run_small(dump, out, workers=2)
    assert outputs_of(out) == whole
    note(f"SIGKILL of all processes {step}", "resumed, byte-identical")


@pytest.mark.parametrize(("step", "turn"), SOME)
def test_killed_at_a_step(
    step: str, turn: int, dump: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    kill_and_go_on(step, turn, dump, tmp_path / "run", whole)


@pytest.mark.extras
@pytest.mark.parametrize(("step", "turn"), REST)
def test_killed_at_every_step(
    step: str, turn: int, dump: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    kill_and_go_on(step, turn, dump, tmp_path / "run", whole)


def kill_at_random(times: int, dump: Path, out: Path, whole: dict[str, bytes], seed: int) -> None:
    """A run killed again and again, a little later on average each time, until it is through."""
    chance = random.Random(seed)
    killed = 0
    while killed < times:
        child = os.fork()
        if child == 0:
            try:
                run_small(dump, out, workers=2)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.0, 0.5))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        wait_for_the_dead(out)
        if os.WIFSIGNALED(status):
            killed += 1
            assert shards_of(out).items() <= whole.items()
        else:
            # Through before the blow: a new run for the blows that are left.
            assert outputs_of(out) == whole
            run_small(dump, out, fresh=True)
            out = out.with_name(f"{out.name}-")
    run_small(dump, out)
    assert outputs_of(out) == whole
    note("SIGKILL of all processes at random times", "resumed, byte-identical", times)


def test_killed_at_random(dump: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    kill_at_random(12, dump, tmp_path / "run", whole, seed=1)


@pytest.mark.extras
@pytest.mark.parametrize("seed", range(10, 20))
def test_killed_at_random_often(
    seed: int, dump: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    kill_at_random(15, dump, tmp_path / "run", whole, seed=seed)


def test_workers_killed_from_outside(dump: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    """One blow is not the article's fault: the shard is read again, and nothing is set aside."""
    killed = Counter[str]()
    chance, over = random.Random(3), threading.Event()

    def butcher() -> None:
        while not over.wait(chance.uniform(0.1, 0.3)) and killed["workers"] < 4:
            for child in multiprocessing.active_children()[:1]:
                os.kill(child.pid or 0, signal.SIGKILL)
                killed["workers"] += 1

    thread = threading.Thread(target=butcher)
    thread.start()
    run_small(dump, tmp_path / "run", workers=2)
    over.set()
    thread.join()
    assert killed["workers"]
    assert outputs_of(tmp_path / "run") == whole
    note("SIGKILL of single workers", "replaced, byte-identical", killed["workers"])


# --- articles that hang or kill ---------------------------------------------------------------


def test_an_article_that_hangs_or_kills_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [article(number) for number in range(12)]
    for place, word in ((2, "HANG"), (3, "CRASH"), (9, "DEVOUR")):
        rows[place]["text"] = f"{word} {rows[place]['text']}"
    path = write_lines(tmp_path / "dump.jsonl", rows)
    monkeypatch.setitem(extractor.__dict__, "extract", behaving_badly(extractor.extract))
    counts = run_small(path, tmp_path / "run", replace(RULES, seconds=1.0), workers=2)
    assert counts["quarantined_by_reason"] == {
        "out_of_memory": 1,
        "timeout": 1,
        "worker_died": 1,
    }
    said = [json.loads(line) for line in (tmp_path / "run" / "quarantine.jsonl").open("rb")]
    assert [(row["id"], row["line"], row["reason"]) for row in said] == [
        ("a2", 3, "timeout"),
        ("a3", 4, "worker_died"),
        ("a9", 10, "out_of_memory"),
    ]
    # The neighbours in the same shard are what they would have been.
    know = extractor.load(ner="rules")
    good = [row for row in rows if row["id"] not in ("a2", "a3", "a9")]
    assert [record.to_json() for record in iter_records(tmp_path / "run")] == [
        extractor.extract(row["text"], id=row["id"], know=know).to_json() for row in good
    ]
    note("an article that hangs in C code", "worker killed, article quarantined as timeout")
    note("an article that crashes the process", "quarantined as worker_died, neighbours kept")
    note("an article that exhausts the memory", "quarantined as out_of_memory, neighbours kept")


def test_workers_that_cannot_live_end_the_run(
    dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(*_: Any) -> None:
        os._exit(9)

    monkeypatch.setattr("extractor.run.pool.work", dead)
    with pytest.raises(RunError, match="workers end before they begin: exit code 9"):
        run_small(dump, tmp_path / "run", workers=2)


# --- disks ------------------------------------------------------------------------------------


def failing(function: Callable[..., Any], turn: int, number: int) -> Callable[..., Any]:
    """The ``turn``-th call fails with an error of the system."""
    count = mmap.mmap(-1, 1)

    def fails(*given: Any, **named: Any) -> Any:
        count[0] += 1
        if count[0] == turn:
            raise OSError(number, os.strerror(number), "a file")
        return function(*given, **named)

    return fails


@pytest.mark.parametrize("call", [("fsync", errno.ENOSPC), ("replace", errno.EIO)])
@pytest.mark.parametrize("turn", [1, 3, 5, 8, 10])
def test_disk_that_fails(
    call: tuple[str, int],
    turn: int,
    dump: Path,
    whole: dict[str, bytes],
    tmp_path: Path,
) -> None:
    out, (name, number) = tmp_path / "run", call
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, name, failing(getattr(os, name), turn, number))
        with pytest.raises(OSError, match="a file"):
            run_small(dump, out)
    assert not list(out.rglob("*.partial")), "nothing half is left behind"
    assert shards_of(out).items() <= whole.items()
    run_small(dump, out)
    assert outputs_of(out) == whole
    what = "no space at a flush (ENOSPC)" if name == "fsync" else "a rename that fails (EIO)"
    note(what, "stopped with the error said, resumed, byte-identical")


def test_files_that_may_not_grow(dump: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    """A real limit of the system, met in the middle of a write."""
    out = tmp_path / "run"
    run_small(dump, out)
    size = (out / "records.jsonl").stat().st_size
    for path in out.rglob("*.p*"):
        if path.is_file():
            path.unlink()

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size - 100, size - 100))
        try:
            run_small(dump, out)
        except OSError as error:
            os._exit(0 if error.errno == errno.EFBIG else 3)
        os._exit(4)

    assert os.waitstatus_to_exitcode(in_child(limited)) == 0
    assert not list(out.rglob("*.partial"))
    assert not (out / "manifest.json").exists()
    run_small(dump, out)
    assert outputs_of(out) == whole
    note("a write that the system cuts off (RLIMIT_FSIZE)", "stopped, resumed, byte-identical")


def test_full_disk(dump: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        with pytest.raises(OSError, match="No space left") as caught:
            run_small(dump, disk / "run")
        assert caught.value.errno == errno.ENOSPC
        assert shards_of(disk / "run").items() <= whole.items()
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
        run_small(dump, disk / "run")
        assert outputs_of(disk / "run") == whole
    finally:
        subprocess.run(["umount", str(disk)], check=False)
    note("a full disk (a tmpfs of 64 KiB)", "stopped with the error said, resumed, byte-identical")


# --- bad input --------------------------------------------------------------------------------

GOOD = "Қор 120 отбасыға азық-түлік себетін таратты."
UKRAINIAN = (
    "Уряд виділив гроші на допомогу родинам, які постраждали від повені. Її отримають мешканці "
    "області, що втратили житло. Цього тижня волонтери привезли їжу, воду й теплі речі."
)
BAD_LINES: dict[str, tuple[bytes, str]] = {
    "half a line": (b'{"text": "Fund', "bad_json"),
    "half a line that ends in an escape": (b'{"text": "a\\', "bad_json"),
    "two objects in a line": (b'{"text": "a"}{"text": "b"}', "bad_json"),
    "invalid UTF-8": (b'{"text": "\xff\xfe"}', "bad_encoding"),
    "UTF-8 cut in a letter": (b'{"text": "\xd0"}', "bad_encoding"),
    "overlong UTF-8": (b'{"text": "\xc0\xaf"}', "bad_encoding"),
    "a surrogate in UTF-8": (b'{"text": "\xed\xa0\x80"}', "bad_encoding"),
    "a lone surrogate, escaped": (b'{"text": "a \\ud800 b"}', "bad_json"),
    "NaN": (b'{"text": NaN}', "bad_json"),
    "a control character in a string": (b'{"text": "a\x01b"}', "bad_json"),
    "a byte order mark in the middle": (b'\xef\xbb\xbf{"text": "a"}', "bad_json"),
    "brackets 100,000 deep": (b"[" * 100_000 + b"]" * 100_000, "bad_json"),
    "objects 100,000 deep": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "bad_json"),
    "a list": (b'["text"]', "not_an_object"),
    "a number of 5,000 digits for a text": (b'{"text": ' + b"9" * 5000 + b"}", "bad_json"),
    "a number for a text": (b'{"text": 7}', "text_not_a_string"),
    "no text": (b'{"words": "a"}', "no_text_field"),
    "null for a text": (b'{"text": null}', "no_text_field"),
    "an empty text": (b'{"text": ""}', "empty"),
    "a text of spaces": (b'{"text": " \\n "}', "empty"),
    "NUL in the text": (b'{"text": "a\\u0000b"}', "binary"),
    "another language": (
        json.dumps({"text": UKRAINIAN}).encode(),
        "unsupported_language",
    ),
    "digits alone": (b'{"text": "123 456"}', "no_letters"),
    "an article of 50 MB": (b'{"text": "' + "Көмек. ".encode() * 4_200_000 + b'"}', "too_long"),
}
GOOD_LINES: dict[str, bytes] = {
    "U+2028 and U+0085 in a string": json.dumps(
        {"text": f"{GOOD}\u2028{GOOD}\u0085{GOOD}"}, ensure_ascii=False
    ).encode(),
    "a key twice": b'{"text": "no", "text": "' + GOOD.encode() + b'"}',
    "an integer of 25 digits for an id": b'{"id": ' + b"7" * 25 + b', "text": "The fund gave."}',
    "a number of 5,000 digits in the text": json.dumps(
        {"text": f"Қор {'9' * 5000} отбасыға көмек берді."}
    ).encode(),
    "digits and spaces": json.dumps({"text": f"Берілді {'1 ' * 20_000} теңге."}).encode(),
    "digits and commas": json.dumps({"text": f"Выдано {'1,' * 20_000} тенге."}).encode(),
    "superscripts, other digits": json.dumps({"text": "Got ² ³ ١٢٣ ৪৫ Ⅷ ½ families."}).encode(),
    "letters that grow in lower case": json.dumps({"text": f"{'İ' * 2000} {GOOD}"}).encode(),
    "combining marks": json.dumps({"text": f"Қ{'̆' * 20_000}ор 120 отбасыға."}).encode(),
    "a line end of Windows": json.dumps({"text": GOOD}).encode() + b"\r",
}


def test_bad_lines_are_named_and_their_neighbours_kept(tmp_path: Path) -> None:
    rows: list[Any] = [article(0)]
    for line, _ in BAD_LINES.values():
        rows += [line, article(len(rows))]
    path = write_lines(tmp_path / "dump.jsonl", rows)
    counts = run_small(path, tmp_path / "run")
    said = [json.loads(line) for line in (tmp_path / "run" / "quarantine.jsonl").open("rb")]
    got = dict(zip(BAD_LINES, [row["reason"] for row in said], strict=True))
    assert got == {name: reason for name, (_, reason) in BAD_LINES.items()}
    raw = path.read_bytes()
    for row, (line, _) in zip(said, BAD_LINES.values(), strict=True):
        assert raw[row["byte"] :].startswith(line)
    assert counts["no_event"] + counts["events"] == len(BAD_LINES) + 1
    for name, (_, reason) in BAD_LINES.items():
        note(f"JSON line: {name}", f"quarantined as {reason}, neighbours kept")


@pytest.mark.parametrize("name", GOOD_LINES)
def test_strange_lines_are_read(name: str, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "dump.jsonl", [article(0), GOOD_LINES[name], article(2)])
    counts = run_small(path, tmp_path / "run", replace(RULES, with_text=True))
    assert counts["in"] == 3
    assert not counts["quarantined"], (tmp_path / "run" / "quarantine.jsonl").read_text()
    for record in iter_records(tmp_path / "run"):
        assert record.text is not None
        for figure in record.figures:
            assert record.text[figure.start : figure.end] == figure.text
    note(f"JSON line: {name}", "read, every quote where its offsets say")


PAGES = {
    "200,000 attributes": "<html><body><div " + " ".join(f"a{n}=1" for n in range(200_000)) + ">",
    "100,000 nested elements": "<html><body>" + "<div>" * 100_000 + GOOD,
    "200,000 open paragraphs": "<html><body>" + "<p>a" * 200_000 + GOOD,
    "an attribute of 5 MB": "<html><body><p title='" + "x" * 5_000_000 + f"'>{GOOD}</p>",
    "an entity without end": "<html><body>" + "&amp" * 300_000 + GOOD,
}


def test_hostile_pages_end_in_time(tmp_path: Path) -> None:
    """Each is read or set aside within its time; the page beside it is read."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, page in enumerate(PAGES.values()):
        (folder / f"{number}-bad.html").write_text(page, encoding="utf-8")
        good = f"<html><body><article><p>{GOOD} {GOOD}</p></article></body></html>"
        (folder / f"{number}-good.html").write_text(good, encoding="utf-8")
    counts = run_small(folder, tmp_path / "run", replace(RULES, seconds=2.0), workers=2)
    assert counts["in"] == 2 * len(PAGES)
    ids = {record.id for record in iter_records(tmp_path / "run")}
    assert {f"{number}-good" for number in range(len(PAGES))} <= ids
    said = {
        row["id"]: row["reason"]
        for row in map(json.loads, (tmp_path / "run" / "quarantine.jsonl").open("rb"))
    }
    for number, name in enumerate(PAGES):
        reason = said.get(f"{number}-bad")
        note(f"HTML: {name}", f"quarantined as {reason}" if reason else "read in time")


def test_packed_faults_reach_the_quarantine(tmp_path: Path) -> None:
    lines = b"".join(json.dumps(article(n)).encode() + b"\n" for n in range(3))
    noise = "".join(f'{{"text": "{random.Random(n).random()}"}}\n' for n in range(3000)).encode()
    cut = gzip.compress(noise)
    (tmp_path / "dumps").mkdir()
    (tmp_path / "dumps" / "a-cut.jsonl.gz").write_bytes(cut[: len(cut) // 2])
    (tmp_path / "dumps" / "b-bomb.jsonl.gz").write_bytes(gzip.compress(lines + b" " * (70 << 20)))
    (tmp_path / "dumps" / "c-garbage.jsonl.gz").write_bytes(gzip.compress(lines) + b"garbage")
    (tmp_path / "dumps" / "d-good.jsonl").write_bytes(lines)
    (tmp_path / "dumps" / "e-cut.parquet").write_bytes(b"PAR1 and no end")
    (tmp_path / "dumps" / "f-quote.csv").write_text('id,text\n1,"never closed\n2,The fund gave.\n')
    counts = run_small(tmp_path / "dumps", tmp_path / "run")
    reasons = counts["quarantined_by_reason"]
    wanted = {
        "truncated": "truncated .gz",
        "decompression_bomb": "a .gz that unpacks to 1,000 times its size",
        "damaged": "garbage behind a .gz",
        "bad_parquet": "Parquet without its footer",
        "runaway_quote": "CSV with a quote that is never closed",
    }
    for reason, fault in wanted.items():
        assert reasons.get(reason) == 1, (reason, reasons)
        note(fault, f"quarantined as {reason}, the rest read")


@pytest.mark.extras
def test_a_line_of_500_mb(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    with path.open("wb") as stream:
        stream.write(json.dumps(article(0)).encode() + b'\n{"text": "')
        for _ in range(500):
            stream.write(b"x" * 1_000_000)
        stream.write(b'"}\n' + json.dumps(article(2)).encode() + b"\n")

    def bounded() -> None:
        # On top of what the tests before have mapped into this process.
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + (1 << 30)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        assert run_small(path, tmp_path / "run")["quarantined_by_reason"] == {"too_long": 1}

    assert in_child(bounded) == 0
    assert [record.id for record in iter_records(tmp_path / "run")] == ["a0", "a2"]
    note("a line of 500 MB", "quarantined as too_long, neighbours kept")


# --- surroundings -----------------------------------------------------------------------------

DRIVER = (
    "import extractor.run.shards as shards; shards.ROWS = {rows}; "
    "from extractor.cli import main; main()"
)


def start(dump: Path, out: Path, **variables: str) -> subprocess.Popen[bytes]:
    """The command itself, with workers that are processes of their own."""
    words = ("run", str(dump), "--out", str(out), "--no-gate", "--ner", "rules", "--workers", "2")
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER.format(rows=ROWS), *words],
        env={**os.environ, **variables},
        stderr=subprocess.PIPE,
    )


SURROUNDINGS: list[dict[str, str]] = [
    {"LC_ALL": "C", "TZ": "Asia/Almaty", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"},
    {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2"},
]


@pytest.mark.parametrize(
    "variables", [SURROUNDINGS[0], pytest.param(SURROUNDINGS[1], marks=pytest.mark.extras)]
)
def test_surroundings_change_nothing(
    variables: dict[str, str], dump: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    process = start(dump, tmp_path / "run", **variables)
    _, said = process.communicate()
    assert process.returncode == 3, said.decode()
    assert outputs_of(tmp_path / "run") == whole
    note("another locale, time zone and hash seed; spawned workers", "byte-identical")


def end_and_go_on(
    way: signal.Signals, delay: float, dump: Path, out: Path, whole: dict[str, bytes]
) -> int:
    """Send a signal to the command after a while, then let it go on to its end."""
    process = start(dump, out)
    time.sleep(delay)
    process.send_signal(way)
    process.communicate()
    if (out / "shards").exists():
        assert shards_of(out).items() <= whole.items()
    again = start(dump, out)
    _, said = again.communicate()
    assert again.returncode == 3, said.decode()
    assert outputs_of(out) == whole
    return process.returncode


def test_asked_to_end_it_says_how_to_go_on(
    dump: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    """SIGTERM in the middle, as batch systems send it."""
    process = start(dump, tmp_path / "run")
    for _ in range(600):
        if (tmp_path / "run" / "shards").exists():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate()
    assert process.returncode == 130, said.decode()
    assert b"the same command goes on from here" in said
    run_small(dump, tmp_path / "run")
    assert outputs_of(tmp_path / "run") == whole
    note("SIGTERM", "exit code 130, resumed, byte-identical")


@pytest.mark.extras
@pytest.mark.parametrize("delay", [step / 5 for step in range(4, 24)])
def test_command_killed(delay: float, dump: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    end_and_go_on(signal.SIGKILL, delay, dump, tmp_path / "run", whole)
    note("SIGKILL of the command with spawned workers", "resumed, byte-identical")


def test_no_step_is_forgotten() -> None:
    assert len(SOME) + 12 >= 20
    assert len(ALL) + 150 + 20 >= 200
    assert len(list(itertools.chain(SOME, REST))) == len(ALL)
