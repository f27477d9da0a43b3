"""The command line: what comes out where, with which exit code, for good input and bad."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.cli_schemas import schema_text
from extractor.cli_writers import COLUMNS, column_widths

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpora" / "samples"
DEV = ROOT / "corpora" / "dev"
GOOD = "The fund delivered 120 food packages to families in Almaty."
GERMAN = (
    "Das Deutsche Rote Kreuz hat am Montag 500 Familien in der Stadt mit Lebensmitteln und "
    "warmer Kleidung versorgt. Die Helfer verteilten außerdem 1200 Decken an ältere Menschen."
)
ARABIC_KAZAKH = (
    "قور سۋ تاسقىنىنان زارداپ شەككەن 340 وتباسىعا ازىق-تۇلىك سەبەتىن تاراتتى. "
    "بۇل تۋرالى وبلىس اكىمدىگىنىڭ باسپاسوز قىزمەتى حابارلادى."
)


def run(*words: str | Path, stdin: bytes | str = b"") -> tuple[int, str, str]:
    """Exit code, stdout, stderr of a command, without the word on models that are not installed.

    Which models of names a machine has is no matter of the command line.
    """
    result = CliRunner().invoke(app, [str(word) for word in words], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    lines = result.stderr.splitlines(keepends=True)
    said = [line for line in lines if not line.startswith("model_missing: ")]
    return result.exit_code, result.stdout, "".join(said)


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "extractor", *map(str, words)]


def records(stdout: str) -> list[Any]:
    """The values of the lines: records of ``extract``, lists of ``quantities``."""
    return [json.loads(line) for line in stdout.split("\n") if line]


def ids(stdout: str) -> list[str]:
    return [record["id"] for record in records(stdout)]


def make_files(folder: Path, files: dict[str, bytes | str]) -> list[Path]:
    for name, content in files.items():
        raw = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(raw)
    return [folder / name for name in files]


# --- bad input ------------------------------------------------------------------------------

HALF_LINE = json.dumps({"text": GOOD}) + '\n{"text": "The fund deliv'

# name, content, where it is reported, reason
BAD: list[tuple[str, bytes | str, str | None, str]] = [
    ("empty.txt", "", "empty.txt", "empty"),
    ("blank.txt", " \n\t\n", "blank.txt", "empty"),
    ("digits.txt", "123 456, 789.\n", "digits.txt", "no_letters"),
    ("binary.txt", b"PK\x03\x04\x00\x00\x08\x00", "binary.txt", "binary"),
    ("control.txt", "\x01\x02\x03\x04\x05\x06 a", "control.txt", "binary"),
    ("broken.txt", b"\xd2\x9a\xd0\xbe\xd1 \xff", "broken.txt", "bad_encoding"),
    ("no-text.html", "<!doctype html><html><body><nav></nav></body></html>", None, "empty"),
    ("german.txt", GERMAN, "german.txt", "unsupported_language"),
    ("no-field.json", '{"headline": "x", "views": 5}', "no-field.json", "no_text_field"),
    ("half.json", '{"text": "The fund', "half.json:1", "bad_json"),
    ("half.jsonl", HALF_LINE, "half.jsonl:2", "bad_json"),
    ("number.jsonl", '\n{"text": 5}\n', "number.jsonl:2", "text_not_a_string"),
    ("list.jsonl", "[1, 2]\n", "list.jsonl:1", "not_an_object"),
    ("null.jsonl", '{"text": null}', "null.jsonl:1", "no_text_field"),
]


@pytest.mark.parametrize(("name", "content", "place", "reason"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_input_is_named_and_the_good_ones_go_on(
    tmp_path: Path, name: str, content: bytes | str, place: str | None, reason: str
) -> None:
    first, bad, last = make_files(tmp_path, {"a.txt": GOOD, name: content, "z.txt": GOOD})
    code, out, err = run("extract", first, bad, last)
    assert code == 3
    assert [article for article in ids(out) if not article.startswith("half")] == ["a", "z"]
    reported = [line for line in err.splitlines() if line.startswith(str(tmp_path))]
    assert len(reported) == 1
    assert reported[0].startswith(f"{tmp_path / (place or name)}: {reason}: ")
    assert len(reported[0]) > len(f"{tmp_path / (place or name)}: {reason}: ")
    assert err.splitlines()[-1].endswith(f"1 failed (1 {reason})")


@pytest.mark.parametrize(("name", "content", "place", "reason"), BAD[:3])
def test_bad_input_alone_leaves_stdout_empty(
    tmp_path: Path, name: str, content: bytes | str, place: str, reason: str
) -> None:
    code, out, err = run("extract", *make_files(tmp_path, {name: content}))
    assert (code, out) == (3, "")
    assert f"{place}: {reason}: " in err
    assert err.splitlines()[-1] == f"0 articles: 0 figures, 0 events; 1 failed (1 {reason})"


@pytest.mark.parametrize(
    "paths", [["nowhere.txt"], ["nowhere", "no/where.jsonl"], ["empty-folder"]]
)
def test_nothing_that_can_be_opened_is_unreadable_input(tmp_path: Path, paths: list[str]) -> None:
    (tmp_path / "empty-folder").mkdir()
    code, out, err = run("extract", *[tmp_path / path for path in paths])
    assert (code, out) == (2, "")
    assert err.startswith(f"{tmp_path / paths[0]}: ")


def test_an_unknown_path_among_good_ones_is_set_aside(tmp_path: Path) -> None:
    code, out, err = run("extract", *make_files(tmp_path, {"a.txt": GOOD}), tmp_path / "b.txt")
    assert (code, ids(out)) == (3, ["a"])
    assert f"{tmp_path / 'b.txt'}: unreadable: No such file or directory" in err


def test_unknown_and_bad_together_are_set_aside(tmp_path: Path) -> None:
    code, _, _ = run("extract", *make_files(tmp_path, {"a.txt": ""}), tmp_path / "b.txt")
    assert code == 3


def test_arabic_script_kazakh_is_recognised_and_gives_nothing_made_up(tmp_path: Path) -> None:
    code, out, _ = run("extract", *make_files(tmp_path, {"tote.txt": ARABIC_KAZAKH}))
    for record in records(out):
        assert (record["lang"], record["script"]) == ("kk", "Arab")
        assert record["figures"] == []
    assert code == (0 if out else 3)


def test_a_folder_of_everything_reports_each_bad_one(tmp_path: Path) -> None:
    make_files(tmp_path, {"a.txt": GOOD})
    for name, content, _place, _reason in BAD:
        make_files(tmp_path, {name: content})
    code, out, err = run("extract", tmp_path)
    assert code == 3
    assert ids(out) == ["a", "half-1"]
    assert len(err.splitlines()) == len(BAD) + 1
    assert f"{len(BAD)} failed" in err


def test_ids_given_twice_are_said(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    make_files(tmp_path, {"a.txt": GOOD})
    make_files(tmp_path / "more", {"a.txt": GOOD})
    code, out, err = run("extract", tmp_path)
    assert (code, ids(out)) == (0, ["a", "a"])
    assert "a: repeated_id: " in err


@pytest.mark.extras
def test_an_article_of_five_megabytes_is_read(tmp_path: Path) -> None:
    text = (DEV / "own-ru-001.txt").read_text(encoding="utf-8") + "\n\n"
    filler = "Погода в городе остаётся тёплой, осадков не ожидается. " * 20 + "\n\n"
    long = text + filler * (5_000_000 // len(filler.encode()))
    code, out, _ = run("extract", *make_files(tmp_path, {"long.txt": long, "z.txt": GOOD}))
    assert (code, ids(out)) == (0, ["long", "z"])


# --- extract --------------------------------------------------------------------------------


def test_text_files_are_named_for_their_stems() -> None:
    code, out, err = run("extract", SAMPLES)
    assert code == 0
    names = ["sample-en-1", "sample-en-2", "sample-kk-1", "sample-kk-2"]
    assert ids(out) == [*names, "sample-ru-1", "sample-ru-2"]
    assert re.fullmatch(r"6 articles: \d+ figures, \d+ events\n", err)


def test_each_sample_is_read_in_its_language_and_script() -> None:
    _, out, _ = run("extract", SAMPLES)
    assert [(record["lang"], record["script"]) for record in records(out)] == [
        ("en", "Latn"),
        ("en", "Latn"),
        ("kk", "Cyrl"),
        ("kk", "Latn"),
        ("ru", "Cyrl"),
        ("ru", "Cyrl"),
    ]
    assert all(record["figures"] and record["events"] for record in records(out))


def test_quotes_stand_at_their_offsets() -> None:
    _, out, _ = run("extract", SAMPLES, "--with-text")
    for record in records(out):
        for figure in record["figures"]:
            assert record["text"][figure["start"] : figure["end"]] == figure["text"]


def test_boilerplate_of_a_page_is_no_aid() -> None:
    _, out, _ = run("extract", SAMPLES / "sample-ru-2.html")
    [record] = records(out)
    assert "обогревателей" in record["text"]
    assert record["published"] == "2024-04-22"
    said = {figure["value"] for figure in record["figures"]}
    assert not said & {447.3, 100, 12345, 1024, 7}


def test_json_lines_keep_their_ids_and_dates(tmp_path: Path) -> None:
    rows = [{"id": "one", "text": GOOD, "published": "2024-05-01"}, {"text": GOOD, "title": "T"}]
    path = tmp_path / "dump.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    code, out, _ = run("extract", path, "--published", "2020-01-02")
    assert code == 0
    seen = [(record["id"], record["published"], record["title"]) for record in records(out)]
    assert seen[0][:2] == ("one", "2024-05-01")
    assert seen[1] == ("dump-2", "2020-01-02", "T")


@pytest.mark.parametrize("words", [["extract"], ["extract", "-"]])
def test_stdin_is_read(words: list[str]) -> None:
    code, out, err = run(*words, stdin=GOOD)
    assert (code, ids(out)) == (0, ["stdin"])
    assert err == "1 article: 1 figure, 1 event\n"


def test_stdin_that_is_bad_is_named() -> None:
    assert run("extract", stdin="") == (
        3,
        "",
        "stdin: empty: the file is empty\n0 articles: 0 figures, 0 events; 1 failed (1 empty)\n",
    )


def test_text_is_there_when_asked_for() -> None:
    assert records(run("extract", "-", stdin=GOOD)[1])[0]["text"] is None
    assert records(run("extract", "-", "--with-text", stdin=GOOD)[1])[0]["text"] == GOOD


def test_one_json_list() -> None:
    _, out, _ = run("extract", SAMPLES, "--format", "json")
    assert json.loads(out) == records(run("extract", SAMPLES)[1])
    assert run("extract", "/nowhere.txt", "--format", "json")[1] == "[]\n"


def test_lang_keeps_one_language() -> None:
    code, out, err = run("extract", SAMPLES, "--lang", "kk")
    assert (code, ids(out)) == (0, ["sample-kk-1", "sample-kk-2"])
    assert err.endswith("; 4 skipped in other languages\n")


def test_output_goes_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    code, out, _ = run("extract", SAMPLES, "-o", path)
    assert (code, out) == (0, "")
    assert path.read_bytes().decode() == run("extract", SAMPLES)[1]


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = (
        subprocess.run(
            command("extract", SAMPLES),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, **locale},
        ).stdout
        for seed, locale in (("1", {}), ("2", {"LC_ALL": "C", "PYTHONUTF8": "0"}))
    )
    assert first == second
    assert first.decode() == run("extract", SAMPLES)[1]


@pytest.mark.parametrize("width", ["80", "100", "200"])
def test_tables_fit_the_page(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    code, out, _ = run("extract", SAMPLES, "--format", "table")
    assert code == 0
    assert max(map(len, out.splitlines())) <= int(width)
    for words in ("aid ", "who ", "where ", "when", "figures", "sample-en-1  Shymkent", "KZ-79"):
        assert words in out
    assert "\x1b" not in out


def test_tables_show_what_records_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    _, out, _ = run("extract", SAMPLES / "sample-kk-1.txt", "--format", "table")
    for words in ("=340 family", "≥27000000 KZT", "«Жайық шапағаты» қоғамдық қоры", "Орал"):
        assert words in out


def test_an_article_without_aid_says_so() -> None:
    text = "The museum opened a new exhibition of paintings in Almaty. Visitors liked it."
    assert "No aid is reported." in run("extract", "-", "--format", "table", stdin=text)[1]


@pytest.mark.parametrize("room", [71, 90, 400])
def test_columns_shrink_from_the_widest(room: int) -> None:
    rows = [[["fuel"], ["x" * 50], ["y" * 30, "z"], ["2024-04-16"], ["=1 family"] * 3]]
    widths = column_widths(rows, room)
    assert sum(widths) <= room
    assert all(
        width >= min(least, len(max([name, *cells], key=len)))
        for (name, least), cells, width in zip(COLUMNS.items(), rows[0], widths, strict=True)
    )


OWN_WORDS = """
[[item]]
id = "fuel"
unit = "tonne"
aid = ["fuel"]
en = ["saxaul"]

