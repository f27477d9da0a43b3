"""«corpora/dev/*.{txt,json}» → «corpora/dev.jsonl»: an article a line, text and gold together.

Run after gold changes (``make corpora``); an argument names another folder to write to. Every
row has every field, in one order, so that tables and data frames can be made of the rows;
annotators' notes stay behind. The sizes in ``corpora/README.md`` are brought up to date too.
Articles on the same actions («corpora/clusters/dev» → «corpora/clusters-dev.jsonl») say of each
event which action it is, and of each figure what it is beside those of the other articles.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from extractor.evaluate import read_gold

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
SPLITS = ("train", "dev", "test")
CLUSTER_SPLITS = ("dev", "test")
FIGURE_FIELDS: Mapping[str, Any] = {
    "id": None,
    "quote": None,
    "nth": 1,
    "value": None,
    "max": None,
    "bound": None,
    "kind": None,
    "unit": None,
    "item": None,
    "category": [],
    "scope": None,
    "of": None,
    "same_as": None,
    "status": None,
}
EVENT_FIELDS: Mapping[str, Any] = {
    "id": None,
    "figures": [],
    "aid": [],
    "campaign": None,
    "providers": [],
    "locations": [],
    "places": [],
    "period": None,
}
# Where several articles report an action, these are said as well.
SERIES_FIELDS: Mapping[str, Any] = {**FIGURE_FIELDS, "series": None}
CLUSTER_FIELDS: Mapping[str, Any] = {**EVENT_FIELDS, "wave": None, "cluster": None}


def corpus_files() -> dict[str, str]:
    """«dev.jsonl», …, «clusters-test.jsonl» → their content."""
    plain = {f"{split}.jsonl": json_lines(split_rows(split)) for split in SPLITS}
    clustered = {
        f"clusters-{split}.jsonl": json_lines(cluster_rows(split)) for split in CLUSTER_SPLITS
    }
    return {**plain, **clustered}


def json_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows
    )


def split_rows(split: str) -> list[dict[str, Any]]:
    """«dev» → its rows; gold that cannot be read is an error here already."""
    return folder_rows(CORPORA / split, FIGURE_FIELDS, EVENT_FIELDS)


def cluster_rows(split: str) -> list[dict[str, Any]]:
    """«dev» → the rows of «clusters/dev»."""
    return folder_rows(CORPORA / "clusters" / split, SERIES_FIELDS, CLUSTER_FIELDS)


def folder_rows(
    folder: Path, figure_fields: Mapping[str, Any], event_fields: Mapping[str, Any]
) -> list[dict[str, Any]]:
    read_gold(folder)
    return [
        article_row(path, figure_fields, event_fields) for path in sorted(folder.glob("*.json"))
    ]


def article_row(
    path: Path, figure_fields: Mapping[str, Any], event_fields: Mapping[str, Any]
) -> dict[str, Any]:
    """«own-kk-001.json» with the text of «own-kk-001.txt» → a row."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    return {
        **{name: gold.get(name) for name in ("id", "lang", "script", "published", "source")},
        "text": path.with_suffix(".txt").read_bytes().decode("utf-8"),
        "figures": [fill(figure, figure_fields) for figure in gold["figures"]],
        "events": [fill(event, event_fields) for event in gold["events"]],
    }


def fill(row: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row.get(name, default) for name, default in fields.items()}


def card(text: str) -> str:
    """The dataset card with its two tables of sizes as they are now."""
    tables = iter(
        [
            table_rows(size_row(split) for split in SPLITS),
            table_rows(cluster_size_row(split) for split in CLUSTER_SPLITS),
        ]
    )
    return re.sub(r"(?<=\|--:\|\n)(?:\|.*\|\n)+", lambda _found: next(tables), text, count=2)


def table_rows(rows: Iterable[Iterable[str | int]]) -> str:
    return "".join(f"| {' | '.join(map(str, row))} |\n" for row in rows)


def cluster_size_row(split: str) -> tuple[str | int, ...]:
    """«dev» → as ``size_row``, with the actions and those with several reports at the end."""
    folder = CORPORA / "clusters" / split
    mentions = Counter(event.cluster for article in read_gold(folder) for event in article.events)
    several = sum(count > 1 for count in mentions.values())
    return split, *folder_sizes(folder)[:-1], len(mentions), several


def size_row(split: str) -> tuple[str | int, ...]:
    """«dev» → articles, kk, kk in Latin script, ru, en, figures, events, without aid."""
    return split, *folder_sizes(CORPORA / split)


def folder_sizes(folder: Path) -> tuple[int, ...]:
    articles = read_gold(folder)
    langs = Counter(article.lang for article in articles)
    return (
        len(articles),
        langs["kk"],
        sum((article.lang, article.script) == ("kk", "Latn") for article in articles),
        langs["ru"],
        langs["en"],
        sum(len(article.figures) for article in articles),
        sum(len(article.events) for article in articles),
        sum(not article.reports_aid for article in articles),
    )


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA
    files = corpus_files()
    files["README.md"] = card((CORPORA / "README.md").read_text(encoding="utf-8"))
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
        print(folder / name)


if __name__ == "__main__":
    main()
