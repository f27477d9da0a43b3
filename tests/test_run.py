"""A run: the same bytes however it is done, counts that add up, nothing silent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from runs import RULES, article, outputs_of, run_small, write_lines

import extractor
from extractor.cli_run import describe, parse_share
from extractor.io.dumps.inputs import InputError, Reading
from extractor.io.dumps.preview import fields_of, look_at
from extractor.io.records import iter_records
from extractor.run.articles import make_engine
from extractor.run.drive import Progress, Share, make_plan, run
from extractor.run.flat import TABLES, schema_of
from extractor.run.folder import Folder
from extractor.run.merge import merge
from extractor.run.settings import RunError

pq = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Workers are forks of a process that has loaded everything; shards have three rows."""
    patch = pytest.MonkeyPatch()
    patch.setattr("extractor.run.pool.START", "fork")
    patch.setattr("extractor.run.shards.ROWS", 3)
    make_engine(RULES)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows: list[Any] = [article(number) for number in range(20)]
    rows[4] = b'{"id": "half", "text": "The fund gave'
    rows[7] = {"id": "number", "text": "12345"}
    rows[9] = rows[2]
    return write_lines(tmp_path_factory.mktemp("dump") / "dump.jsonl", rows)


@pytest.fixture(scope="module")
def done(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An uninterrupted run with one worker."""
    out = tmp_path_factory.mktemp("done") / "run"
    run_small(dump, out)
    return out


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


# --- what comes out ---------------------------------------------------------------------------


def test_counts_add_up_and_records_are_those_of_extract(dump: Path, done: Path) -> None:
    manifest = json.loads((done / "manifest.json").read_bytes())
    counts = manifest["counts"]
    assert counts["in"] == 20
    assert counts["quarantined_by_reason"] == {"bad_json": 1, "no_letters": 1}
    records = list(iter_records(done))
    assert counts["no_event"] + counts["events"] == len(records) == 18
    # One for one and in order what `extract` makes of the same lines.
    know = extractor.load(ner="rules")
    good = [json.loads(line) for line in dump.read_bytes().splitlines() if b"half" not in line]
    wanted = [
        extractor.extract(row["text"], id=row["id"], know=know)
        for row in good
        if row["id"] != "number"
    ]
    assert [record.to_json() for record in records] == [record.to_json() for record in wanted]


def test_quarantine_names_the_place(dump: Path, done: Path) -> None:
    bad = lines_of(done / "quarantine.jsonl")
    assert [(row["line"], row["reason"]) for row in bad] == [(5, "bad_json"), (8, "no_letters")]
    for row in bad:
        assert row["file"] == str(dump)
        assert dump.read_bytes()[row["byte"] :].startswith(b'{"id": "')


def test_repeated_ids_are_named(done: Path) -> None:
    repeated = lines_of(done / "repeated_ids.jsonl")
    assert [(row["id"], row["line"]) for row in repeated] == [("a2", 3), ("a2", 10)]


def test_tables_have_their_columns_and_say_what_the_records_say(done: Path) -> None:
    records = list(iter_records(done))
    for name in TABLES:
        assert pq.read_schema(done / f"{name}.parquet").names == schema_of(name).names
    tables = {name: pq.read_table(done / f"{name}.parquet").to_pylist() for name in TABLES}
    assert [row["article"] for row in tables["records"]] == [record.id for record in records]
    figures = [(record.id, figure) for record in records for figure in record.figures]
    assert [(row["article"], row["figure"], row["text"]) for row in tables["figures"]] == [
        (name, figure.id, figure.text) for name, figure in figures
    ]
    assert [row["value"] for row in tables["figures"]] == [float(f.value) for _, f in figures]
    assert [(row["article"], row["event"]) for row in tables["events"]] == [
        (record.id, event.id) for record in records for event in record.events
    ]


def test_text_is_there_if_asked_for(dump: Path, tmp_path: Path) -> None:
    run_small(dump, tmp_path / "run", replace(RULES, with_text=True))
    texts = [record.text for record in iter_records(tmp_path / "run")]
    assert texts[0] == article(0)["text"]
    assert None not in texts


# --- the same whatever the way ----------------------------------------------------------------


@pytest.mark.parametrize("workers", [2, 5])
def test_any_number_of_workers(workers: int, dump: Path, done: Path, tmp_path: Path) -> None:
    run_small(dump, tmp_path / "run", workers=workers)
    assert outputs_of(tmp_path / "run") == outputs_of(done)


def test_done_twice_is_done_once(dump: Path, done: Path) -> None:
    before = outputs_of(done)
    touched = {path: path.stat().st_mtime_ns for path in (done / "shards").iterdir()}
    run_small(dump, done)
    assert outputs_of(done) == before
    assert {path: path.stat().st_mtime_ns for path in (done / "shards").iterdir()} == touched


def test_shares_of_an_array_are_merged_to_the_same(dump: Path, done: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    plan = make_plan([str(dump)], out, RULES)
    assert run(plan, share=Share(1, 2)) is None
    with pytest.raises(RunError, match="shards are missing"):
        merge(Folder(out))
    assert run(make_plan([str(dump)], out, RULES), share=Share(2, 2)) is None
    merge(Folder(out))
    assert outputs_of(out) == outputs_of(done)


def test_shares_of_many_files_take_whole_files(tmp_path: Path) -> None:
    for number in range(8):
        write_lines(tmp_path / f"{number}.jsonl", [article(number), article(number + 8)])
    names = [str(tmp_path / "*.jsonl")]
    whole = make_plan(names, tmp_path / "whole", RULES)
    run(whole)
    for number in (1, 2):
        run(make_plan(names, tmp_path / "parts", RULES), share=Share(number, 2))
        finished = len(list((tmp_path / "parts" / "parts").iterdir()))
        assert finished == 4 * number
    merge(Folder(tmp_path / "parts"))
    assert outputs_of(tmp_path / "parts") == outputs_of(tmp_path / "whole")


# --- going on, or not -------------------------------------------------------------------------


def test_other_options_are_refused_by_name(dump: Path, done: Path) -> None:
    with pytest.raises(RunError, match="--timeout: 60 then, 59 now"):
        run_small(dump, done, replace(RULES, seconds=59.0))
    with pytest.raises(RunError, match=r"--map text: .* then, body now"):
        run_small(dump, done, replace(RULES, reading=Reading(fields_of("text=body"))))


def test_other_code_is_refused(dump: Path, done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.run.settings.code_digest", lambda: "other")
    with pytest.raises(RunError, match=r"code: [0-9a-f]{16} then, other now"):
        run_small(dump, done)


def test_other_input_is_refused_unless_fresh(dump: Path, tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_bytes(dump.read_bytes())
    run_small(path, tmp_path / "run")
    before = outputs_of(tmp_path / "run")
    # Touched and the same: read again and found so.
    os.utime(path, ns=(1, 1))
    run_small(path, tmp_path / "run")
    assert outputs_of(tmp_path / "run") == before
    # One letter of one article: the size is the same, the words are not.
    path.write_bytes(dump.read_bytes().replace(b"tents", b"tests", 1))
    with pytest.raises(RunError, match=r"dump\.jsonl, line 1, byte 0 to .* has changed"):
        run_small(path, tmp_path / "run")
    # A line more: the size says it at once.
    path.write_bytes(dump.read_bytes() + b'{"text": "more"}\n')
    with pytest.raises(RunError, match=r"dump\.jsonl: bytes \d+ then, \d+ now"):
        run_small(path, tmp_path / "run")
    assert run_small(path, tmp_path / "run", fresh=True)["in"] == 21


def test_a_folder_of_other_things_is_left_alone(dump: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RunError, match="not the folder of a run"):
        run_small(dump, tmp_path, fresh=True)
    assert (tmp_path / "thesis.txt").exists()


def test_two_runs_do_not_share_a_folder(dump: Path, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "run")
    folder.make()
    with folder.locked(), pytest.raises(RunError, match="another run works"):
        run_small(dump, tmp_path / "run")
    with folder.locked("1-of-2"), pytest.raises(RunError, match="another run works"):
        run(make_plan([str(dump)], tmp_path / "run", RULES), share=Share(1, 2))
    assert run_small(dump, tmp_path / "run")["in"] == 20


# --- a part of it -----------------------------------------------------------------------------


def test_limit_takes_the_first(dump: Path, tmp_path: Path) -> None:
    assert run_small(dump, tmp_path / "run", replace(RULES, limit=7))["in"] == 7
    ids = [record.id for record in iter_records(tmp_path / "run")]
    assert ids == ["a0", "a1", "a2", "a3", "a5", "a6"]


def test_sample_is_the_same_each_time(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "dump.jsonl", map(article, range(40)))
    taken = replace(RULES, sample=0.25)
    run_small(path, tmp_path / "one", taken)
    run_small(path, tmp_path / "two", taken, workers=3)
    assert outputs_of(tmp_path / "one") == outputs_of(tmp_path / "two")
    assert 3 <= len(list(iter_records(tmp_path / "one"))) <= 20


# --- fields and shares ------------------------------------------------------------------------


def test_fields_are_guessed_and_shown(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "dump.jsonl", [{"nid": "7", "body": "Көмек", "date": "2024-04-16", "tags": []}]
    )
    [part] = make_plan([str(path)], tmp_path / "run", RULES).inputs.parts
    said = f"{path}: text=body, published=date; not used: nid, tags"
    assert str(look_at(part, Reading())) == said
    chosen = Reading(fields_of("id=nid"))
    assert look_at(part, chosen).taken == {"text": "body", "id": "nid", "published": "date"}


@pytest.mark.parametrize("mapping", ["body", "text=", "words=body", "text=a,html=b", "id=a,id=b"])
def test_mapping_that_is_none(mapping: str) -> None:
    with pytest.raises(InputError, match="--map"):
        fields_of(mapping)


@pytest.mark.parametrize("share", ["0/3", "4/3", "a/b", "3", "1/0", "-1/3"])
def test_share_that_is_none(share: str) -> None:
    with pytest.raises(RunError, match="--shard"):
        parse_share(share)


def test_progress_in_words() -> None:
    progress = Progress(rows=12_000, read=40, size=100)
    progress.statuses.update(events=310, quarantined=2)
    assert describe(progress, 8.0) == (
        "12,000 articles, 1,500/s, 40% read, 12 s left; 310 with events, 2 quarantined"
    )


def test_columns_are_documented() -> None:
    page = (Path(__file__).parents[1] / "docs" / "run.md").read_text(encoding="utf-8")
    for name in TABLES:
        assert f"| `{name}` | {', '.join(schema_of(name).names)} |" in page


# --- the command ------------------------------------------------------------------------------


def command(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "extractor", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_command_runs_and_says_so(dump: Path, tmp_path: Path) -> None:
    asked = ("run", str(dump), "--out", "run", "--no-gate", "--ner", "rules", "--workers", "2")
    dry = command(*asked, "--dry-run", folder=tmp_path)
    assert dry.returncode == 0
    assert "text=text, id=id" in dry.stderr
    assert not list(tmp_path.iterdir())
    ran = command(*asked, "--json", folder=tmp_path)
    assert ran.returncode == 3, ran.stderr
    assert json.loads(ran.stdout)["counts"]["in"] == 20
    assert "quarantined: 1 bad_json" in ran.stderr
    refused = command(*asked, "--with-text", folder=tmp_path)
    assert refused.returncode == 2
    assert "--with-text: False then, True now" in refused.stderr
    merged = command("merge", "run", folder=tmp_path)
    assert merged.returncode == 3
    assert command("run", "nowhere.jsonl", "--out", "run", folder=tmp_path).returncode == 2
    assert command("merge", "nowhere", folder=tmp_path).returncode == 2
