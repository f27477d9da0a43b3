"""The corpora: their JSON lines are those of their files, and ``datasets`` loads them offline."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluate import digest_gold, read_gold

CORPORA = Path(__file__).parents[1] / "corpora"
SPLITS = ("train", "dev", "test")
MEASURED = ("dev", "test")
FOLDERS = (*SPLITS, "clusters/dev", "clusters/test")
LOAD = """
import json, sys
from datasets import load_dataset
corpus = load_dataset(sys.argv[1], *sys.argv[2:])
rows = {split: [row for row in corpus[split]] for split in corpus}
print(json.dumps(rows, default=str))  # `published` is a date there
"""


def test_lines_are_those_of_the_files(tmp_path: Path) -> None:
    script = CORPORA.parent / "scripts" / "make_corpora.py"
    subprocess.run([sys.executable, script, tmp_path], check=True, capture_output=True)
    for name in (*map(lines_of, FOLDERS), "README.md"):
        assert (CORPORA / name).read_bytes() == (tmp_path / name).read_bytes(), "run `make corpora`"


def lines_of(folder: str) -> str:
    """«clusters/dev» → clusters-dev.jsonl"""
    return f"{folder.replace('/', '-')}.jsonl"


@pytest.mark.parametrize("name", FOLDERS)
def test_lines_and_folder_are_the_same_gold(name: str) -> None:
    folder, lines = read_gold(CORPORA / name), read_gold(CORPORA / lines_of(name))
    assert digest_gold(folder) == digest_gold(lines)


@pytest.mark.parametrize("split", FOLDERS)
def test_each_quote_is_in_its_text(split: str) -> None:
    for article in read_gold(CORPORA / split):
        assert all(figure.span.of(article.text) == figure.quote for figure in article.figures)


@pytest.mark.parametrize("split", (*MEASURED, *(f"clusters/{split}" for split in MEASURED)))
def test_each_language_and_script_is_measured(split: str) -> None:
    articles = read_gold(CORPORA / split)
    assert {article.lang for article in articles} == {"kk", "ru", "en"}
    assert {article.script for article in articles if article.lang == "kk"} == {"Cyrl", "Latn"}


def test_no_article_is_in_two_splits() -> None:
    articles = [article for split in FOLDERS for article in read_gold(CORPORA / split)]
    assert len({article.id for article in articles}) == len(articles)
    assert len({article.text for article in articles}) == len(articles)


@pytest.mark.skipif(importlib.util.find_spec("datasets") is None, reason="needs datasets")
def test_datasets_loads_it_offline(tmp_path: Path) -> None:
    rows = load_offline(tmp_path)
    assert rows == {split: read_rows(split) for split in SPLITS}


@pytest.mark.skipif(importlib.util.find_spec("datasets") is None, reason="needs datasets")
def test_datasets_loads_the_clusters_offline(tmp_path: Path) -> None:
    rows = load_offline(tmp_path, "clusters")
    assert rows == {split: read_rows(f"clusters/{split}") for split in MEASURED}


def read_rows(folder: str) -> list[dict[str, Any]]:
    lines = (CORPORA / lines_of(folder)).read_bytes().split(b"\n")
    return [json.loads(line) for line in lines if line]


def load_offline(cache: Path, *config: str) -> dict[str, list[dict[str, Any]]]:
    """What ``load_dataset("corpora")`` gives a process without network and without cache."""
    home = {"HF_HOME": str(cache), "HF_DATASETS_CACHE": str(cache / "datasets")}
    result = subprocess.run(
        [sys.executable, "-c", LOAD, str(CORPORA), *config],
        env={**os.environ, **home, "HF_DATASETS_OFFLINE": "1", "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    loaded: dict[str, list[dict[str, Any]]] = json.loads(result.stdout)
    return loaded
