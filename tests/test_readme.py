"""README.md tells the truth: its code runs, its commands print that, its excerpts are records."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.cli_errors import DONE, GATE_FAILED, INTERRUPTED, SET_ASIDE, WRONG_USAGE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
SHELL = re.findall(r"^<!-- tested -->\n```console\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
EXCERPTS_PATTERN = re.compile(r"^> ([^\n]*)\n\n```json\n(.*?)^```", re.DOTALL | re.MULTILINE)
EXCERPTS = EXCERPTS_PATTERN.findall(README)
EXAMPLES = [
    (command, output)
    for block in SHELL
    for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]


@pytest.mark.parametrize("code", PYTHON)
def test_python_runs(code: str) -> None:
    exec(compile(code, "README.md", "exec"), {"__name__": "readme"})


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_commands_print_what_is_shown(command: str, output: str) -> None:
    folder = str(Path(sys.executable).parent)
    done = subprocess.run(
        ["bash", "-c", command.replace("extractor ", "python -m extractor ", 1)],
        cwd=ROOT,
        env={**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        check=False,
    )
    # A cut without a line end («head -c») is shown with one.
    assert done.stdout.decode().removesuffix("\n") == output.removesuffix("\n")


@pytest.mark.parametrize(("sentence", "excerpt"), EXCERPTS)
def test_excerpts_are_parts_of_real_records(sentence: str, excerpt: str) -> None:
    record = extractor.extract(sentence, published="2024-04-16")
    assert part_of(json.loads(excerpt), json.loads(record.to_json())) == []


def part_of(shown: Any, real: Any, place: str = "$") -> list[str]:
    """Where the excerpt says something else than the record: objects may leave fields out."""
    if isinstance(shown, dict) and isinstance(real, dict):
        pairs = [(f"{place}.{name}", value, real.get(name)) for name, value in shown.items()]
    elif isinstance(shown, list) and isinstance(real, list) and len(shown) == len(real):
        pairs = [(f"{place}[{i}]", *pair) for i, pair in enumerate(zip(shown, real, strict=True))]
    else:
        return [] if shown == real else [f"{place}: shown {shown!r}, real {real!r}"]
    return [fault for where, ours, theirs in pairs for fault in part_of(ours, theirs, where)]


def test_there_is_an_excerpt_in_each_language() -> None:
    assert [json.loads(excerpt)["lang"] for _, excerpt in EXCERPTS] == ["kk", "ru", "en"]
    assert PYTHON
    assert EXAMPLES


def test_own_words_are_valid(tmp_path: Path) -> None:
    [toml] = re.findall(r"^```toml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert tomllib.loads(toml)
    (tmp_path / "own.toml").write_text(toml, encoding="utf-8")
    know = extractor.load(domain=[tmp_path / "own.toml"])
    text = (
        "Charity for the needy: volunteers handed over 30 tonnes of saxaul to low-income families."
    )
    assert [figure.item for figure in extractor.extract(text, know=know).figures] == ["fuel"]


def test_exit_codes_are_those_of_the_command() -> None:
    codes = [int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)]
    assert codes == [DONE, GATE_FAILED, WRONG_USAGE, SET_ASIDE, INTERRUPTED]


def test_targets_that_are_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`?make ([a-z-]+)", README)) - {"are"}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_files_that_are_named_exist() -> None:
    for name in re.findall(r"`((?:corpora|schemas|tests|extractor)/[\w./-]+)`", README):
        assert (ROOT / name).exists(), name