[[campaign]]
id = "warm-hands"
en = ["warm hands"]
"""


def test_own_words_are_read(tmp_path: Path) -> None:
    make_files(tmp_path, {"own.toml": OWN_WORDS})
    text = (
        "Charity for the needy in Almaty. Volunteers of the charity campaign «Warm Hands» handed "
        "over 30 tonnes of saxaul to 120 low-income families."
    )
    [plain] = records(run("extract", "-", stdin=text)[1])
    [record] = records(run("extract", "-", "--domain", tmp_path, stdin=text)[1])
    assert [figure["item"] for figure in record["figures"]] == ["fuel", None]
    assert record["events"][0]["campaign"]["id"] == "warm-hands"
    assert [figure["item"] for figure in plain["figures"]] == [None, None]
    assert record["provenance"]["data"] != plain["provenance"]["data"]


@pytest.mark.parametrize("content", ["[[campaign]\n", 'campaign = "x"\n'])
def test_bad_words_are_wrong_usage(tmp_path: Path, content: str) -> None:
    [path] = make_files(tmp_path, {"own.toml": content})
    code, out, err = run("extract", "-", "--domain", path, stdin=GOOD)
    assert (code, out) == (2, "")
    assert "own.toml" in err


# --- wrong usage ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["extract", "--published", "16.04.2024", "x.txt"], "is no date like 2024-04-16"),
        (["extract", "--format", "xml", "x.txt"], "xml"),
        (["extract", "--lang", "uz", "x.txt"], "uz"),
        (["extract", "x.txt", "-o", "/nowhere/out.jsonl"], "/nowhere/out.jsonl: No such file"),
        (["extract", "x.txt", "--domain", "/nowhere.toml"], "/nowhere.toml"),
        (["quantities", "5 families"], "--lang"),
        (["schema", "events"], "event"),
        (["evaluate"], "GOLD"),
        (["evaluate", "/nowhere"], "/nowhere"),
        (["evaluate", str(DEV), "--update"], "--update needs --floors"),
        (["evaluate", str(DEV), "--allow-regression"], "goes with --update"),
        (["evaluate", str(DEV), "--floors", "f.json", "--lang", "kk"], "leave out --lang"),
        (["evaluate", str(DEV), "--records", "/nowhere.jsonl"], "/nowhere.jsonl: No such file"),
        (["diff", "/nowhere.jsonl", "/nowhere.jsonl"], "/nowhere.jsonl: No such file"),
        (["explain", "/nowhere.txt"], "/nowhere.txt: unreadable"),
        (["explain", str(SAMPLES / "sample-en-1.txt"), "--figure", "f99"], "f99"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_wrong_usage_says_what_is_wrong(words: Sequence[str], message: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize(
    "name",
    [
        *("extract", "explain", "quantities", "evaluate", "diff"),
        *("export", "import", "schema", "info"),
    ],
)
def test_help_shows_examples(name: str) -> None:
    code, out, _ = run(name, "--help")
    assert code == 0
    assert name == "info" or f"  extractor {name} " in out


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from extractor.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'pydantic', 'rich.console', 'orjson', 'trafilatura', 'pymorphy3'}\n"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stderr == "[]\n"
    assert "Exit codes" in done.stdout


# --- quantities -----------------------------------------------------------------------------


def test_each_line_is_answered_on_its_line() -> None:
    lines = "15 мыңнан астам отбасы\n\nсөз\n12-18 тонн муки\r\n1.5 million tenge"
    code, out, err = run("quantities", "--lang", "auto", "-", stdin=lines)
    assert (code, err) == (0, "")
    found = records(out)
    assert len(found) == len(lines.split("\n"))
    assert [len(one) for one in found] == [1, 0, 0, 1, 1]
    assert found[0][0] == {
        "start": 0,
        "end": 22,
        "text": "15 мыңнан астам отбасы",
        "value": 15000,
        "max": None,
        "bound": "min",
        "unit": "family",
        "item": None,
    }
    assert found[3][0]["max"] == 18
    assert '"value":1500000,' in out


def test_a_text_is_an_argument_too() -> None:
    _, out, _ = run("quantities", "--lang", "ru", "более 50 тысяч волонтеров")
    assert [one["value"] for one in records(out)[0]] == [50000]


def test_a_line_that_is_no_text_keeps_its_place() -> None:
    code, out, err = run(
        "quantities", "--lang", "ru", stdin=b"5 \xd1\n7 \xd1\x82\xd0\xbe\xd0\xbd\xd0\xbd\n"
    )
    assert code == 3
    assert [len(one) for one in records(out)] == [0, 1]
    assert err == "stdin:1: bad_encoding: not UTF-8 at byte 2\n"


def test_odd_line_ends_are_no_line_ends() -> None:
    _, out, _ = run(
        "quantities", "--lang", "en", stdin="5 tents\u2028 7 tents\x0b\x0c\x85 9 tents\n"
    )
    assert len(out.splitlines()) == 1
    assert len(records(out)[0]) == 3


def test_lines_are_answered_as_they_come() -> None:
    with subprocess.Popen(
        command("quantities", "--lang", "en"), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in (b"5 tents\n", b"\n", b"7 tents\n"):
            process.stdin.write(line)
            process.stdin.flush()
            assert process.stdout.readline().startswith(b"[")
        process.stdin.close()
        assert process.wait(timeout=60) == 0


# --- processes ------------------------------------------------------------------------------


def test_a_closed_pipe_ends_quietly() -> None:
    with subprocess.Popen(
        command("extract", DEV, DEV, DEV, DEV),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        messages = process.stderr.read().decode()
        assert process.wait(timeout=60) == 0
    assert "Traceback" not in messages
    assert "Broken" not in messages


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A job in the background ignores the signal, and so would what it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_quietly() -> None:
    with subprocess.Popen(
        command("quantities", "--lang", "en"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"5 tents\n")
        process.stdin.flush()
        process.stdout.readline()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr.read() == b""


# --- evaluate, diff, schema, info, explain --------------------------------------------------


@pytest.fixture(scope="module")
def dev_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "dev.jsonl"
    assert run("extract", ROOT / "corpora" / "dev.jsonl", "-o", path)[0] == 0
    return path


def test_scores_are_the_same_for_records_made_before(dev_records: Path) -> None:
    code, out, _ = run("evaluate", DEV, "--json")
    assert code == 0
    assert out == run("evaluate", DEV, "--records", dev_records, "--json")[1]
    scores = json.loads(out)
    assert list(scores["groups"]) == ["kk", "kk-Latn", "ru", "en", "total"]
    assert scores["missing"] == []


def test_scores_are_tables_for_people(dev_records: Path) -> None:
    code, out, _ = run("evaluate", DEV, "--records", dev_records, "--errors", "3", "--lang", "kk")
    assert code == 0
    assert "Figures, P R F1 in percent" in out
    assert "The score is" in out
    assert len(re.findall(r"^own-kk-\d+ (?:figure|event)", out, re.MULTILINE)) == 3


def test_two_annotations_are_compared() -> None:
    test, second = ROOT / "corpora" / "test", ROOT / "corpora" / "second.jsonl"
    code, out, _ = run("evaluate", test, "--second", second)
    assert code == 0
    assert "Events, P R F1 in percent" in out
    assert "Reliability" not in out
    code, _, err = run("evaluate", test, "--second", second, "--errors", "3")
    assert code == 2
    assert "leave out" in err


def test_errors_are_json_too(dev_records: Path) -> None:
    words = ("evaluate", DEV, "--records", dev_records, "--errors", "2", "--json")
    assert len(json.loads(run(*words)[1])["errors"]) == 2


def test_the_gate(tmp_path: Path, dev_records: Path) -> None:
    floors = tmp_path / "floors.json"
    judge = ("evaluate", DEV, "--records", dev_records, "--floors", floors)
    code, _, err = run(*judge)
    assert code == 1
    assert err.startswith("gate: no floors for")
    assert run(*judge, "--update")[0] == 0
    code, _, err = run(*judge)
    assert code == 0
    assert err.startswith("gate: passed")
    content = json.loads(floors.read_text(encoding="utf-8"))
    [corpus] = content["corpora"].values()
    corpus["floors"]["kk"]["figures_found_f1"] = 1.5
    floors.write_text(json.dumps(content), encoding="utf-8")
    code, _, err = run(*judge)
    assert code == 1
    assert "gate: kk figures_found_f1: " in err
    assert run(*judge, "--update")[0] == 1
    assert run(*judge, "--update", "--allow-regression")[0] == 0
    assert run(*judge)[0] == 0


def test_a_floors_file_that_is_none_is_no_pass(tmp_path: Path, dev_records: Path) -> None:
    [floors] = make_files(tmp_path, {"floors.json": "{"})
    code, _, err = run("evaluate", DEV, "--records", dev_records, "--floors", floors)
    assert code == 1
    assert "not a floors file" in err


def test_records_that_are_none_are_named(tmp_path: Path) -> None:
    [path] = make_files(tmp_path, {"records.jsonl": '{"id": "x"}\n'})
    code, out, err = run("evaluate", DEV, "--records", path)
    assert (code, out) == (2, "")
    assert f"{path}: line 1" in err


def test_gains_and_losses(tmp_path: Path, dev_records: Path) -> None:
    code, out, err = run("diff", dev_records, dev_records)
    assert (code, out, err) == (0, "", "0 gained, 0 lost, 0 changed\n")
    rows = records(dev_records.read_text(encoding="utf-8"))
    rows[0]["figures"] = rows[0]["figures"][1:]
    rows[0]["events"] = []
    newer = tmp_path / "newer.jsonl"
    newer.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    code, out, err = run("diff", dev_records, newer, "--gold", DEV)
    assert code == 0
    assert re.search(r"^own-en-001 figure lost \[\w+\]: ", out, re.MULTILINE)
    assert re.search(r"\d+ lost, .*; of these \d+ right, \d+ wrong", err)


@pytest.mark.parametrize("name", ["article", "quantities", "gold"])
def test_schemas_are_printed(name: str) -> None:
    assert run("schema", name) == (0, schema_text(name), "")


def test_info_names_what_made_the_records() -> None:
    code, out, _ = run("info")
    made_by = records(run("extract", "-", stdin=GOOD)[1])[0]["provenance"]
    assert code == 0
    assert made_by["data"] in out
    assert made_by["package"] in out
    assert f"{sys.version_info.major}.{sys.version_info.minor}." in out


def test_explain_says_why() -> None:
    code, out, err = run("explain", SAMPLES / "sample-kk-1.txt")
    assert (code, err) == (0, "")
    assert "340 отбасыға" in out
    one = run("explain", SAMPLES / "sample-kk-1.txt", "--figure", "f1")[1]
    assert "340 отбасыға" in one
    assert len(one) < len(out)


def test_explain_of_what_is_no_article(tmp_path: Path) -> None:
    [path] = make_files(tmp_path, {"german.txt": GERMAN})
    code, out, err = run("explain", path)
    assert (code, out) == (3, "")
    assert err.startswith(f"{path}: unsupported_language: ")
