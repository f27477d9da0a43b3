"""docs/ tells the truth: code runs, commands print what is shown, excerpts are records."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from sheaf import ROOT
from test_readme import EXCERPTS_PATTERN, part_of

import extractor

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
WORKFLOW = DOCS / "ci" / "evaluate-gold.yml"
BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>[^>]*) -->\n)?```(?P<lang>\w*)\n(?P<code>.*?)^```", re.M | re.S
)
# What is shown and not run, by its first line: it installs, or is of another's machine.
SHOWN = {
    "make demo                       # into .venv; reads six sample articles",
    "#!/bin/bash",
}


@dataclass(frozen=True)
class Block:
    """A fenced block, its language, and the mark above it."""

    mark: str
    lang: str
    code: str


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        yield Block(found["mark"] or "", found["lang"], found["code"])


def examples(code: str) -> list[tuple[str, str]]:
    """«$ command», and what it prints up to the next."""
    return re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", code, re.M)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, as a checkout has it: the corpora are there."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "corpora").symlink_to(ROOT / "corpora")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_of_a_page(page: Path, place: Path) -> None:
    """In their order: files are written, Python is run, commands print what is shown."""
    names: dict[str, object] = {"__name__": "docs"}
    for block in blocks(page):
        if block.mark.startswith("file: "):
            path = place / block.mark.removeprefix("file: ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.code, encoding="utf-8")
        elif block.mark.startswith("elsewhere: "):
            # It needs an engine; tests/test_run_engines.py makes the same calls.
            compile(block.code, page.name, "exec")
        elif block.lang == "python":
            exec(compile(block.code, page.name, "exec"), names)
        elif block.mark == "tested":
            for command, output in examples(block.code):
                assert printed(command, place) == output.removesuffix("\n"), command
        else:
            first = block.code.partition("\n")[0]
            assert block.lang == "json" or first in SHOWN, f"{page.name}: not run: {first}"


def printed(command: str, place: Path) -> str:
    folder = str(Path(sys.executable).parent)
    done = subprocess.run(
        ["bash", "-c", re.sub(r"\bextractor (?=[a-z])", "python -m extractor ", command)],
        cwd=place,
        env={**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        check=False,
    )
    return done.stdout.decode().removesuffix("\n")


EXCERPTS = [
    found for page in PAGES for found in EXCERPTS_PATTERN.findall(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("sentence", "excerpt"), EXCERPTS)
def test_excerpts_are_parts_of_real_records(sentence: str, excerpt: str) -> None:
    record = extractor.extract(sentence, published="2024-04-16")
    assert part_of(json.loads(excerpt), json.loads(record.to_json())) == []


def test_there_is_an_excerpt_in_each_language() -> None:
    assert [json.loads(excerpt)["lang"] for _, excerpt in EXCERPTS] == ["kk", "ru", "en"]


def test_every_json_block_is_an_excerpt() -> None:
    shown = [block.code for page in PAGES for block in blocks(page) if block.lang == "json"]
    assert shown == [excerpt for _, excerpt in EXCERPTS]


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("The article", extractor.ArticleRecord),
        ("A figure", extractor.FigureRecord),
        ("An event", extractor.EventRecord),
    ],
)
def test_every_field_is_explained(heading: str, model: type[extractor.ArticleRecord]) -> None:
    """Of events, ids and evidence mean what they mean for figures."""
    text = (DOCS / "record.md").read_text(encoding="utf-8")
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    explained = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.*?) \|", section, re.M))))
    fields = set(model.model_fields) - ({"id", "evidence"} if heading == "An event" else set())
    assert explained == fields


def test_every_format_is_named() -> None:
    from extractor.exports import FORMATS

    text = (DOCS / "exports.md").read_text(encoding="utf-8")
    rows = "".join(re.findall(r"^\| (`.*?) \| a ", text, re.M))
    assert set(re.findall(r"`([\w-]+)`", rows)) == set(FORMATS)


def test_files_that_are_named_exist() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for name in re.findall(r"`((?:corpora|schemas|tests|extractor|docs)/[\w./-]+\w)`", text):
            if "<" not in name:
                assert (ROOT / name).exists(), f"{page.name}: {name}"


# --- what limits.md says of the measured tables ---------------------------------------------


def scores(corpus: str) -> dict[str, dict[str, float]]:
    """«test» → its rows of the README's table by language."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = ("articles", "found", "kind", "full", "events", "slots")
    rows = re.findall(rf"^\| {corpus} \| (\S+) \| (\d+) \| (.*) \|$", readme, re.M)
    return {
        lang: dict(zip(names, map(float, [count, *rest.split(" | ")]), strict=True))
        for lang, count, rest in rows
    }


def test_what_limits_say_is_so() -> None:
    measured = scores("test")
    assert set(measured) == {"kk", "kk-Latn", "ru", "en", "total"}
    assert all(row["found"] > 85 for row in measured.values())
    assert measured["total"]["events"] < 50 < measured["kk"]["events"]
    assert measured["kk-Latn"]["articles"] == 6
    assert scores("dev")["kk-Latn"]["articles"] == 15
    assert scores("dev")["total"]["found"] > measured["total"]["found"]


# --- the workflow ---------------------------------------------------------------------------


def test_the_workflow_fails_below_a_floor(place: Path) -> None:
    """Its step «Evaluate», run as GitHub runs it, on gold that is and is not met."""
    yaml = pytest.importorskip("yaml")
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    job = workflow["jobs"]["evaluate"]
    [step] = [step for step in job["steps"] if step.get("name") == "Evaluate"]
    for block in blocks(DOCS / "evaluate.md"):
        if block.mark.startswith("file: "):
            path = place / block.mark.removeprefix("file: ")
            path.parent.mkdir(exist_ok=True)
            path.write_text(block.code, encoding="utf-8")
    set_floors = "extractor evaluate gold --ner rules --floors floors.json --update"
    assert run_step(set_floors, place, job["env"]) == 0
    assert run_step(step["run"], place, job["env"]) == 0
    assert (
        "F1" in (place / "scores.txt").read_text(encoding="utf-8")
        or (place / "scores.txt").stat().st_size
    )
    gold = place / "gold" / "a-1.json"
    text = gold.read_text(encoding="utf-8")
    floors = (place / "floors.json").read_text(encoding="utf-8")
    gold.write_text(text.replace('"value": 120', '"value": 12'), encoding="utf-8")
    assert run_step(step["run"], place, job["env"]) == 1
    assert (place / "floors.json").read_text(encoding="utf-8") == floors


def run_step(script: str, place: Path, env: dict[str, str]) -> int:
    """As GitHub does: bash -e, with the variables of the job."""
    folder = str(Path(sys.executable).parent)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-c", re.sub(r"\bextractor (?=[a-z])", "python -m extractor ", script)],
        cwd=place,
        env={**os.environ, **env, "PATH": path},
        capture_output=True,
        check=False,
    ).returncode


# --- the site -------------------------------------------------------------------------------


@pytest.mark.extras
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("material")
    site = tmp_path / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    limits = unescape((site / "limits.html").read_text(encoding="utf-8"))
    for row in scores("test").values():
        assert f">{row['found']}<" in limits
    for page in sorted(site.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        assert "<!-- readme:" not in html
        fetched = re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="(https?:[^"]+)"', html)
        assert not [url for url in fetched if "canonical" not in url], page.name
